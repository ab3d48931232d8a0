package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Peers that send anything, and endpoints that end or begin at the wrong time. */
public class HostilePeersTest extends TlsSides {
  private SocketNetwork withKeys() throws Exception {
    TlsSettings tls = networks.withKeys();
    return networks.network(tls);
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  /** What a protocol begins with, so that not everything is refused at the first byte. */
  private static byte[] beginning(String transport) {
    return switch (transport) {
      case "tcp" -> "OPTIONS sip:a SIP/2.0\r\nContent-Length: ".getBytes(US_ASCII);
      case "ws" -> "GET / HTTP/1.1\r\nUpgrade: websocket\r\n".getBytes(US_ASCII);
      default -> new byte[] {0x16, 3, 1, 0, 60, 1, 0, 0, 56, 3, 3};
    };
  }

  @Test(dataProvider = "transports")
  public void random_bytes_end_their_connection_and_nothing_else(String transport)
      throws Exception {
    SocketNetwork network = withKeys();
    Endpoint right = network.open(transport, Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    Random random = new Random(20_261_127);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      try (Socket socket = new Socket(right.local().getAddress(), right.local().getPort())) {
        socket.setSoTimeout(20_000);
        if (i % 2 == 0) {
          socket.getOutputStream().write(beginning(transport));
        }
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (SocketException reset) {
        assertNotNull(reset); // an end too
      }
    }
    left.flowTo(right.local(), TlsNetworks.DOMAIN).send(Recorder.request("INFO", "legal"), client);
    while (!server.message().text().endsWith("legal")) {
      assertTrue(client.failures.isEmpty());
    }
    for (int i = 0; i < 300; i++) {
      Recorder.next(server.closed, "end of a connection");
    }
    assertEquals(network.figures().open(), 1);
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @Test(dataProvider = "transports")
  public void network_closed_within_handshakes_leaves_nothing(String transport) throws Exception {
    SocketNetwork network = withKeys();
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    byte[] begin = beginning(transport);
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(Sockets.anyPort());
      endpoint
          .flowTo((InetSocketAddress) silent.getLocalSocketAddress(), TlsNetworks.DOMAIN)
          .send(Recorder.request("INFO", "lost"), client);
      try (Socket accepted = silent.accept();
          Socket one = new Socket(endpoint.local().getAddress(), endpoint.local().getPort());
          Socket two = new Socket(endpoint.local().getAddress(), endpoint.local().getPort())) {
        two.getOutputStream().write(begin);
        while (network.figures().open() < 3) {
          LockSupport.parkNanos(2_000_000);
        }
        network.close();
        assertEquals(network.figures().open(), 0);
        accepted.setSoTimeout(20_000);
        for (Socket socket : List.of(one, two)) {
          socket.setSoTimeout(20_000);
          assertTrue(ends(socket));
        }
      }
    }
    if (!transport.equals("tcp")) { // over TCP it was written
      assertNotNull(Recorder.next(client.failures, "failure"));
    }
  }

  private static boolean ends(Socket socket) {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test(dataProvider = "transports")
  public void second_endpoint_at_a_port_is_refused_and_the_first_goes_on(String transport)
      throws Exception {
    Endpoint first = withKeys().open(transport, Sockets.anyPort(), server);
    SocketNetwork other = withKeys();
    IOException taken =
        expectThrows(IOException.class, () -> other.open(transport, first.local(), client));
    assertTrue(taken.getMessage().contains(transport), taken.getMessage());
    assertTrue(taken.getMessage().contains("" + first.local().getPort()), taken.getMessage());
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    left.flowTo(first.local(), TlsNetworks.DOMAIN).send(Recorder.request("INFO", "still"), client);
    assertTrue(server.message().text().endsWith("still"));
  }

  /** As a program does that runs its listener on the threads of the network, against the advice. */
  @Test(groups = "slow", timeOut = 30_000)
  public void network_closed_while_its_thread_is_held_up_waits_for_all_connections_at_once()
      throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Recorder slow =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            held.countDown();
            try {
              assertTrue(go.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    SocketNetworkConfig config = Sockets.config().streamThreads(1).build();
    SocketNetwork network = new SocketNetwork(config);
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), slow);
    List<Socket> peers = new ArrayList<>();
    while (peers.size() < 30) {
      peers.add(new Socket(endpoint.local().getAddress(), endpoint.local().getPort()));
    }
    while (network.figures().open() < peers.size()) {
      LockSupport.parkNanos(2_000_000);
    }
    peers.get(0).getOutputStream().write(Recorder.request("INFO", ""));
    assertTrue(held.await(20, TimeUnit.SECONDS));
    endpoint.close();
    go.countDown();
    network.close();
    Sockets.joinThreads(config);
    for (Socket peer : peers) {
      peer.setSoTimeout(20_000);
      assertTrue(ends(peer));
      peer.close();
    }
  }
}
