package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Whose requests go over a connection that the peer has opened (RFC 5923 §5, §8.2, §9). */
public class AliasTest {
  private static final InetSocketAddress ADVERTISED = new InetSocketAddress(Sockets.V4, 5061);

  private TlsNetworks networks;
  private Recorder server;
  private Endpoint right;

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    server = new Recorder();
    right = null;
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  private TlsSettings.Builder keyed(String domain) throws Exception {
    TestCa.Identity own = networks.ca.issue(TestCa.wish(domain).dns(domain));
    return networks.trusting().keys(List.of(networks.keys(own)));
  }

  /** The server's side of a connection that a client with these keys has opened. */
  private Flow accepted(TlsSettings client) throws Exception {
    if (right == null) {
      right =
          networks
              .network(keyed(TlsNetworks.DOMAIN).clientAuth(ClientAuth.WANTED).build())
              .open("tls", Sockets.anyPort(), server);
    }
    Endpoint left = networks.network(client).open("tls", Sockets.anyPort(), new Recorder());
    left.flowTo(right.local(), TlsNetworks.DOMAIN).send(Recorder.ok(""), null);
    return server.message().flow();
  }

  @Test
  public void requests_go_there_if_they_are_for_a_domain_of_the_certificate() throws Exception {
    Flow flow = accepted(keyed("p1.example.com").build());
    assertNotSame(right.flowTo(ADVERTISED, "p1.example.com"), flow, "not offered yet");
    right.alias(flow, ADVERTISED);
    assertSame(right.flowTo(ADVERTISED, "P1.example.com"), flow);
    assertNotSame(right.flowTo(ADVERTISED, "p2.example.com"), flow);
    assertNotSame(right.flowTo(ADVERTISED, "127.0.0.1"), flow);
    InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 5061);
    assertNotSame(right.flowTo(elsewhere, "p1.example.com"), flow);
    flow.close();
    Recorder.next(server.closed, "end");
    assertNotSame(right.flowTo(ADVERTISED, "p1.example.com"), flow);
  }

  @Test
  public void peer_without_certificate_is_no_alias() throws Exception {
    Flow flow = accepted(networks.trusting().build());
    right.alias(flow, ADVERTISED);
    assertNotSame(right.flowTo(ADVERTISED, "p1.example.com"), flow);
    assertNotSame(right.flowTo(ADVERTISED, "127.0.0.1"), flow);
  }

  @Test
  public void each_domain_of_an_address_has_the_connection_of_its_certificate() throws Exception {
    Flow one = accepted(keyed("p1.example.com").build());
    Flow two = accepted(keyed("p2.example.com").build());
    right.alias(one, ADVERTISED);
    right.alias(two, ADVERTISED);
    assertSame(right.flowTo(ADVERTISED, "p1.example.com"), one);
    assertSame(right.flowTo(ADVERTISED, "p2.example.com"), two);
    two.close();
    Recorder.next(server.closed, "end");
    assertSame(right.flowTo(ADVERTISED, "p1.example.com"), one);
    assertNotSame(right.flowTo(ADVERTISED, "p2.example.com"), two);
  }

  @Test
  public void all_domains_of_a_certificate_and_all_ports_of_a_peer_share_its_connection()
      throws Exception {
    TestCa.Identity both =
        networks.ca.issue(TestCa.wish("both").dns("p1.example.com").dns("p2.example.com"));
    Flow flow = accepted(networks.trusting().keys(List.of(networks.keys(both))).build());
    InetSocketAddress other = new InetSocketAddress(Sockets.V4, 5071);
    right.alias(flow, ADVERTISED);
    right.alias(flow, other);
    for (InetSocketAddress address : List.of(ADVERTISED, other)) {
      assertSame(right.flowTo(address, "p1.example.com"), flow);
      assertSame(right.flowTo(address, "p2.example.com"), flow);
      assertNotSame(right.flowTo(address, "p3.example.com"), flow);
    }
  }

  /** RFC 5923 §8.1: of a connection that was opened from here. */
  @Test
  public void client_shares_a_connection_among_the_domains_of_the_servers_certificate()
      throws Exception {
    TestCa.Identity both =
        networks.ca.issue(TestCa.wish("both").dns("p1.example.com").dns("p2.example.com"));
    right =
        networks
            .network(networks.trusting().keys(List.of(networks.keys(both))).build())
            .open("tls", Sockets.anyPort(), server);
    Recorder client = new Recorder();
    Endpoint left =
        networks.network(networks.trusting().build()).open("tls", Sockets.anyPort(), client);
    Flow flow = left.flowTo(right.local(), "p1.example.com");
    left.alias(flow, right.local());
    assertNotSame(
        left.flowTo(right.local(), "p2.example.com"), flow, "its certificate isn't known");
    flow.send(Recorder.ok(""), null);
    server.message();
    assertSame(left.flowTo(right.local(), "p1.example.com"), flow);
    assertSame(left.flowTo(right.local(), "p2.example.com"), flow);
    assertNotSame(left.flowTo(right.local(), "p3.example.com"), flow);
    flow.close();
    Recorder.next(client.closed, "end");
    assertNotSame(left.flowTo(right.local(), "p2.example.com"), flow);
  }

  private static InetSocketAddress port(int number) {
    return new InetSocketAddress(Sockets.V4, number);
  }

  @Test
  public void connection_that_was_named_last_comes_first() {
    Aliases<String> aliases = new Aliases<>();
    aliases.put(ADVERTISED, "first");
    aliases.put(ADVERTISED, "second");
    assertEquals(aliases.get(ADVERTISED), List.of("second", "first"));
    aliases.put(ADVERTISED, "first");
    assertEquals(aliases.get(ADVERTISED), List.of("first", "second"));
    aliases.put(port(5062), "first");
    assertEquals(aliases.size(), 3);
    aliases.remove("first");
    assertEquals(aliases.get(ADVERTISED), List.of("second"));
    assertEquals(aliases.get(port(5062)), List.of());
    aliases.remove("second");
    assertEquals(aliases.size(), 0);
    assertEquals(aliases.get(ADVERTISED), List.of());
  }

  @Test
  public void peer_that_names_a_new_port_each_time_has_the_last_eight() {
    Aliases<String> aliases = new Aliases<>();
    for (int i = 1; i <= 60_000; i++) {
      aliases.put(port(i), "greedy");
      aliases.put(port(7), "greedy"); // time and again
    }
    assertEquals(aliases.size(), Aliases.MOST_ADDRESSES);
    assertEquals(aliases.get(port(59_992)), List.of());
    for (int i = 59_994; i <= 60_000; i++) {
      assertEquals(aliases.get(port(i)), List.of("greedy"));
    }
    assertEquals(aliases.get(port(7)), List.of("greedy"));
    aliases.remove("greedy");
    assertEquals(aliases.size(), 0);
  }

  @Test
  public void address_has_the_sixteen_connections_that_were_named_last() {
    Aliases<Integer> aliases = new Aliases<>();
    for (int i = 0; i < 1_000; i++) {
      aliases.put(ADVERTISED, i);
    }
    assertEquals(aliases.get(ADVERTISED).size(), Aliases.MOST_CONNECTIONS);
    assertEquals(aliases.get(ADVERTISED).get(0), 999);
    assertEquals(aliases.get(ADVERTISED).get(15), 984);
    assertEquals(aliases.size(), Aliases.MOST_CONNECTIONS, "nothing is left of the others");
    aliases.put(ADVERTISED, 984);
    assertEquals(aliases.get(ADVERTISED).get(0), 984);
    assertEquals(aliases.size(), Aliases.MOST_CONNECTIONS);
  }
}
