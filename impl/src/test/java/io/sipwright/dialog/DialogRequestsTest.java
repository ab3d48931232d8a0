package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.MaxForwards;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3261 §12.2.1.1 and the ACK of §13.2.2.4. */
public class DialogRequestsTest {
  private static final MessageModel MODEL = MessageModel.DEFAULT;

  private static DialogData client(String... linesOf200) {
    SipMessage invite = Messages.request("INVITE", 314, null, "Contact: <sip:alice@192.0.2.1>");
    DialogData dialog =
        Dialogs.ofClient(invite, Messages.response(200, "INVITE", 314, "b", linesOf200), false)
            .dialog();
    assertNotNull(dialog);
    return dialog;
  }

  private static DialogData server(String... linesOfInvite) {
    SipMessage invite = Messages.request("INVITE", 314, null, linesOfInvite);
    DialogData dialog =
        Dialogs.ofServer(invite, Messages.response(200, "INVITE", 314, "b"), false).dialog();
    assertNotNull(dialog);
    return dialog;
  }

  @Test
  public void a_request_of_the_caller_has_the_dialogs_parts_and_the_next_number()
      throws SipException {
    DialogData dialog = client("Contact: <sip:bob@192.0.2.4:5062>");
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertEquals(bye.method(), "BYE");
    assertEquals(bye.peekRequestUri().toString(), "sip:bob@192.0.2.4:5062");
    assertEquals(bye.callId(), "c1");
    assertEquals(bye.fromTag(), "a");
    assertEquals(bye.toTag(), "b");
    assertEquals(bye.cseq(), 315);
    assertEquals(bye.cseqMethod(), "BYE");
    assertEquals(((MaxForwards) bye.peek(HeaderType.MAX_FORWARDS)).getMaxForwards(), 70);
    assertEquals(bye.peek(HeaderType.FROM).getValue(), "\"Alice\" <sip:alice@atlanta.com>;tag=a");
    assertEquals(bye.peek(HeaderType.TO).getValue(), "\"Bob\" <sip:bob@biloxi.com>;tag=b");
    assertFalse(bye.hasHeader(HeaderType.ROUTE));
    assertFalse(bye.hasHeader(HeaderType.VIA));
    assertFalse(bye.hasHeader(HeaderType.CONTACT));
    assertEquals(dialog.localSeq(), 314);
    assertEquals(dialog.onRequestSent(bye).localSeq(), 315);
  }

  @Test
  public void a_request_of_the_callee_starts_its_own_numbers() throws SipException {
    DialogData dialog = server("Contact: <sip:alice@pc33.atlanta.com>");
    assertEquals(dialog.localSeq(), -1);
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertEquals(bye.peekRequestUri().toString(), "sip:alice@pc33.atlanta.com");
    assertEquals(bye.cseq(), 1);
    assertEquals(bye.fromTag(), "b");
    assertEquals(bye.toTag(), "a");
  }

  /** Record-Routes of the response, as they stand in it; the method line; the Routes. */
  @DataProvider
  public Object[][] routeSets() {
    return new Object[][] {
      // RFC 3261 §16.12.1.1, at U1
      {
        "<sip:p2.domain.com;lr>,<sip:p1.example.com;lr>",
        "sip:callee@u2.domain.com",
        "sip:p1.example.com;lr sip:p2.domain.com;lr"
      },
      // RFC 3261 §12.2.1.1
      {
        "<sip:proxy4>,<sip:proxy3;lr>,<sip:proxy2>,<sip:proxy1>",
        "sip:proxy1",
        "sip:proxy2 sip:proxy3;lr sip:proxy4 sip:callee@u2.domain.com"
      },
      {"<sip:p1>", "sip:p1", "sip:callee@u2.domain.com"},
      {"<sip:p1;lr=on>", "sip:callee@u2.domain.com", "sip:p1;lr=on"},
      {"sip:p1;lr", "sip:callee@u2.domain.com", "sip:p1"},
      {
        "<sip:u@p1:5070;method=BYE;transport=tcp?Subject=x>",
        "sip:u@p1:5070;transport=tcp",
        "sip:callee@u2.domain.com"
      },
    };
  }

