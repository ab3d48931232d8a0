package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Requests within the dialogs of a back-to-back user agent, and reliable responses. */
public class BackToBackDialogsTest extends TwoSides {
  // --- re-INVITE, UPDATE and the like ---

  @DataProvider
  public Object[][] directions() {
    return new Object[][] {{true}, {false}};
  }

  @Test(dataProvider = "directions")
  public void a_reinvite_goes_to_the_other_side_with_its_ack(boolean byAlice) throws Exception {
    called();
    Party from = byAlice ? alice : bob;
    Party to = byAlice ? bob : alice;
    to.answering("INVITE", 200);
    Dialog dialog = byAlice ? alices() : bobs();
    from.send(dialog, Sessions.described(dialog.createRequest("INVITE")));
    calls.run(10);
    assertEquals(last(from.heard()), "200 INVITE");
    assertEquals(last(to.heard()), "ACK");
    String way = "mid>" + to.name + " INVITE";
    assertTrue(last(calls.texts(way)).endsWith("\r\n\r\nv=0\r\n"));
    calls.run(60_000);
    assertEquals(alices().getState(), DialogState.CONFIRMED);
    assertEquals(bobs().getState(), DialogState.CONFIRMED);
    assertEquals(calls.texts(way).size(), byAlice ? 2 : 1, "nothing is repeated");
  }

  @Test
  public void an_offer_in_a_2xx_is_answered_by_the_callers_ack() throws Exception {
    parties();
    bob.on(
        "INVITE",
        event ->
            Party.transaction(event)
                .sendResponse(Sessions.described(bob.response(200, event.getRequest()))));
    alice.on(
        200,
        event -> {
          Dialog dialog = event.getDialog();
          dialog.sendAck(Sessions.described(dialog.createAck(1)));
        });
    invite = alice.send(alice.request("INVITE", mid.party));
    calls.run(10);
    assertTrue(calls.text("mid>alice 200 INVITE").endsWith("v=0\r\n"));
    assertTrue(calls.text("mid>bob ACK").endsWith("v=0\r\n"));
  }

  @Test
  public void a_reinvite_that_is_refused_changes_nothing() throws Exception {
    called();
    bob.answering("INVITE", 488);
    alice.send(alices(), "INVITE");
    calls.run(10);
    assertEquals(last(alice.heard()), "488 INVITE");
    assertEquals(alices().getState(), DialogState.CONFIRMED);
    assertEquals(bobs().getState(), DialogState.CONFIRMED);
  }

