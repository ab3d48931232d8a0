package io.sipwright.examples.load;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.RawPeer;
import io.sipwright.examples.Sipwright;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import picocli.CommandLine;

public class UasTest {
  private RunningUas uas;
  private RawPeer peer;

  @BeforeClass
  public void start() throws Exception {
    uas = new RunningUas("--ring", "1h");
    peer = new RawPeer().towards(uas.port("udp"));
  }

  @AfterClass(alwaysRun = true)
  public void end() throws Exception {
    peer.close();
    uas.close();
  }

  @DataProvider
  public Object[][] requests() {
    return new Object[][] {
      {"OPTIONS", "SIP/2.0 200 "},
      {"MESSAGE", "SIP/2.0 405 "},
      {"SUBSCRIBE", "SIP/2.0 405 "},
      {"DANCE", "SIP/2.0 501 "},
    };
  }

  @Test(dataProvider = "requests")
  public void what_it_does_not_do_is_refused_with_what_it_does(String method, String status)
      throws Exception {
    peer.request(method, "other-" + method, "other" + method, "Event: presence");
    String response = peer.receive("SIP/2.0");
    assertTrue(response.startsWith(status), response);
    assertNotNull(RawPeer.header(response, "Allow"), response);
    assertTrue(RawPeer.header(response, "To").contains("tag="), response);
  }

  @Test
  public void a_registration_is_echoed() throws Exception {
    peer.request("REGISTER", "register", "register", "Expires: 77");
    String response = peer.receive("SIP/2.0");
    assertTrue(response.startsWith("SIP/2.0 200 "), response);
    assertEquals(RawPeer.header(response, "Expires"), "77");
    assertEquals(RawPeer.header(response, "Contact"), "<sip:raw@127.0.0.1:" + peer.port() + ">");
  }

  @Test
  public void a_call_cancelled_while_it_rings_is_terminated() throws Exception {
    peer.request("INVITE", "cancelled", "cancelled");
    String ringing = peer.receive("SIP/2.0 180");
    peer.request("CANCEL", "cancelled", "cancelled");
    String cancelled = peer.receive("SIP/2.0 200");
    assertEquals(RawPeer.header(cancelled, "CSeq"), "1 CANCEL");
    String terminated = peer.receive("SIP/2.0 487");
    assertEquals(RawPeer.header(terminated, "CSeq"), "1 INVITE");
    assertEquals(RawPeer.header(terminated, "To"), RawPeer.header(ringing, "To"));
    peer.request("ACK", "cancelled", "cancelled", "To: " + RawPeer.header(terminated, "To"));
  }

  @Test
  public void a_call_is_answered_with_a_session_and_hung_up() throws Exception {
    try (RunningUas quick = new RunningUas("--ring", "50ms", "--max-calls", "1");
        RawPeer caller = new RawPeer().towards(quick.port("udp"))) {
      caller.request("INVITE", "answered", "answered");
      String ringing = caller.receive("SIP/2.0 180");
      String answer = caller.receive("SIP/2.0 200");
      assertEquals(RawPeer.header(answer, "Content-Type"), "application/sdp");
      assertTrue(answer.contains("\r\nm=audio "), answer);
      assertTrue(
          RawPeer.header(answer, "Contact").contains("127.0.0.1:" + quick.port("udp")), answer);
      String to = RawPeer.header(answer, "To");
      assertEquals(to, RawPeer.header(ringing, "To"));
      caller.request("ACK", "answered", "ack", "To: " + to);
      caller.request("BYE", "answered", "bye", "To: " + to, "CSeq: 2 BYE");
      assertEquals(RawPeer.header(caller.receive("SIP/2.0 200"), "CSeq"), "2 BYE");
      assertEquals(quick.exitCode(), 0);
      assertTrue(quick.screen.text().contains("1 calls: 1 completed"), quick.screen.text());
    }
  }

  @Test
  public void a_port_in_use_is_told_in_a_sentence() throws Exception {
    StringWriter err = new StringWriter();
    CommandLine line = Sipwright.commandLine().setErr(new PrintWriter(err, true));
    assertEquals(line.execute("uas", "--listen", "udp:127.0.0.1:" + peer.port()), 1);
    assertTrue(
        err.toString().startsWith("sipwright: cannot listen on udp:127.0.0.1:" + peer.port()),
        err.toString());
    assertEquals(err.toString().lines().count(), 1, err.toString());
  }
}