  @Test(dataProvider = "routeSets")
  public void the_route_set_makes_request_uri_and_routes(
      String recordRoutes, String requestUri, String routes) throws SipException {
    DialogData dialog =
        client("Contact: sip:callee@u2.domain.com", "Record-Route: " + recordRoutes);
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertEquals(bye.peekRequestUri().toString(), requestUri);
    assertEquals(Messages.routes(bye), routes);
    assertEquals(dialog.goesByRequestUri(), !requestUri.contains("callee"));
  }

  /** RFC 3261 §16.12.1.2: U2 keeps the order, and its first router is a loose one. */
  @Test
  public void the_callee_traverses_a_strict_router_behind_a_loose_one() throws SipException {
    DialogData dialog =
        server(
            "Contact: sip:caller@u1.example.com",
            "Record-Route: <sip:p4.domain.com;lr>",
            "Record-Route: <sip:p3.middle.com>",
            "Record-Route: <sip:p2.example.com;lr>",
            "Record-Route: <sip:p1.example.com;lr>");
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertEquals(bye.peekRequestUri().toString(), "sip:caller@u1.example.com");
    assertEquals(
        Messages.routes(bye),
        "sip:p4.domain.com;lr sip:p3.middle.com sip:p2.example.com;lr sip:p1.example.com;lr");
    assertFalse(dialog.goesByRequestUri());
  }

  @Test
  public void a_peer_that_gave_no_contact_is_asked_for_at_its_address() throws SipException {
    DialogData dialog = client();
    assertNull(dialog.remoteTarget());
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertEquals(bye.peekRequestUri().toString(), "sip:bob@biloxi.com");
  }

  @Test
  public void absent_tags_are_left_out() throws SipException {
    SipMessage invite = Messages.request("INVITE", 1, null);
    DialogData dialog =
        Dialogs.ofClient(invite, Messages.response(200, "INVITE", 1, null), false).dialog();
    SipMessage bye = DialogRequests.createRequest(dialog, "BYE", MODEL);
    assertNull(bye.toTag());
    assertEquals(bye.peek(HeaderType.TO).getValue(), "\"Bob\" <sip:bob@biloxi.com>");
  }

  @Test
  public void what_a_program_changes_in_a_party_counts_for_requests_made_afterwards()
      throws Exception {
    DialogData dialog = client("Contact: <sip:bob@192.0.2.4>");
    SipMessage before = DialogRequests.createRequest(dialog, "INFO", MODEL);
    ((SipURI) dialog.localParty().getURI()).setParameter("x", "1");
    ((SipURI) dialog.remoteTarget().getURI()).setParameter("y", "2");
    DialogData later = dialog.withLocalSeq(400);
    SipMessage after = DialogRequests.createRequest(later, "INFO", MODEL);
    assertEquals(
        before.peek(HeaderType.FROM).getValue(), "\"Alice\" <sip:alice@atlanta.com>;tag=a");
    assertEquals(before.peekRequestUri().toString(), "sip:bob@192.0.2.4");
    assertEquals(
        after.peek(HeaderType.FROM).getValue(), "\"Alice\" <sip:alice@atlanta.com;x=1>;tag=a");
    assertEquals(after.peekRequestUri().toString(), "sip:bob@192.0.2.4;y=2");
    assertEquals(after.cseq(), 401);
  }

  @Test
  public void changing_a_request_changes_nothing_in_the_dialog() throws Exception {
    DialogData dialog = client("Contact: <sip:bob@192.0.2.4>", "Record-Route: <sip:p1;lr>");
    SipMessage info = DialogRequests.createRequest(dialog, "INFO", MODEL);
    ((SipURI) ((Request) info).getRequestURI()).setHost("elsewhere");
    ((io.sipwright.javax.sip.header.From) info.header(HeaderType.FROM))
        .getAddress()
        .setDisplayName("Mallory");
    ((io.sipwright.javax.sip.header.Route) info.header(HeaderType.ROUTE)).setParameter("z", "1");
    SipMessage next = DialogRequests.createRequest(dialog, "INFO", MODEL);
    assertEquals(next.peekRequestUri().toString(), "sip:bob@192.0.2.4");
    assertEquals(next.peek(HeaderType.FROM).getValue(), "\"Alice\" <sip:alice@atlanta.com>;tag=a");
    assertEquals(next.peek(HeaderType.ROUTE).getValue(), "<sip:p1;lr>");
  }

