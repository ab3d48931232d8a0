package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;
import javax.sip.address.SipURI;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Clone, equality, serialized form. */
public class MessageCopyTest {
  @Test
  public void a_clone_is_equal_and_nothing_done_to_one_shows_in_the_other() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.peek(HeaderType.CONTACT);
    m.getHeader("From");
    m.getRequestURI();
    m.attach("flow");
    SipRequest clone = m.clone();
    assertEquals(clone, m);
    assertEquals(clone.hashCode(), m.hashCode());
    assertNull(clone.attachment());
    assertEquals(m.attachment(), "flow");
    assertNotSame(clone.getHeader("From"), m.getHeader("From"));

    ((FromHeader) clone.getHeader("From")).setTag("changed");
    ((SipURI) clone.getRequestURI()).setUser("changed");
    clone.setMethod("BYE");
    clone.removeHeader("Contact");
    clone.addHeader(HeaderParser.parse("X-New", "1", MessageModel.DEFAULT));
    ((MaxForwardsHeader) clone.getHeader("Max-Forwards")).setMaxForwards(1);
    clone.stampVia("192.0.2.1", 5);
    assertEquals(m.fromTag(), "1928301774");
    assertEquals(m.maxForwards(), 70);
    assertNull(m.viaReceived());
    assertEquals(((SipURI) m.getRequestURI()).getUser(), "bob");
    assertEquals(m.createResponse(200), response());
    assertTrue(Texts.sent(clone).startsWith("BYE sip:changed@biloxi.example.com SIP/2.0\r\n"));
    assertNotEquals(clone, m);
  }

  private static SipMessage response() {
    return Texts.request(Texts.INVITE.replace("From: Alice", "From: \"Alice\""))
        .createResponse(200);
  }

  @Test
  public void changes_of_the_original_do_not_show_in_a_clone_made_before() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    SipRequest clone = m.clone();
    ((FromHeader) m.getHeader("From")).setTag("changed");
    m.removeHeader("Via");
    ((SipURI) m.getRequestURI()).setUser("changed");
    m.stampVia("192.0.2.1", 5);
    assertEquals(Texts.sent(clone), Texts.INVITE);
  }

  /** Changes that make a message another one, and those that don't. */
  @DataProvider
  static Object[][] changes() {
    return new Object[][] {
      {"sip:bob@biloxi", "sip:carol@biloxi", false},
      {"z9hG4bK776asdhds", "z9hG4bK776asdhdt", false},
      {"1928301774", "1928301775", false},
      {"a84b4c76e66710", "a84b4c76e66711", false},
      {"314159", "314160", false},
      {"Max-Forwards: 70", "Max-Forwards: 69", false},
      {"Bob, B.", "Robert", true},
      {"t: ", "To:   ", true},
      {"X-Odd:  one", "X-Odd: uno", true},
    };
  }

  @Test(dataProvider = "changes")
  public void messages_are_compared_by_start_line_and_identifying_headers(
      String from, String to, boolean same) {
    SipMessage a = Texts.taken(Texts.INVITE);
    SipMessage b = Texts.taken(Texts.INVITE.replace(from, to));
    assertEquals(a.equals(b), same);
    assertEquals(b.equals(a), same);
    if (same) {
      assertEquals(a.hashCode(), b.hashCode());
    }
    assertEquals(a.createResponse(200), a.createResponse(200));
    assertNotEquals(a.createResponse(200), a.createResponse(202));
    assertFalse(a.equals(a.createResponse(200)));
    assertFalse(a.equals("text"));
    assertEquals(new SipRequest(), new SipRequest());
    assertNotEquals(new SipRequest(), new SipResponse());
  }

  private static <T> T serialized(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // what went in comes out
      T read = (T) in.readObject();
      return read;
    }
  }

  @Test
  public void a_message_read_back_from_its_serialized_form_is_the_same() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.attach(new Object());
    SipRequest read = serialized(m);
    assertEquals(read, m);
    assertEquals(Texts.sent(read), Texts.INVITE);
    assertSame(read.getMethod(), "INVITE");
    assertNull(read.attachment());
    assertEquals(read.viaBranch(), m.viaBranch());

    m.setContent(
        "h\u00e9",
        (ContentTypeHeader) HeaderParser.parse("Content-Type", "text/plain", MessageModel.DEFAULT));
    assertEquals(serialized(m).getRawContent(), m.getRawContent());

    SipMessage response = m.createResponse(486, "Occup\u00e9");
    assertEquals(serialized(response), response);
    assertEquals(serialized(response).reasonPhrase(), "Occup\u00e9");
  }

  /** A program may make messages that go beyond what's taken off the wire. */
  @Test
  public void a_message_beyond_the_limits_of_parsing_is_serialized_with_all_its_headers()
      throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    String longText = "x".repeat(Limits.DEFAULT.headerLine() + 1);
    m.addHeader(HeaderParser.parse("X-Long", longText, MessageModel.DEFAULT));
    for (int i = 0; i < 2 * Limits.DEFAULT.headerCount(); i++) {
      m.addHeader(HeaderParser.parse("X-Many", "" + i, MessageModel.DEFAULT));
    }
    SipRequest read = serialized(m);
    assertEquals(read.getHeader("X-Long").toString(), "X-Long: " + longText + "\r\n");
    assertEquals(Texts.sent(read), Texts.sent(m));
    assertEquals(read.getRawContent(), m.getRawContent());
  }

  @Test
  public void a_serialized_header_too_long_to_be_read_is_an_error_and_not_left_out()
      throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.addHeader(HeaderParser.parse("X-Long", "x".repeat(70_000), MessageModel.DEFAULT));
    assertThrows(StreamCorruptedException.class, () -> serialized(m));
  }

  @Test
  public void half_filled_messages_are_serializable_too() throws Exception {
    assertTrue(serialized(new SipRequest()).isBlank());
    assertEquals(serialized(new SipResponse()).status(), 0);
    SipRequest m = new SipRequest();
    m.setMethod("OPTIONS");
    m.addHeader(HeaderParser.parse("X-New", "1", MessageModel.DEFAULT));
    SipRequest read = serialized(m);
    assertEquals(read.getMethod(), "OPTIONS");
    assertNull(read.getRequestURI());
    assertEquals(read.getHeader("X-New").toString(), "X-New: 1\r\n");
  }

  @Test
  public void a_message_makes_its_objects_by_the_model_it_was_read_with() {
    class OwnRequest extends SipRequest {
      private static final long serialVersionUID = 1L;
    }
    MessageModel model =
        new MessageModel() {
          @Override
          public SipRequest request() {
            return new OwnRequest();
          }
        };
    Parsed parsed =
        new MessageParser(model, Limits.DEFAULT, false).parse(Texts.bytes(Texts.INVITE));
    assertTrue(parsed instanceof OwnRequest);
    assertSame(((SipMessage) parsed).model(), model);
    assertSame(((SipMessage) parsed).createResponse(200).model(), model);
  }
}
