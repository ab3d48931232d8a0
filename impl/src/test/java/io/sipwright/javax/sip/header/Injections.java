package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;

import java.text.ParseException;
import java.util.List;

/** Texts that try to break out of a header, and what must hold where one is taken. */
final class Injections {
  /** With {@code $} for a good text; no setter and no factory may take any of them. */
  static final List<String> LINE_BREAKS_AND_NUL =
      List.of(
          "$\r\nEvil: x",
          "$\r\n\r\nbody",
          "$\r\n",
          "\r\n$",
          "$\r\n $",
          "$\n$",
          "$\r$",
          "$\0$",
          "\0",
          "\r\n");

  /** Texts that break a token, a quoted string, a URI or a comment, or are white space. */
  static final List<String> ODD_TEXTS =
      List.of(
          ("| |\t|a b| a|a |a;b|a;b=c|a,b|a, b|a,|a=b|a\"b|\"|\"a\"|\\|a\\|a\\\"|<a>|<|>|(|)|(a|a@b"
                  + "|a:b|a/b|a/|/b|[|]|[::1]|{|?|%|%00|\u00e9|\ud83d\ude00|\u0001|\u007f|a\tb"
                  + "|*|-|0|-1|1e9|;|,|=|;;|a: b|k: a,b")
              .split("\\|", -1));

  private Injections() {}

  /** Nothing but the one line that it is, and it can be read again as what it is. */
  static void assertOneReadableLine(SipHeader header) throws ParseException {
    String text = header.toString();
    assertEquals(text.indexOf('\r'), text.length() - 2, text);
    assertEquals(text.indexOf('\n'), text.length() - 1, text);
    assertFalse(text.contains("\0"), text);
    List<SipHeader> again =
        HeaderParser.parseList(header.getName(), header.getValue(), HeaderModel.DEFAULT);
    if (again.size() == 1) {
      assertEquals(again.get(0), header);
    } else {
      assertEquals(header.getValue().split(",", -1).length, again.size(), header.getValue());
    }
  }
}
