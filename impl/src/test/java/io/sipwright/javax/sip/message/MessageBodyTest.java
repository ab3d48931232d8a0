package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.header.HeaderParser;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.ContentTypeHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class MessageBodyTest {
  private static ContentTypeHeader type(String value) throws Exception {
    return (ContentTypeHeader) HeaderParser.parse("Content-Type", value, MessageModel.DEFAULT);
  }

  private static String withBody(String type, String body) {
    String text =
        Texts.INVITE.replace(
            "Content-Length: 0",
            "Content-Type: " + type + "\r\nContent-Length: " + Texts.bytes(body).length);
    return text + body;
  }

  @Test
  public void a_received_body_comes_as_the_same_bytes_each_time() {
    SipRequest m = Texts.request(withBody("text/plain", "h\u00e9llo"));
    byte[] bytes = (byte[]) m.getContent();
    assertEquals(new String(bytes, StandardCharsets.UTF_8), "h\u00e9llo");
    assertSame(m.getContent(), bytes);
    assertSame(m.getRawContent(), bytes);
    assertEquals(m.getContentLength().getContentLength(), 6);
  }

  @Test
  public void no_body_is_null() {
    SipRequest m = Texts.request(Texts.INVITE);
    assertNull(m.getContent());
    assertNull(m.getRawContent());
    assertNull(new SipRequest().getContent());
    m.removeContent();
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  /** Content objects, and the bytes they're sent as. */
  @DataProvider
  static Object[][] contents() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return new Object[][] {
      {"v=0\r\n\r\nm=audio\r\n", "v=0\r\n\r\nm=audio\r\n".getBytes(StandardCharsets.UTF_8)},
      {"\r\n\r\n\0\r\n", "\r\n\r\n\0\r\n".getBytes(StandardCharsets.UTF_8)},
      {"", new byte[0]},
      {"\u4e2d\u6587", "\u4e2d\u6587".getBytes(StandardCharsets.UTF_8)},
      {all, all},
      {URI.create("any:object"), "any:object".getBytes(StandardCharsets.UTF_8)},
    };
  }

  @Test(dataProvider = "contents")
  public void content_is_the_identical_object_and_is_sent_with_its_length(
      Object content, byte[] sent) throws Exception {
    SipRequest m = Texts.request(withBody("application/sdp", "old"));
    ContentTypeHeader type = type("application/x");
    m.setContent(content, type);
    assertSame(m.getContent(), content);
    assertSame(m.getHeader("Content-Type"), type);
    assertEquals(m.getRawContent(), sent);
    assertEquals(m.getContentLength().getContentLength(), sent.length);
    byte[] encoded = m.encoded();
    SipMessage read = (SipMessage) new MessageParser().parse(encoded);
    assertEquals(read.encoded().length, encoded.length);
    assertEquals(read.getRawContent(), sent.length == 0 ? null : sent);
    assertEquals(read.getContentLength().getContentLength(), sent.length);
  }

  @Test
  public void text_is_sent_in_the_charset_of_its_type() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.setContent("\u4e2d\u6587", type("text/plain;charset=GB2312"));
    assertEquals(m.getRawContent(), "\u4e2d\u6587".getBytes(Charset.forName("GB2312")));
    assertEquals(m.getContentLength().getContentLength(), 4);
    m.setContent("\u00e9", type("text/plain;charset=\"iso-8859-1\""));
    assertEquals(m.getRawContent(), new byte[] {(byte) 0xe9});
    m.setContent("\u00e9", type("text/plain;charset=no-such-charset"));
    assertEquals(m.getRawContent(), "\u00e9".getBytes(StandardCharsets.UTF_8));
    m.setContent("\u00e9", type("text/plain;charset=\"!\""));
    assertEquals(m.getRawContent(), "\u00e9".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  public void content_length_is_right_on_what_is_sent_whatever_was_set() throws Exception {
    SipRequest m = Texts.request(withBody("text/plain", "hello"));
    ContentLengthHeader wrong = m.getContentLength();
    wrong.setContentLength(99);
    assertTrue(Texts.sent(m).endsWith("\r\nContent-Length: 5\r\n\r\nhello"));
    m.setContentLength(wrong);
    assertSame(m.getContentLength(), wrong);
    assertTrue(Texts.sent(m).endsWith("\r\nContent-Length: 5\r\n\r\nhello"));
    m.removeHeader("Content-Length");
    assertTrue(Texts.sent(m).endsWith("\r\nContent-Length: 5\r\n\r\nhello"));
    assertEquals(m.getContentLength().getContentLength(), 5);
  }

  @Test
  public void a_missing_content_length_is_added_as_soon_as_anything_changes() {
    String text = Texts.INVITE.replace("Content-Length: 0\r\n", "") + "rest";
    SipRequest m = Texts.request(text);
    assertEquals(Texts.sent(m), text);
    m.removeHeader("Expires");
    assertTrue(Texts.sent(m).endsWith("\r\nContent-Length: 4\r\n\r\nrest"));
    assertEquals(Texts.request(text).getContentLength().getContentLength(), 4);
  }

  @Test
  public void removing_content_takes_its_headers_along() throws Exception {
    SipRequest m =
        Texts.request(
            withBody("text/plain", "hello")
                .replace(
                    "Content-Length",
                    "Content-Disposition: session\r\nContent-Encoding: identity\r\n"
                        + "Content-Language: en\r\nContent-Length"));
    m.removeContent();
    assertEquals(Texts.sent(m), Texts.INVITE);
    assertNull(m.getContent());
    assertNull(m.getRawContent());
    m.setContent("new", type("text/plain"));
    assertTrue(Texts.sent(m).endsWith("Content-Type: text/plain\r\nContent-Length: 3\r\n\r\nnew"));
  }

  @Test
  public void content_without_object_or_type_is_refused_and_changes_nothing() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    expectThrows(NullPointerException.class, () -> m.setContent(null, type("text/plain")));
    expectThrows(IllegalArgumentException.class, () -> m.setContent("x", null));
    assertEquals(Texts.sent(m), Texts.INVITE);
  }

  @Test
  public void a_clone_has_content_of_its_own() throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    byte[] bytes = {1, 2, 3};
    m.setContent(bytes, type("application/x"));
    SipRequest clone = m.clone();
    bytes[0] = 9;
    assertEquals(clone.getRawContent(), new byte[] {1, 2, 3});

    ArrayList<String> list = new ArrayList<>(List.of("a"));
    m.setContent(list, type("application/x"));
    clone = m.clone();
    assertEquals(clone.getContent(), list);
    assertNotSame(clone.getContent(), list);

    URI uri = URI.create("no:clone-method");
    m.setContent(uri, type("application/x"));
    assertSame(m.clone().getContent(), uri);
  }

  @Test
  public void a_change_of_received_bytes_by_the_program_is_sent() {
    SipRequest m = Texts.request(withBody("text/plain", "hello"));
    byte[] before = m.encoded().clone();
    SipRequest clone = m.clone();
    m.getRawContent()[0] = 'j';
    assertTrue(Texts.sent(m).endsWith("\r\n\r\njello"));
    assertTrue(Arrays.equals(clone.encoded(), before));
    assertFalse(Arrays.equals(m.encoded(), before));
  }
}
