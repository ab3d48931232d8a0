package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import io.sipwright.tls.TlsSettings;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Keep-alives of clients over real sockets (RFC 5626 §4.4). */
public class KeepAliveTest {
  private TlsNetworks networks;
  private final Recorder client = new Recorder();
  private final Recorder server = new Recorder();
  private final BlockingQueue<Optional<InetSocketAddress>> pongs = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
  private final Flow.PongListener listener =
      new Flow.PongListener() {
        @Override
        public void onPong(InetSocketAddress mapped) {
          pongs.add(Optional.ofNullable(mapped));
        }

        @Override
        public void onRefused() {
          refusals.add("refused");
        }
      };

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    pongs.clear();
    server.messages.clear();
    client.messages.clear();
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"udp"}, {"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  @Test(dataProvider = "transports")
  public void pings_are_answered_and_carry_no_message(String transport) throws Exception {
    TlsSettings tls = networks.withKeys();
    Endpoint right = networks.network(tls).open(transport, Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    Flow flow = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    flow.send(Recorder.ok("1"), client);
    server.message();
    Flow.Ping ping = flow.ping(listener);
    for (int i = 0; i < 3; i++) {
      ping.send();
      InetSocketAddress mapped = Recorder.next(pongs, "pong").orElse(null);
      if (right.reliable()) {
        assertNull(mapped);
      } else {
        assertEquals(mapped, left.local());
      }
    }
    ping.end();
    flow.send(Recorder.ok("2"), client);
    server.message().flow().send(Recorder.ok("3"), server);
    client.message();
    assertEquals(pongs.size(), 0);
    assertEquals(server.messages.size() + client.messages.size(), 0);
  }

  @Test
  public void stun_answer_counts_only_from_where_the_request_went() throws Exception {
    Endpoint endpoint = networks.network(Sockets.config()).open("udp", Sockets.anyPort(), client);
    try (DatagramSocket peer = new DatagramSocket(Sockets.anyPort());
        DatagramSocket stranger = new DatagramSocket(Sockets.anyPort())) {
      peer.setSoTimeout(20_000);
      Flow.Ping ping =
          endpoint.flowTo((InetSocketAddress) peer.getLocalSocketAddress()).ping(listener);
      ping.send();
      DatagramPacket request = new DatagramPacket(new byte[100], 100);
      peer.receive(request);
      byte[] good =
          Objects.requireNonNull(
              Stun.answer(request.getData(), 0, request.getLength(), endpoint.local()));
      byte[] lie =
          Objects.requireNonNull(
              Stun.answer(request.getData(), 0, request.getLength(), Sockets.anyPort()));
      stranger.send(new DatagramPacket(lie, lie.length, endpoint.local()));
      byte[] other = good.clone();
      other[19] ^= 1; // of another request
      peer.send(new DatagramPacket(other, other.length, endpoint.local()));
      peer.send(new DatagramPacket(good, good.length, endpoint.local()));
      assertEquals(Recorder.next(pongs, "pong").orElseThrow(), endpoint.local());
      byte[] message = Recorder.ok("");
      peer.send(new DatagramPacket(good, good.length, endpoint.local())); // twice
      peer.send(new DatagramPacket(message, message.length, endpoint.local()));
      client.message();
      assertEquals(pongs.size(), 0);

      Flow.Ping second =
          endpoint.flowTo((InetSocketAddress) peer.getLocalSocketAddress()).ping(listener);
      second.send();
      peer.receive(request);
      byte[] error = java.util.Arrays.copyOf(request.getData(), request.getLength());
      error[0] = 1;
      error[1] = 0x11;
      peer.send(new DatagramPacket(error, error.length, endpoint.local()));
      assertEquals(Recorder.next(refusals, "refusal"), "refused");
    }
  }
}
