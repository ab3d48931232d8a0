package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.body.BodyParser;
import io.sipwright.body.BodyPart;
import io.sipwright.body.MalformedBody;
import io.sipwright.body.SipFragment;
import java.nio.charset.Charset;
import java.util.Properties;
import javax.sip.PeerUnavailableException;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** Bodies through a stack, and the properties that are about them. */
public class BodiesTest {
  private static BodyParser parser(String... keysAndValues) throws PeerUnavailableException {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "bodies");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty("io.sipwright." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SipStackImpl(properties).bodyParser();
  }

  @Test
  public void properties_set_limits_charset_and_strictness() throws Exception {
    byte[] chinese = "\u4e2d\u6587".getBytes(Charset.forName("GB2312"));
    BodyParser gb = parser("DEFAULT_CHARSET", "GB2312");
    assertEquals(((BodyPart) gb.parse("text/plain", chinese)).text(), "\u4e2d\u6587");
    byte[] utf8 = "\u4e2d".getBytes(UTF_8);
    assertEquals(((BodyPart) parser().parse("text/plain", utf8)).text(), "\u4e2d");

    String type = "multipart/mixed;boundary=b";
    byte[] two = "--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--".getBytes(UTF_8);
    assertTrue(parser("MAX_BODY_PARTS", "2").parse(type, two) instanceof BodyPart);
    assertTrue(parser("MAX_BODY_PARTS", "1").parse(type, two) instanceof MalformedBody);
    byte[] deep =
        "--b\r\nc:multipart/mixed;boundary=c\r\n\r\n--c\r\n\r\n1\r\n--c--\r\n--b--".getBytes(UTF_8);
    assertTrue(parser("MAX_BODY_NESTING", "2").parse(type, deep) instanceof BodyPart);
    assertTrue(parser("MAX_BODY_NESTING", "1").parse(type, deep) instanceof MalformedBody);

    byte[] open = "--b\r\n\r\n1".getBytes(UTF_8);
    assertTrue(parser().parse(type, open) instanceof BodyPart);
    assertTrue(parser("STRICT_PARSING", "true").parse(type, open) instanceof MalformedBody);
  }

  @Test
  public void a_charset_that_nobody_knows_is_refused_by_name() {
    for (String name : new String[] {"nobody-knows", "?"}) {
      PeerUnavailableException e =
          expectThrows(PeerUnavailableException.class, () -> parser("DEFAULT_CHARSET", name));
      assertTrue(e.getMessage().contains("io.sipwright.DEFAULT_CHARSET"), e.getMessage());
    }
  }

  @Test
  public void a_multipart_and_a_fragment_go_from_one_stack_to_another() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      bob.answering(Request.MESSAGE, 200);
      Request message = alice.request(Request.MESSAGE, bob);
      byte[] binary = {0, 13, 10, '-', '-', -1};
      BodyPart.builder("multipart/mixed")
          .part(BodyPart.builder("application/x").content(binary).build())
          .part(SipFragment.status(180, "Ringing").toBodyPart())
          .build()
          .putInto(message);
      alice.send(message);
      calls.run();
      Request got = bob.lastRequest().getRequest();
      BodyPart body = new BodyParser().parse(got).orThrow();
      assertEquals(body.parts().get(0).bytes(), binary);
      assertEquals(SipFragment.parse(body.parts().get(1).bytes()).status(), 180);
    }
  }

  @Test
  public void a_packed_body_passes_through_untouched() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering(Request.MESSAGE, 200);
      WireEnd end = calls.wireEnd("end", "udp");
      String packed = "\u001f\u0001--b\r\n\r\n";
      end.send(
          "bob",
          WireEnd.request(
                      "MESSAGE",
                      "bob",
                      1,
                      "Content-Type: multipart/mixed;boundary=b",
                      "Content-Encoding: gzip")
                  .replace("Content-Length: 0", "Content-Length: " + packed.length())
              + packed);
      calls.run();
      Request got = bob.lastRequest().getRequest();
      BodyPart body = new BodyParser().parse(got).orThrow();
      assertEquals(body.contentEncodings().toString(), "[gzip]");
      assertEquals(body.parts().size(), 0);
      assertEquals(new String(body.bytes(), UTF_8), packed);
      assertEquals(new String(got.getRawContent(), UTF_8), packed);
    }
  }
}
