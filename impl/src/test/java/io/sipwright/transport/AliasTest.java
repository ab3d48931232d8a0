package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
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
  public void connection_has_one_address_and_an_address_its_latest_connection() {
    Aliases<String> aliases = new Aliases<>();
    InetSocketAddress other = new InetSocketAddress(Sockets.V4, 5062);
    aliases.put(ADVERTISED, "first");
    aliases.put(other, "first");
    assertNull(aliases.get(ADVERTISED));
    assertEquals(aliases.get(other), "first");
    aliases.put(other, "second");
    aliases.remove("first");
    assertEquals(aliases.get(other), "second");
    aliases.remove("second");
    assertEquals(aliases.size(), 0);
  }
}
