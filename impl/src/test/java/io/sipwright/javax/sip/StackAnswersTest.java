package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What the stack answers by itself, and what it leaves alone without automatic dialogs. */
public class StackAnswersTest {
  @DataProvider
  public Object[][] homeless() {
    return new Object[][] {
      {"BYE", ";tag=x", List.of("481 BYE")},
      {"BYE", "", List.of("481 BYE")},
      {"NOTIFY", ";tag=x", List.of("481 NOTIFY")},
      {"NOTIFY", "", List.of("481 NOTIFY")},
      {"PRACK", ";tag=x", List.of("481 PRACK")},
      {"UPDATE", ";tag=x", List.of("481 UPDATE")},
      {"INFO", ";tag=x", List.of()},
      {"OPTIONS", ";tag=x", List.of()},
      {"MESSAGE", "", List.of()},
    };
  }

  private static String request(String method, String tag) {
    return WireEnd.request(method, "bob", 1)
        .replace("To: <sip:bob@test>", "To: <sip:bob@test>" + tag);
  }

  @Test(dataProvider = "homeless")
  public void requests_that_need_a_dialog_and_have_none(
      String method, String tag, List<String> answers) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob");
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", request(method, tag));
      calls.run(100);
      assertEquals(end.heard(), answers);
      assertEquals(bob.heard(), answers.isEmpty() ? List.of(method) : List.of());
      calls.runToTheEnd();
      assertEquals(bob.endedTransactions.size(), 0);
    }
  }

  @Test(dataProvider = "homeless")
  public void without_error_handling_they_are_delivered(
      String method, String tag, List<String> answers) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", "io.sipwright.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", request(method, tag));
      calls.run(100);
      assertEquals(bob.heard(), List.of(method));
      assertNull(bob.lastRequest().getServerTransaction());
    }
  }

  @Test(dataProvider = "homeless")
  public void without_automatic_dialogs_they_are_delivered(
      String method, String tag, List<String> answers) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", request(method, tag));
      calls.run(100);
      assertEquals(bob.heard(), List.of(method));
      assertNull(bob.lastRequest().getDialog());
    }
  }

  @Test
  public void a_property_delivers_unsolicited_notifies() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", "gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", request("NOTIFY", ""));
      end.send("bob", request("BYE", ";tag=x").replace("wire1", "wire2"));
      calls.run(100);
      assertEquals(bob.heard(), List.of("NOTIFY"));
      assertEquals(end.heard(), List.of("481 BYE"));
    }
  }

  private static final String[] TWO_WAYS = {"z9hG4bKone", "z9hG4bKtwo"};

  private static void sendMerged(Calls calls, WireEnd end) {
    for (String branch : TWO_WAYS) {
      end.send("bob", WireEnd.request("MESSAGE", "bob", 1).replace("z9hG4bKwire1", branch));
      calls.run(100);
    }
  }

  @Test
  public void a_merged_request_is_answered_482() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering("MESSAGE", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      sendMerged(calls, end);
      assertEquals(end.heard(), List.of("200 MESSAGE", "482 MESSAGE"));
      assertEquals(bob.heard(), List.of("MESSAGE"));
    }
  }

  @Test
  public void a_merged_request_is_delivered_where_loop_detection_is_off() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering("MESSAGE", 200);
      bob.provider().setLoopDetectionEnabled(false);
      sendMerged(calls, calls.wireEnd("end", "udp"));
      assertEquals(bob.heard(), List.of("MESSAGE", "MESSAGE"));
    }
  }

  @Test
  public void a_request_that_came_to_another_provider_is_not_merged() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering("MESSAGE", 200);
      bob.stack
          .createSipProvider(bob.stack.createListeningPoint("10.0.0.50", 5060, "udp"))
          .addSipListener(bob);
      WireEnd end = calls.wireEnd("end", "udp");
      String message = WireEnd.request("MESSAGE", "bob", 1);
      end.send("bob", message.replace("z9hG4bKwire1", TWO_WAYS[0]));
      end.sendTo(
          new InetSocketAddress("10.0.0.50", 5060), message.replace("z9hG4bKwire1", TWO_WAYS[1]));
      calls.run(100);
      assertEquals(bob.heard(), List.of("MESSAGE", "MESSAGE"));
    }
  }

  // --- automatic dialogs off ---

  private static final String[] OFF = {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"};

  @Test
  public void a_proxy_may_be_passed_twice() throws Exception {
    try (Calls calls = new Calls()) {
      Party proxy = calls.party("bob", OFF).on("MESSAGE", event -> Party.transaction(event));
      sendMerged(calls, calls.wireEnd("end", "udp"));
      assertEquals(proxy.heard(), List.of("MESSAGE", "MESSAGE"));
    }
  }

  @Test
  public void without_automatic_dialogs_there_are_none() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      Party bob = calls.party("bob", OFF).answering("INVITE", 180, 200);
      ClientTransaction invite =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      assertNull(invite.getDialog());
      invite.sendRequest();
      calls.run();
      assertNull(invite.getDialog());
      assertNull(alice.lastResponse().getDialog());
      assertNull(bob.lastRequest().getDialog());
      assertThrows(SipException.class, () -> alice.provider().getNewDialog(invite));
      calls.run(40_000);
      assertEquals(
          alice.heard(), List.of("180 INVITE", "200 INVITE"), "nobody sends the 2xx again");
      assertEquals(bob.timeouts, List.of());
      assertEquals(alice.endedDialogs.size() + bob.endedDialogs.size(), 0);
      assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
      assertEquals(calls.clock.armed(), 0);
    }
  }

  @Test
  public void dialogs_made_by_the_program_behave_like_automatic_ones() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF).acknowledging();
      Party bob = calls.party("bob", OFF).answering("BYE", 200);
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction server = Party.transaction(event);
            Dialog made = bob.provider().getNewDialog(server);
            assertEquals(server.getDialog(), made);
            bob.respond(server, 180);
            assertEquals(made.getState(), DialogState.EARLY);
            bob.respond(server, 200);
          });
      ClientTransaction invite =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      Dialog dialog = alice.provider().getNewDialog(invite);
      assertEquals(invite.getDialog(), dialog);
      invite.sendRequest();
      calls.run();
      assertEquals(dialog.getState(), DialogState.CONFIRMED);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      alice.send(dialog, "BYE");
      calls.runToTheEnd();
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "200 BYE"));
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_message_makes_no_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      Party bob = calls.party("bob");
      ClientTransaction message =
          alice.provider().getNewClientTransaction(alice.request("MESSAGE", bob));
      assertThrows(SipException.class, () -> alice.provider().getNewDialog(message));
    }
  }

  @Test
  public void retransmission_alerts_come_from_t1_doubling_to_t2_until_the_transaction_ends()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      Party bob = calls.party("bob", OFF);
      List<Long> times = new ArrayList<>();
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction server = Party.transaction(event);
            server.enableRetransmissionAlerts();
            Response ok = bob.response(200, event.getRequest());
            server.sendResponse(ok);
            bob.onTimeout(
                timeout -> {
                  assertEquals(timeout.getServerTransaction(), server);
                  times.add(calls.clock.nanos() / 1_000_000);
                  server.sendResponse(ok);
                });
          });
      long start = calls.clock.nanos() / 1_000_000;
      alice.send(alice.request("INVITE", bob));
      calls.run(60_000);
      assertEquals(
          times.stream().map(t -> t - start).toList(),
          List.of(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L));
      assertTrue(bob.heard().contains("retransmit INVITE"));
      assertEquals(bob.endedTransactions.size(), 1);
    }
  }

  @Test
  public void alerts_are_refused_where_the_dialog_retransmits() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction server = Party.transaction(event);
            assertNotNull(server.getDialog());
            assertThrows(SipException.class, server::enableRetransmissionAlerts);
          });
      alice.send(alice.request("INVITE", bob));
      calls.run();
    }
  }
}
