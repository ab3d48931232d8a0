package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What transactions and dialogs hold while they linger, and that the API tells no difference. */
public class LingeringTest {
  private static final String MESSAGE = "io.sipwright.javax.sip.message.";

  private Calls calls = new Calls();
  private ServerTransaction answered;

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** Answers with 200 and doesn't look at the request. */
  private void answer(javax.sip.RequestEvent event) throws Exception {
    answered = Party.transaction(event);
    Response response = Party.MESSAGES.createResponse(200, event.getRequest());
    ((ToHeader) response.getHeader("To")).setTag("bobs");
    answered.sendResponse(response);
  }

  private static Reachable read() throws ClassNotFoundException {
    return new Reachable(
        MESSAGE + "HeaderFields", MESSAGE + "QuickReads", "io.sipwright.javax.sip.header.From");
  }

  @Test
  public void of_an_answered_request_only_the_bytes_are_held() throws Exception {
    Party bob = calls.party("bob").on("OPTIONS", this::answer);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    assertEquals(read().from(answered), List.of());
    Request request = answered.getRequest();
    assertSame(request, bob.lastRequest().getRequest());
    assertEquals(request.getMethod(), "OPTIONS");
    assertEquals(answered.getBranchId(), "z9hG4bKwire1");
    assertNotNull(request.getHeader("From"));
    assertSame(answered.getRequest().getHeader("From"), request.getHeader("From"));
  }

