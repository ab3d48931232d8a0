package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.call.ForkedAnswers;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** The answers to a forked INVITE of which one is kept (RFC 3261 §13.2.2.4). */
public class ForkedAnswersTest {
  private Calls calls = new Calls();
  private Party alice;
  private WireEnd end;
  private ClientTransaction invite;
  private ForkedAnswers answers;
  private final List<String> told = new ArrayList<>();

  @BeforeMethod
  public void begin() throws Exception {
    calls = new Calls();
    told.clear();
    alice = calls.party("alice");
    end = calls.wireEnd("end", "udp");
    invite = alice.provider().getNewClientTransaction(invite());
    answers = new ForkedAnswers(invite);
    alice.onAnyResponse(
        event -> {
          if (!answers.onResponse(event)) {
            told.add(event.getResponse().getStatusCode() + " " + event.getDialog().getRemoteTag());
            if (event.getResponse().getStatusCode() == 200) {
              alice.acknowledge(event);
            }
          }
        });
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private javax.sip.message.Request invite() throws Exception {
    return Sessions.described(alice.request("INVITE", "sip:all@10.0.0.2:5060", "udp"));
  }

  private void send() throws Exception {
    invite.sendRequest();
    calls.run(10);
  }

  private void answer(int status, String tag) {
    String contact = "Contact: <sip:" + tag + "@10.0.0.2:5060>";
    end.send(
        "alice",
        WireEnd.response(status, end.got.get(0), contact).replace(";tag=end", ";tag=" + tag));
    calls.run(10);
  }

  /** Answers all BYEs that came. */
  private void confirmByes() {
    for (String got : List.copyOf(end.got)) {
      if (got.startsWith("BYE ")) {
        end.send("alice", WireEnd.response(200, got));
      }
    }
    calls.run(10);
  }

  @Test
  public void the_first_is_kept_and_each_further_one_is_acknowledged_and_ended() throws Exception {
    send();
    answer(180, "a");
    answer(180, "b");
    answer(200, "b");
    answer(200, "a");
    answer(200, "c");
    confirmByes();
    assertEquals(told, List.of("180 a", "180 b", "200 b"));
    assertEquals(answers.kept().getRemoteTag(), "b");
    assertEquals(answers.kept().getState(), DialogState.CONFIRMED);
    assertEquals(
        end.heard(), List.of("INVITE", "ACK", "ACK", "BYE", "ACK", "BYE"), "in this order");
    for (int i : new int[] {2, 3}) {
      assertTrue(end.got.get(i).contains(";tag=a"), end.got.get(i));
    }
    for (int i : new int[] {4, 5}) {
      assertTrue(end.got.get(i).contains(";tag=c"), end.got.get(i));
    }
    assertEquals(alice.endedDialogs.size(), 2);
    assertEquals((int) alice.stack.statistics().get("dialogs"), 1);
  }

  @Test
  public void a_2xx_that_comes_again_is_acknowledged_again_and_ended_once() throws Exception {
    send();
    answer(200, "a");
    for (int i = 0; i < 3; i++) {
      answer(200, "b");
    }
    confirmByes();
    answer(200, "b");
    assertEquals(calls.texts("alice>end BYE").size(), 1);
    assertEquals(calls.texts("alice>end ACK").size(), 5);
    assertEquals(told, List.of("200 a"));
  }

  @Test
  public void the_program_may_keep_another_one_than_the_first() throws Exception {
    send();
    answer(180, "a");
    answer(180, "b");
    Dialog second = alice.lastResponse().getDialog();
    answers.keep(second);
    answer(200, "a");
    answer(200, "b");
    confirmByes();
    assertSame(answers.kept(), second);
    assertEquals(second.getState(), DialogState.CONFIRMED);
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
    assertEquals(told, List.of("180 a", "180 b", "200 b"));
  }

  @Test
  public void an_answer_that_meets_the_cancel_is_not_kept() throws Exception {
    send();
    answer(180, "a");
    answers.keepNone();
    alice.send(invite.createCancel());
    answer(200, "a");
    confirmByes();
    assertNull(answers.kept());
    assertEquals(end.heard(), List.of("INVITE", "CANCEL", "ACK", "BYE"));
    assertEquals(invite.getDialog().getState(), DialogState.TERMINATED);
  }

  @Test
  public void an_offer_in_an_answer_that_is_not_kept_is_answered_by_the_program() throws Exception {
    answers =
        new ForkedAnswers(
            invite,
            (ok, ack) -> {
              Sessions.described(ack);
              throw new IllegalStateException("harmless");
            });
    send();
    answer(200, "a");
    answer(200, "b");
    List<String> acks = calls.texts("alice>end ACK");
    assertTrue(acks.get(1).endsWith("\r\n\r\nv=0\r\n"), acks.get(1));
    assertEquals(calls.texts("alice>end BYE").size(), 1);
  }

  @Test
  public void answers_to_other_requests_are_the_programs() throws Exception {
    send();
    answer(200, "a");
    Dialog dialog = answers.kept();
    alice.send(dialog, "INFO");
    calls.run(10);
    end.send("alice", WireEnd.response(200, end.last()));
    calls.run(10);
    assertEquals(told, List.of("200 a", "200 a"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ForkedAnswers(
                alice
                    .provider()
                    .getNewClientTransaction(alice.request("OPTIONS", "sip:10.0.0.2", "udp"))));
  }

  @Test
  public void a_surplus_answer_without_reply_to_its_bye_leaves_nothing_behind() throws Exception {
    send();
    answer(200, "a");
    answer(200, "b");
    calls.run(60_000);
    assertEquals((int) alice.stack.statistics().get("dialogs"), 1);
  }
}
