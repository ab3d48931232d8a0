package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.syntax.Ipv6;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Flow;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipProvider;
import javax.sip.header.ContactHeader;
import javax.sip.message.Request;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What a machine with several addresses calls itself, and where it sends from. */
public class OwnAddressesTest {
  private final List<SipStackImpl> stacks = new ArrayList<>();
  private final List<Party> parties = new ArrayList<>();

  @AfterMethod
  public void end() {
    stacks.forEach(SipStackImpl::stop);
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    stacks.clear();
    parties.clear();
  }

  private static InetAddress ip(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
  }

  // ---- how long it's remembered

  @Test
  public void system_is_asked_once_in_two_seconds_for_each_peer() throws Exception {
    VirtualClock clock = new VirtualClock();
    List<InetAddress> asked = new ArrayList<>();
    InetAddress[] own = {ip(1)};
    OwnAddresses addresses =
        new OwnAddresses(
            peer -> {
              asked.add(peer);
              return own[0];
            },
            clock);
    for (int i = 0; i < 100; i++) {
      assertEquals(addresses.towards(ip(7)), "192.0.2.1");
      assertEquals(addresses.towards(null), "192.0.2.1");
    }
    assertEquals(asked.size(), 2);
    assertEquals(addresses.towards(ip(8)), "192.0.2.1");
    assertEquals(asked.size(), 3);
    own[0] = InetAddress.getByName("2001:db8:0:0:0:0:0:1");
    clock.advance(Duration.ofMillis(1999));
    assertEquals(addresses.towards(ip(7)), "192.0.2.1");
    clock.advance(Duration.ofMillis(1));
    assertEquals(addresses.towards(ip(7)), "[2001:db8::1]");
    assertEquals(asked.size(), 4);
    assertTrue(addresses.wereTold("192.0.2.1") && addresses.wereTold("[2001:db8::1]"));
    assertFalse(addresses.wereTold("192.0.2.7"));
  }

  @Test
  public void peers_without_number_are_not_all_remembered() throws Exception {
    int[] asked = new int[1];
    OwnAddresses addresses =
        new OwnAddresses(
            peer -> {
              asked[0]++;
              return peer;
            },
            new VirtualClock());
    for (int i = 0; i < 100_000; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      addresses.towards(InetAddress.getByAddress(address));
    }
    assertEquals(asked[0], 100_000);
    assertEquals(addresses.towards(ip(1)), "192.0.2.1");
    assertFalse(addresses.wereTold("192.0.2.1"), "more than 64 are no addresses of ours");
  }

  // ---- several addresses at once

  private static ListeningPoint point(SipStackImpl stack, String address, String transport)
      throws Exception {
    for (int i = 0; ; i++) {
      try {
        return stack.createListeningPoint(address, Live.freePort(address), transport);
      } catch (InvalidArgumentException takenMeanwhile) {
        if (i == 20) {
          throw takenMeanwhile;
        }
      }
    }
  }

  private Party bob() throws Exception {
    Party bob = Live.party();
    parties.add(bob);
    return bob.answering("OPTIONS", 200);
  }

  private static Request options(SipProvider from, Party to, String transport) throws Exception {
    ListeningPointImpl point = (ListeningPointImpl) from.getListeningPoint(transport);
    Request request = to.request("OPTIONS", Party.uri(to, "transport=" + transport), transport);
    request.setHeader(point.createViaHeader());
    request.setHeader(from.getNewCallId());
    request.setHeader(point.createContactHeader());
    return request;
  }

  @Test
  public void each_provider_calls_from_its_own_address() throws Exception {
    SipStackImpl stack = new SipStackImpl(Live.properties(Live.newName()));
    stacks.add(stack);
    Party bob = bob();
    Set<String> sources = new TreeSet<>();
    for (String address : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
      for (String transport : List.of("udp", "tcp")) {
        SipProvider provider = stack.createSipProvider(point(stack, address, transport));
        int before = bob.requests.size();
        provider.getNewClientTransaction(options(provider, bob, transport)).sendRequest();
        Live.await("the request", () -> bob.requests.size() == before + 1);
        Request seen = bob.lastRequest().getRequest();
        Flow flow = (Flow) ((SipMessage) seen).attachment();
        assertEquals(flow.remote().getAddress().getHostAddress(), address);
        sources.add(Calls.header(seen.toString(), "Via").replaceAll(".* |:.*", ""));
      }
    }
    assertEquals(sources, Set.of("127.0.0.1", "127.0.0.2", "127.0.0.3"));
  }

  @Test
  public void provider_with_points_at_different_addresses_names_the_one_it_uses() throws Exception {
    SipStackImpl stack = new SipStackImpl(Live.properties(Live.newName()));
    stacks.add(stack);
    ListeningPoint udp = point(stack, "127.0.0.1", "udp");
    ListeningPoint tcp = point(stack, "127.0.0.2", "tcp");
    SipProvider provider = stack.createSipProvider(udp);
    provider.addListeningPoint(tcp);
    Party bob = bob();
    // The program thinks it's UDP; the URI says TCP.
    Request request = bob.request("OPTIONS", Party.uri(bob, "transport=tcp"), "udp");
    request.setHeader(((ListeningPointImpl) udp).createViaHeader());
    request.setHeader(provider.getNewCallId());
    provider.getNewClientTransaction(request).sendRequest();
    Live.await("the request", () -> bob.requests.size() == 1);
    String via = Calls.header(bob.lastRequest().getRequest().toString(), "Via");
    assertTrue(via.startsWith("SIP/2.0/TCP 127.0.0.2:" + tcp.getPort()), via);
  }