  /** Each object more is one that every garbage collection copies, 200,000 times at 6,000/s. */
  @Test
  public void an_answered_request_holds_three_objects_and_two_texts() throws Exception {
    calls.party("bob").on("OPTIONS", this::answer);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("branch", "rport;branch"));
    calls.run(100);
    assertEquals(
        Reachable.classes(answered),
        List.of(
            "NonInviteServerDriver", "ServerTransactionImpl", "SipRequest", "byte[]", "byte[]"));
  }

  @Test
  public void a_request_that_the_program_may_change_is_held_as_it_is() throws Exception {
    calls
        .party("bob")
        .on(
            "OPTIONS",
            event -> {
              MaxForwardsHeader hops =
                  (MaxForwardsHeader) event.getRequest().getHeader("Max-Forwards");
              answer(event);
              hops.setMaxForwards(3);
            });
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    MaxForwardsHeader hops =
        (MaxForwardsHeader) answered.getRequest().getHeader(MaxForwardsHeader.NAME);
    assertEquals(hops.getMaxForwards(), 3);
  }

  /** As programs do: reads headers, answers, and keeps nothing. */
  private void readAndAnswer(javax.sip.RequestEvent event) throws Exception {
    Request request = event.getRequest();
    assertNotNull(request.getHeader("From"));
    assertNotNull(request.getHeader("Via"));
    assertNotNull(request.getRequestURI());
    request.getRawContent();
    answer(event);
  }

  /** What the garbage collector does when the program holds the request no longer. */
  private static void dropRequest(ServerTransaction transaction) throws Exception {
    Field held = TransactionImpl.class.getDeclaredField("request");
    held.setAccessible(true);
    ((PackedRequest) held.get(transaction)).clear();
  }

  @Test
  public void an_answered_request_that_was_read_is_held_as_bytes() throws Exception {
    Party bob = calls.party("bob").on("OPTIONS", this::readAndAnswer);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1).replace("branch", "rport;branch"));
    calls.run(100);
    assertEquals(
        Reachable.classes(answered),
        List.of(
            "NonInviteServerDriver",
            "PackedRequest",
            "ServerTransactionImpl",
            "SipRequest",
            "byte[]",
            "byte[]"));
    Request request = bob.lastRequest().getRequest();
    assertSame(answered.getRequest(), request, "while it's held");
    request.addHeader(Party.HEADERS.createHeader("X-Late", "1"));
    assertNotNull(answered.getRequest().getHeader("X-Late"));
    dropRequest(answered);
    Request again = answered.getRequest();
    assertNotSame(again, request);
    assertEquals(again, request);
    assertEquals(again.getHeader("From"), request.getHeader("From"));
    assertSame(answered.getRequest(), again);
    again.setHeader(Party.HEADERS.createHeader("X-Later", "2"));
    assertNotNull(answered.getRequest().getHeader("X-Later"));
    assertEquals(answered.getBranchId(), "z9hG4bKwire1");
    calls.run(40_000);
    assertSame(answered.getState(), TransactionState.TERMINATED);
    assertEquals(bob.endedTransactions.size(), 1);
  }

  @Test
  public void a_repeated_request_is_answered_after_the_first_is_gone() throws Exception {
    calls.party("bob").on("OPTIONS", this::readAndAnswer);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    dropRequest(answered);
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    assertEquals(end.got.size(), 2);
    assertEquals(end.got.get(1), end.got.get(0));
  }

  @Test
  public void a_request_into_which_the_program_put_an_object_is_held_as_it_is() throws Exception {
    calls
        .party("bob")
        .on(
            "OPTIONS",
            event -> {
              event
                  .getRequest()
                  .setContent(
                      List.of("ab"), Party.HEADERS.createContentTypeHeader("text", "plain"));
              answer(event);
            });
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(100);
    assertTrue(answered.getRequest().getContent() instanceof List);
    assertFalse(Reachable.classes(answered).contains("PackedRequest"));
  }

  @Test
  public void the_invite_of_a_dialog_is_held_as_bytes_by_both() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").on("INVITE", this::readAndAnswer).on("BYE", this::answer);
    alice.send(alice.request("INVITE", bob));
    calls.run(500);
    ServerTransaction invite = answered;
    assertEquals(read().from(invite), List.of());
    dropRequest(invite);
    Dialog dialog = bob.lastRequest().getDialog();
    assertSame(dialog.getState(), DialogState.CONFIRMED);
    assertSame(dialog.getFirstTransaction(), invite);
    assertSame(invite.getDialog(), dialog);
    assertEquals(invite.getRequest().getMethod(), "INVITE");
    Dialog ours = alice.responses.get(0).getDialog();
    alice.send(ours, "BYE");
    calls.run(500);
    assertSame(dialog.getState(), DialogState.TERMINATED);
  }

  @Test
  public void an_ended_call_holds_bytes_and_no_addresses_of_its_messages() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").on("INVITE", this::answer).on("BYE", this::answer);
    alice.send(alice.request("INVITE", bob));
    calls.run(40_000); // the transaction of the INVITE is over
    Dialog theirs = bob.lastRequest().getDialog();
    ServerTransaction invite = answered;
    assertEquals(read().from(invite), List.of());
    Reachable uris = new Reachable("io.sipwright.javax.sip.address.SipUri");
    DialogImpl dialog = (DialogImpl) theirs;
    assertEquals(uris.from(dialog.data()), List.of());
    assertTrue(theirs.getRemoteParty().toString().contains("sip:alice@test"));
    assertSame(theirs.getRemoteParty().getURI(), theirs.getRemoteParty().getURI());
    assertTrue(theirs.getRemoteTarget().toString().contains("sip:alice@"));
  }

  /** The call that was set up and ended by a caller of whom nothing was looked at. */
  private Dialog endedCall(Party alice, Party bob) throws Exception {
    alice.send(alice.request("INVITE", bob));
    calls.run(40_000); // the transaction of the INVITE is over
    Dialog theirs = bob.lastRequest().getDialog();
    Dialog ours = alice.responses.get(0).getDialog();
    alice.send(ours, "BYE");
    calls.run(500);
    assertSame(theirs.getState(), DialogState.TERMINATED);
    return theirs;
  }

  @Test
  public void a_dialog_that_is_over_is_held_as_bytes() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").on("INVITE", this::answer).on("BYE", this::answer);
    DialogImpl dialog = (DialogImpl) endedCall(alice, bob);
    List<String> held = new ArrayList<>(Reachable.classes(dialog));
    Reachable.classes(dialog.localContact()).forEach(held::remove); // shared, see below
    assertEquals(
        held,
        List.of("DialogImpl", "DialogUac", "DialogUas", "DialogUsages", "InviteUsage", "byte[]"));
    Dialog other = alice.responses.get(0).getDialog();
    assertEquals(dialog.getCallId(), other.getCallId());
    assertEquals(dialog.getLocalTag(), "bobs");
    assertEquals(dialog.getRemoteTag(), other.getLocalTag());
    assertEquals(dialog.getRemoteSeqNumber(), other.getLocalSeqNumber());
    assertEquals(dialog.getLocalSeqNumber(), 0);
    assertEquals(dialog.getRemoteParty(), other.getLocalParty());
    assertSame(dialog.getRemoteParty(), dialog.getRemoteParty());
    assertFalse(dialog.getRouteSet().hasNext());
    assertTrue(dialog.isServer());
    assertEquals(
        dialog.getDialogId(), other.getCallId().getCallId() + ":bobs:" + dialog.getRemoteTag());
    assertTrue(dialog.createRequest("OPTIONS").toString().contains("tag=bobs"));
  }

  @Test
  public void an_address_that_the_program_has_got_stays_the_one_of_the_dialog() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Address[] got = new Address[1];
    Party bob =
        calls
            .party("bob")
            .on("INVITE", this::answer)
            .on(
                "BYE",
                event -> {
                  got[0] = event.getDialog().getRemoteParty();
                  answer(event);
                });
    Dialog dialog = endedCall(alice, bob);
    got[0].setDisplayName("Changed");
    assertSame(dialog.getRemoteParty(), got[0]);
    assertTrue(dialog.createRequest("OPTIONS").toString().contains("\"Changed\" <sip:alice@"));
  }

  @Test
  public void dialogs_share_the_address_of_a_contact_and_no_program_gets_it() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").on("INVITE", this::answer);
    List<DialogImpl> dialogs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      alice.send(alice.request("INVITE", bob));
      calls.run(500);
      dialogs.add((DialogImpl) bob.lastRequest().getDialog());
    }
    DialogImpl first = dialogs.get(0);
    assertNotSame(first, dialogs.get(1));
    assertSame(first.localContact(), dialogs.get(1).localContact());
    ContactHeader made = (ContactHeader) first.createRequest("INFO").getHeader("Contact");
    String before = first.localContact().toString();
    made.getAddress().setDisplayName("Changed");
    ((SipURI) made.getAddress().getURI()).setUser("changed");
    assertEquals(first.localContact().toString(), before);
  }
}
