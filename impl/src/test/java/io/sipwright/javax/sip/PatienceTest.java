package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** How long the stack waits for the program, and for an ACK: each a property. */
public class PatienceTest {
  private static final String OLD = "gov.nist.javax.sip.";

  private Calls calls = new Calls();
  private Party alice;
  private Party bob;

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private void parties(String... bobs) throws Exception {
    alice = calls.party("alice");
    bob = calls.party("bob", bobs);
  }

  // --- the program that never answers ---

  @DataProvider
  public Object[][] waits() {
    return new Object[][] {
      {new String[] {}, 240}, {new String[] {OLD + "MAX_LISTENER_RESPONSE_TIME", "5"}, 5},
    };
  }

  @Test(dataProvider = "waits")
  public void an_invite_that_the_program_never_answers_is_answered_500(
      String[] settings, int seconds) throws Exception {
    parties(settings);
    bob.on("INVITE", Party::transaction); // and nothing else
    alice.send(alice.request("INVITE", bob));
    calls.run(seconds * 1000L - 100);
    assertEquals(alice.heard(), List.of("100 INVITE"));
    calls.run(200);
    assertEquals(alice.heard(), List.of("100 INVITE", "500 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "timeout INVITE"));
    calls.runToTheEnd();
    assertEquals(bob.endedTransactions.size(), 1);
    bob.stack.statistics().forEach((what, count) -> assertEquals((int) count, 0, what));
  }

  @Test(dataProvider = "waits")
  public void another_request_that_the_program_never_answers_ends_in_silence(
      String[] settings, int seconds) throws Exception {
    parties(settings);
    bob.on("MESSAGE", Party::transaction);
    alice.provider().sendRequest(alice.request("MESSAGE", bob));
    calls.run(seconds * 1000L - 100);
    assertEquals((int) bob.stack.statistics().get("serverTransactions"), 1);
    calls.run(200);
    assertEquals(calls.wire(), List.of("alice>bob MESSAGE"));
    assertEquals(bob.heard(), List.of("MESSAGE", "timeout MESSAGE"));
    assertEquals((int) bob.stack.statistics().get("serverTransactions"), 0);
  }

  @Test
  public void requests_in_a_dialog_that_nobody_looks_at_do_not_fill_the_stack() throws Exception {
    parties();
    alice.acknowledging();
    bob.answering("INVITE", 200);
    Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(10);
    for (int i = 0; i < 20; i++) {
      alice.send(dialog, "INFO");
      calls.run(10);
    }
    assertTrue((int) bob.stack.statistics().get("serverTransactions") >= 20);
    calls.run(250_000);
    assertEquals((int) bob.stack.statistics().get("serverTransactions"), 0);
    assertEquals(dialog.getState(), DialogState.CONFIRMED);
  }

  @Test
  public void a_program_that_rings_or_answers_is_left_alone() throws Exception {
    parties(OLD + "MAX_LISTENER_RESPONSE_TIME", "5");
    bob.answering("INVITE", 180);
    bob.answering("OPTIONS", 200);
    alice.send(alice.request("INVITE", bob));
    alice.send(alice.request("OPTIONS", bob));
    calls.run(100_000);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 OPTIONS"));
    assertEquals(bob.heard(), List.of("INVITE", "OPTIONS"));
  }

  @Test
  public void it_may_wait_for_ever() throws Exception {
    parties(OLD + "MAX_LISTENER_RESPONSE_TIME", "infinity");
    List<ServerTransaction> invites = new ArrayList<>();
    bob.on("INVITE", event -> invites.add(Party.transaction(event)));
    alice.send(alice.request("INVITE", bob));
    calls.run(10_000_000);
    assertEquals(alice.heard(), List.of("100 INVITE"));
    bob.respond(invites.get(0), 200);
    calls.run(10);
    assertEquals(alice.heard(), List.of("100 INVITE", "200 INVITE"));
  }

  @Test
  public void the_listener_may_still_answer_when_it_is_told() throws Exception {
    parties(OLD + "MAX_LISTENER_RESPONSE_TIME", "5");
    bob.on("INVITE", Party::transaction);
    bob.onTimeout(event -> bob.respond(event.getServerTransaction(), 480));
    alice.send(alice.request("INVITE", bob));
    calls.run(6_000);
    assertEquals(alice.heard(), List.of("100 INVITE", "480 INVITE"));
  }

  @Test
  public void a_server_transaction_may_not_outlive_its_greatest_age() throws Exception {
    parties(OLD + "MAX_TX_LIFETIME_INVITE", "10", OLD + "MAX_TX_LIFETIME_NON_INVITE", "7");
    bob.answering("INVITE", 180);
    bob.on("MESSAGE", Party::transaction);
    alice.send(alice.request("INVITE", bob));
    alice.provider().sendRequest(alice.request("MESSAGE", bob));
    calls.run(6_900);
    assertEquals(bob.heard(), List.of("INVITE", "MESSAGE"));
    calls.run(200);
    assertEquals(bob.heard(), List.of("INVITE", "MESSAGE", "timeout MESSAGE"));
    calls.run(3_000);
    assertEquals(bob.heard().get(3), "timeout INVITE");
    assertSame(bob.serverTransactionOf("INVITE").getState(), TransactionState.TERMINATED);
    assertEquals((int) bob.stack.statistics().get("serverTransactions"), 0);
    assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
  }

  // --- the ACK that doesn't come ---

  @DataProvider
  public Object[][] factors() {
    return new Object[][] {{"64", 32}, {"20", 10}, {"128", 64}};
  }

  @Test(dataProvider = "factors")
  public void a_2xx_waits_for_the_peers_ack_for_so_many_t1(String factor, int seconds)
      throws Exception {
    parties(OLD + "DIALOG_TIMEOUT_FACTOR", factor);
    bob.answering("INVITE", 200);
    calls.wireEnd("end", "udp").send("bob", WireEnd.request("INVITE", "bob", 1));
    calls.run(seconds * 1000L - 100);
    assertEquals(bob.lastServerTransaction().getDialog().getState(), DialogState.CONFIRMED);
    calls.run(200);
    assertEquals(bob.lastServerTransaction().getDialog().getState(), DialogState.TERMINATED);
    assertEquals(calls.texts("bob>end BYE").size(), 0, "it has no Contact");
  }

  @Test(dataProvider = "factors")
  public void a_2xx_waits_for_the_programs_ack_for_so_many_t1(String factor, int seconds)
      throws Exception {
    alice = calls.party("alice", OLD + "DIALOG_TIMEOUT_FACTOR", factor);
    bob = calls.party("bob", OLD + "DIALOG_TIMEOUT_FACTOR", "1000");
    bob.answering("INVITE", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(seconds * 1000L - 100);
    assertEquals(invite.getDialog().getState(), DialogState.CONFIRMED);
    calls.run(200);
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
  }

  @Test
  public void a_short_patience_still_acknowledges_copies_of_a_2xx() throws Exception {
    alice = calls.party("alice", OLD + "DIALOG_TIMEOUT_FACTOR", "2").acknowledging();
    WireEnd end = calls.wireEnd("end", "udp");
    ClientTransaction invite = alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
    calls.run(10);
    String ok = WireEnd.response(200, end.got.get(0), "Contact: <sip:end@10.0.0.2:5060>");
    for (int i = 0; i < 4; i++) {
      end.send("alice", ok);
      calls.run(9_000);
    }
    assertEquals(calls.texts("alice>end ACK").size(), 4);
    assertEquals(invite.getDialog().getState(), DialogState.CONFIRMED);
    assertEquals(alice.heard(), List.of("200 INVITE"));
  }
}