  @Test
  public void a_reinvite_that_is_cancelled_gets_what_the_other_side_says() throws Exception {
    called();
    List<ServerTransaction> seconds = new ArrayList<>();
    bob.on("INVITE", event -> seconds.add(Party.transaction(event)));
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(seconds.get(0), 487);
        });
    ClientTransaction second = alice.send(alices(), "INVITE");
    calls.run(300);
    alice.send(second.createCancel());
    calls.run(10);
    assertEquals(last(bob.heard()), "CANCEL");
    assertEquals(last(alice.heard()), "487 INVITE");
    assertEquals(alices().getState(), DialogState.CONFIRMED);
    assertEquals(bobs().getState(), DialogState.CONFIRMED);
  }

  @Test
  public void reinvites_that_meet_are_refused_491_on_both_sides() throws Exception {
    called();
    calls.link("mid", "bob").delay(java.time.Duration.ofMillis(50));
    calls.link("mid", "alice").delay(java.time.Duration.ofMillis(50));
    alice.answering("INVITE", 200);
    bob.answering("INVITE", 200);
    alice.send(alices(), Sessions.described(alices().createRequest("INVITE")));
    bob.send(bobs(), Sessions.described(bobs().createRequest("INVITE")));
    calls.run(2_000);
    assertTrue(alice.heard().contains("491 INVITE"), "" + alice.heard());
    assertTrue(bob.heard().contains("491 INVITE"), "" + bob.heard());
    assertEquals(alices().getState(), DialogState.CONFIRMED);
    alice.send(alices(), "BYE");
    over();
  }

  @Test
  public void with_queues_reinvites_that_meet_are_played_one_after_the_other() throws Exception {
    called("gov.nist.javax.sip.IS_BACK_TO_BACK_USER_AGENT", "true");
    alice.answering("INVITE", 200);
    bob.answering("INVITE", 200);
    calls.link("mid", "bob").delay(java.time.Duration.ofMillis(50));
    alice.send(alices(), Sessions.described(alices().createRequest("INVITE")));
    calls.run(80); // bob has it, and mid not yet his answer
    assertEquals(last(bob.heard()), "INVITE");
    bob.send(bobs(), Sessions.described(bobs().createRequest("INVITE")));
    calls.run(10_000);
    assertEquals(alices().getState(), DialogState.CONFIRMED);
    assertEquals(alice.heard().stream().filter("200 INVITE"::equals).count(), 2);
    assertEquals(bob.heard().stream().filter("200 INVITE"::equals).count(), 1);
    assertEquals(alice.heard().stream().filter("INVITE"::equals).count(), 1);
    assertEquals(bob.heard().stream().filter("INVITE"::equals).count(), 2);
    assertFalse(alice.heard().contains("491 INVITE"), "" + alice.heard());
    assertFalse(bob.heard().contains("491 INVITE"), "" + bob.heard());
  }

  @Test
  public void an_update_and_its_answer_have_contacts_of_each_side() throws Exception {
    called();
    bob.answering("UPDATE", 200);
    alice.send(alices(), Sessions.described(alices().createRequest("UPDATE")));
    calls.run(10);
    assertEquals(last(alice.heard()), "200 UPDATE");
    String update = calls.text("mid>bob UPDATE");
    assertEquals(Calls.header(update, "Contact"), "<sip:10.0.0.3:5060>");
    assertTrue(update.endsWith("v=0\r\n"));
    assertEquals(
        Calls.header(calls.text("mid>alice 200 UPDATE"), "Contact"), "<sip:10.0.0.3:5060>");
    assertEquals(alices().getRemoteTarget().getURI().toString(), "sip:10.0.0.3:5060");
  }

  @DataProvider
  public Object[][] answers() {
    return new Object[][] {{200}, {415}, {481}};
  }

  @Test(dataProvider = "answers")
  public void an_info_gets_the_answer_of_the_other_side(int status) throws Exception {
    called();
    bob.answering("INFO", status);
    Request info = alices().createRequest("INFO");
    info.addHeader(header("Info-Package", "dtmf"));
    info.setContent("5", Party.HEADERS.createContentTypeHeader("application", "dtmf"));
    alice.send(alices(), info);
    calls.run(10);
    assertEquals(last(alice.heard()), status + " INFO");
    String onward = calls.text("mid>bob INFO");
    assertEquals(Calls.header(onward, "Info-Package"), "dtmf");
    assertEquals(Calls.header(onward, "Content-Type"), "application/dtmf");
    assertTrue(onward.endsWith("\r\n\r\n5"), onward);
  }

  @Test
  public void a_request_that_the_other_side_never_answers_stays_unanswered() throws Exception {
    called();
    calls.link("mid", "bob").cut(true);
    alice.send(alices(), "INFO");
    calls.run(40_000);
    assertEquals(last(alice.heard()), "timeout INFO");
    assertEquals(calls.texts("mid>alice 408 INFO"), List.of());
  }

  @Test
  public void a_refer_and_its_notifies_find_each_other_by_number() throws Exception {
    called();
    bob.answering("REFER", 202);
    alice.send(alices(), "INFO"); // so that the numbers differ
    calls.run(10);
    alice.send(alices(), "INFO");
    calls.run(10);
    bob.send(bobs(), "INFO");
    calls.run(10);
    for (int i = 0; i < 2; i++) {
      Request refer = alices().createRequest("REFER");
      refer.addHeader(header("Refer-To", "<sip:carol@test>"));
      alice.send(alices(), refer);
      calls.run(10);
    }
    String there = Calls.header(last(calls.texts("mid>bob REFER")), "CSeq").split(" ")[0];
    Request notify = bobs().createRequest("NOTIFY");
    notify.addHeader(header("Event", "refer;id=" + there));
    notify.addHeader(header("Subscription-State", "terminated;reason=noresource"));
    notify.setContent(
        "SIP/2.0 200 OK\r\n", Party.HEADERS.createContentTypeHeader("message", "sipfrag"));
    bob.send(bobs(), notify);
    calls.run(10);
    String onward = calls.text("mid>alice NOTIFY");
    String here = Calls.header(last(calls.texts("alice>mid REFER")), "CSeq").split(" ")[0];
    assertEquals(Calls.header(onward, "Event"), "refer;id=" + here);
    assertTrue(onward.endsWith("SIP/2.0 200 OK\r\n"));
    assertEquals(last(bob.heard()), "200 NOTIFY");
  }

  // --- reliable provisional responses ---

  private void ringReliably(Party party) {
    party.on(
        "INVITE",
        event -> {
          Dialog dialog = Party.transaction(event).getDialog();
          Response ringing = Sessions.described(dialog.createReliableProvisionalResponse(183));
          dialog.sendReliableProvisionalResponse(ringing);
        });
    party.on(
        "PRACK",
        event -> {
          Dialog dialog = event.getDialog();
          answer(event.getServerTransaction(), 200);
          answer((ServerTransaction) dialog.getFirstTransaction(), 200);
        });
  }

  @Test
  public void a_reliable_response_is_acknowledged_from_end_to_end() throws Exception {
    parties();
    ringReliably(bob);
    alice.on(
        183,
        event -> {
          Dialog dialog = event.getDialog();
          Request prack = dialog.createPrack(event.getResponse());
          prack.addHeader(header("X-Prack", "1"));
          alice.send(dialog, prack);
        });
    send("Supported", "100rel");
    calls.run(100);
    assertEquals(alice.heard(), List.of("183 INVITE", "200 PRACK", "200 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "PRACK", "ACK"));
    assertEquals(Calls.header(calls.text("mid>bob PRACK"), "X-Prack"), "1");
    String ringing = calls.text("mid>alice 183 INVITE");
    assertEquals(Calls.header(ringing, "Require"), "100rel");
    assertTrue(ringing.endsWith("v=0\r\n"));
  }

  @Test
  public void without_a_prack_of_the_caller_the_call_fails() throws Exception {
    parties();
    ringReliably(bob);
    bob.on(
        "CANCEL",
        event -> {
          answer(event.getServerTransaction(), 200);
          answer((ServerTransaction) event.getDialog().getFirstTransaction(), 487);
        });
    send("Supported", "100rel");
    calls.run(40_000);
    assertEquals(last(alice.heard()), "500 INVITE");
    over();
  }
}
