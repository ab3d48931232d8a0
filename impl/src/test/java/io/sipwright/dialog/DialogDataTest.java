package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.dialog.DialogData.Phase;
import io.sipwright.dialog.DialogData.Received;
import io.sipwright.dialog.DialogData.Verdict;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import java.util.List;
import javax.sip.address.Address;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** How dialogs begin, what they take, and how they change (RFC 3261 §12, §13, §14; RFC 6141 §4). */
public class DialogDataTest {
  private static final String ALICE = "Contact: <sip:alice@192.0.2.1>";
  private static final String BOB = "Contact: <sip:bob@192.0.2.4>";

  private static DialogData client(int status, String... lines) {
    DialogData dialog =
        Dialogs.ofClient(
                Messages.request("INVITE", 10, null, ALICE),
                Messages.response(status, "INVITE", 10, "b", lines),
                false)
            .dialog();
    assertNotNull(dialog);
    return dialog;
  }

  private static DialogData server(int status, String... linesOfInvite) {
    DialogData dialog =
        Dialogs.ofServer(
                Messages.request("INVITE", 10, null, linesOfInvite),
                Messages.response(status, "INVITE", 10, "b"),
                false)
            .dialog();
    assertNotNull(dialog);
    return dialog;
  }

  private static String uri(Address address) {
    return address == null ? null : address.getURI().toString();
  }

  private static String routes(DialogData dialog) {
    StringBuilder text = new StringBuilder();
    dialog.routeSet().forEach(r -> text.append(r.getValue()).append(' '));
    return text.toString().strip();
  }

  // --- forming ---

  @Test
  public void the_caller_forms_a_dialog_from_request_and_response() {
    DialogData d = client(180, BOB, "Record-Route: <sip:p2;lr>, <sip:p1;lr>;x=1");
    assertEquals(d.method(), "INVITE");
    assertFalse(d.server());
    assertEquals(d.key(), new DialogKey("c1", "a", "b"));
    assertEquals(d.localSeq(), 10);
    assertEquals(d.remoteSeq(), -1);
    assertEquals(uri(d.localParty()), "sip:alice@atlanta.com");
    assertEquals(uri(d.remoteParty()), "sip:bob@biloxi.com");
    assertEquals(uri(d.remoteTarget()), "sip:bob@192.0.2.4");
    assertEquals(routes(d), "<sip:p1;lr>;x=1 <sip:p2;lr>");
    assertEquals(d.phase(), Phase.EARLY);
    assertFalse(d.secure());
    assertThrows(UnsupportedOperationException.class, () -> d.routeSet().clear());
  }

  @Test
  public void the_callee_forms_a_dialog_from_request_and_response() {
    DialogData d = server(200, ALICE, "Record-Route: <sip:p2;lr>", "Record-Route: <sip:p1;lr>");
    assertTrue(d.server());
    assertEquals(d.key(), new DialogKey("c1", "b", "a"));
    assertEquals(d.localSeq(), -1);
    assertEquals(d.remoteSeq(), 10);
    assertEquals(uri(d.localParty()), "sip:bob@biloxi.com");
    assertEquals(uri(d.remoteParty()), "sip:alice@atlanta.com");
    assertEquals(uri(d.remoteTarget()), "sip:alice@192.0.2.1");
    assertEquals(routes(d), "<sip:p2;lr> <sip:p1;lr>");
    assertEquals(d.phase(), Phase.CONFIRMED);
  }

  @DataProvider
  public Object[][] security() {
    return new Object[][] {
      {"sips:bob@biloxi.com", true, true},
      {"sips:bob@biloxi.com", false, false},
      {"sip:bob@biloxi.com", true, false},
    };
  }

  @Test(dataProvider = "security")
  public void a_dialog_is_secure_by_a_sips_uri_over_tls(
      String requestUri, boolean overTls, boolean expected) {
    SipMessage invite =
        Messages.parse(
            "INVITE "
                + requestUri
                + " SIP/2.0\nVia: SIP/2.0/TLS a.b;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=a\n"
                + "To: <sip:b@b>\nCall-ID: c1\nCSeq: 1 INVITE\nMax-Forwards: 70");
    SipMessage ok = Messages.response(200, "INVITE", 1, "b");
    assertEquals(Dialogs.ofClient(invite, ok, overTls).dialog().secure(), expected);
    assertEquals(Dialogs.ofServer(invite, ok, overTls).dialog().secure(), expected);
  }

