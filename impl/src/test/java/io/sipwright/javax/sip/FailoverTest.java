package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.dns.VirtualDns;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.transport.Transmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3263 §4.3: several servers, of which some are dead, under virtual time. */
public class FailoverTest {
  private static final String POOL =
      """
      _sip._udp.pool.test. SRV 1 0 5060 s1.test.
      _sip._udp.pool.test. SRV 2 0 5060 s2.test.
      _sip._udp.pool.test. SRV 3 0 5060 s3.test.
      _sip._tcp.pool.test. SRV 1 0 5060 s1.test.
      _sip._tcp.pool.test. SRV 2 0 5060 s2.test.
      _sip._tcp.pool.test. SRV 3 0 5060 s3.test.
      s1.test. A 10.0.0.2
      s2.test. A 10.0.0.3
      s3.test. A 10.0.0.4
      """;

  private Calls calls = new Calls();
  private VirtualDns dns = new VirtualDns(calls.clock);

  @BeforeMethod
  public void begin() {
    calls = new Calls();
    dns = new VirtualDns(calls.clock).add(POOL);
    calls.use(SimulatedEnvironment.on(calls.clock, calls.network, dns));
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private Request invite(Party alice, String transport) throws Exception {
    return alice.request("INVITE", "sip:b@pool.test;transport=" + transport, transport);
  }

  /** The seconds at which each of the INVITEs went out first, and where to. */
  private List<String> firstInvites() {
    Set<String> branches = new HashSet<>();
    List<String> lines = new ArrayList<>();
    for (Transmission sent : calls.network.trace()) {
      if (sent.text().startsWith("INVITE") && branches.add(Calls.header(sent.text(), "Via"))) {
        lines.add(
            sent.at().toMillis() / 1000.0
                + " "
                + sent.to().getAddress().getHostAddress()
                + "/"
                + sent.transport());
      }
    }
    return lines;
  }

  // --- N targets of which N-1 are dead ---

  @Test
  public void silent_servers_cost_timer_b_each_and_the_next_call_goes_straight_to_the_live_one()
      throws Exception {
    Party alice = calls.party("alice").acknowledging();
    calls.wireEnd("s1", "udp");
    calls.wireEnd("s2", "udp");
    Party bob = calls.party("bob").answering("INVITE", 180, 200);
    ClientTransaction call = alice.send(invite(alice, "udp"));
    assertEquals(call.getState(), TransactionState.CALLING);
    calls.run(63_999);
    assertEquals(alice.heard(), List.of());
    calls.run(100);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
    assertEquals(
        firstInvites(), List.of("0.0 10.0.0.2/udp", "32.0 10.0.0.3/udp", "64.0 10.0.0.4/udp"));
    assertEquals(alice.lastResponse().getClientTransaction(), call);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));

