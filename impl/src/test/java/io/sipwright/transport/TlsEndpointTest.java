package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.KeySource;
import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSession;
import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class TlsEndpointTest {
  private TlsNetworks networks;
  private final Recorder client = new Recorder();
  private final Recorder server = new Recorder();

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    for (Recorder r : List.of(client, server)) {
      r.messages.clear();
      r.closed.clear();
      r.failures.clear();
    }
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private Endpoint serverWith(TlsSettings tls) throws Exception {
    return networks.network(tls).open("tls", Sockets.anyPort(), server);
  }

  private Endpoint clientWith(TlsSettings tls) throws Exception {
    return networks.network(tls).open("tls", Sockets.anyPort(), client);
  }

  private Endpoint usualServer() throws Exception {
    return serverWith(networks.withKeys());
  }

  @DataProvider
  public static Object[][] versions() {
    return new Object[][] {{"TLSv1.3"}, {"TLSv1.2"}};
  }

  @Test(dataProvider = "versions")
  public void messages_go_there_and_back_on_one_connection(String version) throws Exception {
    Endpoint right = usualServer();
    Endpoint left = clientWith(networks.trusting().protocols(List.of(version)).build());
    assertEquals(right.transport(), "tls");
    assertTrue(right.reliable());
    assertFalse(right.delimitsMessages());

    Flow flow = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    assertNull(flow.tls());
    byte[] request = Recorder.request("OPTIONS", "from left");
    flow.send(request, client);
    Recorder.Received received = server.message();
    assertEquals(received.text(), text(request));
    byte[] response = Recorder.ok("from right");
    received.flow().send(response, server);
    assertEquals(client.message(), new Recorder.Received(flow, text(response)));

    TlsSession session = flow.tls();
    assertNotNull(session);
    assertEquals(session.protocol(), version);
    assertTrue(session.verified());
    assertEquals(session.peerDomains(), List.of(TlsNetworks.DOMAIN));
    assertEquals(session.localCertificates(), List.of());
    TlsSession other = received.flow().tls();
    assertNotNull(other);
    assertEquals(other.cipherSuite(), session.cipherSuite());
    assertEquals(other.localCertificates(), session.peerCertificates());
    assertEquals(other.peerCertificates(), List.of());

    assertSame(left.flowTo(right.local(), "SIP.example.COM"), flow);
    left.close();
    assertNull(Recorder.next(server.closed, "end").cause());
    assertNull(Recorder.next(client.closed, "end").cause());
    assertTrue(client.failures.isEmpty() && server.failures.isEmpty());
  }

  @Test
  public void peer_that_has_connected_is_reached_on_its_connection() throws Exception {
    Endpoint right = usualServer();
    Endpoint left = clientWith(networks.trusting().build());
    Flow flow = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    flow.send(Recorder.request("REGISTER", ""), client);
    Flow arrival = server.message().flow();
    InetSocketAddress peer = arrival.remote();
    assertSame(right.flowTo(peer), arrival);
    assertSame(right.flowTo(peer, peer.getAddress().getHostAddress()), arrival);
    assertSame(right.existingFlow(peer), arrival);
    // Nothing says that it's example.org: for that it would have to show a certificate.
    assertNotSame(right.flowTo(peer, "example.org"), arrival);
  }

  @Test
  public void server_for_another_domain_is_not_spoken_to() throws Exception {
    Endpoint right = usualServer();
    Endpoint left = clientWith(networks.trusting().build());
    Flow good = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    good.send(Recorder.request("OPTIONS", "good"), client);
    assertTrue(server.message().text().endsWith("good"));
    // Same address, but another domain: the connection that stands is no way there.
    Flow bad = left.flowTo(right.local(), "example.com");
    assertNotSame(bad, good);
    bad.send(Recorder.request("OPTIONS", "bad"), client);
    String failure = Recorder.next(client.failures, "failure").getMessage();
    assertTrue(failure.contains("not for the domain example.com"), failure);
    assertTrue(failure.contains("[sip.example.com]"), failure);
    assertTrue(server.messages.isEmpty());
    assertNotNull(Recorder.next(client.closed, "end").cause());
    assertFalse(bad.isOpen());
    assertTrue(good.isOpen());
  }

  @Test
  public void server_without_keys_refuses_but_may_call_others() throws Exception {
    Endpoint keyless = clientWith(networks.trusting().build());
    Endpoint right = usualServer();
    Flow flow = right.flowTo(keyless.local(), TlsNetworks.DOMAIN);
    flow.send(Recorder.request("OPTIONS", ""), server);
    assertNotNull(Recorder.next(server.failures, "failure"));
    keyless.flowTo(right.local(), TlsNetworks.DOMAIN).send(Recorder.request("INFO", ""), client);
    assertTrue(server.message().text().startsWith("INFO"));
  }

  @Test
  public void broken_stream_is_answered_before_it_ends() throws Exception {
    Endpoint right = usualServer();
    Recorder answering =
        new Recorder() {
          @Override
          public void onBrokenStream(Flow flow, byte[] b, int offset, int length, String why) {
            flow.send(Recorder.ok("broken"), null);
            super.onBrokenStream(flow, b, offset, length, why);
          }
        };
    Endpoint strict =
        networks.network(networks.withKeys()).open("tls", Sockets.anyPort(), answering);
    assertNotNull(right);
    Endpoint left = clientWith(networks.trusting().build());
    left.flowTo(strict.local(), TlsNetworks.DOMAIN)
        .send("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: x\r\n\r\n".getBytes(ISO_8859_1), null);
    assertTrue(client.message().text().endsWith("broken"));
    assertNotNull(Recorder.next(client.closed, "end"));
    assertNotNull(Recorder.next(answering.closed, "end"));
  }

  @Test
  public void policy_sees_the_certificate_and_may_refuse_the_peer() throws Exception {
    TestCa.Identity friend = networks.ca.issue(TestCa.wish("c").uri("sip:friend.example.org"));
    TestCa.Identity stranger = networks.ca.issue(TestCa.wish("c").dns("stranger.example.org"));
    ConnectionPolicy friendsOnly =
        new ConnectionPolicy() {
          @Override
          public void checkPeer(TlsSession session, InetSocketAddress remote, boolean outgoing)
              throws CertificateException {
            if (!outgoing && !session.peerDomains().contains("friend.example.org")) {
              throw new CertificateException("not a friend: " + session.peerDomains());
            }
          }
        };
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(networks.keys(networks.server())))
            .clientAuth(ClientAuth.NEEDED)
            .build();
    Endpoint right =
        networks
            .network(Sockets.config().tls(tls).policy(friendsOnly))
            .open("tls", Sockets.anyPort(), server);
    Endpoint good = clientWith(networks.trusting().keys(List.of(networks.keys(friend))).build());
    good.flowTo(right.local(), TlsNetworks.DOMAIN).send(Recorder.request("INFO", ""), client);
    Flow arrival = server.message().flow();
    assertEquals(arrival.tls().peerCertificates(), friend.chain());

    Endpoint bad = clientWith(networks.trusting().keys(List.of(networks.keys(stranger))).build());
    bad.flowTo(right.local(), TlsNetworks.DOMAIN).send(Recorder.request("INFO", ""), client);
    assertNotNull(Recorder.next(client.failures, "failure"));
    assertTrue(server.messages.isEmpty());
  }

  @Test
  public void keys_that_were_replaced_serve_new_connections_and_old_ones_go_on() throws Exception {
    Path file = networks.server().pem(networks.file(".pem"));
    TlsSettings tls =
        networks.trusting().keys(List.of(new KeySource.PemFiles(file, file, null))).build();
    SocketNetwork network = networks.network(tls);
    Endpoint right = network.open("tls", Sockets.anyPort(), server);
    Endpoint left = clientWith(networks.trusting().build());
    Flow before = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    before.send(Recorder.request("INFO", "1"), client);
    assertTrue(server.message().text().endsWith("1"));

    Files.writeString(file, "rubbish");
    IOException e = expectThrows(IOException.class, network::reloadKeys);
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    TestCa.Identity renewed = networks.ca.issue(TestCa.wish("renewed").dns("new.example.com"));
    renewed.pem(file);
    network.reloadKeys();

    before.send(Recorder.request("INFO", "2"), client);
    assertTrue(server.message().text().endsWith("2"));
    Flow after = left.flowTo(right.local(), "new.example.com");
    after.send(Recorder.request("INFO", "3"), client);
    assertTrue(server.message().text().endsWith("3"));
    assertEquals(after.tls().peerCertificates(), renewed.chain());
    assertTrue(before.isOpen());
  }

  @Test
  public void changed_files_are_noticed() throws Exception {
    Path file = networks.server().pem(networks.file(".pem"));
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(new KeySource.PemFiles(file, file, null)))
            .reloadSeconds(1)
            .build();
    Endpoint right = serverWith(tls);
    TestCa.Identity renewed = networks.ca.issue(TestCa.wish("renewed").dns("new.example.com"));
    renewed.pem(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
    Endpoint left = clientWith(networks.trusting().build());
    // Until it's noticed, the handshake fails, because the certificate is for another domain.
    Recorder.Received received = null;
    for (int i = 0; received == null && i < 100; i++) {
      left.flowTo(right.local(), "new.example.com").send(Recorder.request("INFO", ""), client);
      received = server.messages.poll(200, TimeUnit.MILLISECONDS);
    }
    assertNotNull(received);
    assertEquals(received.flow().tls().localCertificates(), renewed.chain());
  }

  @Test
  public void handshake_that_never_begins_ends_in_time() throws Exception {
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(networks.keys(networks.server())))
            .handshakeTimeoutMillis(200)
            .build();
    Endpoint right = serverWith(tls);
    try (java.net.Socket silent =
        new java.net.Socket(right.local().getAddress(), right.local().getPort())) {
      silent.setSoTimeout(20_000);
      silent.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (java.net.SocketException reset) {
      assertNotNull(reset); // an end too
    }
    assertNotNull(Recorder.next(server.closed, "end").cause());
  }

  @Test
  public void key_store_that_can_not_be_read_is_named() {
    TlsSettings tls =
        TlsSettings.builder()
            .keys(List.of(new KeySource.StoreFile(networks.file(".p12"), null, "x")))
            .build();
    IOException e = expectThrows(IOException.class, () -> serverWith(tls));
    assertTrue(e.getMessage().contains(".p12 can't be read: there is no such file"), e.toString());
  }

  /** Another handshake costs the server more than the client (RFC 5246 §7.4.1.1 lets us refuse). */
  @Test
  public void second_handshake_on_a_connection_ends_it() throws Exception {
    Endpoint right = usualServer();
    try (SSLSocket peer = networks.socketTo(right.local(), "TLSv1.2")) {
      peer.setSoTimeout(20_000);
      peer.getOutputStream().write(Recorder.request("INFO", "1"));
      assertTrue(server.message().text().endsWith("1"));
      peer.startHandshake();
      peer.getOutputStream().write(Recorder.request("INFO", "2"));
      assertEquals(peer.getInputStream().read(), -1);
    } catch (IOException refused) {
      assertNotNull(refused); // an end too
    }
    String cause = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(cause.contains("renegotiation"), cause);
    assertTrue(server.messages.isEmpty());
  }

  @Test
  public void peer_may_change_the_keys_of_a_connection() throws Exception {
    Endpoint right = usualServer();
    try (SSLSocket peer = networks.socketTo(right.local(), "TLSv1.3")) {
      peer.getOutputStream().write(Recorder.request("INFO", "1"));
      assertTrue(server.message().text().endsWith("1"));
      peer.startHandshake(); // KeyUpdate (RFC 8446 §4.6.3)
      peer.getOutputStream().write(Recorder.request("INFO", "2"));
      assertTrue(server.message().text().endsWith("2"));
    }
  }
}