  @Test
  public void what_the_peer_left_out_is_null_and_what_we_left_out_is_said() {
    SipMessage invite = Messages.request("INVITE", 10, null);
    DialogData d =
        Dialogs.ofClient(invite, Messages.response(200, "INVITE", 10, null), false).dialog();
    assertNull(d.remoteTag());
    assertNull(d.remoteTarget());
    assertEquals(d.targetUri().toString(), "sip:bob@biloxi.com");
    Dialogs.Formed formed =
        Dialogs.ofServer(invite, Messages.response(180, "INVITE", 10, null), false);
    assertNull(formed.dialog());
    assertEquals(formed.missing(), "a tag in the To of the response");
  }

  @Test
  public void parties_are_no_objects_of_the_messages() throws Exception {
    SipMessage invite = Messages.request("INVITE", 10, null, ALICE);
    DialogData d =
        Dialogs.ofServer(invite, Messages.response(200, "INVITE", 10, "b"), false).dialog();
    d.remoteParty().setDisplayName("Mallory");
    d.remoteTarget().setDisplayName("Mallory");
    assertEquals(
        invite.peek(HeaderType.FROM).getValue(), "\"Alice\" <sip:alice@atlanta.com>;tag=a");
    assertEquals(invite.peek(HeaderType.CONTACT).getValue(), "<sip:alice@192.0.2.1>");
  }

  /** RFC 6665 §4.4.1: the NOTIFY brings tag, routes and target. */
  @Test
  public void a_notify_forms_the_subscribers_dialog() {
    SipMessage subscribe = Messages.request("SUBSCRIBE", 7, null, ALICE, "Event: presence");
    SipMessage notify =
        Messages.requestBack(
            "NOTIFY",
            22,
            BOB,
            "Event: presence",
            "Subscription-State: active",
            "Record-Route: <sip:p1;lr>, <sip:p2;lr>");
    DialogData d = Dialogs.ofNotify(subscribe, notify, false).dialog();
    assertEquals(d.method(), "SUBSCRIBE");
    assertFalse(d.server());
    assertEquals(d.key(), new DialogKey("c1", "a", "b"));
    assertEquals(d.localSeq(), 7);
    assertEquals(d.remoteSeq(), 22);
    assertEquals(uri(d.remoteTarget()), "sip:bob@192.0.2.4");
    assertEquals(routes(d), "<sip:p1;lr> <sip:p2;lr>");
    assertEquals(d.phase(), Phase.CONFIRMED);
  }

  private static SipMessage without(SipMessage message, String header) {
    ((javax.sip.message.Message) message).removeHeader(header);
    return message;
  }

  private static SipMessage subscribe(String uri) {
    return Messages.parse(
        "SUBSCRIBE "
            + uri
            + " SIP/2.0\nVia: SIP/2.0/TLS a.b;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=a\n"
            + "To: <sip:b@b>\nCall-ID: c1\nCSeq: 1 SUBSCRIBE\nMax-Forwards: 70");
  }

  @Test
  public void a_subscribers_dialog_is_secure_by_a_sips_uri_over_tls() {
    SipMessage notify = Messages.requestBack("NOTIFY", 1);
    assertTrue(Dialogs.ofNotify(subscribe("sips:b@b"), notify, true).dialog().secure());
    assertFalse(Dialogs.ofNotify(subscribe("sips:b@b"), notify, false).dialog().secure());
    assertFalse(Dialogs.ofNotify(subscribe("sip:b@b"), notify, true).dialog().secure());
  }

  @DataProvider
  public Object[][] leftOut() {
    return new Object[][] {
      // as what, header left out of the request, of the other message; what's said
      {"client", "Call-ID", "X", "a Call-ID in the request"},
      {"client", "From", "X", "a From in the request"},
      {"client", "CSeq", "X", "a CSeq in the request"},
      {"client", "X", "To", "a To in the response"},
      {"server", "Call-ID", "X", "a Call-ID in the request"},
      {"server", "From", "X", "a From in the request"},
      {"server", "To", "X", "a To in the request"},
      {"server", "CSeq", "X", "a CSeq in the request"},
      {"server", "X", "To", "a tag in the To of the response"},
      {"notify", "Call-ID", "X", "a Call-ID in the request"},
      {"notify", "From", "X", "a From in the request"},
      {"notify", "X", "From", "a From in the NOTIFY"},
      {"notify", "CSeq", "X", "a CSeq in the request or the NOTIFY"},
      {"notify", "X", "CSeq", "a CSeq in the request or the NOTIFY"},
    };
  }

