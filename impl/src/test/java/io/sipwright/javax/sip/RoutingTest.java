package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import javax.sip.ClientTransaction;
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

/** Where requests outside dialogs go (RFC 3261 §8.1.2, javadoc of javax.sip.address.Router). */
public class RoutingTest {
  private static final String ROUTER = "javax.sip.ROUTER_PATH";
  private static final String PROXY = "javax.sip.OUTBOUND_PROXY";
  private static final String FOR_ALL = "javax.sip.USE_ROUTER_FOR_ALL_URIS";

  private record FixedHop(String host, int port, @Nullable String transport) implements Hop {
    @Override
    public String getHost() {
      return host;
    }

    @Override
    public int getPort() {
      return port;
    }

    @Override
    public @Nullable String getTransport() {
      return transport;
    }
  }

  /** Sends everything to 10.0.0.2, as long as it's to be reached at all. */
  public static class EverythingToTwo implements Router {
    final SipStack stack;
    final @Nullable String outboundProxy;
    final List<String> asked = new ArrayList<>();

    public EverythingToTwo(SipStack stack, @Nullable String outboundProxy) {
      this.stack = stack;
      this.outboundProxy = outboundProxy;
    }

    @Override
    public @Nullable Hop getOutboundProxy() {
      return null;
    }

    @Override
    @Deprecated
    public @Nullable ListIterator getNextHops(Request request) {
      return null;
    }

    @Override
    public @Nullable Hop getNextHop(Request request) throws SipException {
      asked.add(request.getMethod());
      if (request.getMethod().equals("NOWHERE")) {
        return null;
      }
      if (request.getMethod().equals("WRONG")) {
        throw new SipException("thrown on purpose");
      }
      return new FixedHop("10.0.0.2", -1, null);
    }
  }

  /** Knows only the method of JAIN SIP 1.1. */
  public static class OldRouter extends EverythingToTwo {
    public OldRouter(SipStack stack, @Nullable String outboundProxy) {
      super(stack, outboundProxy);
    }

    @Override
    public @Nullable Hop getNextHop(Request request) {
      return null;
    }

    @Override
    @Deprecated
    public ListIterator getNextHops(Request request) {
      return List.of(new FixedHop("10.0.0.2", 5060, "UDP")).listIterator();
    }
  }

  /** Has no constructor that fits. */
  public static class Unusable extends EverythingToTwo {
    public Unusable(SipStack stack) {
      super(stack, null);
    }
  }

  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static void addRoute(Request request, String uri) throws Exception {
    request.addHeader(
        Party.HEADERS.createRouteHeader(Party.ADDRESSES.createAddress("<" + uri + ">")));
  }

  // --- the stack's own router ---

  @DataProvider
  public Object[][] uris() {
    return new Object[][] {
      {"sip:b@10.0.0.2", "udp"},
      {"sip:b@10.0.0.2:5060", "udp"},
      {"sip:b@10.0.0.2;transport=udp", "udp"},
      {"sip:b@10.0.0.2;transport=TCP", "tcp"},
      {"sip:b@elsewhere.test;maddr=10.0.0.2", "udp"},
      {"sip:b@b.test:5060", "udp"},
      {"sip:b@b.test:5060;transport=tcp", "tcp"},
    };
  }