    calls.network.clearTrace();
    alice.send(invite(alice, "udp"));
    calls.run(100);
    assertEquals(firstInvites().size(), 1, firstInvites().toString());
    assertTrue(firstInvites().get(0).endsWith(" 10.0.0.4/udp"), firstInvites().toString());
    assertEquals(alice.timeouts, List.of());
    assertEquals(alice.ioExceptions, List.of());
  }

  @Test
  public void connections_that_are_refused_cost_no_time() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    calls.wireEnd("s1", "udp"); // nobody listens for TCP
    calls.wireEnd("s2", "udp");
    calls.party("bob").answering("INVITE", 200);
    alice.send(invite(alice, "tcp"));
    calls.run(1000);
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertTrue(calls.clock.failures().isEmpty());
  }

  @DataProvider
  public Object[][] unavailable() {
    return new Object[][] {{"udp", new String[0]}, {"udp", new String[] {"Retry-After: 120"}}};
  }

  @Test(dataProvider = "unavailable")
  public void a_503_sends_the_request_on_at_once_and_is_acknowledged(
      String transport, String[] headers) throws Exception {
    Party alice = calls.party("alice").acknowledging();
    WireEnd first = calls.wireEnd("s1", transport);
    WireEnd second = calls.wireEnd("s2", transport);
    Party bob = calls.party("bob").answering("INVITE", 200);
    ClientTransaction call = alice.send(invite(alice, transport));
    calls.run(100);
    first.send("alice", WireEnd.response(503, first.last(), headers));
    calls.run(100);
    second.send("alice", WireEnd.response(503, second.last(), headers));
    calls.run(100);
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertEquals(first.heard(), List.of("INVITE", "ACK"));
    assertEquals(second.heard(), List.of("INVITE", "ACK"));
    assertNotEquals(Calls.header(first.got.get(0), "Via"), Calls.header(second.got.get(0), "Via"));
    assertEquals(Calls.header(first.got.get(0), "CSeq"), Calls.header(second.got.get(0), "CSeq"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    assertEquals(call.getBranchId(), branch(bob.requests.get(0).getRequest()));

    alice.send(invite(alice, transport));
    calls.run(100);
    assertEquals(first.got.size(), 2);
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "INVITE", "ACK"));
    calls.run(70_000); // without Retry-After it's to be tried again by now, with it not yet
    alice.send(invite(alice, transport));
    calls.run(100);
    assertEquals(first.got.size() == 2, headers.length == 1);
  }

  private static String branch(Request request) {
    return ((ViaHeader) request.getHeader("Via")).getBranch();
  }

  @Test
  public void a_connection_reset_behind_the_request_costs_timer_b_at_most() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    WireEnd first = calls.wireEnd("s1", "tcp");
    calls.wireEnd("s2", "udp"); // refuses TCP
    calls.party("bob").answering("INVITE", 200);
    alice.send(invite(alice, "tcp"));
    calls.run(10);
    calls.network.reset(first.flows.get(0));
    calls.run(32_100);
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertEquals(firstInvites(), List.of("0.0 10.0.0.2/tcp", "32.0 10.0.0.4/tcp"));
    assertNextCallGoesStraightToTheLiveOne(alice);
  }

  @Test
  public void a_connection_reset_within_a_response_costs_timer_b_at_most() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    WireEnd first = calls.wireEnd("s1", "tcp");
    calls.wireEnd("s2", "udp"); // refuses TCP
    calls.party("bob").answering("INVITE", 200);
    alice.send(invite(alice, "tcp"));
    calls.run(10);
    String response = WireEnd.response(180, first.last());
    byte[] half = response.substring(0, response.length() / 2).getBytes(US_ASCII);
    first.flows.get(0).send(half, null);
    calls.run(10);
    calls.network.reset(first.flows.get(0));
    calls.run(32_100);
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertNextCallGoesStraightToTheLiveOne(alice);
  }

  private void assertNextCallGoesStraightToTheLiveOne(Party alice) throws Exception {
    calls.network.clearTrace();
    alice.send(invite(alice, "tcp"));
    calls.run(1000);
    assertEquals(firstInvites().size(), 1, firstInvites().toString());
    assertTrue(firstInvites().get(0).endsWith(" 10.0.0.4/tcp"), firstInvites().toString());
    assertEquals(alice.heard(), List.of("200 INVITE", "200 INVITE"));
  }

  @Test
  public void a_request_other_than_invite_moves_on_after_timer_f() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    calls.wireEnd("s2", "udp");
    calls.party("bob").answering("OPTIONS", 200);
    alice.send(alice.request("OPTIONS", "sip:b@pool.test;transport=udp", "udp"));
    calls.run(65_000);
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertEquals(alice.endedTransactions.size(), 0);
    calls.run(6000); // Timer K
    assertEquals(alice.endedTransactions.size(), 1);
  }

  @Test
  public void when_all_are_dead_the_program_hears_of_it_once() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    calls.wireEnd("s2", "udp");
    calls.wireEnd("s3", "udp");
    alice.send(invite(alice, "udp"));
    calls.run(200_000);
    assertEquals(alice.heard(), List.of("timeout INVITE"));
    assertEquals(alice.endedTransactions.size(), 1);
    assertEquals(firstInvites().size(), 3);
  }

  @Test
  public void the_last_503_is_the_programs() throws Exception {
    Party alice = calls.party("alice");
    List<WireEnd> ends =
        List.of(calls.wireEnd("s1", "udp"), calls.wireEnd("s2", "udp"), calls.wireEnd("s3", "udp"));
    alice.send(invite(alice, "udp"));
    for (WireEnd end : ends) {
      calls.run(10);
      end.send("alice", WireEnd.response(503, end.last()));
      calls.run(0);
    }
    calls.run(10);
    assertEquals(alice.heard(), List.of("503 INVITE"));
    calls.run(40_000);
    assertEquals(alice.endedTransactions.size(), 1);
  }

  @Test
  public void any_other_answer_is_the_programs_at_once() throws Exception {
    Party alice = calls.party("alice");
    WireEnd first = calls.wireEnd("s1", "udp");
    alice.send(invite(alice, "udp"));
    calls.run(10);
    first.send("alice", WireEnd.response(500, first.last()));
    calls.run(10);
    assertEquals(alice.heard(), List.of("500 INVITE"));
  }

  @Test
  public void a_503_behind_a_ringing_tone_is_the_programs() throws Exception {
    Party alice = calls.party("alice");
    WireEnd first = calls.wireEnd("s1", "udp");
    alice.send(invite(alice, "udp"));
    calls.run(10);
    first.send("alice", WireEnd.response(180, first.last()));
    calls.run(10);
    first.send("alice", WireEnd.response(503, first.got.get(0)));
    calls.run(10);
    assertEquals(alice.heard(), List.of("180 INVITE", "503 INVITE"));
  }

  // --- half open ---

  @Test
  public void when_the_time_is_over_one_call_tries_and_the_others_stay_away() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    WireEnd first = calls.wireEnd("s1", "udp");
    Party bob = calls.party("bob").answering("INVITE", 200); // s2
    alice.send(invite(alice, "udp"));
    calls.run(33_000);
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
    calls.run(61_000);
    int before = first.got.size();
    alice.send(invite(alice, "udp"));
    calls.run(10);
    assertEquals(first.got.size(), before + 1);
    alice.send(invite(alice, "udp"));
    calls.run(10);
    assertEquals(first.got.size(), before + 1);
    assertEquals(bob.requests.size(), 4);
    first.send("alice", WireEnd.response(486, first.last())); // it's there again
    calls.run(10);
    alice.send(invite(alice, "udp"));
    calls.run(10);
    assertEquals(first.heard().get(first.heard().size() - 1), "INVITE");
    assertEquals(bob.requests.size(), 4);
  }

  // --- CANCEL ---

  @Test
  public void a_cancel_follows_its_invite_to_the_server_that_answers() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    WireEnd second = calls.wireEnd("s2", "udp");
    ClientTransaction call = alice.send(invite(alice, "udp"));
    Request early = call.createCancel(); // for the first branch
    calls.run(33_000);
    second.send("alice", WireEnd.response(180, second.last()));
    calls.run(10);
    ClientTransaction cancel = alice.provider().getNewClientTransaction(early);
    cancel.sendRequest();
    calls.run(10);
    assertEquals(Calls.summary(second.last()), "CANCEL");
    assertEquals(Calls.header(second.last(), "Via"), Calls.header(second.got.get(0), "Via"));
    second.send("alice", WireEnd.response(200, second.last()));
    second.send("alice", WireEnd.response(487, second.got.get(0)));
    calls.run(10);
    assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
    calls.runToTheEnd();
    assertEquals(alice.stack.movedInvites().size(), 0);
  }

  @Test
  public void a_call_that_was_cancelled_is_not_sent_elsewhere() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    ClientTransaction call = alice.send(invite(alice, "udp"));
    calls.run(1000);
    alice.provider().getNewClientTransaction(call.createCancel()).sendRequest();
    calls.run(100_000);
    assertEquals(firstInvites().size(), 1);
    assertEquals(alice.heard(), List.of("timeout INVITE"));
  }

  @Test
  public void a_cancel_while_the_server_is_looked_up_waits_for_its_first_answer() throws Exception {
    Party alice = calls.party("alice");
    WireEnd first = calls.wireEnd("s1", "udp");
    dns.delay(Duration.ofMillis(500));
    ClientTransaction call = alice.send(invite(alice, "udp"));
    alice.provider().getNewClientTransaction(call.createCancel()).sendRequest();
    calls.run(3000);
    assertEquals(first.heard().get(0), "INVITE");
    first.send("alice", WireEnd.response(100, first.got.get(0)));
    calls.run(10);
    assertEquals(Calls.summary(first.last()), "CANCEL");
  }

  // --- terminate, names that lead nowhere ---

  @Test
  public void a_call_terminated_between_two_servers_or_during_the_lookup_ends_once()
      throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    dns.delay(Duration.ofMillis(500));
    ClientTransaction call = alice.send(invite(alice, "udp"));
    call.terminate();
    calls.run(5000);
    assertEquals(calls.wire(), List.of());
    assertEquals(alice.endedTransactions.size(), 1);
    assertEquals(call.getState(), TransactionState.TERMINATED);
    assertEquals(alice.heard(), List.of());
  }

  @Test
  public void a_stack_that_stops_during_the_lookup_leaves_nothing_behind() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    dns.delay(Duration.ofMillis(500));
    ClientTransaction call = alice.send(invite(alice, "udp"));
    alice.stack.stop();
    calls.run(5000);
    assertEquals(call.getState(), TransactionState.TERMINATED);
    assertEquals(calls.wire(), List.of());
    assertEquals(alice.stack.movedInvites().size(), 0);
    assertEquals(calls.clock.armed(), 0);
  }

  @Test
  public void a_name_that_leads_nowhere_is_told_as_an_event() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", "sip:b@nowhere.test", "udp");
    ClientTransaction transaction = alice.send(request);
    assertEquals(transaction.getState(), TransactionState.TRYING);
    expectThrows(SipException.class, transaction::sendRequest);
    calls.run(100);
    assertEquals(alice.heard(), List.of("I/O error"));
    assertEquals(alice.ioExceptions.get(0).getHost(), "nowhere.test");
    assertEquals(alice.endedTransactions.size(), 1);
    assertEquals(transaction.getState(), TransactionState.TERMINATED);
    assertEquals(alice.stack.statistics().get("clientTransactions"), 0);
  }

  @Test
  public void the_program_may_change_its_request_while_the_name_is_looked_up() throws Exception {
    Party alice = calls.party("alice");
    WireEnd first = calls.wireEnd("s1", "udp");
    Request request = alice.request("OPTIONS", "sip:b@pool.test;transport=udp", "udp");
    alice.send(request);
    request.removeHeader("Contact");
    request.setRequestURI(Party.ADDRESSES.createURI("sip:other@elsewhere.test"));
    calls.run(100);
    assertTrue(first.last().startsWith("OPTIONS sip:b@pool.test"), first.last());
    assertTrue(first.last().contains("\r\nContact:"), first.last());
  }

  // --- dialogs, ACK, requests without transaction, responses ---

  @Test
  public void requests_and_acks_of_a_dialog_go_to_the_contacts_name() throws Exception {
    dns.add(
        "_sip._udp.bob.test. SRV 1 0 5060 s9.test.\n_sip._udp.bob.test. SRV 2 0 5060 s1.test."
            + "\ns9.test. A 10.0.0.9");
    Party alice = calls.party("alice").acknowledging();
    WireEnd bob = calls.wireEnd("bob", "udp"); // 10.0.0.2: s1
    alice.send(alice.request("INVITE", "sip:b@10.0.0.2", "udp"));
    calls.run(10);
    bob.send("alice", WireEnd.response(200, bob.last(), "Contact: <sip:b@bob.test;transport=udp>"));
    calls.run(10);
    assertEquals(alice.heard(), List.of("200 INVITE"));
    assertEquals(
        calls.network.trace().stream()
            .filter(t -> t.text().startsWith("ACK"))
            .map(t -> t.to().getAddress().getHostAddress())
            .toList(),
        List.of("10.0.0.9"));
    Dialog dialog = Objects.requireNonNull(alice.lastResponse().getDialog());
    alice.send(dialog, "BYE");
    calls.run(32_100);
    assertEquals(bob.heard(), List.of("INVITE", "BYE"));
  }

  @Test
  public void a_request_without_transaction_goes_on_where_it_cannot_be_sent() throws Exception {
    Party alice = calls.party("alice");
    calls.wireEnd("s1", "udp");
    WireEnd second = calls.wireEnd("s2", "tcp");
    alice.provider().sendRequest(alice.request("OPTIONS", "sip:b@pool.test;transport=tcp", "tcp"));
    calls.run(100);
    assertEquals(second.heard(), List.of("OPTIONS"));
    assertEquals(alice.heard(), List.of());
    alice.provider().sendRequest(alice.request("OPTIONS", "sip:b@nowhere.test", "tcp"));
    calls.run(100);
    assertEquals(alice.heard(), List.of("I/O error"));
  }

  @Test
  public void a_response_whose_connection_is_gone_goes_to_the_servers_of_sent_by()
      throws Exception {
    Party bob = calls.party("bob").on("OPTIONS", event -> {});
    WireEnd client = calls.wireEnd("client", "tcp"); // 10.0.0.2
    WireEnd backup = calls.wireEnd("backup", "tcp"); // 10.0.0.3
    dns.add(
        "_sip._tcp.farm.test. SRV 1 0 5060 f9.test.\n_sip._tcp.farm.test. SRV 2 0 5060 f2.test."
            + "\nf9.test. A 10.0.0.9\nf2.test. A 10.0.0.3");
    client.send(
        "bob",
        WireEnd.request("OPTIONS", "bob", 1)
            .replace("SIP/2.0/UDP 10.0.0.99;rport", "SIP/2.0/TCP farm.test"));
    calls.run(10);
    client.closeConnections("bob");
    calls.network.refuse(calls.address("client"), true);
    calls.run(10);
    bob.respond(200);
    calls.run(100);
    assertEquals(backup.heard(), List.of("200 OPTIONS"));
    assertNull(bob.ioExceptions.isEmpty() ? null : bob.ioExceptions.get(0));
  }
}
