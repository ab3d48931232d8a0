package io.sipwright.body;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.javax.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class BodyPartBuilderTest {
  private static final BodyParser STRICT =
      new BodyParser(BodyLimits.DEFAULT, StandardCharsets.UTF_8, true);

  private static BodyPart part(String type, String text) throws ParseException {
    return BodyPart.builder(type).content(text).build();
  }

  private static BodyPartBuilder mixed() throws ParseException {
    return BodyPart.builder("multipart/mixed").boundary("b");
  }

  @Test
  public void parts_are_written_with_their_headers() throws Exception {
    BodyPart body =
        mixed()
            .preamble("for people")
            .part(part("application/sdp", "v=0\r\n"))
            .part(
                BodyPart.builder("application/resource-lists+xml;charset=UTF-8")
                    .disposition("recipient-list")
                    .optional()
                    .contentId("cn35@example.com")
                    .header("Content-Language", "en")
                    .content("<x/>")
                    .build())
            .epilogue("the end")
            .build();
    assertEquals(
        Bytes.shown(body.bytes()),
        "for people|--b|Content-Type: application/sdp||v=0||--b|"
            + "Content-Type: application/resource-lists+xml;charset=UTF-8|"
            + "Content-Disposition: recipient-list;handling=optional|"
            + "Content-ID: <cn35@example.com>|Content-Language: en||<x/>|--b--|the end");
    ParsedBody read = STRICT.parse(body.header("Content-Type"), body.bytes());
    assertEquals(read.toString(), body.toString());
    BodyPart list = ((BodyPart) read).byContentId("cid:cn35@example.com");
    assertEquals(list.text(), "<x/>");
    assertFalse(list.isRequired());
  }

  @Test
  public void a_boundary_is_random_and_stands_in_the_type() throws Exception {
    BodyPartBuilder builder = BodyPart.builder("multipart/mixed").part(part("a/b", "x"));
    BodyPart one = builder.build();
    String boundary = one.parameter("boundary");
    assertTrue(boundary.length() >= 16, boundary);
    assertTrue(Bytes.shown(one.bytes()).startsWith("--" + boundary + "|"));
    assertNotEquals(builder.build().parameter("boundary"), boundary);
  }

  @Test
  public void a_boundary_given_with_the_type_is_used() throws Exception {
    BodyPart body =
        BodyPart.builder("multipart/mixed;boundary=\"a:b\"").part(part("a/b", "x")).build();
    assertEquals(Bytes.shown(body.bytes()), "--a:b|Content-Type: a/b||x|--a:b--|");
    assertEquals(body.header("Content-Type"), "multipart/mixed;boundary=\"a:b\"");
  }

  @Test
  public void multiparts_nest() throws Exception {
    BodyPart inner =
        BodyPart.builder("multipart/alternative")
            .boundary("bb")
            .part(part("text/plain", "1"))
            .part(part("text/html", "2"))
            .build();
    BodyPart body = mixed().part(inner).part(part("a/b", "3")).build();
    BodyPart read = STRICT.parse("multipart/mixed;boundary=b", body.bytes()).orThrow();
    assertEquals(read.parts().get(0).parts().get(1).text(), "2");
    assertEquals(read.find("a/b").text(), "3");
    assertEquals(read.parts().get(0).bytes(), inner.bytes());
  }

  @Test
  public void parts_that_were_read_may_be_parts_of_something_else() throws Exception {
    BodyPart read =
        new BodyParser()
            .parse("multipart/mixed;boundary=b", Bytes.of("--b|x-a : 1|--b|c: a/b||2|--b--"))
            .orThrow();
    BodyPart body = mixed().part(read.parts().get(1)).part(read.parts().get(0)).build();
    assertEquals(Bytes.shown(body.bytes()), "--b|c: a/b||2|--b|x-a : 1|||--b--|");
    BodyPart again = STRICT.parse("multipart/mixed;boundary=b", body.bytes()).orThrow();
    assertEquals(again.parts().get(1).header("X-A"), "1");
    assertEquals(again.parts().get(1).length(), 0);
  }

  /** Texts that hold the boundary {@code b} in a line of their own. */
  @DataProvider
  static Object[][] collisions() {
    return new Object[][] {{"--b"}, {"--b--"}, {"x\r\n--b\r\ny"}, {"x\n--b \ny"}, {"\r\n--b--"}};
  }

  @Test(dataProvider = "collisions")
  public void a_boundary_that_stands_in_a_part_is_refused(String text) throws Exception {
    BodyPartBuilder builder = mixed().part(part("a/b", text));
    IllegalStateException e = expectThrows(IllegalStateException.class, builder::build);
    assertEquals(e.getMessage(), "the boundary 'b' stands in what it separates");
    expectThrows(
        IllegalStateException.class, () -> mixed().preamble(text).part(part("a/b", "x")).build());
  }

  @Test
  public void handling_without_disposition_gets_the_usual_one() throws Exception {
    assertEquals(
        BodyPart.builder("application/sdp").optional().build().header("Content-Disposition"),
        "session;handling=optional");
    assertEquals(
        BodyPart.builder("a/b").required().build().header("Content-Disposition"),
        "render;handling=required");
    assertNull(part("a/b", "").header("Content-Disposition"));
  }

  @Test
  public void alternatives_have_the_disposition_of_their_parts() throws Exception {
    BodyPartBuilder alternative = BodyPart.builder("multipart/alternative");
    BodyPart body = alternative.part(part("application/sdp", "1")).build();
    assertEquals(body.disposition(), "session");
    alternative.part(part("text/plain", "2"));
    IllegalStateException e = expectThrows(IllegalStateException.class, alternative::build);
    assertEquals(e.getMessage(), "alternatives must be of one disposition: session, render");
    BodyPartBuilder twice = BodyPart.builder("multipart/alternative");
    twice.part(part("application/sdp", "1")).part(part("application/sdp", "2"));
    e = expectThrows(IllegalStateException.class, twice::build);
    assertEquals(e.getMessage(), "two alternatives are application/sdp");
    BodyPart rendered =
        BodyPart.builder("multipart/alternative")
            .part(part("text/plain", "1"))
            .part(part("text/plain", "2"))
            .build();
    assertEquals(rendered.disposition(), "render");
  }

  interface Attempt {
    void run() throws Exception;
  }

  /** What isn't allowed, and the exception. */
  @DataProvider
  static Object[][] refused() {
    String long71 = "b".repeat(71);
    return new Object[][] {
      refused(ParseException.class, () -> BodyPart.builder("nonsense")),
      refused(ParseException.class, () -> BodyPart.builder("a/b\r\nEvil: x")),
      refused(ParseException.class, () -> BodyPart.builder("multipart/mixed;boundary=\"a*\"")),
      refused(ParseException.class, () -> BodyPart.builder("multipart/mixed;boundary=" + long71)),
      refused(ParseException.class, () -> mixed().boundary("")),
      refused(ParseException.class, () -> mixed().boundary("a ")),
      refused(ParseException.class, () -> mixed().boundary("a\r\nb")),
      refused(ParseException.class, () -> mixed().contentId("a b@c")),
      refused(ParseException.class, () -> mixed().contentId("<a@c>")),
      refused(ParseException.class, () -> mixed().contentId("a\r\n@c")),
      refused(ParseException.class, () -> mixed().contentId("")),
      refused(ParseException.class, () -> mixed().disposition("a b")),
      refused(ParseException.class, () -> mixed().header("a b", "c")),
      refused(ParseException.class, () -> mixed().header("X-A", "b\r\n c")),
      refused(IllegalArgumentException.class, () -> mixed().header("c", "a/b")),
      refused(IllegalArgumentException.class, () -> mixed().header("Content-Length", "1")),
      refused(
          IllegalArgumentException.class, () -> mixed().header("Content-Disposition", "session")),
      refused(IllegalStateException.class, () -> mixed().build()),
      refused(IllegalStateException.class, () -> mixed().content("x")),
      refused(IllegalStateException.class, () -> BodyPart.builder("a/b").part(part("a/b", "x"))),
      refused(IllegalStateException.class, () -> BodyPart.builder("a/b").preamble("x")),
      refused(IllegalStateException.class, () -> BodyPart.builder("a/b").epilogue("x")),
      refused(IllegalStateException.class, () -> BodyPart.builder("a/b").boundary("x")),
      refused(
          IllegalArgumentException.class,
          () -> BodyPart.builder("text/plain;charset=nobody-knows").content("x")),
      refused(NullPointerException.class, () -> mixed().part(null)),
    };
  }

  private static Object[] refused(Class<? extends Exception> exception, Attempt attempt) {
    return new Object[] {exception, attempt};
  }

  @Test(dataProvider = "refused")
  public void what_could_not_be_read_back_is_refused(
      Class<? extends Exception> exception, Attempt attempt) {
    expectThrows(exception, attempt::run);
  }

  @Test
  public void text_is_written_in_the_charset_of_the_type() throws Exception {
    assertEquals(part("text/plain", "\u00e9").bytes(), new byte[] {(byte) 0xc3, (byte) 0xa9});
    BodyPart latin = part("text/plain;charset=ISO-8859-1", "\u00e9");
    assertEquals(latin.bytes(), new byte[] {(byte) 0xe9});
    assertEquals(latin.text(), "\u00e9");
  }

  @Test
  public void the_same_content_cannot_be_changed_from_outside() throws Exception {
    byte[] bytes = {1, 2};
    BodyPart body = BodyPart.builder("a/b").content(bytes).build();
    bytes[0] = 9;
    body.bytes()[1] = 9;
    assertEquals(body.bytes(), new byte[] {1, 2});
  }

  @Test
  public void put_into_a_message_it_takes_the_headers_of_another_body_away() throws Exception {
    SipMessage message =
        (SipMessage)
            new MessageParser()
                .parse(
                    Bytes.of(
                        "INVITE sip:a@b SIP/2.0|Via: SIP/2.0/UDP h;branch=z9hG4bK1|"
                            + "From: <sip:a@b>;tag=1|To: <sip:c@d>|Call-ID: c|CSeq: 1 INVITE|"
                            + "Content-Encoding: gzip|Content-Disposition: icon|Content-ID: <i@x>|"
                            + "Content-Type: image/png|Content-Length: 3||png"));
    BodyPart.builder("application/sdp").contentId("s@x").content("v=0").build().putInto(message);
    assertEquals(
        message.toString().replace("\r\n", "|"),
        "INVITE sip:a@b SIP/2.0|Via: SIP/2.0/UDP h;branch=z9hG4bK1|From: <sip:a@b>;tag=1|"
            + "To: <sip:c@d>|Call-ID: c|CSeq: 1 INVITE|Content-Type: application/sdp|"
            + "Content-ID: <s@x>|Content-Length: 3||v=0");
    SipRequest empty = new SipRequest();
    mixed().optional().part(part("a/b", "x")).build().putInto(empty);
    assertEquals(
        new String(empty.encoded(), StandardCharsets.UTF_8).replace("\r\n", "|"),
        "Content-Type: multipart/mixed;boundary=b|Content-Disposition: render;handling=optional|"
            + "Content-Length: 36||--b|Content-Type: a/b||x|--b--|");
  }
}
