package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.ExtendedResponseEvent;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Habits of the old reference stack that only a property brings back. */
public class OldHabitsTest {
  private static final String OLD = "gov.nist.javax.sip.";

  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  @DataProvider
  public Object[][] onAndOff() {
    return new Object[][] {{true}, {false}};
  }

  // --- REMOTE_TAG_REASSIGNMENT_ALLOWED ---

  private static String answer(int status, String invite, String tag) {
    return WireEnd.response(status, invite, "Contact: <sip:end@10.0.0.2:5060>")
        .replace(";tag=end", ";tag=" + tag);
  }

  @Test(dataProvider = "onAndOff")
  public void another_tag_in_the_2xx_changes_an_early_dialog_or_makes_another(boolean changes)
      throws Exception {
    Party alice =
        calls.party("alice", OLD + "REMOTE_TAG_REASSIGNMENT_ALLOWED", "" + changes).acknowledging();
    WireEnd end = calls.wireEnd("end", "udp");
    ClientTransaction invite = alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
    calls.run(10);
    String request = end.got.get(0);
    end.send("alice", answer(180, request, "one"));
    calls.run(10);
    Dialog dialog = invite.getDialog();
    assertEquals(dialog.getRemoteTag(), "one");
    end.send("alice", answer(200, request, "two"));
    calls.run(10);
    assertEquals(alice.lastResponse().getDialog() == dialog, changes);
    assertEquals(alice.lastResponse().getDialog().getRemoteTag(), "two");
    assertEquals(dialog.getState(), changes ? DialogState.CONFIRMED : DialogState.EARLY);
    assertEquals(alice.stack.getDialogs().size(), changes ? 1 : 2);
    assertTrue(calls.text("alice>end ACK").contains(";tag=two"));
    // the dialog is found by its new tag, by requests and by a third response
    end.send("alice", answer(200, request, "two"));
    end.send("alice", answer(200, request, "three"));
    calls.run(10);
    assertEquals(alice.stack.getDialogs().size(), changes ? 2 : 3, "a confirmed one keeps its tag");
    end.send("alice", bye(request, dialog.getCallId().getCallId()));
    calls.run(10);
    assertSame(alice.lastRequest().getDialog(), alice.responses.get(1).getDialog());
  }

  private static String bye(String invite, String callId) {
    return "BYE sip:alice@10.0.0.1:5060 SIP/2.0\n"
        + "Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKbye\n"
        + "From: <sip:someone@test>;tag=two\n"
        + ("To: " + Calls.header(invite, "From") + "\n")
        + ("Call-ID: " + callId + "\n")
        + "CSeq: 1 BYE\nMax-Forwards: 70\nContent-Length: 0\n\n";
  }

  // --- DELIVER_REPEATED_2XX ---

  @Test(dataProvider = "onAndOff")
  public void a_2xx_sent_again_through_its_ended_transaction_is_shown_or_acknowledged_again(
      boolean shown) throws Exception {
    Party alice = calls.party("alice", "io.sipwright.DELIVER_REPEATED_2XX", "" + shown);
    alice.acknowledging();
    Party bob = calls.party("bob").answering("INVITE", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(10);
    ServerTransaction ended = bob.lastServerTransaction();
    assertSame(ended.getState(), TransactionState.TERMINATED);
    for (int i = 0; i < 2; i++) {
      ended.sendResponse(bob.response(200, ended.getRequest()));
      calls.run(10);
    }
    assertEquals(calls.texts("bob>alice 200 INVITE").size(), 3);
    assertEquals(alice.responses.size(), shown ? 3 : 1);
    assertEquals(calls.texts("alice>bob ACK").size(), 3, "one for each in any case");
    for (ResponseEvent event : alice.responses) {
      assertSame(event.getDialog(), invite.getDialog());
    }
    assertTrue(!shown || ((ExtendedResponseEvent) alice.lastResponse()).isRetransmission());
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  @Test(dataProvider = "onAndOff")
  public void a_copy_that_finds_no_transaction_any_more_is_shown_or_acknowledged_again(
      boolean shown) throws Exception {
    Party alice = calls.party("alice", "io.sipwright.DELIVER_REPEATED_2XX", "" + shown);
    alice.acknowledging();
    WireEnd end = calls.wireEnd("end", "udp");
    alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
    calls.run(10);
    String ok = WireEnd.response(200, end.got.get(0), "Contact: <sip:end@10.0.0.2:5060>");
    end.send("alice", ok);
    calls.run(31_000);
    alice.responses.get(0).getClientTransaction().terminate();
    end.send("alice", ok);
    calls.run(10);
    assertEquals(alice.responses.size(), shown ? 2 : 1);
    assertEquals(calls.texts("alice>end ACK").size(), 2);
  }

  // --- COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY ---

  private static String message(int length, String body) {
    return WireEnd.request("MESSAGE", "bob", 1)
        .replace("Content-Length: 0\n\n", "Content-Type: a/b\nContent-Length: " + length)
        .concat("\n\n" + body);
  }

  @DataProvider
  public Object[][] counts() {
    return new Object[][] {
      {true, 0, "hello", "hello"},
      {true, 3, "hello", "hello"},
      {true, 9, "hello", "hello"},
      {true, 5, "hello", "hello"},
      {true, 5, "", ""},
      {false, 0, "hello", ""},
      {false, 3, "hello", "hel"},
      {false, 5, "hello", "hello"},
    };
  }

  @Test(dataProvider = "counts")
  public void a_body_is_what_content_length_says_or_the_rest(
      boolean rest, int length, String sent, String read) throws Exception {
    Party bob = calls.party("bob", OLD + "COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY", "" + rest);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", message(length, sent));
    calls.run(10);
    Request request = bob.lastRequest().getRequest();
    byte[] body = request.getRawContent();
    assertEquals(body == null ? "" : new String(body, UTF_8), read);
    assertEquals(request.getContentLength().getContentLength(), read.length());
    String forwarded = request.toString();
    assertEquals(Calls.header(forwarded, "Content-Length"), "" + read.length());
    assertTrue(forwarded.endsWith("\r\n\r\n" + read), forwarded);
    bob.respond(200); // after which its bytes alone are kept
    calls.run(10);
    assertEquals(request.toString(), forwarded);
  }

  @Test
  public void a_body_that_is_too_short_is_refused_without_the_property() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", message(9, "hello"));
    calls.run(10);
    assertEquals(end.heard(), List.of("400 MESSAGE"));
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void a_stream_is_cut_by_content_length_in_any_case() throws Exception {
    Party bob = calls.party("bob", OLD + "COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY", "true");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send("bob", message(5, "hello") + WireEnd.request("OPTIONS", "bob", 2));
    calls.run(10);
    assertEquals(bob.heard(), List.of("MESSAGE", "OPTIONS"));
    assertEquals(new String(bob.requests.get(0).getRequest().getRawContent(), UTF_8), "hello");
  }
}
