package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.call.BackToBack;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Calls through a back-to-back user agent: docs/b2bua.md, line by line. */
public class BackToBackTest extends TwoSides {
  // --- a call ---

  @Test
  public void a_call_is_made_and_ended_by_the_caller() throws Exception {
    called();
    alice.send(alices(), "BYE");
    calls.run(10);
    assertEquals(
        calls.wire(),
        List.of(
            "alice>mid INVITE",
            "mid>bob INVITE",
            "bob>mid 180 INVITE",
            "bob>mid 200 INVITE",
            "mid>alice 180 INVITE",
            "mid>alice 200 INVITE",
            "alice>mid ACK",
            "mid>bob ACK",
            "alice>mid BYE",
            "mid>alice 200 BYE",
            "mid>bob BYE",
            "bob>mid 200 BYE"));
    over();
  }

  @Test
  public void a_call_is_ended_by_who_was_called() throws Exception {
    called();
    Request bye = bobs().createRequest("BYE");
    bye.addHeader(header("Reason", "Q.850;cause=16"));
    bob.send(bobs(), bye);
    calls.run(10);
    assertEquals(last(alice.heard()), "BYE");
    assertEquals(Calls.header(calls.text("mid>alice BYE"), "Reason"), "Q.850;cause=16");
    over();
  }

  @Test
  public void each_side_has_identifiers_and_a_contact_of_its_own_and_the_rest_is_taken_over()
      throws Exception {
    parties();
    bob.on(
        "INVITE",
        event -> {
          Response ok = Sessions.described(bob.response(200, event.getRequest()));
          ok.addHeader(header("X-Bob", "1"));
          Party.transaction(event).sendResponse(ok);
        });
    send("Subject", "tea", "X-Some", "a,b", "Authorization", "Digest username=\"a\"");
    String in = calls.text("alice>mid INVITE");
    String out = calls.text("mid>bob INVITE");
    for (String name : List.of("Call-ID", "From", "Via", "Contact")) {
      assertNotEquals(Calls.header(out, name), Calls.header(in, name), name);
    }
    assertEquals(Calls.header(out, "Contact"), "<sip:10.0.0.3:5060>");
    assertEquals(Calls.header(out, "To"), Calls.header(in, "To"));
    assertEquals(Calls.header(out, "CSeq"), "1 INVITE");
    assertEquals(Calls.header(out, "Max-Forwards"), "69");
    assertEquals(Calls.header(out, "Subject"), "tea");
    assertEquals(Calls.header(out, "X-Some"), "a,b");
    assertNull(Calls.header(out, "Authorization"));
    assertTrue(out.endsWith("\r\n\r\nv=0\r\n"), out);
    String ok = calls.text("mid>alice 200 INVITE");
    assertEquals(Calls.header(ok, "X-Bob"), "1");
    assertEquals(Calls.header(ok, "Contact"), "<sip:10.0.0.3:5060>");
    assertTrue(ok.endsWith("\r\n\r\nv=0\r\n"), ok);
    assertNotEquals(Calls.header(ok, "To"), Calls.header(calls.text("bob>mid 200 INVITE"), "To"));
  }

  @Test
  public void the_dialog_of_the_other_side_is_known_until_the_end() throws Exception {
    called();
    List<Dialog> both = List.copyOf(mid.party.stack.getDialogs());
    assertEquals(both.size(), 2);
    assertSame(mid.calls.peerOf(both.get(0)), both.get(1));
    assertSame(mid.calls.peerOf(both.get(1)), both.get(0));
    alice.send(alices(), "BYE");
    calls.run(10);
    assertNull(mid.calls.peerOf(both.get(0)));
    assertNull(mid.calls.peerOf(alices()));
  }

  // --- failures ---

  @DataProvider
  public Object[][] failures() {
    return new Object[][] {{486, 486}, {603, 603}, {401, 403}, {407, 403}, {503, 500}, {302, 302}};
  }

