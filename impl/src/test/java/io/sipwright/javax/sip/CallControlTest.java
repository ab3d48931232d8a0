package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;

import io.sipwright.ext.DialogMatch;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The dialogs that Replaces (RFC 3891 §3) and Join (RFC 3911 §4) name. */
public class CallControlTest {
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;
  private ServerTransaction invite;

  private void early(Calls calls) throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob").answering("BYE", 200);
    bob.on("INVITE", event -> invite = Party.transaction(event));
    ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(10);
    theirs = invite.getDialog();
    bob.respond(invite, 180);
    calls.run(10);
  }

  private void confirmed(Calls calls) throws Exception {
    early(calls);
    bob.respond(invite, 200);
    calls.run(10);
  }

  /** The value that names a dialog as the party sees it. */
  private static String naming(Dialog dialog) {
    return dialog.getCallId().getCallId()
        + ";to-tag="
        + dialog.getLocalTag()
        + ";from-tag="
        + dialog.getRemoteTag();
  }

  private static Request invite(Party from, Party to, String... namesAndValues) throws Exception {
    Request request = from.request("INVITE", to);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.addHeader(Party.HEADERS.createHeader(namesAndValues[i], namesAndValues[i + 1]));
    }
    return request;
  }

  private static void refused(DialogMatch match, int status) {
    assertNull(match.dialog());
    assertEquals(match.status(), status);
  }

  @Test
  public void a_confirmed_dialog_is_replaced_and_joined_on_either_side() throws Exception {
    try (Calls calls = new Calls()) {
      confirmed(calls);
      assertSame(
          bob.stack.findReplaced(invite(alice, bob, "Replaces", naming(theirs))).dialog(), theirs);
      assertSame(
          alice.stack.findReplaced(invite(bob, alice, "Replaces", naming(ours))).dialog(), ours);
      assertSame(bob.stack.findJoined(invite(alice, bob, "Join", naming(theirs))).dialog(), theirs);
      refused(bob.stack.findReplaced(invite(alice, bob, "Replaces", naming(ours))), 481);
    }
  }

  @Test
  public void early_only_spares_a_confirmed_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      early(calls);
      String early = naming(ours) + ";early-only";
      assertSame(alice.stack.findReplaced(invite(bob, alice, "Replaces", early)).dialog(), ours);
      bob.respond(invite, 200);
      calls.run(10);
      refused(alice.stack.findReplaced(invite(bob, alice, "Replaces", early)), 486);
    }
  }

  @Test
  public void an_early_dialog_is_replaced_where_it_was_begun_only_and_joined_anywhere()
      throws Exception {
    try (Calls calls = new Calls()) {
      early(calls);
      refused(bob.stack.findReplaced(invite(alice, bob, "Replaces", naming(theirs))), 481);
      assertSame(bob.stack.findJoined(invite(alice, bob, "Join", naming(theirs))).dialog(), theirs);
      assertSame(
          alice.stack.findReplaced(invite(bob, alice, "Replaces", naming(ours))).dialog(), ours);
    }
  }

  @Test
  public void a_dialog_that_has_ended_is_declined() throws Exception {
    try (Calls calls = new Calls()) {
      confirmed(calls);
      String name = naming(theirs);
      ClientTransaction bye = alice.provider().getNewClientTransaction(ours.createRequest("BYE"));
      ours.sendRequest(bye);
      calls.run(10);
      refused(bob.stack.findReplaced(invite(alice, bob, "Replaces", name)), 603);
      refused(bob.stack.findJoined(invite(alice, bob, "Join", name)), 603);
    }
  }

  @Test
  public void a_dialog_without_invite_is_not_meant() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice");
      bob = calls.party("bob").answering("SUBSCRIBE", 200);
      Request subscribe = alice.request("SUBSCRIBE", bob);
      subscribe.addHeader(Party.HEADERS.createEventHeader("foo"));
      ours = alice.send(subscribe).getDialog();
      calls.run(10);
      refused(alice.stack.findReplaced(invite(bob, alice, "Replaces", naming(ours))), 481);
      refused(alice.stack.findJoined(invite(bob, alice, "Join", naming(ours))), 481);
    }
  }

  @DataProvider
  public Object[][] nonsense() {
    return new Object[][] {
      {"c;to-tag=a"},
      {"c;from-tag=a"},
      {";to-tag=a;from-tag=b"},
      {"c;to-tag=;from-tag=b"},
      {"c;to-tag=a;to-tag=a;from-tag=b"},
      {"c;to-tag=a;from-tag=b;from-tag=b"},
      {"c;to-tag=a;from-tag=b\r\nReplaces: c;to-tag=a;from-tag=b\r\nJoin: c;to-tag=a;from-tag=b"}
    };
  }

  @Test(dataProvider = "nonsense")
  public void what_names_no_dialog_is_a_bad_request(String value) throws Exception {
    try (Calls calls = new Calls()) {
      Party asked = calls.party("bob");
      for (String name : List.of("Replaces", "Join")) {
        Request request =
            Party.MESSAGES.createRequest(
                calls.party("al" + name).request("INVITE", asked).toString().stripTrailing()
                    + "\r\n"
                    + name
                    + ": "
                    + value
                    + "\r\n\r\n");
        boolean replaces = name.equals("Replaces");
        refused(
            replaces ? asked.stack.findReplaced(request) : asked.stack.findJoined(request), 400);
      }
    }
  }

  @Test
  public void contradictions_are_bad_requests() throws Exception {
    try (Calls calls = new Calls()) {
      confirmed(calls);
      String name = naming(theirs);
      refused(bob.stack.findReplaced(invite(alice, bob, "Replaces", name, "Join", name)), 400);
      refused(bob.stack.findJoined(invite(alice, bob, "Replaces", name, "Join", name)), 400);
      Request message = alice.request("MESSAGE", bob);
      message.addHeader(Party.HEADERS.createHeader("Replaces", name));
      refused(bob.stack.findReplaced(message), 400);
    }
  }

  @Test
  public void without_the_header_nothing_is_asked_for() throws Exception {
    try (Calls calls = new Calls()) {
      confirmed(calls);
      assertSame(bob.stack.findReplaced(invite(alice, bob)), DialogMatch.NOT_ASKED_FOR);
      assertSame(bob.stack.findJoined(invite(alice, bob)), DialogMatch.NOT_ASKED_FOR);
    }
  }

  @Test
  public void a_tag_of_0_names_a_peer_without_tag_too() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice").acknowledging();
      WireEnd end = calls.wireEnd("end", "udp");
      ours = alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp")).getDialog();
      calls.run(10);
      end.send(
          "alice",
          WireEnd.response(200, end.got.get(0), "Contact: <sip:end@10.0.0.2:5060>")
              .replace(";tag=end", ""));
      calls.run(10);
      String name = naming(ours).replace("from-tag=null", "from-tag=0");
      Party bobs = calls.party("bob");
      assertSame(alice.stack.findReplaced(invite(bobs, alice, "Replaces", name)).dialog(), ours);
    }
  }
}