  @Test
  public void methods_that_have_no_number_of_their_own_are_refused() {
    DialogData dialog = client();
    for (String method : new String[] {"ACK", "CANCEL", "", "A B", "BYE\r\nX: y"}) {
      assertThrows(SipException.class, () -> DialogRequests.createRequest(dialog, method, MODEL));
    }
    assertThrows(
        NullPointerException.class, () -> DialogRequests.createRequest(dialog, null, MODEL));
    DialogData full = dialog.withLocalSeq(Integer.MAX_VALUE);
    assertThrows(SipException.class, () -> DialogRequests.createRequest(full, "BYE", MODEL));
  }

  @Test
  public void an_ack_has_number_routes_and_credentials_of_its_invite() throws Exception {
    SipMessage invite =
        Messages.request(
            "INVITE",
            314,
            null,
            "Contact: <sip:alice@192.0.2.1>",
            "Route: <sip:elsewhere;lr>",
            "Require: 100rel",
            "Proxy-Require: foo",
            "Authorization: Digest username=\"alice\", realm=\"b\", nonce=\"n\", uri=\"sip:b\","
                + " response=\"00\"",
            "Proxy-Authorization: Digest username=\"alice\", realm=\"p1\", nonce=\"n\","
                + " uri=\"sip:b\", response=\"01\"",
            "Proxy-Authorization: Digest username=\"alice\", realm=\"p2\", nonce=\"n\","
                + " uri=\"sip:b\", response=\"02\"");
    DialogData dialog =
        Dialogs.ofClient(
                invite,
                Messages.response(
                    200,
                    "INVITE",
                    314,
                    "b",
                    "Contact: <sip:bob@192.0.2.4>",
                    "Record-Route: <sip:p1;lr>"),
                false)
            .dialog()
            .withLocalSeq(320);
    SipMessage ack = DialogRequests.createAck(dialog, 314, invite, MODEL);
    assertEquals(ack.method(), "ACK");
    assertEquals(ack.cseq(), 314);
    assertEquals(ack.cseqMethod(), "ACK");
    assertEquals(ack.peekRequestUri().toString(), "sip:bob@192.0.2.4");
    assertEquals(Messages.routes(ack), "sip:p1;lr");
    assertEquals(ack.toTag(), "b");
    assertEquals(ack.headers(HeaderType.AUTHORIZATION), invite.headers(HeaderType.AUTHORIZATION));
    assertEquals(
        ack.headers(HeaderType.PROXY_AUTHORIZATION),
        invite.headers(HeaderType.PROXY_AUTHORIZATION));
    assertEquals(ack.headers(HeaderType.PROXY_AUTHORIZATION).size(), 2);
    assertFalse(ack.hasHeader(HeaderType.REQUIRE));
    assertFalse(ack.hasHeader(HeaderType.PROXY_REQUIRE));
    assertEquals(dialog.onRequestSent(ack), dialog);

    SipMessage bare = DialogRequests.createAck(dialog, 314, null, MODEL);
    assertFalse(bare.hasHeader(HeaderType.AUTHORIZATION));
  }

  @Test
  public void an_ack_for_something_else_is_refused() {
    DialogData dialog = client();
    SipMessage invite = Messages.request("INVITE", 314, null);
    SipMessage info = Messages.request("INFO", 314, "b");
    assertThrows(SipException.class, () -> DialogRequests.createAck(dialog, 315, invite, MODEL));
    assertThrows(SipException.class, () -> DialogRequests.createAck(dialog, 314, info, MODEL));
    assertThrows(
        InvalidArgumentException.class, () -> DialogRequests.createAck(dialog, -1, null, MODEL));
    assertThrows(
        InvalidArgumentException.class,
        () -> DialogRequests.createAck(dialog, 1L << 31, null, MODEL));
    String message =
        expectThrows(SipException.class, () -> DialogRequests.createAck(dialog, 315, invite, MODEL))
            .getMessage();
    assertEquals(message, "ACK number 315 is for an INVITE of that number, not for INVITE 314");
  }
}
