package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Sending without transactions, stray messages, and keep-alives. */
public class StatelessTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static Party answeringStatelessly(Party party, int status) {
    return party.on(
        "OPTIONS",
        event -> party.provider().sendResponse(party.response(status, event.getRequest())));
  }

  // --- requests ---

  @Test
  public void a_request_may_be_sent_again_and_again() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request request = alice.request("OPTIONS", bob);
    for (int i = 0; i < 3; i++) {
      alice.provider().sendRequest(request);
    }
    calls.run(40_000);
    assertEquals(bob.heard(), List.of("OPTIONS", "OPTIONS", "OPTIONS"));
    assertEquals(calls.wire().size(), 3);
    assertEquals(alice.heard(), List.of());
    assertEquals(alice.endedTransactions, List.of());
  }

  @Test
  public void a_missing_branch_is_filled_in_and_one_that_is_there_is_kept() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request request = alice.request("OPTIONS", bob);
    alice.provider().sendRequest(request);
    String branch = ((ViaHeader) request.getHeader("Via")).getBranch();
    assertTrue(branch.startsWith("z9hG4bK"), branch);
    alice.provider().sendRequest(request);
    calls.run(10);
    assertEquals(calls.texts("alice>bob OPTIONS").get(0), calls.texts("alice>bob OPTIONS").get(1));
  }

  @Test
  public void a_request_without_via_gets_one() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request request = alice.request("OPTIONS", bob);
    request.removeHeader("Via");
    alice.provider().sendRequest(request);
    calls.run(10);
    assertTrue(
        Calls.header(calls.text("alice>bob OPTIONS"), "Via")
            .startsWith("SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK"));
  }

  @Test
  public void null_cannot_be_sent() throws Exception {
    Party alice = calls.party("alice");
    expectThrows(NullPointerException.class, () -> alice.provider().sendRequest(null));
    expectThrows(NullPointerException.class, () -> alice.provider().sendResponse(null));
  }

  // --- responses ---

  @Test
  public void a_response_sent_statelessly_ends_the_clients_transaction() throws Exception {
    Party alice = calls.party("alice");
    Party bob = answeringStatelessly(calls.party("bob"), 200);
    ClientTransaction transaction = alice.send(alice.request("OPTIONS", bob));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
    assertEquals(bob.stack.statistics().get("serverTransactions"), 0);
  }

  @Test
  public void over_tcp_a_response_goes_back_on_the_connection_of_its_request() throws Exception {
    Party bob = answeringStatelessly(calls.party("bob"), 200);
    WireEnd end = calls.wireEnd("end", "tcp");
    // Its Via leads nowhere, so that only the connection is left.
    String request =
        WireEnd.request("OPTIONS", "bob", 1)
            .replace("SIP/2.0/UDP 10.0.0.99", "SIP/2.0/TCP 10.0.0.99:7777");
    end.send("bob", request);
    calls.run();
    assertEquals(end.heard(), List.of("200 OPTIONS"));
    assertEquals(end.flows.get(0).remote(), calls.address("bob"));
    assertEquals(bob.heard(), List.of("OPTIONS"));
  }

  @Test
  public void over_tcp_a_response_goes_to_the_via_once_the_connection_is_gone() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send(
        "bob",
        WireEnd.request("OPTIONS", "bob", 1)
            .replace("SIP/2.0/UDP 10.0.0.99;rport", "SIP/2.0/TCP 10.0.0.2:5060"));
    calls.run(10);
    end.closeConnections("bob");
    calls.run(10);
    bob.provider().sendResponse(bob.response(200, bob.lastRequest().getRequest()));
    calls.run(10);
    assertEquals(end.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void over_udp_a_response_goes_to_where_received_and_rport_say() throws Exception {
    answeringStatelessly(calls.party("bob"), 200);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(10);
    assertEquals(end.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void a_response_may_be_sent_again() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(10);
    Response response = bob.response(200, bob.lastRequest().getRequest());
    bob.provider().sendResponse(response);
    bob.provider().sendResponse(response);
    calls.run(10);
    assertEquals(end.heard(), List.of("200 OPTIONS", "200 OPTIONS"));
    assertEquals(end.got.get(0), end.got.get(1));
  }

  @DataProvider
  public Object[][] transports() {
    return new Object[][] {{"udp"}, {"tcp"}};
  }

  @Test(dataProvider = "transports")
  public void a_stateless_proxy_passes_requests_on_and_responses_back(String transport)
      throws Exception {
    Party alice = calls.party("alice");
    Party proxy = calls.party("proxy", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    proxy.on(
        "OPTIONS",
        event -> {
          Request forwarded = (Request) event.getRequest().clone();
          forwarded.setRequestURI(
              Party.ADDRESSES.createURI(Party.uri(bob, "transport=" + transport)));
          forwarded.addFirst(
              Party.HEADERS.createViaHeader(proxy.address, 5060, transport, "z9hG4bKproxied"));
          proxy.provider().sendRequest(forwarded);
        });
    proxy.on(
        200,
        event -> {
          assertNull(event.getClientTransaction());
          Response back = (Response) event.getResponse().clone();
          back.removeFirst("Via");
          proxy.provider().sendResponse(back);
        });
    ClientTransaction transaction =
        alice.send(alice.request("OPTIONS", Party.uri(proxy, "transport=" + transport), transport));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
    assertEquals(proxy.heard(), List.of("OPTIONS", "200 OPTIONS"));
  }

  @Test
  public void a_stateless_proxy_may_pass_on_the_response_object_it_got() throws Exception {
    Party alice = calls.party("alice");
    Party proxy = calls.party("proxy", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    proxy.on(
        "OPTIONS",
        event -> {
          Request request = event.getRequest();
          request.setRequestURI(Party.ADDRESSES.createURI(Party.uri(bob, "transport=tcp")));
          request.addFirst(
              Party.HEADERS.createViaHeader(proxy.address, 5060, "tcp", "z9hG4bKproxied"));
          proxy.provider().sendRequest(request);
        });
    proxy.on(
        200,
        event -> {
          event.getResponse().removeFirst("Via");
          proxy.provider().sendResponse(event.getResponse());
        });
    alice.send(alice.request("OPTIONS", proxy));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  // --- stray messages ---

  @Test
  public void a_response_that_matches_nothing_comes_without_transaction() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("alice", strayResponse());
    calls.run(10);
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertNull(alice.lastResponse().getClientTransaction());
    assertNull(alice.lastResponse().getDialog());
  }

  private static String strayResponse() {
    return WireEnd.response(
        200,
        WireEnd.request("OPTIONS", "bob", 1)
            .replace("10.0.0.99;rport", "10.0.0.1:5060")
            .replace("\n", "\r\n"));
  }

  @Test
  public void stray_responses_are_dropped_if_they_are_not_wanted() throws Exception {
    Party alice = calls.party("alice", "gov.nist.javax.sip.REJECT_STRAY_RESPONSES", "true");
    calls.wireEnd("end", "udp").send("alice", strayResponse());
    calls.run(10);
    assertEquals(alice.heard(), List.of());
  }

  @Test
  public void a_response_that_is_not_for_us_is_dropped() throws Exception {
    Party alice = calls.party("alice");
    calls
        .wireEnd("end", "udp")
        .send("alice", strayResponse().replace("10.0.0.1:5060", "10.0.0.77:5060"));
    calls.run(10);
    assertEquals(alice.heard(), List.of());
  }

  @Test
  public void an_ack_that_matches_nothing_comes_without_transaction() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("ACK", "bob", 1));
    calls.run(40_000);
    assertEquals(bob.heard(), List.of("ACK"));
    assertNull(bob.lastRequest().getServerTransaction());
    assertEquals(end.heard(), List.of());
  }

  // --- oneself ---

  @Test(dataProvider = "transports")
  public void a_message_to_oneself_is_looped_back(String transport) throws Exception {
    Party alice = calls.party("alice");
    answeringStatelessly(alice, 200);
    Request request =
        alice.request("OPTIONS", Party.uri(alice, "transport=" + transport), transport);
    alice.provider().sendRequest(request);
    calls.run(10);
    assertEquals(alice.heard(), List.of("OPTIONS", "200 OPTIONS"));
    assertNotSame(alice.lastRequest().getRequest(), request);
    assertNull(alice.lastResponse().getClientTransaction());
  }

  @Test(dataProvider = "transports")
  public void what_is_looped_back_matches_transactions(String transport) throws Exception {
    Party alice = calls.party("alice").answering("OPTIONS", 200);
    ClientTransaction transaction =
        alice.send(alice.request("OPTIONS", Party.uri(alice, "transport=" + transport), transport));
    calls.run(10);
    assertEquals(alice.heard(), List.of("OPTIONS", "200 OPTIONS"));
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
  }

  // --- keep-alives ---

  @Test
  public void an_empty_request_is_a_keep_alive_to_the_outbound_proxy() throws Exception {
    Party alice = calls.party("alice", "javax.sip.OUTBOUND_PROXY", "10.0.0.2:5060/udp");
    Party bob = calls.party("bob");
    alice.provider().sendRequest(Party.MESSAGES.createRequest(""));
    alice.provider().sendRequest(Party.MESSAGES.createRequest(null));
    calls.run(40_000);
    assertEquals(calls.wire(), List.of("alice>bob keep-alive", "alice>bob keep-alive"));
    assertEquals(calls.network.trace().get(0).text(), "\r\n\r\n");
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void without_an_outbound_proxy_there_is_no_keep_alive() throws Exception {
    Party alice = calls.party("alice");
    Request empty = Party.MESSAGES.createRequest("");
    SipException e = expectThrows(SipException.class, () -> alice.provider().sendRequest(empty));
    assertTrue(e.getMessage().contains("outbound proxy"), e.getMessage());
  }

  @Test
  public void an_empty_request_can_be_filled_in_and_sent() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request model = alice.request("OPTIONS", bob);
    Request filled = Party.MESSAGES.createRequest("");
    filled.setMethod("OPTIONS");
    filled.setRequestURI(model.getRequestURI());
    for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
      filled.setHeader(model.getHeader(name));
    }
    alice.provider().sendRequest(filled);
    calls.run(10);
    assertEquals(bob.heard(), List.of("OPTIONS"));
  }

  // --- failures ---

  @Test
  public void a_failure_that_shows_later_comes_as_an_event() throws Exception {
    Party alice = calls.party("alice");
    alice
        .provider()
        .sendRequest(alice.request("OPTIONS", "sip:x@10.0.0.77:5070;transport=tcp", "tcp"));
    calls.run(40_000);
    assertEquals(alice.heard(), List.of("I/O error"));
    assertEquals(alice.ioExceptions.get(0).getHost(), "10.0.0.77");
    assertEquals(alice.ioExceptions.get(0).getPort(), 5070);
  }

  @Test
  public void a_response_without_via_cannot_be_sent() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    calls.run(10);
    Response response = bob.response(200, bob.lastRequest().getRequest());
    response.removeHeader("Via");
    expectThrows(SipException.class, () -> bob.provider().sendResponse(response));
  }
}
