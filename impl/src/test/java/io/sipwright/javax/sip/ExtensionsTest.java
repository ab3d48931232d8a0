package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.DialogTimeoutEvent;
import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.ExtendedDialog;
import io.sipwright.ext.ExtendedListener;
import io.sipwright.ext.ExtendedListeningPoint;
import io.sipwright.ext.ExtendedResponseEvent;
import io.sipwright.ext.ExtendedServerTransaction;
import io.sipwright.ext.ExtendedStack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What the objects of {@code javax.sip} can be cast to: {@code io.sipwright.ext}. */
public class ExtensionsTest {
  private static final String[] OFF = {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"};

  private static ExtendedResponseEvent response(Party party, int index) {
    return (ExtendedResponseEvent) party.responses.get(index);
  }

  private static String answer(int status, String invite, String tag) {
    return WireEnd.response(status, invite, "Contact: <sip:" + tag + "@10.0.0.2:5060>")
        .replace(";tag=end", ";tag=" + tag);
  }

  @Test
  public void a_stack_tells_its_dialogs_and_runs_tasks_in_its_own_time() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200);
      ExtendedStack stack = alice.stack;
      assertEquals(stack.getDialogs(), List.of());
      Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      assertEquals(stack.getDialogs(), List.of(dialog));
      List<Long> ran = new ArrayList<>();
      long start = calls.clock.nanos();
      Runnable task = () -> ran.add((calls.clock.nanos() - start) / 1_000_000);
      stack.schedule("a", Duration.ofMillis(1500), task);
      stack.schedule("a", Duration.ofMillis(500), task).cancel();
      calls.run(5000);
      assertEquals(ran, List.of(1500L));
      stack.stop();
      assertThrows(SipException.class, () -> stack.schedule("a", Duration.ZERO, task));
    }
  }

  @Test
  public void a_response_tells_of_forks_and_repetitions() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite =
          alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
      calls.run(10);
      for (String tag : List.of("a", "b", "b")) {
        end.send("alice", answer(200, end.got.get(0), tag));
        calls.run(10);
      }
      assertEquals(alice.responses.size(), 3);
      assertSame(response(alice, 0).getOriginalTransaction(), invite);
      assertFalse(response(alice, 0).isForkedResponse());
      assertFalse(response(alice, 0).isRetransmission());
      assertNull(response(alice, 1).getClientTransaction());
      assertSame(response(alice, 1).getOriginalTransaction(), invite);
      assertTrue(response(alice, 1).isForkedResponse());
      assertFalse(response(alice, 1).isRetransmission());
      assertTrue(response(alice, 2).isRetransmission());
      ExtendedDialog fork = (ExtendedDialog) response(alice, 1).getDialog();
      assertTrue(fork.isForked());
      assertSame(fork.getOriginalDialog(), invite.getDialog());
      assertSame(((ExtendedClientTransaction) invite).getDefaultDialog(), invite.getDialog());
      ExtendedDialog own = (ExtendedDialog) invite.getDialog();
      assertFalse(own.isForked());
      assertNull(own.getOriginalDialog());
      assertSame(own.getSipProvider(), alice.provider());
    }
  }

  @Test
  public void without_dialogs_a_response_tells_of_repetitions_too() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      WireEnd end = calls.wireEnd("end", "udp");
      ClientTransaction invite =
          alice.send(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
      calls.run(10);
      for (String tag : List.of("a", "a", "b")) {
        end.send("alice", answer(200, end.got.get(0), tag));
        calls.run(10);
      }
      assertFalse(response(alice, 0).isRetransmission());
      assertTrue(response(alice, 1).isRetransmission());
      assertSame(response(alice, 1).getOriginalTransaction(), invite);
      assertFalse(response(alice, 2).isRetransmission());
    }
  }

  @Test
  public void a_cancel_leads_to_its_invite() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      List<ServerTransaction> invites = new ArrayList<>();
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction transaction = Party.transaction(event);
            invites.add(transaction);
            bob.respond(transaction, 180);
          });
      ClientTransaction invite = alice.send(alice.request("INVITE", bob));
      calls.run(10);
      alice.send(invite.createCancel());
      calls.run(10);
      ExtendedServerTransaction cancel =
          (ExtendedServerTransaction) bob.lastRequest().getServerTransaction();
      assertSame(cancel.getCanceledInviteTransaction(), invites.get(0));
      assertNull(((ExtendedServerTransaction) invites.get(0)).getCanceledInviteTransaction());
      assertSame(cancel.getSipProvider(), bob.provider());
    }
  }

  @Test
  public void a_client_transaction_tells_its_next_hop() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      ExtendedClientTransaction options =
          (ExtendedClientTransaction)
              alice.provider().getNewClientTransaction(alice.request("OPTIONS", bob));
      assertEquals(options.getNextHop().getHost(), "10.0.0.2");
      options.sendRequest();
      assertEquals(options.getNextHop().getPort(), 5060);
      assertEquals(options.getNextHop().getTransport(), "udp");
    }
  }

  @Test
  public void a_listening_point_makes_via_and_contact_and_sends_heartbeats() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      calls.wireEnd("end", "udp");
      ExtendedListeningPoint point =
          (ExtendedListeningPoint) alice.provider().getListeningPoint("udp");
      assertEquals(point.createViaHeader().toString().strip(), "Via: SIP/2.0/UDP 10.0.0.1:5060");
      assertEquals(point.createContactHeader().toString().strip(), "Contact: <sip:10.0.0.1:5060>");
      ExtendedListeningPoint tcp =
          (ExtendedListeningPoint) alice.provider().getListeningPoint("tcp");
      assertEquals(
          tcp.createContactHeader().toString().strip(),
          "Contact: <sip:10.0.0.1:5060;transport=tcp>");
      point.sendHeartbeat("10.0.0.2", 5060);
      point.sendHeartbeat("end.test", 5060);
      calls.run(10);
      assertEquals(calls.wire(), List.of("alice>end keep-alive", "alice>end keep-alive"));
      assertEquals(alice.heard(), List.of());
      point.sendHeartbeat("nowhere.test", 5060);
      calls.run(3000);
      assertEquals(alice.heard(), List.of("I/O error"));
      assertThrows(IOException.class, () -> point.sendHeartbeat("10.0.0.2", 70_000));
      alice.stack.stop();
      assertThrows(IOException.class, () -> point.sendHeartbeat("10.0.0.2", 5060));
    }
  }

  @DataProvider
  public Object[][] moments() {
    return new Object[][] {{"INVITE", true}, {"INVITE", false}, {"OPTIONS", true}};
  }

  @Test(dataProvider = "moments")
  public void a_program_is_told_when_nothing_has_come_at_the_second_retransmission(
      String method, boolean before) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      calls.link("alice", "bob").cut(true);
      ExtendedClientTransaction transaction =
          (ExtendedClientTransaction)
              alice.provider().getNewClientTransaction(alice.request(method, bob));
      assertThrows(
          IllegalArgumentException.class, () -> transaction.alertIfStillInCallingStateBy(0));
      if (before) {
        transaction.alertIfStillInCallingStateBy(2);
      }
      transaction.sendRequest();
      if (!before) {
        transaction.alertIfStillInCallingStateBy(2);
      }
      calls.run(1499);
      assertEquals(alice.heard(), List.of());
      calls.run(2);
      assertEquals(alice.heard(), List.of("retransmit " + method));
      calls.run(40_000);
      assertEquals(alice.heard(), List.of("retransmit " + method, "timeout " + method));
      assertThrows(SipException.class, () -> transaction.alertIfStillInCallingStateBy(2));
    }
  }

  @Test
  public void an_answer_in_time_stops_the_alert() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      ExtendedClientTransaction invite =
          (ExtendedClientTransaction)
              alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      invite.alertIfStillInCallingStateBy(2);
      invite.sendRequest();
      calls.run(5000);
      assertEquals(alice.heard(), List.of("180 INVITE"));
    }
  }

  @Test
  public void t2_and_t4_of_one_transaction_can_be_set() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      ExtendedClientTransaction options =
          (ExtendedClientTransaction)
              alice.provider().getNewClientTransaction(alice.request("OPTIONS", bob));
      options.setTimerT2(1000);
      options.setTimerT4(7000);
      assertThrows(IllegalArgumentException.class, () -> options.setTimerT2(0));
      assertThrows(IllegalArgumentException.class, () -> options.setTimerT4(-1));
      options.sendRequest();
      calls.run(4000);
      assertEquals(
          calls.timedWire(),
          List.of(
              "0.000 alice>bob OPTIONS",
              "0.500 alice>bob OPTIONS",
              "1.500 alice>bob OPTIONS",
              "2.500 alice>bob OPTIONS",
              "3.500 alice>bob OPTIONS"));
      bob.answering("OPTIONS", 200);
      calls.run(1000);
      assertEquals(alice.endedTransactions.size(), 0);
      calls.run(6_400);
      assertEquals(alice.endedTransactions.size(), 0, "Timer K is T4");
      calls.run(200);
      assertEquals(alice.endedTransactions.size(), 1);
    }
  }

  @Test
  public void a_dialog_may_be_early_for_a_time_of_its_own() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 180);
      ClientTransaction invite =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      ExtendedDialog dialog = (ExtendedDialog) invite.getDialog();
      assertThrows(IllegalArgumentException.class, () -> dialog.setEarlyDialogTimeoutSeconds(0));
      dialog.setEarlyDialogTimeoutSeconds(10);
      invite.sendRequest();
      calls.run(9_900);
      assertEquals(dialog.getState(), DialogState.EARLY);
      calls.run(200);
      assertEquals(dialog.getState(), DialogState.TERMINATED);
    }
  }

  // --- dialogs that wait in vain ---

  /** Hears what a party hears, and of dialogs that wait in vain. */
  private record Waiting(Party party, List<String> told) implements ExtendedListener {
    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
      told.add(event.getReason() + " " + event.getDialog().getState());
    }

    @Override
    public void processRequest(RequestEvent event) {
      party.processRequest(event);
    }

    @Override
    public void processResponse(ResponseEvent event) {
      party.processResponse(event);
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
      party.processTimeout(event);
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
      party.processIOException(event);
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
      party.processTransactionTerminated(event);
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
      party.processDialogTerminated(event);
    }
  }

  private static List<String> listening(Party party) throws Exception {
    List<String> told = new ArrayList<>();
    party.provider().removeSipListener(party);
    party.provider().addSipListener(new Waiting(party, told));
    return told;
  }

  private static void withDialogs(Party bob, int... statuses) {
    bob.on(
        "INVITE",
        event -> {
          ServerTransaction server = Party.transaction(event);
          bob.provider().getNewDialog(server);
          for (int status : statuses) {
            bob.respond(server, status);
          }
        });
  }

  @Test
  public void a_program_with_dialogs_of_its_own_is_told_of_missing_acks() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      Party bob = calls.party("bob", OFF);
      List<String> alices = listening(alice);
      List<String> bobs = listening(bob);
      withDialogs(bob, 200);
      Request request = alice.request("INVITE", bob);
      ClientTransaction invite = alice.provider().getNewClientTransaction(request);
      Dialog dialog = alice.provider().getNewDialog(invite);
      invite.sendRequest();
      calls.run(60_000);
      assertEquals(alices, List.of("ACK_NOT_SENT " + DialogState.CONFIRMED));
      assertEquals(bobs, List.of("ACK_NOT_RECEIVED " + DialogState.CONFIRMED));
      assertEquals(dialog.getState(), DialogState.CONFIRMED, "the program decides");
      assertEquals(calls.texts("bob>alice BYE").size(), 0);
      assertEquals(alice.endedDialogs.size(), 0);
    }
  }

  @Test
  public void a_program_with_dialogs_of_its_own_is_told_of_those_that_stay_early()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", OFF);
      Party bob = calls.party("bob", OFF);
      List<String> alices = listening(alice);
      withDialogs(bob, 180);
      ClientTransaction invite =
          alice.provider().getNewClientTransaction(alice.request("INVITE", bob));
      Dialog dialog = alice.provider().getNewDialog(invite);
      invite.sendRequest();
      calls.run(181_000);
      assertEquals(alices.size(), 1);
      assertTrue(alices.get(0).startsWith("EARLY_STATE_TIMEOUT"));
      assertEquals(dialog.getState(), DialogState.EARLY);
      assertNotSame(bob.endedDialogs.size(), 0, "bob's listener is a plain one");
    }
  }

  @Test
  public void automatic_dialogs_end_without_asking() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("INVITE", 200);
      List<String> alices = listening(alice);
      List<String> bobs = listening(bob);
      alice.send(alice.request("INVITE", bob));
      calls.run(60_000);
      assertEquals(alices, List.of());
      assertEquals(bobs, List.of());
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }
}
