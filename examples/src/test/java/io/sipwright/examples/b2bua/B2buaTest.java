package io.sipwright.examples.b2bua;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.RawPeer;
import io.sipwright.examples.RunningCommand;
import io.sipwright.examples.load.RunningUas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.testng.annotations.Test;

/** The back-to-back user agent between a peer without stack and the answering program. */
public class B2buaTest {
  /** The program at work in this JVM, on a free port. */
  private static final class Running extends RunningCommand {
    Running(String target) {
      super(B2buaCommand::new, "--listen", "udp:127.0.0.1:0", target);
    }

    int port() throws InterruptedException {
      return port("udp");
    }

    @Override
    public void close() {
      super.close();
      assertEquals(exitCode(), 0);
    }
  }

  @Test
  public void a_call_is_relayed_to_the_target_and_back() throws Exception {
    try (RunningUas uas = new RunningUas("--ring", "50ms", "--max-calls", "1");
        Running b2bua = new Running("sip:127.0.0.1:" + uas.port("udp"));
        RawPeer caller = new RawPeer().towards(b2bua.port())) {
      caller.request("INVITE", "relayed", "relayed");
      String ringing = caller.receive("SIP/2.0 180");
      String answer = caller.receive("SIP/2.0 200");
      assertTrue(answer.contains("\r\nm=audio "), answer);
      String contact = RawPeer.header(answer, "Contact");
      assertTrue(contact.contains("127.0.0.1:" + b2bua.port()), contact);
      String to = RawPeer.header(answer, "To");
      assertEquals(to, RawPeer.header(ringing, "To"));
      caller.request("ACK", "relayed", "ack", "To: " + to);
      caller.request("BYE", "relayed", "bye", "To: " + to, "CSeq: 2 BYE");
      assertEquals(RawPeer.header(caller.receive("SIP/2.0 200"), "CSeq"), "2 BYE");
      assertEquals(uas.exitCode(), 0, "it has got its BYE");
      assertTrue(uas.screen.text().contains("1 calls: 1 completed"), uas.screen.text());
      assertTrue(b2bua.stop().contains("1 calls relayed, 0 requests refused"));
    }
  }

  @Test
  public void other_requests_are_answered_by_itself() throws Exception {
    try (Running b2bua = new Running("sip:127.0.0.1:9");
        RawPeer caller = new RawPeer().towards(b2bua.port())) {
      caller.request("OPTIONS", "options", "options");
      caller.receive("SIP/2.0 200");
      caller.request("MESSAGE", "message", "message");
      String refusal = caller.receive("SIP/2.0 405");
      assertNotEquals(RawPeer.header(refusal, "Allow"), null);
      assertTrue(b2bua.stop().contains("0 calls relayed, 1 requests refused"));
    }
  }

  @Test
  public void no_other_example_uses_more_than_the_api() throws IOException {
    Path root = Path.of(System.getProperty("sipwright.root", ".."));
    Path examples = root.resolve("examples/src/main/java/io/sipwright/examples");
    try (Stream<Path> files = Files.walk(examples)) {
      List<String> bound =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.getParent().endsWith("b2bua"))
              .filter(B2buaTest::usesTheStack)
              .map(file -> file.getFileName().toString())
              .toList();
      assertEquals(bound, List.of());
    }
  }

  private static boolean usesTheStack(Path file) {
    try {
      return Files.readString(file)
          .matches("(?s).*\\bio\\.sipwright\\.(?!examples\\b)[a-z]+\\.[a-zA-Z].*");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
