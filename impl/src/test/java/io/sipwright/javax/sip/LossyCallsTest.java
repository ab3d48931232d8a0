package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.transport.SimulatedLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Message;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Many calls at once over a network that loses, repeats and reorders datagrams: each is set up,
 * changed and torn down, and nothing is left behind.
 */
public class LossyCallsTest {
  private static final int CALLS = 200;

  @DataProvider
  public Object[][] networks() {
    return new Object[][] {
      {0.0, 0.0, 0.0}, {0.1, 0.0, 0.1}, {0.2, 0.2, 0.2}, {0.3, 0.0, 0.0}, {0.3, 0.3, 0.3},
    };
  }

  /** One call as the caller sees it: INVITE, ACK, a second later a re-INVITE, ACK, BYE. */
  private static void drive(Party caller, ResponseEvent event) throws Exception {
    String what = Calls.summary(event.getResponse().toString());
    Dialog dialog = event.getDialog();
    if (what.equals("200 INVITE")) {
      long seq = seqOf(event.getResponse());
      dialog.sendAck(dialog.createAck(seq));
      caller.send(dialog, seq == 1 ? "INVITE" : "BYE");
    } else if (what.equals("500 INVITE") || what.equals("491 INVITE")) {
      caller.send(dialog, "INVITE"); // overtaken by the ACK's loss
    }
  }

  private static long seqOf(Message message) {
    return ((CSeqHeader) message.getHeader("CSeq")).getSeqNumber();
  }

  @Test(dataProvider = "networks")
  public void every_call_is_set_up_and_torn_down_and_nothing_is_left(
      double loss, double duplication, double reordering) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180, 200).answering("BYE", 200);
      alice.on(200, event -> drive(alice, event)).answering("BYE", 200);
      alice.on(500, event -> drive(alice, event));
      for (SimulatedLink link : List.of(calls.link("alice", "bob"), calls.link("bob", "alice"))) {
        link.delay(Duration.ofMillis(20))
            .loss(loss)
            .duplication(duplication)
            .reordering(reordering, Duration.ofMillis(90));
      }
      Random random = new Random(42);
      List<ClientTransaction> invites = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        invites.add(alice.send(alice.request("INVITE", bob)));
        calls.run(random.nextInt(50));
      }
      calls.run(150_000);

      Set<Dialog> dialogs = new HashSet<>();
      for (ClientTransaction invite : invites) {
        assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
        dialogs.add(invite.getDialog());
      }
      assertEquals(dialogs.size(), CALLS);
      assertEquals(alice.endedDialogs.size(), CALLS, "one event for each dialog");
      assertEquals(bob.endedDialogs.size(), CALLS);
      assertTrue(alice.responses.size() >= 3 * CALLS);
      assertNothingCameTwice(alice, bob);
      for (Party party : List.of(alice, bob)) {
        Map<String, Integer> held = party.stack.statistics();
        held.forEach((what, count) -> assertEquals((int) count, 0, party.name + ": " + what));
      }
    }
  }

  private static void assertNothingCameTwice(Party alice, Party bob) {
    Set<String> seen = new HashSet<>();
    for (RequestEvent event : bob.requests) {
      String key = key(event.getRequest()) + event.getRequest().getMethod();
      assertTrue(seen.add(key), "the listener got twice: " + event.getRequest());
    }
    seen.clear();
    for (ResponseEvent event : alice.responses) {
      boolean last = event.getResponse().getStatusCode() >= 200;
      String key = key(event.getResponse()) + Calls.summary(event.getResponse().toString());
      assertTrue(seen.add(key) || !last, "the listener got twice: " + event.getResponse());
    }
  }

  private static String key(Message message) {
    return Calls.header(message.toString(), "Call-ID") + " " + seqOf(message) + " ";
  }
}