  @Test(dataProvider = "leftOut")
  public void without_a_header_it_needs_no_dialog_is_formed(
      String side, String ofRequest, String ofOther, String missing) {
    SipMessage request = without(Messages.request("SUBSCRIBE", 0, null), ofRequest);
    SipMessage response = without(Messages.response(200, "SUBSCRIBE", 0, "b"), ofOther);
    Dialogs.Formed formed =
        switch (side) {
          case "client" -> Dialogs.ofClient(request, response, false);
          case "server" -> Dialogs.ofServer(request, response, false);
          default ->
              Dialogs.ofNotify(request, without(Messages.requestBack("NOTIFY", 0), ofOther), false);
        };
    assertNull(formed.dialog());
    assertEquals(formed.missing(), missing);
  }

  /** RFC 3261 §8.1.1.5: a number may be 0. */
  @Test
  public void a_dialog_may_begin_with_number_zero() {
    SipMessage request = Messages.request("SUBSCRIBE", 0, null);
    SipMessage response = Messages.response(200, "SUBSCRIBE", 0, "b");
    SipMessage notify = Messages.requestBack("NOTIFY", 0);
    assertEquals(Dialogs.ofClient(request, response, false).dialog().localSeq(), 0);
    assertEquals(Dialogs.ofServer(request, response, false).dialog().remoteSeq(), 0);
    assertEquals(Dialogs.ofNotify(request, notify, false).dialog().localSeq(), 0);
    assertEquals(Dialogs.ofNotify(request, notify, false).dialog().remoteSeq(), 0);
    assertNull(Dialogs.ofNotify(request, notify, false).missing());
  }

  @DataProvider
  public Object[][] formingResponses() {
    return new Object[][] {
      {"INVITE", 100, "b", null},
      {"INVITE", 180, "b", Phase.EARLY},
      {"INVITE", 183, null, null},
      {"INVITE", 200, "b", Phase.CONFIRMED},
      {"INVITE", 200, null, Phase.CONFIRMED},
      {"INVITE", 302, "b", null},
      {"INVITE", 486, "b", null},
      {"SUBSCRIBE", 180, "b", null},
      {"SUBSCRIBE", 200, "b", Phase.CONFIRMED},
      {"REFER", 183, "b", null},
      {"REFER", 202, "b", Phase.CONFIRMED},
      {"FOO", 180, "b", Phase.EARLY},
      {"FOO", 200, "b", Phase.CONFIRMED},
      {"BAR", 200, "b", null},
      {"OPTIONS", 200, "b", null},
    };
  }

  @Test(dataProvider = "formingResponses")
  public void a_response_forms_a_dialog_or_not(
      String method, int status, String toTag, Phase expected) {
    DialogMethods methods = new DialogMethods(List.of("FOO"));
    assertEquals(methods.phaseBy(Messages.response(status, method, 1, toTag)), expected);
  }

  // --- requests ---

  @DataProvider
  public Object[][] received() {
    return new Object[][] {
      // method, number, verdict, remote number afterwards; it was 10
      {"INFO", 9L, Verdict.OUT_OF_ORDER, 10L},
      {"INFO", 10L, Verdict.IN_ORDER, 10L},
      {"INFO", 11L, Verdict.IN_ORDER, 11L},
      {"BYE", 900L, Verdict.IN_ORDER, 900L},
      {"INVITE", 1L, Verdict.OUT_OF_ORDER, 10L},
      {"ACK", 9L, Verdict.IN_ORDER, 10L},
      {"ACK", 10L, Verdict.IN_ORDER, 10L},
      {"CANCEL", 9L, Verdict.IN_ORDER, 10L},
      {"ACK", 77L, Verdict.IN_ORDER, 10L},
    };
  }

  @Test(dataProvider = "received")
  public void a_request_is_in_order_or_not(String method, long seq, Verdict verdict, long after) {
    DialogData d = server(200, ALICE);
    SipMessage request = Messages.request(method, seq, "b", "Contact: <sip:alice@elsewhere>");
    Received received = d.onRequest(request, false);
    assertEquals(received.verdict(), verdict);
    assertEquals(received.next().remoteSeq(), after);
    assertSame(received.next().remoteTarget(), d.remoteTarget());
    Received loose = d.onRequest(request, true);
    assertEquals(loose.verdict(), Verdict.IN_ORDER);
    assertEquals(loose.next().remoteSeq(), after);
  }

  @Test
  public void the_first_request_of_the_callee_sets_the_remote_number() {
    DialogData d = client(200, BOB);
    assertEquals(d.remoteSeq(), -1);
    Received received = d.onRequest(Messages.requestBack("BYE", 0), false);
    assertEquals(received.verdict(), Verdict.IN_ORDER);
    assertEquals(received.next().remoteSeq(), 0);
  }

