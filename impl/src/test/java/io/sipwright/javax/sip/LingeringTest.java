package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
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

  @Test
  public void an_ended_call_holds_bytes_and_no_addresses_of_its_messages() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").on("INVITE", this::answer).on("BYE", this::answer);
    alice.send(alice.request("INVITE", bob));
    calls.run(500);
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
}
