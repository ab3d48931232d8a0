package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.MessageFactoryImpl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sip.SipException;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import javax.sip.message.Request;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Registered headers without a class of their own. */
public class RecognizedHeadersTest {
  private static final String VALUES = "\"a, b\" <sip:a@b;c,d>;x=y, <sip:e@f>";

  @DataProvider
  static Object[][] rows() {
    return RecognizedHeaders.all().stream().map(row -> new Object[] {row}).toArray(Object[][]::new);
  }

  private static Request request(String line) throws ParseException {
    return new MessageFactoryImpl()
        .createRequest(
            "OPTIONS sip:a@b SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP h;branch=z9hG4bKx\r\n"
                + "From: <sip:a@b>;tag=1\r\n"
                + "To: <sip:a@b>\r\n"
                + "Call-ID: x\r\n"
                + "CSeq: 1 OPTIONS\r\n"
                + line
                + "Content-Length: 0\r\n\r\n");
  }

  private static List<Header> headers(Request request, String name) {
    List<Header> found = new ArrayList<>();
    for (ListIterator<?> i = request.getHeaders(name); i.hasNext(); ) {
      found.add((Header) i.next());
    }
    return found;
  }

  @Test(dataProvider = "rows")
  public void name_in_any_case_gives_an_extension_header_of_the_canonical_name(
      RecognizedHeaders.Row row) throws ParseException {
    String name = row.canonicalName();
    assertNull(HeaderType.of(name), "has a class of its own");
    for (String spelling :
        List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))) {
      assertSame(RecognizedHeaders.of(spelling), row);
      Header header = new HeaderFactoryImpl().createHeader(spelling, "a;b=c");
      assertTrue(header instanceof ExtensionHeader);
      assertEquals(header.toString(), name + ": a;b=c\r\n");
      Request request = request(spelling + ": a;b=c\r\n");
      assertTrue(request.toString().contains(spelling + ": a;b=c\r\n"), "untouched");
      List<Object> names = new ArrayList<>();
      request.getHeaderNames().forEachRemaining(names::add);
      assertTrue(names.contains(name), names.toString());
      assertEquals(request.getHeader(name.toLowerCase(Locale.ROOT)), header);
      assertTrue(request.toString().contains(spelling + ": a;b=c\r\n"), "only read");
      ((ExtensionHeader) request.getHeader(name)).setValue("d");
      assertTrue(request.toString().contains(name + ": d\r\n"), "changed");
    }
  }

  @Test(dataProvider = "rows")
  public void commas_part_the_values_of_a_list_and_of_no_other(RecognizedHeaders.Row row)
      throws ParseException {
    boolean list = row.shape() == HeaderType.Shape.LIST;
    String name = row.canonicalName();
    List<String> values =
        list ? List.of("\"a, b\" <sip:a@b;c,d>;x=y", "<sip:e@f>") : List.of(VALUES);
    assertEquals(
        HeaderParser.parseList(name, VALUES, HeaderModel.DEFAULT).stream()
            .map(SipHeader::getValue)
            .toList(),
        values);
    Request request = request(name + ": " + VALUES + "\r\n");
    String before = request.toString();
    assertEquals(
        headers(request, name).stream().map(h -> ((ExtensionHeader) h).getValue()).toList(),
        values);
    assertEquals(request(name + ": " + VALUES + "\r\n").toString(), before);
  }

  @Test(dataProvider = "rows")
  public void header_that_may_stand_only_once_is_not_added_again(RecognizedHeaders.Row row)
      throws ParseException, SipException {
    Request request = request("");
    HeaderFactoryImpl factory = new HeaderFactoryImpl();
    request.addHeader(factory.createHeader(row.canonicalName(), "a"));
    Header second = factory.createHeader(row.canonicalName(), "b");
    request.addHeader(second);
    boolean once = row.shape() == HeaderType.Shape.SINGLE;
    assertEquals(headers(request, row.canonicalName()).size(), once ? 1 : 2);
    if (once) {
      expectThrows(SipException.class, () -> request.addLast(second));
    } else {
      request.addLast(second);
    }
    request.setHeader(second);
    assertEquals(headers(request, row.canonicalName()), List.of(second));
  }

  @Test
  public void value_that_is_missing_between_commas_is_refused_with_its_offset() {
    for (Object[] bad : new Object[][] {{"a,", 2}, {"a, ,b", 3}, {"", 0}, {",a", 0}, {"\"a", 0}}) {
      ParseException e =
          expectThrows(
              ParseException.class,
              () ->
                  HeaderParser.parseList(
                      "P-Refused-URI-List", (String) bad[0], HeaderModel.DEFAULT));
      assertEquals(e.getErrorOffset(), bad[1], e.getMessage());
    }
  }

  @Test
  public void value_of_a_list_is_taken_out_of_its_line() throws ParseException {
    Request request = request("p-refused-uri-list: <sip:a@b>, <sip:c@d>, <sip:e@f>\r\n");
    request.removeFirst("P-Refused-URI-List");
    request.removeLast("P-Refused-URI-List");
    assertTrue(request.toString().contains("\r\np-refused-uri-list: <sip:c@d>\r\n"));
  }

  @Test
  public void no_name_stands_twice() {
    Set<String> names = new HashSet<>();
    for (RecognizedHeaders.Row row : RecognizedHeaders.all()) {
      assertTrue(names.add(row.canonicalName().toLowerCase(Locale.ROOT)), row.canonicalName());
    }
    assertNull(RecognizedHeaders.of("X-Any"));
    assertEquals(RecognizedHeaders.canonicalName("x-any"), "x-any");
  }

  @Test
  public void every_header_that_an_rfc_gives_a_grammar_for_is_known() throws IOException {
    Path rfcs = Path.of(System.getProperty("sipwright.shared", "../shared"), "rfc");
    if (!Files.isDirectory(rfcs)) {
      throw new SkipException("no " + rfcs);
    }
    Pattern rule =
        Pattern.compile("\"([A-Z][A-Za-z-]+)\"(?:\\s*/\\s*\"([a-z])\"\\s*\\))?\\s*HCOLON");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(rfcs)) {
      for (Path file : files.toList()) {
        Matcher m = rule.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (m.find()) {
          names.add(m.group(1));
          if (m.group(2) != null) {
            assertSame(HeaderType.of(m.group(2)), HeaderType.of(m.group(1)), m.group());
            assertNotNull(HeaderType.of(m.group(2)), m.group());
          }
        }
      }
    }
    names.removeAll(Set.of("Message-Account", "Messages-Waiting")); // of a body, RFC 3842 §5.2
    names.removeIf(name -> HeaderType.of(name) != null || RecognizedHeaders.of(name) != null);
    assertEquals(names, Set.of());
  }
}