  @Test
  public void ipv4_and_ipv6_stand_side_by_side() throws Exception {
    SipStackImpl stack = new SipStackImpl(Live.properties(Live.newName()));
    stacks.add(stack);
    SipProvider four = stack.createSipProvider(point(stack, "127.0.0.1", "udp"));
    ListeningPoint six = point(stack, "::1", "udp");
    stack.createSipProvider(six);
    Party bob = Live.partyAt("::1");
    parties.add(bob.answering("OPTIONS", 200));
    Request request = bob.request("OPTIONS", bob);
    request.setHeader(((ListeningPointImpl) four.getListeningPoint("udp")).createViaHeader());
    request.setHeader(four.getNewCallId());
    four.getNewClientTransaction(request).sendRequest(); // goes from the other one
    Live.await("the request", () -> bob.requests.size() == 1);
    String via = Calls.header(bob.lastRequest().getRequest().toString(), "Via");
    assertTrue(via.startsWith("SIP/2.0/UDP [::1]:" + six.getPort()), via);
    assertFalse(via.contains("received"), via);
    assertTrue(stack.isOwn("[0:0:0:0:0:0:0:1]", six.getPort()), "another spelling");
    assertFalse(stack.isOwn("[::2]", six.getPort()));
  }

  // ---- link-local addresses

  private static Inet6Address linkLocal() throws Exception {
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : one.inetAddresses().toList()) {
        if (one.isUp() && address.isLinkLocalAddress() && address instanceof Inet6Address v6) {
          return v6;
        }
      }
    }
    throw new SkipException("No interface with a link-local IPv6 address here");
  }

  @DataProvider
  public static Object[][] linkLocals() {
    return new Object[][] {{"udp", false}, {"tcp", false}, {"udp", true}, {"tcp", true}};
  }

  @Test(dataProvider = "linkLocals")
  public void zone_of_a_link_local_address_stays_here_and_answers_find_back(
      String transport, boolean wildcard) throws Exception {
    Inet6Address own = linkLocal();
    String zoned = own.getHostAddress();
    assertTrue(zoned.contains("%"), zoned);
    Party alice = Live.partyAt(wildcard ? "::" : zoned);
    Party bob = Live.partyAt(zoned);
    parties.add(alice);
    parties.add(bob);
    bob.on(
        "OPTIONS",
        event -> {
          javax.sip.message.Response ok = Party.MESSAGES.createResponse(200, event.getRequest());
          ok.setHeader(point(bob, transport).createContactHeader());
          Party.transaction(event).sendResponse(ok);
        });
    // As programs do it: what the listening point says, into a header and a URI.
    ListeningPointImpl point = point(bob, transport);
    javax.sip.address.SipURI uri = Party.ADDRESSES.createSipURI("bob", point.getIPAddress());
    uri.setPort(point.getPort());
    uri.setTransportParam(transport);
    ListeningPointImpl alices = point(alice, transport);
    Party helper = Live.party();
    parties.add(helper);
    Request request = helper.request("OPTIONS", "sip:x@y", transport);
    request.setRequestURI(uri);
    request.setHeader(alices.createViaHeader());
    request.setHeader(alice.provider().getNewCallId());
    request.setHeader(alices.createContactHeader());
    alice.send(request);
    Live.await("the answer", () -> alice.responses.size() == 1);
    String seen = bob.lastRequest().getRequest().toString();
    assertFalse(seen.contains("%"), seen);
    String bare = "[" + zoned.substring(0, zoned.indexOf('%')) + "]";
    String told = wildcard ? "[" + Ipv6.text(own.getAddress()) + "]" : bare;
    assertTrue(Calls.header(seen, "Via").contains(" " + told + ":" + alice.port), seen);
    assertTrue(Calls.header(seen, "Contact").contains(told + ":" + alice.port), seen);
    ContactHeader contact = (ContactHeader) alice.lastResponse().getResponse().getHeader("Contact");
    assertTrue(contact.toString().contains(bare + ":" + bob.port), contact.toString());
    InetSocketAddress source =
        ((Flow) ((SipMessage) bob.lastRequest().getRequest()).attachment()).remote();
    assertNotEquals(((Inet6Address) source.getAddress()).getScopeId(), 0);
    // Along the flow, whose token has the zone too.
    Request back = helper.request("OPTIONS", "sip:alice@there.invalid", transport);
    back.setHeader(point.createViaHeader());
    back.setHeader(bob.provider().getNewCallId());
    String token = bob.stack.flowOf(bob.lastRequest().getRequest()).token();
    back.addHeader(Party.HEADERS.createHeader("Route", "<sip:" + token + "@here.invalid;lr>"));
    bob.send(back);
    Live.await("the request", () -> alice.requests.size() == 1);
    assertFalse(alice.lastRequest().getRequest().toString().contains("flow-"));
  }

  private static ListeningPointImpl point(Party of, String transport) {
    return of.provider().getListeningPoint(transport);
  }
}