  @Test
  public void requests_sent_raise_the_local_number_but_ack_and_cancel_do_not() {
    DialogData d = client(200, BOB);
    assertEquals(d.onRequestSent(Messages.request("INFO", 12, "b")).localSeq(), 12);
    assertSame(d.onRequestSent(Messages.request("INFO", 9, "b")), d);
    assertSame(d.onRequestSent(Messages.request("ACK", 12, "b")), d);
    assertSame(d.onRequestSent(Messages.request("CANCEL", 12, "b")), d);
  }

  // --- responses that came in ---

  @DataProvider
  public Object[][] responses() {
    String moved = "Contact: <sip:bob@moved>";
    return new Object[][] {
      // of an early dialog: status, method, further line, phase and target afterwards
      {180, 180, "INVITE", moved, Phase.EARLY, "sip:bob@192.0.2.4"},
      {180, 200, "INVITE", moved, Phase.CONFIRMED, "sip:bob@moved"},
      {180, 200, "INVITE", "Subject: x", Phase.CONFIRMED, "sip:bob@192.0.2.4"},
      {180, 486, "INVITE", moved, Phase.TERMINATED, "sip:bob@192.0.2.4"},
      {180, 302, "INVITE", moved, Phase.TERMINATED, "sip:bob@192.0.2.4"},
      {180, 200, "PRACK", moved, Phase.EARLY, "sip:bob@192.0.2.4"},
      {180, 200, "UPDATE", moved, Phase.EARLY, "sip:bob@moved"},
      {180, 488, "UPDATE", moved, Phase.EARLY, "sip:bob@192.0.2.4"},
      {180, 183, "INVITE", moved + "\nRSeq: 5\nRequire: 100rel", Phase.EARLY, "sip:bob@moved"},
      // of a confirmed one
      {200, 180, "INVITE", moved, Phase.CONFIRMED, "sip:bob@192.0.2.4"},
      {200, 200, "INVITE", moved, Phase.CONFIRMED, "sip:bob@moved"},
      {200, 200, "INFO", moved, Phase.CONFIRMED, "sip:bob@192.0.2.4"},
      {200, 200, "SUBSCRIBE", moved, Phase.CONFIRMED, "sip:bob@moved"},
      {200, 488, "INVITE", moved, Phase.CONFIRMED, "sip:bob@192.0.2.4"},
      {200, 481, "INFO", moved, Phase.CONFIRMED, "sip:bob@192.0.2.4"},
      {200, 200, "BYE", moved, Phase.CONFIRMED, "sip:bob@192.0.2.4"},
    };
  }

  @Test(dataProvider = "responses")
  public void a_response_confirms_ends_and_refreshes(
      int formedBy, int status, String method, String line, Phase phase, String target) {
    DialogData d = client(formedBy, BOB);
    DialogData next = d.onResponse(Messages.response(status, method, 11, "b", line));
    assertEquals(next.phase(), phase);
    assertEquals(uri(next.remoteTarget()), target);
    assertEquals(next.localSeq(), 10);
  }

  /** RFC 3261 §13.2.2.4: only the route set is made anew. */
  @Test
  public void the_2xx_makes_the_route_set_anew_and_keeps_the_numbers() {
    DialogData early =
        client(180, BOB, "Record-Route: <sip:old;lr>")
            .withLocalSeq(15)
            .onRequest(Messages.requestBack("UPDATE", 40), false)
            .next();
    DialogData confirmed =
        early.onResponse(
            Messages.response(200, "INVITE", 10, "b", BOB, "Record-Route: <sip:p2>, <sip:p1>"));
    assertEquals(routes(confirmed), "<sip:p1> <sip:p2>");
    assertEquals(confirmed.localSeq(), 15);
    assertEquals(confirmed.remoteSeq(), 40);
    DialogData emptied = early.onResponse(Messages.response(200, "INVITE", 10, "b", BOB));
    assertEquals(routes(emptied), "");
    DialogData later =
        confirmed.onResponse(
            Messages.response(200, "INVITE", 16, "b", BOB, "Record-Route: <sip:never>"));
    assertEquals(routes(later), "<sip:p1> <sip:p2>");
  }

  @Test
  public void nothing_changes_a_dialog_that_is_over() {
    DialogData over = client(200, BOB).terminated();
    assertSame(over.terminated(), over);
    String moved = "Contact: <sip:x@y>";
    assertSame(over.onResponse(Messages.response(200, "UPDATE", 11, "b", moved)), over);
    assertSame(over.onResponse(Messages.response(183, "INVITE", 11, "b", moved, "RSeq: 1")), over);
    assertSame(over.onResponse(Messages.response(302, "INVITE", 11, "b", moved)), over);
    SipMessage ok = Messages.response(200, "INVITE", 11, "b", moved);
    assertSame(over.onResponseSent(Messages.requestBack("INVITE", 1), ok), over);
  }