  @Test(dataProvider = "failures")
  public void a_refusal_is_sent_on_or_mapped(int given, int heard) throws Exception {
    parties();
    bob.answering("INVITE", given);
    send();
    assertEquals(alice.heard(), List.of(heard + " INVITE"));
    boolean moved = given == 302;
    assertEquals(
        Calls.header(calls.text("mid>alice " + heard + " INVITE"), "Contact"),
        moved ? "<sip:bob@10.0.0.2:5060>" : null);
    over();
  }

  @Test
  public void a_refusal_after_ringing_ends_both_early_dialogs() throws Exception {
    parties();
    bob.answering("INVITE", 180, 486);
    send();
    assertEquals(alice.heard(), List.of("180 INVITE", "486 INVITE"));
    over();
  }

  @Test
  public void no_answer_at_all_is_a_408() throws Exception {
    parties();
    calls.link("mid", "bob").cut(true);
    send();
    calls.run(40_000);
    assertEquals(alice.heard(), List.of("100 INVITE", "408 INVITE"));
    over();
  }

  @Test
  public void an_unreachable_side_is_a_500() throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob");
    mid =
        new B2bUa(
            calls.party("mid"), "sip:x@10.0.0.77:5070;transport=tcp", new BackToBack.Policy() {});
    send();
    calls.run(40_000);
    assertEquals(last(alice.heard()), "500 INVITE");
    over();
  }

  @Test
  public void a_call_in_a_circle_comes_to_its_end() throws Exception {
    parties();
    Request request = alice.request("INVITE", mid.party);
    ((javax.sip.header.MaxForwardsHeader) request.getHeader("Max-Forwards")).setMaxForwards(0);
    alice.send(request);
    calls.run(10);
    assertEquals(alice.heard(), List.of("483 INVITE"));
    over();
  }

  @Test
  public void a_policy_changes_messages_and_statuses() throws Exception {
    parties(
        new BackToBack.Policy() {
          @Override
          public void adapt(Request received, Request onward) throws Exception {
            onward.setHeader(header("X-By", received.getMethod()));
          }

          @Override
          public void adapt(Response received, Response onward) {
            throw new IllegalStateException("harmless");
          }

          @Override
          public int statusFor(Request request, int status) {
            return 480;
          }
        });
    bob.answering("INVITE", 486);
    send();
    assertEquals(alice.heard(), List.of("480 INVITE"));
    assertEquals(Calls.header(calls.text("mid>bob INVITE"), "X-By"), "INVITE");
  }

  // --- CANCEL ---

  @Test
  public void a_ringing_call_is_cancelled_on_both_sides() throws Exception {
    parties();
    bob.answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(bob.serverTransactionOf("INVITE"), 487);
        });
    send();
    Request cancel = invite.createCancel();
    cancel.addHeader(header("Reason", "SIP;cause=600"));
    alice.send(cancel);
    calls.run(10);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
    assertEquals(Calls.header(calls.text("mid>bob CANCEL"), "Reason"), "SIP;cause=600");
    over();
  }

  @Test
  public void a_call_is_cancelled_before_anything_came_from_the_other_side() throws Exception {
    parties();
    calls.link("mid", "bob").cut(true);
    send();
    calls.run(300);
    alice.send(invite.createCancel());
    calls.run(10);
    assertEquals(alice.heard(), List.of("100 INVITE", "200 CANCEL", "487 INVITE"));
    over();
  }

  @Test
  public void an_answer_that_meets_the_cancel_is_acknowledged_and_ended() throws Exception {
    parties();
    bob.answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(bob.serverTransactionOf("INVITE"), 200);
          bob.respond(Party.transaction(event), 200);
        });
    send();
    alice.send(invite.createCancel());
    calls.run(100);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL", "ACK", "BYE"));
    over();
  }

  @Test
  public void a_bye_of_the_caller_in_the_early_state_cancels_the_other_side() throws Exception {
    parties();
    bob.answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(bob.serverTransactionOf("INVITE"), 487);
        });
    send();
    alice.send(alices(), "BYE");
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
    assertTrue(alice.heard().containsAll(List.of("200 BYE", "487 INVITE")), "" + alice.heard());
    over();
  }
}
