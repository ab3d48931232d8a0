package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Several sockets at one UDP address: shared ones, those connected to peers, those of groups. */
public class UdpSocketsTest {
  private static final int PEERS = 64;
  private SocketNetworkConfig config;
  private SocketNetwork network;

  @BeforeMethod
  public void needs_shared_ports() {
    if (!UdpSocket.canShare()) {
      throw new SkipException("This system has no SO_REUSEPORT");
    }
  }

  private void open(UdpSettings settings) {
    config = Sockets.config().udp(settings).build();
    network = new SocketNetwork(config);
  }

  @AfterMethod(alwaysRun = true)
  public void close() {
    if (network != null) {
      network.close();
      Sockets.assertNoThreads(config);
      network = null;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static InetSocketAddress nobody() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open().bind(Sockets.anyPort())) {
      return (InetSocketAddress) channel.getLocalAddress();
    }
  }

  @Test
  public void peers_are_spread_over_the_sockets_of_an_address_and_all_are_answered()
      throws Exception {
    open(UdpSettings.DEFAULT.withReceivers(4, 1));
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Recorder recorder =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            threads.add(Thread.currentThread().getName());
            flow.send(bytes("pong"), this);
            super.onMessage(flow, buffer, offset, length);
          }
        };
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), recorder);
    assertEquals(Sockets.threads(config).size(), 4);
    Set<InetSocketAddress> peers = new HashSet<>();
    Set<InetSocketAddress> heard = new HashSet<>();
    for (int i = 0; i < PEERS; i++) {
      try (DatagramSocket peer = new DatagramSocket(Sockets.anyPort())) {
        peer.setSoTimeout(20_000);
        peers.add((InetSocketAddress) peer.getLocalSocketAddress());
        peer.send(new DatagramPacket(bytes("ping"), 4, endpoint.local()));
        DatagramPacket answer = new DatagramPacket(new byte[10], 10);
        peer.receive(answer);
        assertEquals(answer.getSocketAddress(), endpoint.local());
      }
      heard.add(recorder.message().flow().remote());
    }
    assertEquals(heard, peers);
    assertTrue(threads.size() > 1, "Received on " + threads);
    assertTrue(recorder.failures.isEmpty());
  }

  @Test
  public void a_shared_address_counts_as_in_use_for_everybody_else() throws Exception {
    open(UdpSettings.DEFAULT.withReceivers(2, 1));
    Endpoint first = network.open("udp", Sockets.anyPort(), new Recorder());
    assertThrows(IOException.class, () -> network.open("udp", first.local(), new Recorder()));
    first.close();
    assertEquals(network.open("udp", first.local(), new Recorder()).local(), first.local());
  }

  @Test
  public void a_port_nobody_listens_on_is_told_to_those_who_want_to_know() throws Exception {
    open(UdpSettings.DEFAULT.withDetectUnreachable(true));
    Recorder recorder = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), recorder);
    InetSocketAddress nobody = nobody();
    endpoint.flowTo(nobody).send(bytes("is there anybody"), recorder);
    IOException failure = Recorder.next(recorder.failures, "failure");
    assertTrue(
        failure.getMessage().startsWith("udp " + Addresses.text(endpoint.local()) + " to "),
        failure.getMessage());
    endpoint.flowTo(nobody).send(bytes("and now"), recorder);
    Recorder.next(recorder.failures, "failure of the second message");
    endpoint.flowTo(nobody).send(bytes("it doesn't matter"), null);
    assertTrue(recorder.failures.isEmpty());
  }

  @Test
  public void a_peer_with_a_socket_of_its_own_is_heard_as_before() throws Exception {
    open(UdpSettings.DEFAULT.withDetectUnreachable(true));
    Recorder a = new Recorder();
    Recorder b = new Recorder();
    Endpoint left = network.open("udp", Sockets.anyPort(), a);
    Endpoint right = network.open("udp", Sockets.anyPort(), b);
    for (int i = 0; i < 20; i++) {
      left.flowTo(right.local()).send(bytes("ping " + i), a);
      Recorder.Received received = b.message();
      assertEquals(received.text(), "ping " + i);
      assertEquals(received.flow().remote(), left.local());
      received.flow().send(bytes("pong " + i), i % 2 == 0 ? b : null);
      Recorder.Received answer = a.message();
      assertEquals(answer.text(), "pong " + i);
      assertEquals(answer.flow(), left.flowTo(right.local()));
    }
    assertTrue(a.failures.isEmpty());
    assertTrue(b.failures.isEmpty());
  }

  @Test
  public void more_peers_than_sockets_are_all_served() throws Exception {
    open(UdpSettings.DEFAULT.withDetectUnreachable(true));
    Recorder recorder = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), recorder);
    for (int i = 0; i < 600; i++) {
      try (DatagramSocket peer = new DatagramSocket(Sockets.anyPort())) {
        peer.setSoTimeout(20_000);
        endpoint
            .flowTo((InetSocketAddress) peer.getLocalSocketAddress())
            .send(bytes("to " + i), recorder);
        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        peer.receive(packet);
        assertEquals(packet.getSocketAddress(), endpoint.local());
      }
    }
  }

  @Test
  public void an_interrupted_sender_closes_nothing() throws Exception {
    open(UdpSettings.DEFAULT.withDetectUnreachable(true));
    Recorder recorder = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), recorder);
    for (int i = 0; i < 3; i++) {
      Thread.currentThread().interrupt();
      endpoint.flowTo(endpoint.local()).send(bytes("interrupted"), recorder);
      assertTrue(Thread.interrupted());
      assertEquals(recorder.message().text(), "interrupted");
    }
    assertTrue(recorder.failures.isEmpty());
  }

  @Test(groups = "multicast")
  public void what_is_sent_to_a_group_arrives_and_is_answered_from_the_own_address()
      throws Exception {
    if (!Boolean.getBoolean("sipwright.multicast")) {
      throw new SkipException("Run in a network namespace of its own: .ci/multicast-check");
    }
    InetAddress group = InetAddress.getByName("224.0.1.75"); // RFC 3261 §10.2.6
    open(UdpSettings.DEFAULT.withMulticastGroups(List.of(group)));
    for (InetSocketAddress local :
        List.of(Sockets.anyPort(), new InetSocketAddress("0.0.0.0", 0))) {
      Recorder recorder = new Recorder();
      Endpoint endpoint = network.open("udp", local, recorder);
      try (DatagramSocket peer = new DatagramSocket(Sockets.anyPort())) {
        peer.setSoTimeout(20_000);
        peer.setOption(
            StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(Sockets.V4));
        peer.send(
            new DatagramPacket(
                bytes("REGISTER"), 8, new InetSocketAddress(group, endpoint.local().getPort())));
        Recorder.Received received = recorder.message();
        assertEquals(received.text(), "REGISTER");
        received.flow().send(bytes("200"), recorder);
        DatagramPacket answer = new DatagramPacket(new byte[10], 10);
        peer.receive(answer);
        assertEquals(answer.getAddress(), Sockets.V4);
        assertEquals(answer.getPort(), endpoint.local().getPort());
      }
      endpoint.close();
    }
  }
}