  /** RFC 3261 §13.2.2.4: each 2xx is acknowledged, whatever became of the dialog meanwhile. */
  @Test
  public void a_2xx_to_a_reinvite_that_comes_when_it_is_over_says_where_its_ack_goes() {
    DialogData over = client(200, BOB).terminated();
    DialogData next =
        over.onResponse(Messages.response(200, "INVITE", 11, "b", "Contact: <sip:x@y>"));
    assertEquals(uri(next.remoteTarget()), "sip:x@y");
    assertEquals(next.phase(), Phase.TERMINATED);
  }

  // --- responses that went out ---

  @DataProvider
  public Object[][] responsesSent() {
    return new Object[][] {
      // formed by, our status, method, RSeq?, phase and target afterwards
      {180, 200, "INVITE", false, Phase.CONFIRMED, "sip:alice@moved"},
      {180, 183, "INVITE", false, Phase.EARLY, "sip:alice@192.0.2.1"},
      {180, 183, "INVITE", true, Phase.EARLY, "sip:alice@moved"},
      {180, 486, "INVITE", false, Phase.TERMINATED, "sip:alice@192.0.2.1"},
      {180, 200, "UPDATE", false, Phase.EARLY, "sip:alice@moved"},
      {180, 200, "PRACK", false, Phase.EARLY, "sip:alice@192.0.2.1"},
      {200, 200, "INVITE", false, Phase.CONFIRMED, "sip:alice@moved"},
      {200, 100, "INVITE", false, Phase.CONFIRMED, "sip:alice@192.0.2.1"},
      {200, 401, "INVITE", false, Phase.CONFIRMED, "sip:alice@192.0.2.1"},
      {200, 488, "INVITE", false, Phase.CONFIRMED, "sip:alice@192.0.2.1"},
      {200, 200, "INFO", false, Phase.CONFIRMED, "sip:alice@192.0.2.1"},
      {200, 200, "REFER", false, Phase.CONFIRMED, "sip:alice@moved"},
    };
  }

  @Test(dataProvider = "responsesSent")
  public void a_response_of_ours_confirms_ends_and_accepts_the_new_target(
      int formedBy, int status, String method, boolean reliable, Phase phase, String target) {
    DialogData d = server(formedBy, ALICE, "Record-Route: <sip:p1;lr>");
    SipMessage request = Messages.request(method, 11, "b", "Contact: <sip:alice@moved>");
    SipMessage response =
        Messages.response(status, method, 11, "b", reliable ? "RSeq: 1" : "Subject: x");
    DialogData next = d.onResponseSent(request, response);
    assertEquals(next.phase(), phase);
    assertEquals(uri(next.remoteTarget()), target);
    assertEquals(routes(next), "<sip:p1;lr>");
  }

  /** A re-INVITE of the callee within the caller's dialog must not confirm or end anything. */
  @Test
  public void only_the_forming_request_confirms() {
    DialogData d = client(180, BOB);
    SipMessage invite = Messages.requestBack("INVITE", 1, "Contact: <sip:bob@moved>");
    assertEquals(
        d.onResponseSent(invite, Messages.responseBack(200, "INVITE", 1)).phase(), Phase.EARLY);
    assertEquals(
        d.onResponseSent(invite, Messages.responseBack(500, "INVITE", 1)).phase(), Phase.EARLY);
  }

  @DataProvider
  public Object[][] byes() {
    return new Object[][] {
      {"BYE", 100, false}, {"BYE", 200, true}, {"BYE", 401, false}, {"BYE", 407, false},
      {"BYE", 408, true}, {"BYE", 481, true}, {"BYE", 500, true}, {"INFO", 200, false},
    };
  }

  @Test(dataProvider = "byes")
  public void a_final_response_to_bye_is_the_end(String method, int status, boolean expected) {
    assertEquals(DialogData.isEndOfBye(Messages.response(status, method, 11, "b")), expected);
  }

  @Test
  public void forks_are_dialogs_of_their_own() {
    SipMessage invite = Messages.request("INVITE", 10, null, ALICE);
    DialogData first =
        Dialogs.ofClient(invite, Messages.response(180, "INVITE", 10, "b1"), false).dialog();
    DialogData second =
        Dialogs.ofClient(invite, Messages.response(200, "INVITE", 10, "b2"), false).dialog();
    assertEquals(first.phase(), Phase.EARLY);
    assertEquals(second.phase(), Phase.CONFIRMED);
    assertFalse(first.key().equals(second.key()));
    assertNotSame(first.localParty(), second.localParty());
  }
}
