package io.sipwright.body;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class BodyParserTest {
  private static final String MIXED = "multipart/mixed;boundary=b";
  private static final BodyParser LENIENT = new BodyParser();
  private static final BodyParser STRICT =
      new BodyParser(BodyLimits.DEFAULT, StandardCharsets.UTF_8, true);

  private static BodyPart taken(String type, String body) {
    ParsedBody parsed = LENIENT.parse(type, Bytes.of(body));
    if (parsed instanceof BodyPart part) {
      return part;
    }
    throw new AssertionError(parsed);
  }

  /** The parts as {@code type:content}, nested ones in brackets. */
  private static String shown(BodyPart body) {
    return body.parts().stream()
        .map(
            part ->
                part.parts().isEmpty()
                    ? part.mediaType() + ":" + Bytes.shown(part.bytes())
                    : part.mediaType() + "[" + shown(part) + "]")
        .collect(Collectors.joining(" "));
  }

  /** Bodies that both modes take: type, body, what's in it. */
  @DataProvider
  static Object[][] good() {
    return new Object[][] {
      {MIXED, "--b||one|--b--", "text/plain:one"},
      {MIXED, "--b||one|--b||two|--b--|", "text/plain:one text/plain:two"},
      {MIXED, "--b||one||--b--|", "text/plain:one|"},
      {MIXED, "--b|||one|--b--|", "text/plain:|one"},
      {MIXED, "--b||--b--|", "text/plain:"},
      {MIXED, "--b|||--b--|", "text/plain:"},
      {MIXED, "--b|X-A: 1|--b--|", "text/plain:"},
      {MIXED, "--b|Content-Type: a/b||x|--b--", "a/b:x"},
      {MIXED, "--b|c:a/b||x|--b--", "a/b:x"},
      {MIXED, "--b|c: a / b ;c=d||x|--b--", "a/b:x"},
      {MIXED, "--b|c: a/b|c: c/d||x|--b--", "a/b:x"},
      {MIXED, "--b|Content-Type:| A/B| ;x=y||x|--b--", "a/b:x"},
      {MIXED, "pre|amble|--b||x|--b--|epi|--b||no|", "text/plain:x"},
      {MIXED, "|--b||x|--b--", "text/plain:x"},
      {MIXED, "--b  ||x|--b-- |", "text/plain:x"},
      {MIXED, "--b||--bc|-b|--|x--b|--b-|--b--", "text/plain:--bc|-b|--|x--b|--b-"},
      {"multipart/mixed;boundary=\"a b:?\"", "--a b:?||x|--a b:?--", "text/plain:x"},
      {"multipart/unheard-of;boundary=b", "--b||x|--b--", "text/plain:x"},
      {"multipart/digest;boundary=b", "--b||x|--b--", "message/rfc822:x"},
      {
        MIXED,
        "--b|Content-Type: multipart/alternative; boundary=bb||"
            + "--bb|Content-Type: a/a||1|--bb|Content-Type: a/b||2|--bb--|ignored|--b||3|--b--",
        "multipart/alternative[a/a:1 a/b:2] text/plain:3"
      },
      {
        MIXED,
        "--b|Content-Type: multipart/mixed; boundary=x|Content-Encoding: gzip||--x||1|--x--|--b--",
        "multipart/mixed:--x||1|--x--"
      },
    };
  }

  @Test(dataProvider = "good")
  public void parts_are_cut_at_lines_that_are_the_boundary(String type, String body, String parts) {
    assertEquals(shown(taken(type, body)), parts);
    ParsedBody strictly = STRICT.parse(type, Bytes.of(body));
    assertTrue(strictly instanceof BodyPart, strictly.toString());
    assertEquals(shown((BodyPart) strictly), parts);
    assertEquals(((BodyPart) strictly).bytes(), Bytes.of(body));
  }

  /** Type, body, what lenient makes of it, why and where strict refuses it. */
  @DataProvider
  static Object[][] leniencies() {
    return new Object[][] {
      {MIXED, "--b||one", "text/plain:one", "No closing delimiter of the boundary 'b'", 10},
      {MIXED, "--b|v=0|x|--b--", "text/plain:v=0|x", "Line of a body part is not a header", 5},
      {MIXED, "--b|--b--", "text/plain:", "Delimiter without body part before it", 5},
      {MIXED, "--b\n\none\n--b--\n", "text/plain:one", "LF without CR", 0},
      {
        "multipart/mixed;boundary=\"a*\"",
        "--a*||x|--a*--",
        "text/plain:x",
        "Boundary is not 1 to 70 characters that RFC 2046 allows",
        0
      },
      {
        MIXED,
        "--b|Content-Type: nonsense||x|--b--",
        "application/octet-stream:x",
        "Malformed Content-Type",
        18
      },
      {
        MIXED,
        "--b|c:multipart/|c:multipart/mixed;boundary=c||--c||x|--c--|--b--",
        "application/octet-stream:--c||x|--c--",
        "Malformed Content-Type",
        7
      },
    };
  }

  @Test(dataProvider = "leniencies")
  public void what_lenient_takes_strict_refuses_with_reason_and_offset(
      String type, String body, String parts, String reason, int offset) {
    assertEquals(shown(taken(type, body)), parts);
    assertEquals(STRICT.parse(type, Bytes.of(body)), new MalformedBody(400, reason, offset));
  }

  /** Type, body, why and where both modes refuse it. */
  @DataProvider
  static Object[][] broken() {
    String inner = "--b|Content-Type: multipart/mixed";
    return new Object[][] {
      {"multipart/mixed", "--b||x|--b--", "Multipart without boundary", 0},
      {"multipart/mixed;boundary=\"\"", "--||x", "Multipart without boundary", 0},
      {"multipart/mixed;boundary=\" \"", "--||x", "Multipart without boundary", 0},
      {MIXED, "--c||x|--c--", "No line is the boundary 'b' of the Content-Type", 0},
      {MIXED, "x", "No line is the boundary 'b' of the Content-Type", 0},
      {MIXED, "--b--", "Multipart without body part", 0},
      {MIXED, inner + "||x|--b--", "Multipart without boundary", 38},
      {
        MIXED, inner + ";boundary=c||x|--b--", "No line is the boundary 'c' of the Content-Type", 49
      },
    };
  }

  @Test(dataProvider = "broken")
  public void a_broken_multipart_is_a_value_with_reason_and_offset(
      String type, String body, String reason, int offset) {
    ParsedBody parsed = LENIENT.parse(type, Bytes.of(body));
    assertEquals(parsed, new MalformedBody(400, reason, offset));
    assertTrue(STRICT.parse(type, Bytes.of(body)) instanceof MalformedBody);
    ParseException e = expectThrows(ParseException.class, parsed::orThrow);
    assertEquals(e.getErrorOffset(), offset);
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  public void a_content_type_that_is_none_is_a_value() {
    ParsedBody parsed = LENIENT.parse("nonsense", new byte[0]);
    assertTrue(((MalformedBody) parsed).reason().startsWith("Malformed Content-Type: "));
  }

  @Test
  public void preamble_and_epilogue_are_kept_apart() {
    BodyPart body = taken(MIXED, "pre|amble|--b||x|--b--|epi|logue|");
    assertEquals(Bytes.shown(body.preamble()), "pre|amble");
    assertEquals(Bytes.shown(body.epilogue()), "epi|logue|");
    BodyPart bare = taken(MIXED, "--b||x|--b--");
    assertEquals(bare.preamble().length + bare.epilogue().length, 0);
  }

  @Test
  public void binary_content_comes_out_as_it_went_in() {
    byte[] binary = new byte[512];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    byte[] head = Bytes.of("--b|Content-Type: a/b||");
    byte[] tail = Bytes.of("|--b--|");
    byte[] body = Arrays.copyOf(head, head.length + binary.length + tail.length);
    System.arraycopy(binary, 0, body, head.length, binary.length);
    System.arraycopy(tail, 0, body, head.length + binary.length, tail.length);
    BodyPart read = (BodyPart) STRICT.parse(MIXED, body);
    assertEquals(read.parts().get(0).bytes(), binary);
    assertEquals(read.parts().get(0).content(), binary);
  }

  @Test
  public void headers_of_a_part_are_read() {
    BodyPart part =
        taken(
                MIXED,
                "--b|Content-Type: application/resource-lists+xml|Content-ID: <cn35@example.com>"
                    + "|content-disposition: Recipient-List; handling=optional|X-Two:  a| b|"
                    + "Content-Encoding: gzip, Identity|e: deflate||<x/>|--b--")
            .parts()
            .get(0);
    assertEquals(part.contentId(), "cn35@example.com");
    assertEquals(part.disposition(), "recipient-list");
    assertFalse(part.isRequired());
    assertEquals(part.header("x-two"), "a b");
    assertNull(part.header("Absent"));
    assertEquals(part.contentEncodings(), List.of("gzip", "deflate"));
    assertEquals(
        part.headerNames(),
        List.of(
            "Content-Type", "Content-ID", "content-disposition", "X-Two", "Content-Encoding", "e"));
    assertEquals(part.toString(), "application/resource-lists+xml, 4 bytes");
  }

  /** Headers, disposition, whether it's required. */
  @DataProvider
  static Object[][] dispositions() {
    return new Object[][] {
      {"Content-Type: application/sdp", "session", true},
      {"Content-Type: text/plain", "render", true},
      {"Content-Disposition: signal", "signal", true},
      {"Content-Disposition: signal;handling=optional", "signal", false},
      {"Content-Disposition: signal;handling=OPTIONAL", "signal", false},
      {"Content-Disposition: signal;handling=required", "signal", true},
      {"Content-Disposition: signal;handling=whatever", "signal", true},
      {"Content-Disposition: ;;", "render", true},
    };
  }

  @Test(dataProvider = "dispositions")
  public void disposition_and_handling_have_their_defaults(
      String headers, String disposition, boolean required) {
    BodyPart part = taken(MIXED, "--b|" + headers + "||x|--b--").parts().get(0);
    assertEquals(part.disposition(), disposition);
    assertEquals(part.isRequired(), required);
  }

  @Test
  public void parts_are_found_by_type_and_by_content_id() {
    BodyPart body =
        taken(
            MIXED,
            "--b|Content-Type: multipart/related;boundary=r;start=\"<two%@x>\"||--r|Content-ID: "
                + "<one@x>||1|--r|Content-Type: a/b|Content-ID: <two%@x>||2|--r--|--b--");
    assertEquals(body.find("A/B").text(), "2");
    assertNull(body.find("a/c"));
    assertSame(body.find("multipart/mixed"), body);
    assertEquals(body.byContentId("<one@x>").text(), "1");
    assertEquals(body.byContentId("one@x").text(), "1");
    assertEquals(body.byContentId("cid:two%25@x").text(), "2");
    assertEquals(body.byContentId("CID:%6fne@x").text(), "1");
    assertNull(body.byContentId("three@x"));
    assertEquals(body.parts().get(0).root().text(), "2");
    assertSame(body.root(), body.parts().get(0));
  }

  /** A body, the types that are understood, the texts of the parts to process (null: 415). */
  @DataProvider
  static Object[][] processing() {
    String sdp = "--b|Content-Type: application/sdp||s|";
    String optional = "--b|Content-Type: x/y|Content-Disposition: render;handling=optional||o|";
    String required = "--b|Content-Type: x/y|Content-Disposition: render;handling=required||r|";
    return new Object[][] {
      {MIXED, sdp + "--b--", "application/sdp", "s"},
      {MIXED, sdp + optional + "--b--", "application/sdp", "s"},
      {MIXED, sdp + required + "--b--", "application/sdp", null},
      {MIXED, sdp + required + "--b--", "application/sdp x/y", "sr"},
      {MIXED, optional + "--b--", "", ""},
      {"multipart/alternative;boundary=b", sdp + required + "--b--", "application/sdp", "s"},
      {"multipart/alternative;boundary=b", sdp + required + "--b--", "application/sdp x/y", "r"},
      {"multipart/alternative;boundary=b", sdp + optional + "--b--", "a/b", null},
      {"multipart/unheard-of;boundary=b", sdp + required + "--b--", "application/sdp x/y", "sr"},
      {"application/sdp", "s", "application/sdp", "s"},
      {"application/sdp", "s", "a/b", null},
    };
  }

  @Test(dataProvider = "processing")
  public void what_is_required_and_not_understood_asks_for_415(
      String type, String body, String understood, String texts) {
    List<BodyPart> parts =
        taken(type, body)
            .process(part -> List.of(understood.split(" ")).contains(part.mediaType()));
    String found =
        parts == null ? null : parts.stream().map(BodyPart::text).collect(Collectors.joining());
    assertEquals(found, texts);
  }

  // --- messages ---

  private static SipMessage message(String headers, byte[] body) {
    byte[] head =
        Bytes.of(
            "MESSAGE sip:a@b SIP/2.0|Via: SIP/2.0/UDP h;branch=z9hG4bK1|From: <sip:a@b>;tag=1|"
                + "To: <sip:c@d>|Call-ID: c|CSeq: 1 MESSAGE|Max-Forwards: 70|"
                + headers
                + "Content-Length: "
                + body.length
                + "||");
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return (SipMessage) new MessageParser().parse(whole);
  }

  @Test
  public void reading_the_body_of_a_message_leaves_its_bytes_alone() {
    SipMessage message =
        message("c:multipart/mixed ;boundary=b|Content-ID:  <m@x>|", Bytes.of("--b||x|--b--"));
    byte[] before = message.encoded().clone();
    BodyPart body = (BodyPart) LENIENT.parse(message);
    assertEquals(shown(body), "text/plain:x");
    assertEquals(body.contentId(), "m@x");
    assertEquals(message.encoded(), before);
  }

  @Test
  public void a_message_without_body_has_a_part_of_no_bytes() {
    BodyPart body = (BodyPart) STRICT.parse(message("", new byte[0]));
    assertEquals(body.length(), 0);
    assertEquals(body.process(part -> false), List.of());
  }

  @Test
  public void a_body_without_type_is_bytes_to_lenient_and_nothing_to_strict() {
    SipMessage message = message("", Bytes.of("x"));
    assertEquals(((BodyPart) LENIENT.parse(message)).mediaType(), "application/octet-stream");
    MalformedBody refused = (MalformedBody) STRICT.parse(message);
    assertEquals(refused.reason(), "No Content-Type, or a malformed one");
  }

  @Test
  public void a_body_that_a_program_set_is_read_too() throws Exception {
    SipMessage message = message("", new byte[0]);
    BodyPart.builder(MIXED)
        .part(BodyPart.builder("text/plain").content("h\u00e9").build())
        .build()
        .putInto(message);
    BodyPart body = (BodyPart) STRICT.parse(message);
    assertEquals(body.parts().get(0).text(), "h\u00e9");
    message.setContent("h\u00e9", message.getHeader("Content-Type") == null ? null : type());
    assertEquals(((BodyPart) STRICT.parse(message)).text(), "h\u00e9");
  }

  private static javax.sip.header.ContentTypeHeader type() throws ParseException {
    return new io.sipwright.javax.sip.header.HeaderFactoryImpl()
        .createContentTypeHeader("text", "plain");
  }

  // --- limits ---

  private static String flat(int parts) {
    return "--b||x|".repeat(parts) + "--b--";
  }

  private static String nested(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < depth; i++) {
      text.append("--b").append(i).append("|Content-Type: multipart/mixed;boundary=b");
      text.append(i + 1).append("||");
    }
    text.append("--b").append(depth).append("||x");
    for (int i = depth; i > 0; i--) {
      text.append("|--b").append(i).append("--");
    }
    return text.toString();
  }

  @Test
  public void so_many_parts_are_taken_and_one_more_is_not() {
    BodyParser few = new BodyParser(new BodyLimits(5, 2), StandardCharsets.UTF_8, false);
    assertEquals(((BodyPart) few.parse(MIXED, Bytes.of(flat(5)))).parts().size(), 5);
    assertEquals(
        few.parse(MIXED, Bytes.of(flat(6))), new MalformedBody(513, "More than 5 body parts", 55));
    assertEquals(taken(MIXED, flat(128)).parts().size(), 128);
    assertTrue(LENIENT.parse(MIXED, Bytes.of(flat(129))) instanceof MalformedBody);
  }

  @Test
  public void parts_of_parts_count_too() {
    BodyParser few = new BodyParser(new BodyLimits(3, 8), StandardCharsets.UTF_8, false);
    String type = "multipart/mixed;boundary=b1";
    assertTrue(few.parse(type, Bytes.of(nested(3))) instanceof BodyPart);
    assertTrue(few.parse(type, Bytes.of(nested(4))) instanceof MalformedBody);
  }

  @Test
  public void so_deep_is_taken_and_one_deeper_is_not() {
    String type = "multipart/mixed;boundary=b1";
    assertTrue(LENIENT.parse(type, Bytes.of(nested(8))) instanceof BodyPart);
    MalformedBody refused = (MalformedBody) LENIENT.parse(type, Bytes.of(nested(9)));
    assertEquals(refused.reason(), "Multiparts nested deeper than 8");
    assertEquals(refused.status(), 513);
    BodyParser flat = new BodyParser(new BodyLimits(9, 1), StandardCharsets.UTF_8, false);
    assertTrue(flat.parse(type, Bytes.of(nested(1))) instanceof BodyPart);
    assertTrue(flat.parse(type, Bytes.of(nested(2))) instanceof MalformedBody);
  }

  @DataProvider
  static Object[][] noLimits() {
    return new Object[][] {{0, 1}, {1, 0}, {-1, 1}, {1, 65}};
  }

  @Test(dataProvider = "noLimits")
  public void limits_have_bounds(int parts, int nesting) {
    expectThrows(IllegalArgumentException.class, () -> new BodyLimits(parts, nesting));
  }

  @Test
  public void any_bytes_are_read_or_refused_and_nothing_else() {
    Random random = new Random(1);
    String[] pieces = {
      "--b",
      "--b--",
      "|",
      "||",
      "\n",
      "\r",
      "x",
      "Content-Type: multipart/mixed;boundary=b",
      ":",
      "Content-Type: multipart/mixed;boundary=c|",
      "--c",
      "--c--",
      " ",
      "\0",
      "--",
      "\u00e9",
    };
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] body = Bytes.of(text.toString());
      ParsedBody parsed = LENIENT.parse(MIXED, body);
      if (parsed instanceof BodyPart part) {
        taken++;
        assertEquals(part.bytes(), body);
        assertNotNull(part.text());
        checkInside(part);
      } else {
        int offset = ((MalformedBody) parsed).offset();
        assertTrue(offset >= 0 && offset <= body.length, parsed.toString());
      }
      STRICT.parse(MIXED, body);
    }
    assertTrue(taken > 1000, taken + " were taken");
  }

  private static void checkInside(BodyPart whole) {
    int at = whole.from();
    for (BodyPart part : whole.parts()) {
      assertTrue(part.from() >= at && part.to() >= part.from() && part.to() <= whole.to());
      at = part.to();
      assertNotNull(part.headerNames());
      checkInside(part);
    }
  }
}
