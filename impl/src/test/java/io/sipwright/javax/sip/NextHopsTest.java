package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.dns.VirtualDns;
import io.sipwright.locator.AddressResolver;
import io.sipwright.locator.HopAddress;
import io.sipwright.locator.Located;
import io.sipwright.locator.Target;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.transport.Transmission;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What routers, proxies and hooks say, and what the DNS makes of it; under virtual time. */
public class NextHopsTest {
  private Calls calls = new Calls();
  private VirtualDns dns = new VirtualDns(calls.clock);

  @BeforeMethod
  public void begin() {
    calls = new Calls();
    dns = new VirtualDns(calls.clock);
    dns.add("_sip._udp.b.test. SRV 0 0 5060 host.b.test.\nhost.b.test. A 10.0.0.2");
    dns.add("_sip._tcp.t.test. SRV 0 0 5060 host.b.test.\n10.e164.test. A 10.0.0.2");
    dns.add("1.e164.test. NAPTR 1 1 \"u\" \"E2U+sip\" \"!^.*$!sip:one@b.test!\" .");
    calls.use(SimulatedEnvironment.on(calls.clock, calls.network, dns));
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** Names two hops by the method of JAIN SIP 1.1. */
  public static class TwoHops implements Router {
    public TwoHops(SipStack stack, @Nullable String outboundProxy) {}

    @Override
    public @Nullable Hop getOutboundProxy() {
      return null;
    }

    @Override
    public @Nullable Hop getNextHop(Request request) {
      return null;
    }

    @Override
    @Deprecated
    public ListIterator getNextHops(Request request) {
      return List.of(
              new HopAddress(new Target("10.0.0.3", 5060, "tls")), // which we haven't
              new HopAddress(new Target("10.0.0.3", 5060, "tcp")), // nobody there
              new HopAddress(new Target("b.test", 5060, "udp")),
              new HopAddress(new Target("host.b.test", 5060, "udp")))
          .listIterator();
    }
  }

  /** Sends a name without records to 10.0.0.2. */
  public static class Hosts implements AddressResolver {
    static final List<String> ASKED = new ArrayList<>();

    @Override
    public Hop resolveAddress(Hop hop) {
      ASKED.add(hop.getHost() + "/" + hop.getPort() + "/" + hop.getTransport());
      return hop.getHost().equals("secret.test")
          ? new HopAddress(new Target("10.0.0.2", 5060, "udp"))
          : hop;
    }
  }

  @Test
  public void the_hops_of_a_router_are_tried_in_their_order() throws Exception {
    Party alice = calls.party("alice", "javax.sip.ROUTER_PATH", TwoHops.class.getName());
    WireEnd end = calls.wireEnd("b", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@elsewhere.test", "udp"));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS"));
    assertTrue(Calls.header(end.last(), "Via").startsWith("SIP/2.0/UDP"), end.last());
  }

  @Test
  public void each_family_of_addresses_has_its_own_listening_point() throws Exception {
    dns.add("six.test. AAAA 2001:db8::9");
    Party alice = calls.party("alice");
    ListeningPoint six = alice.stack.createListeningPoint("2001:db8::1", 5060, "udp");
    alice.stack.createSipProvider(six);
    alice.send(alice.request("OPTIONS", "sip:c@six.test", "udp"));
    calls.run(10);
    Transmission sent = calls.network.trace().get(0);
    assertEquals(sent.from().getAddress(), InetAddress.getByName("2001:db8::1"));
    assertEquals(sent.to().getAddress(), InetAddress.getByName("2001:db8::9"));
    assertTrue(sent.text().contains("Via: SIP/2.0/UDP [2001:db8::1]:5060;"), sent.text());
  }

  @DataProvider
  public Object[][] proxies() {
    return new Object[][] {{"b.test"}, {"b.test/udp"}, {"host.b.test:5060"}};
  }