  @Test(dataProvider = "uris")
  public void without_route_and_proxy_a_request_goes_where_its_uri_says(
      String uri, String transport) throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", transport);
    alice.send(alice.request("OPTIONS", uri, transport));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS"));
  }

  @Test
  public void the_via_names_the_transport_that_is_used() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", "tcp");
    alice.send(alice.request("OPTIONS", "sip:b@10.0.0.2;transport=tcp", "udp"));
    calls.run(10);
    assertTrue(Calls.header(end.last(), "Via").startsWith("SIP/2.0/TCP 10.0.0.1:5060;"));
  }

  @Test
  public void the_first_route_says_where_a_request_goes() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", "udp");
    Request request = alice.request("OPTIONS", "sip:x@elsewhere.invalid", "udp");
    addRoute(request, "sip:10.0.0.2;lr");
    addRoute(request, "sip:10.0.0.3;lr");
    alice.send(request);
    calls.run(10);
    assertTrue(end.last().startsWith("OPTIONS sip:x@elsewhere.invalid SIP/2.0\r\n"), end.last());
    assertEquals(Calls.header(end.last(), "Route"), "<sip:10.0.0.2;lr>");
  }

  @Test
  public void a_strict_router_gets_its_own_uri_in_the_request_line() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", "udp");
    Request request = alice.request("INVITE", "sip:x@elsewhere.invalid", "udp");
    addRoute(request, "sip:10.0.0.2");
    addRoute(request, "sip:10.0.0.3;lr");
    ClientTransaction invite = alice.send(request);
    calls.run(10);
    String sent = end.last();
    assertTrue(sent.startsWith("INVITE sip:10.0.0.2 SIP/2.0\r\n"), sent);
    assertEquals(
        sent.lines().filter(line -> line.startsWith("Route:")).toList(),
        List.of("Route: <sip:10.0.0.3;lr>", "Route: <sip:x@elsewhere.invalid>"));
    assertEquals(request.getRequestURI().toString(), "sip:x@elsewhere.invalid");
    assertEquals(invite.createCancel().getRequestURI().toString(), "sip:10.0.0.2");
  }

  @Test
  public void a_request_sent_statelessly_to_a_strict_router_may_be_sent_again() throws Exception {
    Party alice = calls.party("alice");
    WireEnd end = calls.wireEnd("b", "udp");
    Request request = alice.request("OPTIONS", "sip:x@elsewhere.invalid", "udp");
    addRoute(request, "sip:10.0.0.2");
    alice.provider().sendRequest(request);
    alice.provider().sendRequest(request);
    calls.run(10);
    assertEquals(end.got.size(), 2);
    assertEquals(end.got.get(0), end.got.get(1));
    assertTrue(end.last().startsWith("OPTIONS sip:10.0.0.2 SIP/2.0\r\n"), end.last());
  }

  @DataProvider
  public Object[][] proxies() {
    return new Object[][] {
      {"10.0.0.2:5060/udp", "udp"},
      {"10.0.0.2:5060/TCP", "tcp"},
      {"10.0.0.2", "udp"},
      {"b.test:5060/udp", "udp"},
    };
  }

  @Test(dataProvider = "proxies")
  public void the_outbound_proxy_gets_requests_without_route(String proxy, String transport)
      throws Exception {
    Party alice = calls.party("alice", PROXY, proxy);
    WireEnd end = calls.wireEnd("b", transport);
    WireEnd other = calls.wireEnd("c", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@10.0.0.3", "udp"));
    alice.send(alice.request("INFO", "tel:+1-201-555-0123", "udp"));
    Request routed = alice.request("MESSAGE", "sip:c@elsewhere.invalid", "udp");
    addRoute(routed, "sip:10.0.0.3;lr");
    alice.send(routed);
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS", "INFO"));
    assertEquals(other.heard(), List.of("MESSAGE"));
    Hop hop = alice.stack.getRouter().getOutboundProxy();
    assertNotNull(hop);
    assertEquals(hop.getPort(), 5060);
  }

  @Test
  public void an_outbound_proxy_that_is_none_is_refused_when_the_stack_is_made() {
    PeerUnavailableException e =
        expectThrows(
            PeerUnavailableException.class, () -> calls.bareParty("alice", PROXY, "a b:x/y"));
    assertTrue(e.getMessage().contains("OUTBOUND_PROXY"), e.getMessage());
  }

  @Test
  public void a_transport_without_listening_point_is_an_exception() throws Exception {
    Party alice = calls.bareParty("alice");
    alice.listen("udp");
    Request request = alice.request("OPTIONS", "sip:b@10.0.0.2;transport=tcp", "udp");
    ClientTransaction transaction = alice.provider().getNewClientTransaction(request);
    SipException e = expectThrows(SipException.class, transaction::sendRequest);
    assertTrue(e.getMessage().contains("tcp"), e.getMessage());
  }

  // --- a router of the program's own ---

  @Test
  public void the_router_is_the_object_built_from_the_property() throws Exception {
    Party alice =
        calls.party("alice", ROUTER, EverythingToTwo.class.getName(), PROXY, "10.0.0.9:5060/udp");
    EverythingToTwo router = (EverythingToTwo) alice.stack.getRouter();
    assertSame(alice.stack.getRouter(), router);
    assertSame(router.stack, alice.stack);
    assertEquals(router.outboundProxy, "10.0.0.9:5060/udp");
    assertNull(
        ((EverythingToTwo)
                calls.bareParty("other", ROUTER, EverythingToTwo.class.getName()).stack.getRouter())
            .outboundProxy);
  }

  @Test
  public void the_router_is_asked_for_all_uris() throws Exception {
    Party alice = calls.party("alice", ROUTER, EverythingToTwo.class.getName());
    WireEnd end = calls.wireEnd("two", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@10.0.0.3", "udp"));
    alice.send(alice.request("INFO", "tel:+1-201-555-0123", "udp"));
    Request routed = alice.request("MESSAGE", "sip:c@10.0.0.3", "udp");
    addRoute(routed, "sip:10.0.0.3;lr");
    alice.provider().sendRequest(routed);
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS", "INFO", "MESSAGE"));
  }

  @Test
  public void a_router_with_the_method_of_jain_sip_1_1_only_works() throws Exception {
    Party alice = calls.party("alice", ROUTER, OldRouter.class.getName());
    WireEnd end = calls.wireEnd("two", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@10.0.0.3", "udp"));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS"));
  }

  @Test
  public void a_router_that_finds_nothing_or_fails_is_an_exception() throws Exception {
    Party alice = calls.party("alice", ROUTER, EverythingToTwo.class.getName());
    for (String method : List.of("NOWHERE", "WRONG")) {
      Request request = alice.request(method, "sip:c@10.0.0.3", "udp");
      expectThrows(
          TransactionUnavailableException.class,
          () -> alice.provider().getNewClientTransaction(request));
      expectThrows(SipException.class, () -> alice.provider().sendRequest(request));
    }
  }

  @DataProvider
  public Object[][] unusableRouters() {
    return new Object[][] {
      {"no.such.Class"}, {Unusable.class.getName()}, {String.class.getName()},
    };
  }

  @Test(dataProvider = "unusableRouters")
  public void a_router_that_cannot_be_made_is_named(String name) {
    PeerUnavailableException e =
        expectThrows(PeerUnavailableException.class, () -> calls.bareParty("alice", ROUTER, name));
    assertTrue(e.getMessage().contains(name), e.getMessage());
  }

  // --- USE_ROUTER_FOR_ALL_URIS=false ---

  @Test
  public void a_router_for_other_uris_only_is_not_asked_about_sip() throws Exception {
    Party alice = calls.party("alice", ROUTER, EverythingToTwo.class.getName(), FOR_ALL, "false");
    WireEnd two = calls.wireEnd("two", "udp");
    WireEnd three = calls.wireEnd("three", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@10.0.0.3", "udp"));
    alice.send(alice.request("INFO", "tel:+1-201-555-0123", "udp"));
    Request routed = alice.request("MESSAGE", "tel:+1-201-555-0123", "udp");
    addRoute(routed, "sip:10.0.0.3;lr");
    alice.send(routed);
    calls.run(10);
    assertEquals(three.heard(), List.of("OPTIONS", "MESSAGE"));
    assertEquals(two.heard(), List.of("INFO"));
    assertEquals(
        List.copyOf(((EverythingToTwo) alice.stack.getRouter()).asked.stream().distinct().toList()),
        List.of("INFO"));
  }

  @Test
  public void the_outbound_proxy_comes_before_a_router_for_other_uris_only() throws Exception {
    Party alice =
        calls.party(
            "alice",
            ROUTER,
            EverythingToTwo.class.getName(),
            FOR_ALL,
            "false",
            PROXY,
            "10.0.0.3:5060/udp");
    calls.wireEnd("two", "udp");
    WireEnd three = calls.wireEnd("three", "udp");
    alice.send(alice.request("OPTIONS", "sip:c@10.0.0.4", "udp"));
    alice.send(alice.request("INFO", "tel:+1-201-555-0123", "udp"));
    calls.run(10);
    assertEquals(three.heard(), List.of("OPTIONS", "INFO"));
    assertEquals(((EverythingToTwo) alice.stack.getRouter()).asked, List.of());
  }

  @DataProvider
  public Object[][] groups() {
    return new Object[][] {
      {"224.0.1.75", ";maddr=224.0.1.75;ttl=1"}, {"[ff02::1]", ";maddr=[ff02::1]"},
    };
  }

  /** RFC 3261 §18.1.1. */
  @Test(dataProvider = "groups")
  public void a_request_to_a_group_names_the_group_in_its_via(String group, String parameters)
      throws Exception {
    Party alice = calls.party("alice");
    Request register = alice.request("REGISTER", "sip:" + group, "udp");
    alice.send(register);
    calls.run();
    String sent = calls.network.trace().get(0).text();
    String via = sent.lines().filter(line -> line.startsWith("Via:")).findFirst().orElseThrow();
    assertTrue(via.contains(parameters), via);
  }
}
