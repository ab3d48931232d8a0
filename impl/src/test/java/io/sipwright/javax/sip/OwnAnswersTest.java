package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.Dialog;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What the stack answers by itself, so that the program needn't. */
public class OwnAnswersTest {
  private static final String NO_ERROR_HANDLING =
      "gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING";

  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  // --- 481: what belongs to no dialog ---

  @DataProvider
  public Object[][] dialogMethods() {
    return new Object[][] {{"BYE"}, {"NOTIFY"}, {"PRACK"}, {"UPDATE"}};
  }

  private static String inNoDialog(String method) {
    return WireEnd.request(method, "bob", 1)
        .replace("To: <sip:bob@test>", "To: <sip:bob@test>;tag=unknown");
  }

  @Test(dataProvider = "dialogMethods")
  public void a_request_that_needs_a_dialog_and_has_none_gets_481(String method) throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", inNoDialog(method));
    calls.run(10);
    assertEquals(end.heard(), List.of("481 " + method));
    assertEquals(bob.heard(), List.of());
    calls.runToTheEnd();
    assertEquals(bob.endedTransactions, List.of(), "the program never heard of them");
  }

  @Test(dataProvider = "dialogMethods")
  public void without_automatic_dialogs_it_is_delivered(String method) throws Exception {
    Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", inNoDialog(method));
    calls.run(10);
    assertEquals(end.heard(), List.of());
    assertEquals(bob.heard(), List.of(method));
    assertNull(bob.lastRequest().getServerTransaction());
  }

  @Test(dataProvider = "dialogMethods")
  public void without_automatic_error_handling_it_is_delivered(String method) throws Exception {
    Party bob = calls.party("bob", NO_ERROR_HANDLING, "false");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", inNoDialog(method));
    calls.run(10);
    assertEquals(bob.heard(), List.of(method));
  }

  @Test
  public void an_unsolicited_notify_is_delivered_to_those_who_want_it() throws Exception {
    Party bob = calls.party("bob", "gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", inNoDialog("NOTIFY"));
    end.send("bob", WireEnd.request("NOTIFY", "bob", 2));
    calls.run(10);
    assertEquals(bob.heard(), List.of("NOTIFY", "NOTIFY"));
  }

  @Test
  public void a_notify_without_to_tag_is_unsolicited_too() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    for (String method : List.of("NOTIFY", "BYE", "PRACK", "UPDATE")) {
      end.send("bob", WireEnd.request(method, "bob", 1));
    }
    calls.run(10);
    assertEquals(end.heard(), List.of("481 NOTIFY", "481 BYE", "481 PRACK", "481 UPDATE"));
    assertEquals(bob.heard(), List.of());
  }

  // --- 482: merged requests ---

  private static String merged() {
    return WireEnd.request("MESSAGE", "bob", 1).replace("z9hG4bKwire1", "z9hG4bKotherWay");
  }

  @Test
  public void a_merged_request_gets_482() throws Exception {
    Party bob = calls.party("bob");
    bob.on("MESSAGE", event -> Party.transaction(event));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("MESSAGE", "bob", 1));
    end.send("bob", merged());
    calls.run(10);
    assertEquals(end.heard(), List.of("482 MESSAGE"));
    assertTrue(Calls.header(end.last(), "Via").contains("z9hG4bKotherWay"));
    assertEquals(bob.heard(), List.of("MESSAGE"));
  }

  @Test
  public void a_merged_request_is_delivered_if_loops_are_not_looked_for() throws Exception {
    Party bob = calls.party("bob");
    bob.provider().setLoopDetectionEnabled(false);
    bob.on("MESSAGE", event -> Party.transaction(event));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("MESSAGE", "bob", 1));
    end.send("bob", merged());
    calls.run(10);
    assertEquals(bob.heard(), List.of("MESSAGE", "MESSAGE"));
  }

  @Test
  public void a_proxy_is_passed_twice() throws Exception {
    Party proxy = calls.party("proxy", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    proxy.on("MESSAGE", event -> Party.transaction(event));
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("proxy", WireEnd.request("MESSAGE", "bob", 1));
    end.send("proxy", merged());
    calls.run(10);
    assertEquals(proxy.heard(), List.of("MESSAGE", "MESSAGE"));
  }

  @Test
  public void a_request_that_came_to_another_provider_is_not_merged() throws Exception {
    Party bob = calls.party("bob");
    bob.on("MESSAGE", event -> Party.transaction(event));
    javax.sip.SipProvider second =
        bob.stack.createSipProvider(bob.stack.createListeningPoint("10.0.0.50", 5060, "udp"));
    second.addSipListener(bob);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("MESSAGE", "bob", 1));
    end.sendTo(new java.net.InetSocketAddress("10.0.0.50", 5060), merged());
    calls.run(10);
    assertEquals(bob.heard(), List.of("MESSAGE", "MESSAGE"));
  }

  // --- in a dialog ---

  private Dialog call(Party alice, Party bob) throws Exception {
    alice.acknowledging();
    bob.answering("INVITE", 200);
    alice.send(alice.request("INVITE", bob));
    calls.run(100);
    return alice.lastResponse().getDialog();
  }

  @Test
  public void a_refer_without_refer_to_gets_400() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Dialog dialog = call(alice, bob);
    dialog.sendRequest(alice.provider().getNewClientTransaction(dialog.createRequest("REFER")));
    calls.run(10);
    assertEquals(alice.heard(), List.of("200 INVITE", "400 REFER"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  @Test
  public void a_request_with_a_lower_number_gets_500() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INFO", 200);
    Dialog dialog = call(alice, bob);
    Request old = dialog.createRequest("INFO");
    ((javax.sip.header.CSeqHeader) old.getHeader("CSeq")).setSeqNumber(1);
    dialog.sendRequest(alice.provider().getNewClientTransaction(dialog.createRequest("INFO")));
    dialog.sendRequest(alice.provider().getNewClientTransaction(dialog.createRequest("INFO")));
    calls.run(10);
    alice.provider().getNewClientTransaction(old).sendRequest();
    calls.run(10);
    assertEquals(alice.heard(), List.of("200 INVITE", "200 INFO", "200 INFO", "500 INFO"));
  }

  @Test
  public void a_second_invite_while_the_first_is_open_gets_500_and_a_time_to_retry_after()
      throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Dialog dialog = call(alice, bob);
    bob.on("INVITE", event -> {});
    dialog.sendRequest(alice.provider().getNewClientTransaction(dialog.createRequest("INVITE")));
    calls.run(10);
    Request second = dialog.createRequest("INVITE");
    alice.provider().getNewClientTransaction(second).sendRequest();
    calls.run(10);
    assertEquals(alice.heard(), List.of("200 INVITE", "500 INVITE"));
    String refusal = calls.text("bob>alice 500 INVITE"); // RFC 3261 §14.2
    int seconds = Integer.parseInt(Calls.header(refusal, "Retry-After"));
    assertTrue(seconds >= 0 && seconds <= 10, refusal);
  }

  // --- what can't be read ---

  @Test
  public void a_request_that_cannot_be_read_gets_a_400_with_its_own_headers() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("CSeq: 1 ", "CSeq: one "));
    calls.run(10);
    assertEquals(bob.heard(), List.of());
    assertEquals(end.got.size(), 1);
    String answer = end.last();
    assertTrue(answer.startsWith("SIP/2.0 400 "), answer);
    assertTrue(Calls.header(answer, "Via").contains("branch=z9hG4bKwire1"), answer);
    assertEquals(Calls.header(answer, "From"), "<sip:wire@test>;tag=wire");
    assertTrue(Calls.header(answer, "To").startsWith("<sip:bob@test>"), answer);
    assertEquals(Calls.header(answer, "Call-ID"), "wire1");
    assertEquals(Calls.header(answer, "Content-Length"), "0");
  }

  @Test
  public void another_version_of_sip_gets_505() throws Exception {
    calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("test SIP/2.0", "test SIP/7.0"));
    calls.run(10);
    assertEquals(end.heard(), List.of("505 OPTIONS"));
  }

  @Test
  public void an_ack_is_never_answered() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    String ack = WireEnd.request("ACK", "bob", 1);
    end.send("bob", ack.replace("CSeq: 1 ", "CSeq: one "));
    end.send("bob", ack.replace("test SIP/2.0", "test SIP/7.0"));
    end.send("bob", ack.replace("Call-ID: wire1\n", ""));
    end.send("bob", ack);
    end.send("bob", ack.replace("To: <sip:bob@test>", "To: <sip:bob@test>;tag=x"));
    calls.run(40_000);
    assertEquals(end.heard(), List.of());
    assertEquals(bob.heard(), List.of("ACK", "ACK"));
  }

  @Test
  public void a_broken_response_and_what_is_no_sip_are_dropped() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", "SIP/2.0 200 OK\nVia: nonsense\n");
    end.send("bob", "GET / HTTP/1.1\nHost: bob\n");
    end.sendBytes("bob", new byte[] {0, 1, 2, 3, -1});
    end.sendBytes("bob", "\r\n\r\n".getBytes(UTF_8));
    end.sendBytes("bob", "\r\n".getBytes(UTF_8));
    end.sendBytes("bob", new byte[0]);
    calls.run(10);
    assertEquals(end.heard().stream().filter(line -> !line.startsWith("400")).toList(), List.of());
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void a_broken_header_that_nobody_needs_fails_nothing() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1, "Accept: ;;;", "Date: yesterday"));
    calls.run(10);
    assertEquals(bob.heard(), List.of("OPTIONS"));
    assertNull(bob.lastRequest().getRequest().getHeader("Date"));
    assertTrue(bob.lastRequest().getRequest().getUnrecognizedHeaders().hasNext());
    assertFalse(bob.lastRequest().getRequest().toString().isEmpty());
  }
}
