package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderParser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class MessageFactoryTest {
  private final MessageFactoryImpl factory = new MessageFactoryImpl();

  private final URI uri = uri("sip:bob@biloxi.example.com");
  private final CallIdHeader callId = (CallIdHeader) header("Call-ID", "c1");
  private final CSeqHeader cseq = (CSeqHeader) header("CSeq", "1 INVITE");
  private final FromHeader from = (FromHeader) header("From", "<sip:a@h>;tag=1");
  private final ToHeader to = (ToHeader) header("To", "<sip:b@h>");
  private final List<Header> vias =
      List.of(header("Via", "SIP/2.0/UDP top;branch=b1"), header("Via", "SIP/2.0/UDP second"));
  private final MaxForwardsHeader hops = (MaxForwardsHeader) header("Max-Forwards", "70");
  private final ContentTypeHeader type = (ContentTypeHeader) header("Content-Type", "text/plain");

  private static Header header(String name, String value) {
    try {
      return HeaderParser.parse(name, value, MessageModel.DEFAULT);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static URI uri(String text) {
    try {
      return new AddressFactoryImpl().createURI(text);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  // --- requests ---

  @Test
  public void a_request_of_parts_has_them_as_they_are() throws Exception {
    Request request = factory.createRequest(uri, "INVITE", callId, cseq, from, to, vias, hops);
    assertEquals(
        request.toString(),
        Texts.message(
            "INVITE sip:bob@biloxi.example.com SIP/2.0",
            "Via: SIP/2.0/UDP top;branch=b1",
            "Via: SIP/2.0/UDP second",
            "Max-Forwards: 70",
            "From: <sip:a@h>;tag=1",
            "To: <sip:b@h>",
            "Call-ID: c1",
            "CSeq: 1 INVITE",
            "Content-Length: 0"));
    assertSame(request.getHeader("CSeq"), cseq);
    assertSame(request.getHeader("Via"), vias.get(0));
    assertSame(request.getRequestURI(), uri);
    assertSame(request.getMethod(), Request.INVITE);
    assertEquals(request.getContentLength().getContentLength(), 0);
  }

  @Test
  public void a_request_of_parts_with_content_has_it_as_it_is() throws Exception {
    Object content = "body";
    Request text =
        factory.createRequest(uri, "INVITE", callId, cseq, from, to, vias, hops, type, content);
    assertSame(text.getContent(), content);
    byte[] bytes = {0, 13, 10};
    Request binary =
        factory.createRequest(uri, "INVITE", callId, cseq, from, to, vias, hops, type, bytes);
    assertSame(binary.getContent(), bytes);
    assertTrue(
        binary.toString().endsWith("Content-Type: text/plain\r\nContent-Length: 3\r\n\r\n\0\r\n"));
  }

  @Test
  public void a_method_that_is_no_token_is_a_parse_exception() {
    for (String bad : List.of("", "IN VITE", "INVITE\r\nX: y")) {
      expectThrows(
          ParseException.class,
          () -> factory.createRequest(uri, bad, callId, cseq, from, to, vias, hops));
    }
  }

  @Test
  public void each_null_part_is_a_null_pointer_exception() throws Exception {
    Object[] good = {uri, "INVITE", callId, cseq, from, to, vias, hops, type, "x"};
    for (int i = 0; i < good.length; i++) {
      Object[] a = good.clone();
      a[i] = null;
      expectThrows(
          NullPointerException.class,
          () ->
              factory.createRequest(
                  (URI) a[0],
                  (String) a[1],
                  (CallIdHeader) a[2],
                  (CSeqHeader) a[3],
                  (FromHeader) a[4],
                  (ToHeader) a[5],
                  (List<?>) a[6],
                  (MaxForwardsHeader) a[7],
                  (ContentTypeHeader) a[8],
                  a[9]));
      if (i > 1) {
        expectThrows(
            NullPointerException.class,
            () ->
                factory.createResponse(
                    200,
                    (CallIdHeader) a[2],
                    (CSeqHeader) a[3],
                    (FromHeader) a[4],
                    (ToHeader) a[5],
                    (List<?>) a[6],
                    (MaxForwardsHeader) a[7],
                    (ContentTypeHeader) a[8],
                    a[9]));
      }
    }
    List<Header> withNull = Arrays.asList(vias.get(0), null);
    expectThrows(
        NullPointerException.class,
        () -> factory.createRequest(uri, "INVITE", callId, cseq, from, to, withNull, hops));
    List<Header> withOther = List.of(from);
    expectThrows(
        IllegalArgumentException.class,
        () -> factory.createRequest(uri, "INVITE", callId, cseq, from, to, withOther, hops));
  }

  @Test
  public void an_empty_text_gives_an_empty_request_to_fill_in() throws Exception {
    for (String empty : Arrays.asList("", null, "\r\n")) {
      Request request = factory.createRequest(empty);
      assertNull(request.getMethod());
      assertNull(request.getRequestURI());
      assertNull(request.getHeader("Via"));
      assertEquals(request.getContentLength().getContentLength(), 0);
      assertEquals(request.toString(), "\r\n\r\n", "a keep-alive");
      request.setMethod("OPTIONS");
      request.setRequestURI(uri("sip:h"));
      request.addHeader(header("CSeq", "1 OPTIONS"));
      assertEquals(
          request.toString(),
          Texts.message("OPTIONS sip:h SIP/2.0", "CSeq: 1 OPTIONS", "Content-Length: 0"));
    }
  }

  @Test
  public void a_request_is_read_from_its_text_body_included() throws Exception {
    Request request = factory.createRequest("\r\n" + Texts.INVITE.replace(": 0\r", ": 2\r") + "hi");
    assertEquals(new String(request.getRawContent(), StandardCharsets.UTF_8), "hi");
    assertEquals(((CallIdHeader) request.getHeader("Call-ID")).getCallId().length(), 39);
    assertEquals(factory.createRequest(Texts.INVITE).toString(), Texts.INVITE);
  }

  /** Of text that a program gives: what it had from a stack with wider limits is read again. */
  @Test
  public void the_limits_for_what_peers_send_are_none_for_a_text() throws Exception {
    String lines = "X-Many: 1\r\n".repeat(2 * Limits.DEFAULT.headerCount());
    String line = "X-Long: " + "x".repeat(2 * Limits.DEFAULT.headerLine()) + "\r\n";
    String values = "Supported: a" + ",a".repeat(999) + "\r\n";
    for (String more : List.of(lines, line, values)) {
      String text = Texts.INVITE.replace("Timestamp:", more + "Timestamp:");
      assertEquals(factory.createRequest(text).toString(), text);
    }
  }

  @Test
  public void the_blank_line_and_headers_may_be_missing_in_a_text() throws Exception {
    Request request =
        factory.createRequest("OPTIONS sip:h SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nTo: <sip:h>");
    assertEquals(
        request.toString(),
        Texts.message("OPTIONS sip:h SIP/2.0", "Via: SIP/2.0/UDP h", "To: <sip:h>"));
    SipMessage read = (SipMessage) request;
    assertEquals(read.viaHost(), "h");
    assertNull(read.callId());
    assertNull(read.fromTag());
    assertEquals(
        factory.createRequest("OPTIONS sip:h SIP/2.0\nSubject: lf\n").toString(),
        "OPTIONS sip:h SIP/2.0\r\nSubject: lf\r\n\r\n");
  }

  /** Texts that make a ParseException. */
  @DataProvider
  static Object[][] badTexts() {
    return new Object[][] {
      {"garbage"},
      {"OPTIONS sip:h"},
      {"OPTIONS sip:h SIP/3.0\r\n\r\n"},
      {Texts.INVITE.replace("Length: 0", "Length: 1")},
      {Texts.INVITE.replace("Length: 0", "Length: 1") + "four"},
      {Texts.INVITE + "body"},
      {Texts.INVITE.replace("314159", "x")},
      {Texts.INVITE.replace("<sip:bob", "<<sip:bob")},
      {Texts.INVITE.replace("Call-ID", "To: <sip:two@h>\r\nCall-ID")},
      {"SIP/2.0 200 OK\r\n\r\n"},
    };
  }

  @Test(dataProvider = "badTexts")
  public void a_text_that_is_no_request_is_a_parse_exception(String text) {
    expectThrows(ParseException.class, () -> factory.createRequest(text));
  }

  // --- responses ---

  @Test
  public void a_response_of_parts_has_them_and_the_usual_phrase() throws Exception {
    Response response = factory.createResponse(404, callId, cseq, from, to, vias, hops);
    assertTrue(response.toString().startsWith("SIP/2.0 404 Not Found\r\nVia: SIP/2.0/UDP top;"));
    assertSame(response.getHeader("To"), to);
    byte[] bytes = {1};
    assertSame(
        factory.createResponse(200, callId, cseq, from, to, vias, hops, type, bytes).getContent(),
        bytes);
    assertSame(
        factory.createResponse(200, callId, cseq, from, to, vias, hops, type, "x").getContent(),
        "x");
    expectThrows(
        ParseException.class, () -> factory.createResponse(99, callId, cseq, from, to, vias, hops));
  }

  @Test
  public void a_response_is_read_from_its_text() throws Exception {
    String text = Texts.sent(Texts.request(Texts.INVITE).createResponse(180));
    Response response = factory.createResponse(text);
    assertEquals(response.getStatusCode(), 180);
    assertEquals(response.toString(), text);
    assertEquals(factory.createResponse((String) null).getStatusCode(), 0);
    assertNull(factory.createResponse("").getReasonPhrase());
    expectThrows(ParseException.class, () -> factory.createResponse(Texts.INVITE));
    expectThrows(ParseException.class, () -> factory.createResponse("SIP/2.0 99 x\r\n\r\n"));
  }

  private static final String COMMON =
      String.join(
          "\r\n",
          "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport",
          "v: SIP/2.0/TCP first.example.com;branch=z9hG4bKa , SIP/2.0/TLS second.example.com",
          "t: \"Bob, B.\" <sip:bob@biloxi.example.com>",
          "From: Alice <sip:alice@atlanta.example.com>;tag=1928301774",
          "Call-ID: a84b4c76e66710@pc33.atlanta.example.com",
          "CSeq: 314159 INVITE",
          "");

  private static final String ROUTE =
      "Record-Route: <sip:p2.example.com;lr>,  <sip:p1.example.com;lr>\r\n";

  /** Status codes and what else is copied. */
  @DataProvider
  static Object[][] statuses() {
    return new Object[][] {
      {100, "Trying", "Timestamp: 54.2\r\n"},
      {180, "Ringing", ROUTE},
      {199, "Early Dialog Terminated", ROUTE},
      {200, "OK", ROUTE},
      {299, "OK", ROUTE},
      {302, "Moved Temporarily", ""},
      {404, "Not Found", ""},
      {499, "Bad Request", ""},
      {699, "Busy Everywhere", ""},
    };
  }

  @Test(dataProvider = "statuses")
  public void a_response_copies_from_the_request_and_adds_no_to_tag(
      int status, String phrase, String more) throws Exception {
    SipRequest request = Texts.request(Texts.INVITE);
    Response response = factory.createResponse(status, request);
    assertEquals(
        response.toString(),
        "SIP/2.0 " + status + " " + phrase + "\r\n" + COMMON + more + "Content-Length: 0\r\n\r\n");
    assertEquals(response.toString(), Texts.sent(request.createResponse(status)));
    assertEquals(Texts.sent(request), Texts.INVITE);
  }

  @Test
  public void values_apart_or_touched_are_copied_as_they_will_be_sent() throws Exception {
    SipRequest request = Texts.request(Texts.INVITE);
    request.removeFirst("Via");
    assertEquals(request.viaCount(), 2); // which parts the values
    ((ToHeader) request.getHeader("To")).setTag("mine");
    SipMessage response = (SipMessage) factory.createResponse(180, request);
    assertEquals(
        Texts.sent(response),
        Texts.message(
            "SIP/2.0 180 Ringing",
            "v: SIP/2.0/TCP first.example.com;branch=z9hG4bKa , SIP/2.0/TLS second.example.com",
            "To: \"Bob, B.\" <sip:bob@biloxi.example.com>;tag=mine",
            "From: Alice <sip:alice@atlanta.example.com>;tag=1928301774",
            "Call-ID: a84b4c76e66710@pc33.atlanta.example.com",
            "CSeq: 314159 INVITE",
            "Record-Route: <sip:p2.example.com;lr>,  <sip:p1.example.com;lr>",
            "Content-Length: 0"));
    assertEquals(response.toTag(), "mine");
    assertEquals(response.viaHost(), "first.example.com");
    assertEquals(response.viaCount(), 2);
    assertEquals(response.method(), "INVITE");
    ((ToHeader) response.getHeader("To")).setTag("other");
    assertEquals(request.toTag(), "mine");
  }

  @Test
  public void a_header_of_any_size_is_copied() throws Exception {
    Request request = factory.createRequest(uri, "INVITE", callId, cseq, from, to, vias, hops);
    String tag = "t".repeat(100_000);
    ((ToHeader) request.getHeader("To")).setTag(tag);
    SipMessage response = (SipMessage) factory.createResponse(200, request);
    assertEquals(response.toTag(), tag);
    assertTrue(Texts.sent(response).contains(";tag=" + tag + "\r\n"));
    to.removeParameter("tag");
    assertEquals(response.toTag(), tag);
  }

  @Test
  public void a_response_to_a_request_takes_content() throws Exception {
    SipRequest request = Texts.request(Texts.INVITE);
    assertSame(factory.createResponse(200, request, type, "x").getContent(), "x");
    byte[] bytes = {1, 2};
    Response response = factory.createResponse(200, request, type, bytes);
    assertSame(response.getContent(), bytes);
    assertEquals(response.getContentLength().getContentLength(), 2);
    assertTrue(
        response.toString().endsWith("Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n\1\2"));
  }

  @Test
  public void a_bad_status_is_an_illegal_argument_and_null_a_null_pointer_exception() {
    SipRequest request = Texts.request(Texts.INVITE);
    for (int bad : new int[] {-1, 0, 99, 700}) {
      expectThrows(IllegalArgumentException.class, () -> factory.createResponse(bad, request));
      expectThrows(
          IllegalArgumentException.class, () -> factory.createResponse(bad, request, type, "x"));
      expectThrows(IllegalArgumentException.class, () -> request.createResponse(bad));
    }
    expectThrows(NullPointerException.class, () -> factory.createResponse(200, (Request) null));
    expectThrows(NullPointerException.class, () -> factory.createResponse(200, request, null, "x"));
    expectThrows(
        NullPointerException.class,
        () -> factory.createResponse(200, request, type, (Object) null));
    expectThrows(
        NullPointerException.class,
        () -> factory.createResponse(200, request, type, (byte[]) null));
  }

  @Test
  public void a_request_of_another_vendor_is_answered_too() throws Exception {
    SipRequest ours = Texts.request(Texts.INVITE);
    Request foreign =
        (Request)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, method, args) -> {
                  try {
                    return method.invoke(ours, args);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    assertFalse(foreign instanceof SipMessage);
    SipMessage response = (SipMessage) factory.createResponse(180, foreign);
    assertEquals(
        Texts.sent(response),
        Texts.message(
            "SIP/2.0 180 Ringing",
            "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport",
            "Via: SIP/2.0/TCP first.example.com;branch=z9hG4bKa",
            "Via: SIP/2.0/TLS second.example.com",
            "From: \"Alice\" <sip:alice@atlanta.example.com>;tag=1928301774",
            "To: \"Bob, B.\" <sip:bob@biloxi.example.com>",
            "Call-ID: a84b4c76e66710@pc33.atlanta.example.com",
            "CSeq: 314159 INVITE",
            "Record-Route: <sip:p2.example.com;lr>",
            "Record-Route: <sip:p1.example.com;lr>",
            "Content-Length: 0"));
    ((ViaHeader) response.getHeader("Via")).setBranch("changed");
    assertEquals(ours.viaBranch(), "z9hG4bK776asdhds");
    List<Object> times = new ArrayList<>();
    factory.createResponse(100, foreign).getHeaders("Timestamp").forEachRemaining(times::add);
    assertEquals(times.size(), 1);
  }

  /** RFC 3261 §7: whatever ended the lines of the text, CRLF ends those of the message. */
  @Test
  public void lines_of_a_text_get_their_proper_ends_and_the_body_stays_as_it_is() throws Exception {
    String head = "MESSAGE sip:a@b SIP/2.0\nSubject: one\r\n two\nContent-Length: 5\n\n";
    String sent = new MessageFactoryImpl().createRequest(head + "1\n2\r\n").toString();
    assertEquals(
        sent,
        "MESSAGE sip:a@b SIP/2.0\r\nSubject: one\r\n two\r\nContent-Length: 5\r\n\r\n1\n2\r\n");
    String bare = new MessageFactoryImpl().createResponse("SIP/2.0 200 OK\nSubject: x").toString();
    assertTrue(bare.startsWith("SIP/2.0 200 OK\r\nSubject: x\r\n"), bare);
  }
}
