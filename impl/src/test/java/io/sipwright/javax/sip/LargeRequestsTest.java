package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.transport.Transmission;
import java.util.List;
import java.util.Locale;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3261 §18.1.1: what's too large for UDP goes over TCP, if there's any. */
public class LargeRequestsTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** A request by UDP that has so many bytes when it's sent. */
  private static Request sized(Party from, String method, String to, int size) throws Exception {
    Request request = from.request(method, to, "udp");
    ((javax.sip.header.ViaHeader) request.getHeader("Via")).setBranch("z9hG4bK" + method + size);
    request.addHeader(Party.HEADERS.createHeader("Subject", "x"));
    int missing = size - request.toString().length();
    request.setHeader(Party.HEADERS.createHeader("Subject", "x".repeat(missing + 1)));
    assertEquals(request.toString().length(), size);
    return request;
  }

  private Request large(Party from, String method, String to) throws Exception {
    return sized(from, method, to, 1500);
  }

  /** Transport and start of the line of each message beside ACK that went out. */
  private List<String> sent(String method) {
    return calls.network.trace().stream()
        .filter(t -> t.text().startsWith(method))
        .map(Transmission::transport)
        .toList();
  }

  private static String via(Transmission sent) {
    return String.valueOf(Calls.header(sent.text(), "Via"));
  }

  @DataProvider
  public Object[][] sizes() {
    return new Object[][] {{1300, "udp"}, {1301, "tcp"}};
  }

  @Test(dataProvider = "sizes")
  public void a_request_over_1300_bytes_goes_over_tcp_and_its_via_says_so(
      int size, String transport) throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("MESSAGE", 200);
    alice.send(sized(alice, "MESSAGE", Party.uri(bob), size));
    calls.run();
    assertEquals(sent("MESSAGE"), List.of(transport));
    assertTrue(
        via(calls.network.trace().get(0))
            .startsWith("SIP/2.0/" + transport.toUpperCase(Locale.ROOT)),
        via(calls.network.trace().get(0)));
    assertEquals(alice.heard(), List.of("200 MESSAGE"));
  }

  @Test
  public void where_tcp_is_refused_it_goes_by_udp_in_the_same_transaction_of_the_program()
      throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    ClientTransaction transaction = alice.send(large(alice, "MESSAGE", "sip:e@10.0.0.2"));
    calls.run(100);
    assertEquals(end.heard(), List.of("MESSAGE"));
    end.send("alice", WireEnd.response(200, end.last()));
    calls.run(100);
    assertEquals(alice.heard(), List.of("200 MESSAGE"));
    assertEquals(alice.lastResponse().getClientTransaction(), transaction);
    Transmission last = calls.network.trace().get(calls.network.trace().size() - 2);
    assertTrue(via(last).startsWith("SIP/2.0/UDP 10.0.0.1:5060"), via(last));
    assertFalse(via(last).contains("z9hG4bKMESSAGE1500"), "the branch of the try by TCP");

    calls.network.clearTrace();
    alice.send(sized(alice, "MESSAGE", "sip:e@10.0.0.2", 1600));
    calls.run(100);
    assertEquals(sent("MESSAGE"), List.of("udp"), "TCP isn't tried again at once");
    calls.run(40_000);
  }

  @Test
  public void a_server_that_took_it_over_tcp_and_is_silent_doesnt_get_it_by_udp_too()
      throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("end", "tcp");
    alice.send(large(alice, "MESSAGE", "sip:e@10.0.0.2"));
    calls.run(40_000);
    assertEquals(sent("MESSAGE"), List.of("tcp"));
    assertEquals(alice.heard(), List.of("timeout MESSAGE"));
  }

  @Test
  public void nor_one_that_is_unavailable() throws Exception {
    Party alice = calls.party("alice");
    calls.party("bob").answering("MESSAGE", 503);
    alice.send(large(alice, "MESSAGE", "sip:e@10.0.0.2"));
    calls.run(40_000);
    assertEquals(sent("MESSAGE"), List.of("tcp"));
    assertEquals(alice.heard(), List.of("503 MESSAGE"));
  }

  @Test
  public void without_a_listening_point_for_tcp_it_goes_by_udp() throws Exception {
    Party alice = calls.bareParty("alice");
    alice.listen("udp");
    Party bob = calls.party("bob").answering("MESSAGE", 200);
    alice.send(large(alice, "MESSAGE", Party.uri(bob)));
    calls.run();
    assertEquals(sent("MESSAGE"), List.of("udp"));
    assertEquals(alice.heard(), List.of("200 MESSAGE"));
  }

  @Test
  public void the_limit_can_be_turned_off() throws Exception {
    Party alice = calls.party("alice", "io.sipwright.UDP_REQUEST_LIMIT", "0");
    Party bob = calls.party("bob").answering("MESSAGE", 200);
    alice.send(large(alice, "MESSAGE", Party.uri(bob)));
    calls.run();
    assertEquals(sent("MESSAGE"), List.of("udp"));
  }

  @Test
  public void a_cancel_and_an_ack_go_the_way_of_their_invite() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    bob.on(
        "CANCEL",
        event -> {
          bob.respond(Party.transaction(event), 200);
          bob.respond(bob.serverTransactionOf("INVITE"), 487);
        });
    ClientTransaction invite = alice.send(large(alice, "INVITE", Party.uri(bob)));
    calls.run(100);
    alice.send(invite.createCancel());
    calls.run(100);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    assertEquals(sent("CANCEL"), List.of("tcp"));
    assertEquals(sent("ACK"), List.of("tcp"));
  }

  @Test
  public void large_requests_without_transaction_and_in_dialogs_do_the_same() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").answering("INVITE", 200).answering("INFO", 200);
    alice.provider().sendRequest(large(alice, "MESSAGE", Party.uri(bob)));
    alice.send(alice.request("INVITE", bob));
    calls.run(100);
    assertEquals(sent("MESSAGE"), List.of("tcp"));
    assertEquals(sent("INVITE"), List.of("udp"));
    Dialog dialog = alice.lastResponse().getDialog();
    Request info = dialog.createRequest("INFO");
    info.addHeader(Party.HEADERS.createHeader("Subject", "x".repeat(1400)));
    dialog.sendRequest(alice.provider().getNewClientTransaction(info));
    calls.run(100);
    assertEquals(sent("INFO"), List.of("tcp"));
    assertEquals(alice.heard(), List.of("200 INVITE", "200 INFO"));
  }

  @Test
  public void without_transaction_it_goes_by_udp_too_where_tcp_is_refused() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("end", "udp");
    alice.provider().sendRequest(large(alice, "MESSAGE", "sip:e@10.0.0.2"));
    calls.run(100);
    assertEquals(end.heard(), List.of("MESSAGE"));
    assertEquals(alice.heard(), List.of());
  }
}
