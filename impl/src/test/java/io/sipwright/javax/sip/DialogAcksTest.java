package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** Dialogs and the 2xx to INVITE: who repeats it, and its ACK. */
public class DialogAcksTest extends TwoParties {
  @Test
  public void an_unanswered_2xx_is_sent_again_at_doubling_intervals_then_a_bye_ends_the_dialog()
      throws Exception {
    bob.answering("INVITE", 200);
    alice.send(alice.request("INVITE", bob));
    calls.link("alice", "bob").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("ACK"));
    alice.acknowledging();
    calls.run(40_000);
    assertEquals(
        calls.timedWire().stream().filter(l -> l.endsWith("bob>alice 200 INVITE")).toList().size(),
        11,
        "at 0, 0.5, 1.5, 3.5, 7.5, 11.5 … 31.5");
    assertEquals(
        calls.timedWire().stream().filter(l -> l.contains("BYE")).toList().get(0),
        "32.000 bob>alice BYE");
    assertEquals(alice.heard().subList(0, 2), List.of("200 INVITE", "BYE"), "no retransmission");
    assertEquals(bob.endedDialogs.size(), 1);
    assertEquals(bob.timeouts, List.of());
    assertEquals(
        calls.wire().stream().filter("alice>bob ACK"::equals).count(), 11, "one for each copy");
  }

  @Test
  public void a_repeated_2xx_is_acknowledged_again_with_the_same_ack() throws Exception {
    alice.acknowledging();
    bob.answering("INVITE", 200);
    alice.send(alice.request("INVITE", bob));
    calls.link("alice", "bob").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("ACK"));
    calls.run(600);
    calls.link("alice", "bob").loseIf(null);
    calls.run(60_000);
    List<String> acks = calls.texts("alice>bob ACK");
    assertEquals(acks.size(), 3, "lost ones at 0 and 0.5, the one that came at 1.5");
    assertEquals(acks.get(2), acks.get(0));
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    assertEquals(alice.endedDialogs.size() + bob.endedDialogs.size(), 0);
    assertEquals(calls.clock.armed(), 0, "an idle call holds no timer");
  }

  @Test
  public void a_program_that_never_acknowledges_loses_its_dialog() throws Exception {
    bob.answering("INVITE", 200);
    calls.link("bob", "alice").loseIf(bytes -> new String(bytes, 0, 3, US_ASCII).equals("BYE"));
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(33_000);
    assertEquals(alice.heard().size(), 11, "each copy of the 2xx, while the ACK is owed");
    assertNotNull(alice.responses.get(0).getClientTransaction());
    assertNull(alice.responses.get(1).getClientTransaction());
    assertSame(alice.responses.get(1).getDialog(), invite.getDialog());
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
  }

  @Test
  public void an_ack_that_comes_again_is_not_delivered_again() throws Exception {
    calls.link("alice", "bob").duplication(1);
    established();
    calls.run(40_000);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  @Test
  public void createAck_and_sendAck_may_be_repeated_and_give_one_event() throws Exception {
    bob.answering("INVITE", 200);
    Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run();
    Request ack = dialog.createAck(1);
    dialog.sendAck(ack);
    dialog.sendAck(ack);
    dialog.sendAck(dialog.createAck(1));
    calls.run();
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    assertEquals(calls.texts("alice>bob ACK").size(), 3);
  }
}
