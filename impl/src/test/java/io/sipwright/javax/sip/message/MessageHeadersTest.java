package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.ViaHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class MessageHeadersTest {
  private static SipHeader header(String name, String value) {
    try {
      return io.sipwright.javax.sip.header.HeaderParser.parse(name, value, MessageModel.DEFAULT);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(Iterator<?> headers) {
    List<String> texts = new ArrayList<>();
    headers.forEachRemaining(h -> texts.add(h.toString().strip()));
    return texts;
  }

  // --- bytes that nobody touched ---

  @Test
  public void touching_one_header_leaves_the_bytes_of_all_others_alone() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    ((MaxForwardsHeader) m.getHeader("Max-Forwards")).decrementMaxForwards();
    assertEquals(Texts.sent(m), Texts.INVITE.replace("70", "69"));
  }

  @Test
  public void reading_for_the_stack_touches_nothing() {
    SipRequest m = Texts.request(Texts.INVITE);
    for (HeaderType type : HeaderType.values()) {
      m.peek(type);
      m.peekAll(type);
    }
    m.peekRequestUri();
    m.getHeaderNames();
    m.getUnrecognizedHeaders();
    assertEquals(Texts.sent(m), Texts.INVITE);
    assertSame(m.encoded(), m.encoded());
  }

  @Test
  public void a_value_amid_a_line_is_touched_and_the_others_keep_their_bytes() throws Exception {
    String before = "Contact:  <sip:a@h>;q=1 ,\t<sip:b@h> ;q=0.5,<sip:c@h>\r\n";
    SipRequest m = Texts.request(Texts.INVITE.replaceAll("Contact: .*\r\n", before));
    List<SipHeader> contacts = m.peekAll(HeaderType.CONTACT);
    assertEquals(contacts.size(), 3);
    assertEquals(Texts.sent(m), Texts.INVITE.replaceAll("Contact: .*\r\n", before));
    // The application gets the second alone by taking the first away.
    m.removeFirst("Contact");
    ((ContactHeader) m.getHeader("Contact")).setQValue(0.25f);
    assertTrue(
        Texts.sent(m).contains("\r\nContact: <sip:b@h>;q=0.25\r\nContact:  <sip:c@h>\r\n"),
        Texts.sent(m));
  }

  @Test
  public void the_first_value_of_a_line_is_touched_and_the_rest_stays_in_one_line()
      throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.removeFirst("Via");
    ((ViaHeader) m.getHeader("Via")).setBranch("z9hG4bKx");
    String[] lines = Texts.sent(m).split("\r\n");
    assertEquals(lines[1], "Via: SIP/2.0/TCP first.example.com;branch=z9hG4bKx");
    assertEquals(lines[2], "v: SIP/2.0/TLS second.example.com");
  }

  @Test
  public void a_value_taken_out_of_a_line_leaves_the_others_in_it() {
    SipRequest m =
        Texts.request(Texts.INVITE.replace("<sip:p2", "<sip:p3.example.com;lr>\t,<sip:p2"));
    ListIterator<?> it = m.getHeaders("Record-Route");
    it.next();
    it.next();
    it.remove();
    assertEquals(
        texts(m.getHeaders("record-route")),
        List.of("Record-Route: <sip:p3.example.com;lr>", "Record-Route: <sip:p1.example.com;lr>"));
    SipRequest n =
        Texts.request(Texts.INVITE.replace("<sip:p2", "<sip:p3.example.com;lr>\t,<sip:p2"));
    n.removeLast("Record-Route");
    n.removeHeader("Subject");
    assertTrue(
        Texts.sent(n)
            .contains("\r\nRecord-Route: <sip:p3.example.com;lr>\t,<sip:p2.example.com;lr>\r\n"),
        Texts.sent(n));
  }

  @Test
  public void compact_names_spacing_and_line_ends_stay_when_something_else_changes() {
    String text = Texts.INVITE.replace("t: ", "t :\r\n  ").replace("one,two", "one,\r\n\ttwo");
    SipRequest m = Texts.request(text);
    m.removeHeader("Expires");
    assertEquals(Texts.sent(m), text.replace("Expires: 180\r\n", ""));
  }

  // --- getting ---

  @Test
  public void names_are_found_in_any_case_and_compact_and_once_each() {
    SipRequest m = Texts.request(Texts.INVITE);
    for (String name : List.of("Contact", "CONTACT", "contact", "m", "M")) {
      assertEquals(m.getHeader(name).getName(), "Contact");
    }
    assertEquals(
        texts(m.getHeaderNames()),
        List.of(
            "Via",
            "Max-Forwards",
            "To",
            "From",
            "Call-ID",
            "CSeq",
            "Record-Route",
            "Contact",
            "Timestamp",
            "X-Odd",
            "Expires",
            "Content-Length"));
    assertNull(m.getHeader("Route"));
    assertFalse(m.getHeaders("Route").hasNext());
    assertNull(m.getHeader(""));
  }

  @Test
  public void unknown_headers_are_extension_headers_in_their_order_with_repeats() {
    SipRequest m = Texts.request(Texts.INVITE);
    ExtensionHeader first = (ExtensionHeader) m.getHeader("X-ODD");
    assertEquals(first.getName(), "X-Odd");
    assertEquals(first.getValue(), "one,two");
    assertEquals(texts(m.getHeaders("x-odd")), List.of("X-Odd: one,two", "x-odd: three"));
  }

  @Test
  public void headers_are_live_and_the_same_object_each_time() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    ExpiresHeader expires = m.getExpires();
    assertSame(m.getHeader("Expires"), expires);
    assertSame(m.header(HeaderType.EXPIRES), expires);
    assertSame(m.getHeaders("Expires").next(), expires);
    expires.setExpires(7);
    assertTrue(Texts.sent(m).contains("\r\nExpires: 7\r\n"));
  }

  @Test
  public void a_malformed_header_is_null_and_its_text_is_unrecognized() {
    SipRequest m =
        Texts.request(
            Texts.INVITE
                .replace("180", "soon")
                .replace("X-Odd:  one,two", "this is no header")
                .replace("<sip:alice@pc33.atlanta.example.com>", "<sip:x@h>, <sip:, <sip:y@h>"));
    assertNull(m.getExpires());
    assertNull(m.getHeader("Expires"));
    assertFalse(m.getHeaders("Expires").hasNext());
    assertEquals(texts(m.getHeaders("Contact")), List.of("Contact: <sip:x@h>"));
    assertEquals(
        texts(m.getUnrecognizedHeaders()),
        List.of("Contact:   <sip:, <sip:y@h>", "this is no header", "Expires: soon"));
    assertFalse(texts(m.getHeaderNames()).contains("Expires"));
    assertEquals(m.expires(), -1);
    assertTrue(m.hasHeader(HeaderType.EXPIRES));
    assertTrue(Texts.sent(m).contains("Expires: soon\r\n"), "a proxy sends it on");
  }

  // --- adding ---

  @Test
  public void a_header_is_added_behind_those_of_its_name_and_a_via_before_them() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.addHeader(header("Record-Route", "<sip:p0.example.com;lr>"));
    m.addHeader(header("X-Odd", "four"));
    m.addHeader(header("Via", "SIP/2.0/UDP p0.example.com;branch=z9hG4bKp0"));
    m.addHeader(header("Subject", "new"));
    assertEquals(
        Texts.sent(m),
        Texts.INVITE
            .replace("Via: SIP", "Via: SIP/2.0/UDP p0.example.com;branch=z9hG4bKp0\r\nVia: SIP")
            .replace(
                "p1.example.com;lr>", "p1.example.com;lr>\r\nRecord-Route: <sip:p0.example.com;lr>")
            .replace("x-odd: three", "x-odd: three\r\nX-Odd: four")
            .replace("Content-Length", "Subject: new\r\nContent-Length"));
  }

  @Test
  public void first_and_last_are_what_they_say() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.addFirst(header("Record-Route", "<sip:p3.example.com;lr>"));
    m.addLast(header("Record-Route", "<sip:p0.example.com;lr>"));
    m.addLast(header("Via", "SIP/2.0/UDP z"));
    m.addFirst(header("X-Odd", "zero"));
    m.addFirst(header("Route", "<sip:r.example.com;lr>"));
    assertEquals(
        texts(m.getHeaders(RecordRouteHeader.NAME)),
        List.of(
            "Record-Route: <sip:p3.example.com;lr>",
            "Record-Route: <sip:p2.example.com;lr>",
            "Record-Route: <sip:p1.example.com;lr>",
            "Record-Route: <sip:p0.example.com;lr>"));
    assertEquals(texts(m.getHeaders("Via")).get(3), "Via: SIP/2.0/UDP z");
    assertEquals(texts(m.getHeaders("X-Odd")).get(0), "X-Odd: zero");
    assertTrue(
        Texts.sent(m).contains("Via: SIP/2.0/UDP z\r\nRoute: <sip:r.example.com;lr>\r\nMax"));
  }

  @Test
  public void a_second_singleton_is_ignored_by_add_and_refused_by_first_and_last()
      throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.addHeader(header("Max-Forwards", "3"));
    assertEquals(m.maxForwards(), 70);
    expectThrows(SipException.class, () -> m.addFirst(header("Max-Forwards", "3")));
    expectThrows(SipException.class, () -> m.addLast(header("Max-Forwards", "3")));
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @Test
  public void a_singleton_takes_the_place_of_a_malformed_one() {
    SipRequest m = Texts.request(Texts.INVITE.replace("180", "soon"));
    m.addHeader(header("Expires", "5"));
    assertEquals(Texts.sent(m), Texts.INVITE.replace("180", "5"));
  }

  @Test
  public void set_replaces_the_first_and_removes_the_others() {
    SipRequest m = Texts.request(Texts.INVITE);
    SipHeader odd = header("X-ODD", "only");
    m.setHeader(odd);
    assertSame(m.getHeader("x-odd"), odd);
    m.setHeader(header("Record-Route", "<sip:only.example.com;lr>"));
    m.setHeader(header("Subject", "new"));
    assertEquals(
        Texts.sent(m),
        Texts.INVITE
            .replace("X-Odd:  one,two\r\nx-odd: three", "X-ODD: only")
            .replace(
                "<sip:p2.example.com;lr>,  <sip:p1.example.com;lr>", "<sip:only.example.com;lr>")
            .replace("Content-Length", "Subject: new\r\nContent-Length"));
  }

  @Test
  public void remove_takes_all_first_or_last() {
    SipRequest m = Texts.request(Texts.INVITE);
    m.removeLast("v");
    m.removeFirst("Via");
    assertEquals(
        texts(m.getHeaders("Via")), List.of("Via: SIP/2.0/TCP first.example.com;branch=z9hG4bKa"));
    m.removeHeader("x-ODD");
    assertFalse(m.getHeaders("X-Odd").hasNext());
    m.removeHeader("Subject");
    m.removeFirst("Subject");
    m.removeLast("Subject");
    m.removeFirst("Expires");
    assertNull(m.getExpires());
    assertEquals(m.expires(), -1);
  }

  @Test
  public void an_iterator_changes_the_message() {
    SipRequest m = Texts.request(Texts.INVITE);
    ListIterator<Object> it = m.getHeaders("Via");
    expectThrows(IllegalStateException.class, it::remove);
    assertEquals(it.nextIndex(), 0);
    Object first = it.next();
    assertEquals(it.previousIndex(), 0);
    assertSame(it.previous(), first);
    assertSame(it.next(), first);
    it.remove();
    expectThrows(IllegalStateException.class, it::remove);
    it.next();
    SipHeader other = header("Via", "SIP/2.0/UDP other.example.com");
    it.set(other);
    expectThrows(IllegalArgumentException.class, () -> it.set(header("To", "<sip:h>")));
    expectThrows(UnsupportedOperationException.class, () -> it.add(other));
    assertSame(m.getHeader("Via"), other);
    it.next();
    expectThrows(NoSuchElementException.class, it::next);
    assertEquals(m.viaCount(), 2);
    assertEquals(m.viaHost(), "other.example.com");
  }

  @Test
  public void names_and_texts_can_not_be_changed_through_their_iterators() {
    ListIterator<?> names = Texts.request(Texts.INVITE).getHeaderNames();
    names.next();
    expectThrows(UnsupportedOperationException.class, names::remove);
  }

  // --- arguments ---

  @Test
  public void null_arguments_get_the_exceptions_that_programs_expect() {
    SipRequest m = Texts.request(Texts.INVITE);
    expectThrows(IllegalArgumentException.class, () -> m.setHeader(null));
    expectThrows(IllegalArgumentException.class, () -> m.setExpires(null));
    expectThrows(IllegalArgumentException.class, () -> m.setContentLanguage(null));
    expectThrows(IllegalArgumentException.class, () -> m.setContentEncoding(null));
    expectThrows(IllegalArgumentException.class, () -> m.setContentDisposition(null));
    expectThrows(IllegalArgumentException.class, () -> m.setMethod(null));
    expectThrows(NullPointerException.class, () -> m.setContentLength(null));
    expectThrows(NullPointerException.class, () -> m.setRequestURI(null));
    expectThrows(NullPointerException.class, () -> m.addHeader(null));
    expectThrows(NullPointerException.class, () -> m.addFirst(null));
    expectThrows(NullPointerException.class, () -> m.addLast(null));
    expectThrows(NullPointerException.class, () -> m.getHeader(null));
    expectThrows(NullPointerException.class, () -> m.getHeaders(null));
    expectThrows(NullPointerException.class, () -> m.removeHeader(null));
    expectThrows(NullPointerException.class, () -> m.removeFirst(null));
    expectThrows(NullPointerException.class, () -> m.removeLast(null));
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @DataProvider
  static Object[][] injections() {
    return new Object[][] {{"a\r\nX: y"}, {"a\nX: y"}, {"a\rX: y"}, {"a\0b"}};
  }

  @Test(dataProvider = "injections")
  public void no_setter_takes_a_line_break_or_nul(String evil) throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    expectThrows(ParseException.class, () -> m.setMethod(evil));
    expectThrows(ParseException.class, () -> m.setSIPVersion(evil));
    SipResponse r = (SipResponse) m.createResponse(200);
    expectThrows(ParseException.class, () -> r.setReasonPhrase(evil));
    expectThrows(IllegalArgumentException.class, () -> m.createResponse(200, evil));
    ForeignHeader foreign = new ForeignHeader("X-Evil", evil);
    if (evil.indexOf(0) >= 0) {
      expectThrows(IllegalArgumentException.class, () -> m.addHeader(foreign));
    }
    expectThrows(
        IllegalArgumentException.class, () -> m.addHeader(new ForeignHeader(evil, "value")));
    expectThrows(
        IllegalArgumentException.class, () -> m.setRequestURI(new ForeignUri("sip:" + evil)));
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @Test
  public void methods_that_are_no_token_and_other_versions_are_refused() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    for (String bad : List.of("", " ", "IN VITE", "A,B", "<x>")) {
      expectThrows(ParseException.class, () -> m.setMethod(bad));
    }
    expectThrows(ParseException.class, () -> m.setSIPVersion("SIP/3.0"));
    expectThrows(ParseException.class, () -> m.setSIPVersion(null));
    m.setSIPVersion("SIP/2.0");
    assertEquals(m.getSIPVersion(), "SIP/2.0");
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @Test
  public void set_method_takes_the_cseq_along() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.setMethod("CANCEL");
    assertTrue(Texts.sent(m).startsWith("CANCEL sip:bob@biloxi.example.com SIP/2.0\r\n"));
    assertTrue(Texts.sent(m).contains("\r\nCSeq: 314159 CANCEL\r\n"));
  }

  @Test
  public void status_codes_are_checked_and_the_phrase_follows_unless_it_is_the_programs_own()
      throws Exception {
    SipResponse r = (SipResponse) Texts.request(Texts.INVITE).createResponse(200);
    assertEquals(r.getReasonPhrase(), "OK");
    r.setStatusCode(486);
    assertEquals(r.getReasonPhrase(), "Busy Here");
    r.setReasonPhrase("Not \u00e0 la carte");
    r.setStatusCode(487);
    assertEquals(r.getReasonPhrase(), "Not \u00e0 la carte");
    assertTrue(Texts.sent(r).startsWith("SIP/2.0 487 Not \u00e0 la carte\r\n"));
    expectThrows(ParseException.class, () -> r.setStatusCode(99));
    expectThrows(ParseException.class, () -> r.setStatusCode(700));
    expectThrows(IllegalArgumentException.class, () -> r.setReasonPhrase(null));
    r.setReasonPhrase("");
    assertTrue(Texts.sent(r).startsWith("SIP/2.0 487 \r\n"));
  }

  // --- other vendors' objects ---

  @Test
  public void headers_and_uris_of_other_vendors_are_taken() {
    SipRequest m = Texts.request(Texts.INVITE);
    m.addHeader(new ForeignHeader("X-Foreign", "  value \r\n"));
    m.setHeader(new ForeignHeader("Expires", "99"));
    ForeignUri uri = new ForeignUri("sip:foreign@example.com");
    m.setRequestURI(uri);
    assertSame(m.getRequestURI(), uri);
    assertEquals(m.expires(), 99);
    assertNotNull(m.getExpires());
    assertEquals(((ExtensionHeader) m.getHeader("X-Foreign")).getValue(), "value");
    assertTrue(Texts.sent(m).startsWith("INVITE sip:foreign@example.com SIP/2.0\r\n"));
  }

  /** A header as another stack has it: {@code toString()} is the whole field. */
  record ForeignHeader(String name, String value) implements Header {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Object clone() {
      return new ForeignHeader(name, value);
    }

    @Override
    public String toString() {
      return name + ": " + value + "\r\n";
    }
  }

  /** A URI as another stack has it. */
  static final class ForeignUri implements javax.sip.address.URI {
    private static final long serialVersionUID = 1L;
    private final String text;

    ForeignUri(String text) {
      this.text = text;
    }

    @Override
    public String getScheme() {
      return "sip";
    }

    @Override
    public boolean isSipURI() {
      return false;
    }

    @Override
    public Object clone() {
      return new ForeignUri(text);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ForeignUri that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
      return Objects.hash(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