  @Test(dataProvider = "proxies")
  public void an_outbound_proxy_without_port_is_located_by_its_srv_records(String proxy)
      throws Exception {
    Party alice = calls.party("alice", "javax.sip.OUTBOUND_PROXY", proxy);
    WireEnd end = calls.wireEnd("b", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@elsewhere.test", "udp"));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS"));
  }

  @Test
  public void the_transport_that_the_dns_says_goes_into_the_via() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", "tcp");
    alice.send(alice.request("OPTIONS", "sip:c@t.test", "udp"));
    calls.run(10);
    assertTrue(Calls.header(end.last(), "Via").startsWith("SIP/2.0/TCP 10.0.0.1:5060;"));
  }

  @Test
  public void a_hook_of_the_program_has_the_last_word() throws Exception {
    Hosts.ASKED.clear();
    Party alice = calls.party("alice", "io.sipwright.ADDRESS_RESOLVER", Hosts.class.getName());
    WireEnd end = calls.wireEnd("b", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@secret.test;transport=tcp", "udp"));
    alice.send(alice.request("INFO", "sip:c@b.test", "udp"));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS", "INFO"));
    assertTrue(Hosts.ASKED.contains("secret.test/-1/tcp"), Hosts.ASKED.toString());
    assertTrue(Hosts.ASKED.contains("b.test/-1/null"), Hosts.ASKED.toString());
    alice.stack.setAddressResolver(null);
    alice.send(alice.request("MESSAGE", "sip:c@secret.test", "udp"));
    calls.run(10);
    assertEquals(alice.heard(), List.of("I/O error"));
  }

  @Test
  public void a_hook_that_is_none_is_refused_when_the_stack_is_made() {
    for (String name : List.of("no.such.Class", String.class.getName())) {
      PeerUnavailableException e =
          expectThrows(
              PeerUnavailableException.class,
              () -> calls.bareParty("alice" + name, "io.sipwright.ADDRESS_RESOLVER", name));
      assertTrue(e.getMessage().contains(name), e.getMessage());
    }
  }

  @Test
  public void a_number_is_sent_to_what_enum_says_under_that_uri() throws Exception {
    Party alice = calls.party("alice", "io.sipwright.ENUM_SUFFIX", "e164.test");
    WireEnd end = calls.wireEnd("b", "udp");
    Request request = alice.request("OPTIONS", "tel:+1", "udp");
    alice.send(request);
    calls.run(10);
    assertTrue(end.last().startsWith("OPTIONS sip:one@b.test SIP/2.0\r\n"), end.last());
    assertEquals(request.getRequestURI().toString(), "tel:+1");
    alice.send(alice.request("INFO", "tel:+2", "udp"));
    calls.run(10);
    assertEquals(alice.heard(), List.of("I/O error"));
  }

  @Test
  public void without_enum_a_number_leads_nowhere() throws Exception {
    Party alice = calls.party("alice");
    Request request = alice.request("OPTIONS", "tel:+1", "udp");
    expectThrows(
        TransactionUnavailableException.class,
        () -> alice.provider().getNewClientTransaction(request));
  }

  @Test
  public void programs_may_ask_for_the_list_themselves() throws Exception {
    Party alice = calls.party("alice");
    List<Located> found = new ArrayList<>();
    alice.stack.locate(Party.ADDRESSES.createURI("sip:c@b.test"), found::add);
    calls.run(10);
    assertEquals(found.get(0).targets(), List.of(new Target("10.0.0.2", 5060, "udp", "b.test")));
    assertEquals(found.get(0).targets().get(0).identity(), "b.test");
    assertNotNull(found.get(0).steps());
    alice.stack.stop();
    expectThrows(
        SipException.class,
        () -> alice.stack.locate(Party.ADDRESSES.createURI("sip:c@b.test"), found::add));
  }

  @Test
  public void a_uri_with_a_transport_that_is_not_there_is_an_exception_at_once() throws Exception {
    Party alice = calls.bareParty("alice");
    alice.listen("udp");
    Request request = alice.request("OPTIONS", "sip:c@b.test;transport=tcp", "udp");
    var transaction = alice.provider().getNewClientTransaction(request);
    SipException e = expectThrows(SipException.class, transaction::sendRequest);
    assertTrue(e.getMessage().contains("tcp"), e.getMessage());
    assertEquals(dns.questions(), List.of());
  }
}
