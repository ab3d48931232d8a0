package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What the rows of docs/properties.md say, each seen from outside. */
public class PropertiesTest {
  private static final String OWN = "io.sipwright.";

  // --- Properties of the JAIN SIP API ---

  @Test
  public void an_outbound_proxy_gets_requests_without_route() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", "javax.sip.OUTBOUND_PROXY", "10.0.0.2:5060/udp");
      Party proxy = calls.party("proxy");
      alice.send(alice.request("OPTIONS", "sip:bob@elsewhere.test", "udp"));
      calls.run(100);
      assertEquals(proxy.heard(), List.of("OPTIONS"));
      proxy.respond(200);
      calls.runToTheEnd();
    }
  }

  @DataProvider
  public Object[][] extensions() {
    return new Object[][] {{"FOO:BAR", "BAR", true}, {"FOO", "BAR", false}, {"", "INVITE", true}};
  }

  @Test(dataProvider = "extensions")
  public void extension_methods_make_dialogs(String methods, String method, boolean dialog)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", "javax.sip.EXTENSION_METHODS", methods);
      Party bob = calls.party("bob", "javax.sip.EXTENSION_METHODS", methods);
      ClientTransaction sent = alice.send(alice.request(method, bob));
      calls.run(10);
      ServerTransaction got = bob.respond(200);
      calls.run(10);
      assertEquals(sent.getDialog() != null, dialog);
      assertEquals(alice.lastResponse().getDialog() != null, dialog);
      assertEquals(got.getDialog() != null, dialog);
    }
  }

  @Test(dataProvider = "flags")
  public void without_dialogs_2xx_and_ack_are_repeated_by_the_filter(boolean filter)
      throws Exception {
    String[] settings = {
      "javax.sip.AUTOMATIC_DIALOG_SUPPORT",
      "off",
      "javax.sip.RETRANSMISSION_FILTER",
      filter ? "on" : "off"
    };
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", settings);
      Party bob = calls.party("bob", settings).answering("INVITE", 200);
      assertEquals(alice.stack.isRetransmissionFilterActive(), filter);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run(1600);
      int copies = filter ? 3 : 1; // after 0, 0.5 and 1.5 s
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), copies);
      assertEquals(alice.heard(), List.of("200 INVITE"));
      Request ack = ((ClientTransactionImpl) invite).createAck();
      alice.provider().sendRequest(ack);
      calls.run(10);
      bob.provider().sendResponse(bob.response(200, bob.requests.get(0).getRequest()));
      calls.run(10_000);
      assertEquals(calls.texts("bob>alice 200 INVITE").size(), copies + 1);
      assertEquals(calls.texts("alice>bob ACK").size(), filter ? 2 : 1);
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(alice.responses.size(), filter ? 1 : 2);
      calls.runToTheEnd();
      assertEquals(bob.timeouts.size(), 0);
    }
  }

  @Test
  public void a_2xx_that_the_filter_repeats_in_vain_is_a_timeout() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob =
          calls
              .party(
                  "bob",
                  "javax.sip.AUTOMATIC_DIALOG_SUPPORT",
                  "off",
                  "javax.sip.RETRANSMISSION_FILTER",
                  "on")
              .answering("INVITE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.runToTheEnd();
      assertEquals(bob.heard(), List.of("INVITE", "timeout INVITE"));
    }
  }

  // --- The listener and its threads ---

  @Test(dataProvider = "flags")
  public void an_unsolicited_notify_is_answered_481_unless_it_is_to_be_delivered(boolean delivered)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OWN + "DELIVER_UNSOLICITED_NOTIFY", "" + delivered);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send(
          "bob",
          WireEnd.request("NOTIFY", "bob", 1, "Event: foo", "Subscription-State: active")
              .replace("<sip:bob@test>", "<sip:bob@test>;tag=none"));
      calls.run(100);
      assertEquals(bob.heard(), delivered ? List.of("NOTIFY") : List.of());
      assertEquals(end.heard(), delivered ? List.of() : List.of("481 NOTIFY"));
    }
  }

  @DataProvider
  public Object[][] flags() {
    return new Object[][] {{true}, {false}};
  }

  @Test(dataProvider = "flags")
  public void the_ack_to_a_failure_is_passed_on_if_asked_for(boolean passed) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob =
          calls
              .party("bob", OWN + "PASS_INVITE_NON_2XX_ACK_TO_LISTENER", "" + passed)
              .answering("INVITE", 486);
      alice.send(alice.request("INVITE", bob));
      calls.run();
      assertEquals(bob.heard(), passed ? List.of("INVITE", "ACK") : List.of("INVITE"));
    }
  }

  @Test(dataProvider = "flags")
  public void the_end_of_a_dialog_without_state_is_told_if_asked_for(boolean told)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice =
          calls.party("alice", OWN + "DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG", "" + told);
      Party bob = calls.party("bob").answering("INVITE", 486);
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), told ? 1 : 0);
      if (told) {
        assertSame(alice.endedDialogs.get(0).getDialog(), invite.getDialog());
      }
      assertEquals(bob.endedDialogs.size(), 0);
    }
  }

  // --- Dialogs ---

  @DataProvider
  public Object[][] forkTimes() {
    return new Object[][] {{"0", 31, true}, {"0", 33, false}, {"60", 59, true}, {"60", 61, false}};
  }

  @Test(dataProvider = "forkTimes")
  public void a_late_fork_finds_its_invite_for_the_max_fork_time(
      String seconds, int after, boolean found) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OWN + "MAX_FORK_TIME_SECONDS", seconds);
      alice.on(
          200,
          event -> {
            if (event.getDialog() != null) {
              alice.acknowledge(event);
            }
          });
      WireEnd end = calls.wireEnd("bob", "udp");
      ClientTransaction invite =
          alice.send(alice.request("INVITE", "sip:bob@10.0.0.2:5060", "udp"));
      calls.run(10);
      String request = end.last();
      String contact = "Contact: <sip:bob@10.0.0.2>";
      end.send("alice", WireEnd.response(200, request, contact));
      calls.run(1000L * after);
      assertNotNull(invite.getDialog());
      end.send("alice", WireEnd.response(200, request, contact).replace("tag=end", "tag=fork"));
      calls.run(10);
      assertEquals(alice.heard(), List.of("200 INVITE", "200 INVITE"));
      Dialog fork = alice.lastResponse().getDialog();
      assertEquals(fork != null, found);
      assertEquals(end.heard(), found ? List.of("INVITE", "ACK", "ACK") : List.of("INVITE", "ACK"));
    }
  }

  @Test
  public void a_dialog_that_stays_early_too_long_ends() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OWN + "EARLY_DIALOG_TIMEOUT_SECONDS", "20");
      Party bob = calls.party("bob").answering("INVITE", 180);
      alice.send(alice.request("INVITE", bob));
      calls.run(19_900);
      assertEquals(alice.endedDialogs.size(), 0);
      calls.run(200);
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 0);
    }
  }

  // --- Transactions ---

  @Test
  public void a_server_full_of_transactions_answers_503() throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OWN + "MAX_SERVER_TRANSACTIONS", "1").answering("OPTIONS");
      bob.on("OPTIONS", Party::transaction);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
      calls.run(10);
      end.send("bob", WireEnd.request("OPTIONS", "bob", 2));
      calls.run(10);
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1)); // a retransmission is none
      calls.run(10);
      assertEquals(end.heard(), List.of("503 OPTIONS"));
      assertTrue(end.last().contains("Call-ID: wire2"), end.last());
      assertEquals(bob.heard(), List.of("OPTIONS"));
    }
  }

  @Test
  public void a_program_gets_no_more_client_transactions_than_there_may_be() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OWN + "MAX_CLIENT_TRANSACTIONS", "1");
      Party bob = calls.party("bob");
      alice.send(alice.request("OPTIONS", bob));
      Request second = alice.request("OPTIONS", bob);
      assertThrows(
          TransactionUnavailableException.class,
          () -> alice.provider().getNewClientTransaction(second));
    }
  }

  @Test(dataProvider = "flags")
  public void a_request_without_the_cookie_is_a_transaction_if_rfc_2543_is_supported(
      boolean supported) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OWN + "RFC_2543_SUPPORT_ENABLED", "" + supported);
      bob.answering("OPTIONS", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      String request = WireEnd.request("OPTIONS", "bob", 1).replace("z9hG4bK", "");
      end.send("bob", request);
      calls.run(10);
      end.send("bob", request);
      calls.run(10);
      assertEquals(bob.heard(), supported ? List.of("OPTIONS") : List.of());
      String answer = supported ? "200 OPTIONS" : "400 OPTIONS";
      assertEquals(end.heard(), List.of(answer, answer));
      end.send("bob", WireEnd.request("ACK", "bob", 2).replace("z9hG4bK", ""));
      calls.run(10);
      assertEquals(end.heard().size(), 2);
    }
  }

  @Test(dataProvider = "flags")
  public void a_stray_response_is_dropped_if_asked_for(boolean dropped) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OWN + "REJECT_STRAY_RESPONSES", "" + dropped);
      WireEnd end = calls.wireEnd("end", "udp");
      alice.provider().sendRequest(alice.request("OPTIONS", "sip:end@10.0.0.2", "udp"));
      calls.run(10);
      end.send("alice", WireEnd.response(200, end.last()));
      calls.run(10);
      assertEquals(alice.heard(), dropped ? List.of() : List.of("200 OPTIONS"));
    }
  }

  @Test
  public void a_response_in_a_dialog_is_no_stray() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OWN + "REJECT_STRAY_RESPONSES", "true");
      WireEnd end = calls.wireEnd("end", "udp");
      alice.on(
          200,
          event -> {
            if (alice.heard().size() == 1) {
              alice.acknowledge(event);
            }
          });
      alice.send(alice.request("INVITE", "sip:end@10.0.0.2", "udp"));
      calls.run(10);
      end.send("alice", WireEnd.response(200, end.last(), "Contact: <sip:end@10.0.0.2>"));
      calls.run(10);
      Dialog dialog = alice.lastResponse().getDialog();
      alice.provider().sendRequest(dialog.createRequest("INFO"));
      calls.run(10);
      end.send("alice", WireEnd.response(200, end.last()));
      calls.run(10);
      assertEquals(alice.heard(), List.of("200 INVITE", "200 INFO"));
      assertSame(alice.lastResponse().getDialog(), dialog);
    }
  }

  // --- Transport ---

  @DataProvider
  public Object[][] vias() {
    String port = ";rport=5060";
    return new Object[][] {
      {"ALWAYS_ADD_RPORT", "false", "", ";received=10.0.0.2"},
      {"ALWAYS_ADD_RPORT", "true", "", port + ";received=10.0.0.2"},
      {"NEVER_ADD_RECEIVED_RPORT", "false", ";rport", port + ";received=10.0.0.2"},
      {"NEVER_ADD_RECEIVED_RPORT", "true", ";rport", ";rport"},
      {"NEVER_ADD_RECEIVED_RPORT", "true", "", ""},
    };
  }

  @Test(dataProvider = "vias")
  public void the_via_of_a_request_is_completed_as_asked_for(
      String property, String value, String sent, String answered) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OWN + property, value);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace(";rport", sent));
      calls.run(10);
      String via = bob.lastRequest().getRequest().getHeader("Via").toString().strip();
      for (String part : answered.split(";")) {
        assertTrue(via.contains(part), via);
      }
      assertEquals(via.contains("received"), answered.contains("received"), via);
      assertEquals(via.contains("rport="), answered.contains("rport="), via);
      bob.respond(200);
      calls.run(10);
      assertEquals(end.heard(), List.of("200 OPTIONS"));
    }
  }

  // --- Messages and logging ---

  @Test(dataProvider = "flags")
  public void a_message_that_breaks_the_grammar_is_refused_if_asked_for(boolean strict)
      throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob", OWN + "STRICT_PARSING", "" + strict);
      bob.answering("OPTIONS", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1, "What is this?"));
      calls.run(10);
      assertEquals(end.heard(), List.of(strict ? "400 OPTIONS" : "200 OPTIONS"));
    }
  }

  @DataProvider
  public Object[][] limits() {
    String[] many = new String[20];
    java.util.Arrays.fill(many, "X-Many: x");
    return new Object[][] {
      {"MAX_HEADER_COUNT", "16", many},
      {"MAX_HEADER_LINE", "256", line(300)},
      {"MAX_HEADER_VALUES", "16", new String[] {"Supported: a" + ",a".repeat(40)}},
    };
  }

  private static String[] line(int length) {
    return new String[] {"X-Long: " + "x".repeat(length)};
  }

  @Test(dataProvider = "limits")
  public void a_message_over_a_limit_is_refused(String property, String value, String[] lines)
      throws Exception {
    try (Calls calls = new Calls()) {
      calls.party("bob", OWN + property, value).answering("OPTIONS", 200);
      calls.party("carol").answering("OPTIONS", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1, lines));
      calls.run(10);
      end.send("carol", WireEnd.request("OPTIONS", "carol", 2, lines));
      calls.run(10);
      assertEquals(end.heard().size(), 2);
      assertTrue(end.heard().get(0).matches("(400|513) OPTIONS"), end.heard().get(0));
      assertEquals(end.heard().get(1), "200 OPTIONS");
    }
  }
}
