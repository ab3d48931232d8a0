package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.List;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import org.testng.annotations.Test;

public class HeaderParserTest {
  private static final HeaderModel MODEL = HeaderModel.DEFAULT;

  /** As another vendor's extension header looks from outside. */
  private record ForeignExtension(String getName, String getValue) implements ExtensionHeader {
    private static final long serialVersionUID = 1L;

    @Override
    public void setValue(String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object clone() {
      return this;
    }
  }

  @Test
  public void unknown_name_gives_an_extension_header_with_commas_in_its_one_value()
      throws ParseException {
    SipHeader header = HeaderParser.parseList("X-Any", " a, b ", MODEL).get(0);
    assertEquals(header.toString(), "X-Any: a, b\r\n");
  }

  @Test
  public void name_that_is_no_token_is_rejected() {
    expectThrows(ParseException.class, () -> HeaderParser.parse("X Any", "a", MODEL));
    expectThrows(ParseException.class, () -> HeaderParser.parse("X\r\nAny", "a", MODEL));
    expectThrows(ParseException.class, () -> HeaderParser.parse("", "a", MODEL));
  }

  @Test
  public void our_own_header_stays_the_object_it_is() {
    Header ours = new Extension("X-Any");
    assertSame(SipHeader.of(ours, MODEL), ours);
  }

  @Test
  public void another_vendors_extension_header_is_read_again_from_name_and_value() {
    SipHeader header = SipHeader.of(new ForeignExtension("X-Any", "a;b"), MODEL);
    assertEquals(header.toString(), "X-Any: a;b\r\n");
  }

  /** As another vendor's header of a known name looks from outside. */
  private record ForeignHeader(String getName, String text) implements Header {
    private static final long serialVersionUID = 1L;

    @Override
    public Object clone() {
      return this;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Test
  public void another_vendors_header_is_read_again_from_its_whole_text() throws ParseException {
    for (String text :
        List.of(
            "Call-Info: <http://a/b>;x=y\r\n",
            "call-info : <http://a/b>;x=y",
            "<http://a/b>;x=y")) {
      SipHeader header = SipHeader.of(new ForeignHeader("Call-Info", text), MODEL);
      assertEquals(header, HeaderParser.parse("Call-Info", "<http://a/b>;x=y", MODEL));
    }
    assertEquals(
        SipHeader.of(new ForeignHeader("Supported", "k: a\r\n"), MODEL).toString(),
        "Supported: a\r\n");
  }

  @Test
  public void another_vendors_header_with_several_tokens_stays_one_header() {
    assertEquals(
        SipHeader.of(new ForeignHeader("Allow", "Allow: ACK, BYE\r\n"), MODEL).toString(),
        "Allow: ACK, BYE\r\n");
    expectThrows(
        IllegalArgumentException.class,
        () -> SipHeader.of(new ForeignHeader("Allow", "Allow: ACK;BYE\r\n"), MODEL));
    expectThrows(
        IllegalArgumentException.class,
        () -> SipHeader.of(new ForeignHeader("Route", "Route: <sip:a>, <sip:b>\r\n"), MODEL));
  }

  @Test
  public void another_vendors_header_brings_no_second_line_and_no_nul() {
    SipHeader folded = SipHeader.of(new ForeignExtension("X-Any", "a\r\nEvil: b"), MODEL);
    assertEquals(folded.toString(), "X-Any: a Evil: b\r\n");
    expectThrows(
        IllegalArgumentException.class,
        () -> SipHeader.of(new ForeignExtension("X-Any", "a\0"), MODEL));
    expectThrows(
        IllegalArgumentException.class,
        () -> SipHeader.of(new ForeignExtension("X\r\nEvil", "a"), MODEL));
  }
}
