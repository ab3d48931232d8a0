package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

/** What a peer may take of a stream transport, and what happens to one that takes more. */
public class StreamLimitsTest {
  private SocketNetworkConfig config = SocketNetworkConfig.DEFAULT;
  private SocketNetwork network = new SocketNetwork(config);

  private Endpoint open(SocketNetworkConfig wanted, Recorder recorder) throws IOException {
    config = wanted;
    network = new SocketNetwork(config);
    return network.open("tcp", Sockets.anyPort(), recorder);
  }

  @AfterMethod
  public void close() {
    network.close();
    Sockets.assertNoThreads(config);
  }

  private static Socket connect(Endpoint to, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(to.local());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void greet(Socket socket, Recorder recorder) throws Exception {
    socket.getOutputStream().write(Recorder.ok("")); // nothing that wants an answer
    recorder.message();
  }

  private long reached(ConnectionLimit limit) {
    return network.figures().reached(limit);
  }

  @Test
  public void a_source_with_too_many_connections_gets_no_more_and_others_do() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().maxConnectionsPerSource(2).build(), a);
    try (Socket one = connect(endpoint, "127.0.0.1");
        Socket two = connect(endpoint, "127.0.0.1")) {
      greet(one, a);
      greet(two, a);
      try (Socket three = connect(endpoint, "127.0.0.1")) {
        assertEquals(three.getInputStream().read(), -1);
      }
      assertEquals(reached(ConnectionLimit.CONNECTIONS_PER_SOURCE), 1);
      try (Socket other = connect(endpoint, "127.0.0.2")) {
        greet(other, a);
        assertEquals(network.figures().open(), 3);
      }
      Recorder.next(a.closed, "end");
      one.shutdownOutput();
      Recorder.next(a.closed, "end");
      try (Socket again = connect(endpoint, "127.0.0.1")) {
        greet(again, a);
      }
      Recorder.next(a.closed, "end");
    }
    Recorder.next(a.closed, "end");
    assertEquals(network.figures().open(), 0);
  }

  @Test
  public void connections_opened_from_here_count_for_no_source() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().maxConnectionsPerSource(1).build(), a);
    try (ServerSocket server = new ServerSocket()) {
      server.bind(Sockets.anyPort());
      InetSocketAddress to = (InetSocketAddress) server.getLocalSocketAddress();
      endpoint.flowTo(to).send(Recorder.ok(""), a);
      try (Socket peer = server.accept();
          Socket one = connect(endpoint, "127.0.0.1")) {
        greet(one, a);
        assertEquals(network.figures().open(), 2);
        assertEquals(peer.getInetAddress(), one.getInetAddress());
      }
    }
  }

  @Test
  public void one_that_connects_and_says_nothing_is_closed() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().firstMessageMillis(100).build(), a);
    try (Socket talker = connect(endpoint, "127.0.0.1")) {
      greet(talker, a);
      try (Socket silent = connect(endpoint, "127.0.0.1");
          Socket slow = connect(endpoint, "127.0.0.1")) {
        slow.getOutputStream().write('I');
        assertEquals(silent.getInputStream().read(), -1);
        assertEquals(slow.getInputStream().read(), -1);
      }
      Recorder.next(a.closed, "end");
      Recorder.next(a.closed, "end");
      assertEquals(reached(ConnectionLimit.FIRST_MESSAGE_TIME), 2);
      greet(talker, a);
    }
  }

  @Test
  public void one_that_never_reads_is_closed_and_holds_up_nobody() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint =
        open(Sockets.config().maxPendingBytes(200_000).partialMessageMillis(200).build(), a);
    try (Socket deaf = connect(endpoint, "127.0.0.1");
        Socket other = connect(endpoint, "127.0.0.1")) {
      deaf.getOutputStream().write(Recorder.request("OPTIONS", ""));
      Flow flow = a.message().flow();
      byte[] message = Recorder.ok("x".repeat(50_000));
      Recorder.Closed end = null;
      for (int i = 0; end == null; i++) {
        flow.send(message, a);
        if (!a.failures.isEmpty()) {
          end = a.closed.poll(100, TimeUnit.MILLISECONDS);
        }
        assertTrue(i < 10_000);
      }
      assertEquals(end.flow(), flow);
      assertEquals(reached(ConnectionLimit.WRITE_QUEUE), 1);
      greet(other, a);
      assertEquals(network.figures().open(), 1);
    }
  }

  private static byte[] pings(int count) {
    return "\r\n\r\n".repeat(count).getBytes(ISO_8859_1);
  }

  @Test
  public void idle_connection_is_closed_and_one_that_is_kept_alive_later() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().idleTimeoutMillis(500).build(), a);
    try (Socket alive = connect(endpoint, "127.0.0.1");
        Socket idle = connect(endpoint, "127.0.0.1")) {
      alive.getOutputStream().write(pings(1));
      assertEquals(alive.getInputStream().readNBytes(2), new byte[] {13, 10});
      greet(idle, a);
      assertEquals(Recorder.next(a.closed, "end").flow().remote(), idle.getLocalSocketAddress());
      assertEquals(Recorder.next(a.closed, "end").flow().remote(), alive.getLocalSocketAddress());
      assertEquals(reached(ConnectionLimit.IDLE_TIME), 2);
    }
  }

  @Test
  public void idle_connection_stays_while_a_request_waits_for_its_answer() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().idleTimeoutMillis(300).build(), a);
    try (Socket asking = connect(endpoint, "127.0.0.1");
        Socket asked = connect(endpoint, "127.0.0.1");
        Socket idle = connect(endpoint, "127.0.0.1")) {
      asking.getOutputStream().write(Recorder.request("INVITE", ""));
      Flow owes = a.message().flow();
      asked.getOutputStream().write(Recorder.ok(""));
      a.message().flow().send(Recorder.request("INVITE", ""), a);
      greet(idle, a);
      assertEquals(Recorder.next(a.closed, "end").flow().remote(), idle.getLocalSocketAddress());
      owes.send(Recorder.ok(""), a);
      asked.getOutputStream().write(Recorder.ok(""));
      a.message();
      Recorder.next(a.closed, "end");
      Recorder.next(a.closed, "end");
      assertEquals(reached(ConnectionLimit.IDLE_TIME), 3);
      assertTrue(a.failures.isEmpty());
    }
  }

  @Test
  public void idle_connection_stays_while_somebody_needs_it() throws Exception {
    Set<Flow> needed = ConcurrentHashMap.newKeySet();
    Recorder a =
        new Recorder() {
          @Override
          public boolean isNeeded(Flow flow) {
            return needed.contains(flow);
          }
        };
    Endpoint endpoint = open(Sockets.config().idleTimeoutMillis(200).build(), a);
    try (Socket one = connect(endpoint, "127.0.0.1");
        Socket idle = connect(endpoint, "127.0.0.1")) {
      one.getOutputStream().write(Recorder.ok(""));
      needed.add(a.message().flow());
      greet(idle, a);
      assertEquals(Recorder.next(a.closed, "end").flow().remote(), idle.getLocalSocketAddress());
      needed.clear();
      assertEquals(Recorder.next(a.closed, "end").flow().remote(), one.getLocalSocketAddress());
    }
  }

  @Test
  public void handshakes_of_tls_and_websocket_have_their_time() throws Exception {
    for (String transport : List.of("tls", "ws", "wss")) {
      network.close();
      Recorder a = new Recorder();
      config =
          Sockets.config().tls(TlsSettings.builder().handshakeTimeoutMillis(100).build()).build();
      network = new SocketNetwork(config);
      Endpoint endpoint = network.open(transport, Sockets.anyPort(), a);
      try (Socket silent = connect(endpoint, "127.0.0.1");
          Socket slow = connect(endpoint, "127.0.0.1")) {
        slow.getOutputStream().write(transport.equals("ws") ? 'G' : 0x16);
        Recorder.next(a.closed, "end");
        Recorder.next(a.closed, "end");
        assertEquals(silent.getInputStream().read(), -1);
        assertEquals(reached(ConnectionLimit.HANDSHAKE_TIME), 2);
        assertEquals(network.figures().open(), 0);
      }
    }
  }

  @Test
  public void message_that_is_too_long_is_counted() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().maxMessageBytes(1_000).build(), a);
    try (Socket socket = connect(endpoint, "127.0.0.1")) {
      socket.getOutputStream().write(Recorder.request("INFO", "x".repeat(1_000)));
      Recorder.next(a.brokenStreams, "broken stream");
      assertEquals(reached(ConnectionLimit.MESSAGE_SIZE), 1);
    }
  }

  /** It may go on sending while the answer is on its way: that's no reason to cut it off. */
  @Test
  public void sender_of_a_message_that_is_too_long_gets_its_answer_while_it_sends()
      throws Exception {
    Recorder a =
        new Recorder() {
          @Override
          public void onBrokenStream(Flow flow, byte[] b, int offset, int length, String why) {
            flow.send(Recorder.ok("too long"), null);
            super.onBrokenStream(flow, b, offset, length, why);
          }
        };
    Endpoint endpoint = open(Sockets.config().maxMessageBytes(1_000).build(), a);
    try (Socket socket = connect(endpoint, "127.0.0.1")) {
      socket.getOutputStream().write(Recorder.request("INFO", "x".repeat(1_000)));
      Recorder.next(a.brokenStreams, "broken stream");
      byte[] answer = Recorder.ok("too long");
      assertEquals(socket.getInputStream().readNBytes(answer.length), answer);
      assertEquals(socket.getInputStream().read(), -1); // its end of the stream
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(new byte[1_000]);
      }
      socket.shutdownOutput();
      Recorder.next(a.closed, "end");
      assertEquals(reached(ConnectionLimit.WRITE_QUEUE), 0);
      assertEquals(reached(ConnectionLimit.MESSAGE_SIZE), 1);
    }
  }

  /** A network of which all connections together may have little waiting. */
  @Test
  public void what_waits_on_all_connections_is_limited_and_each_gets_its_share() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().maxPendingBytesInAll(300_000).build(), a);
    try (Socket deaf = connect(endpoint, "127.0.0.1");
        Socket other = connect(endpoint, "127.0.0.2")) {
      deaf.getOutputStream().write(Recorder.ok(""));
      Flow flow = a.message().flow();
      byte[] message = Recorder.ok("x".repeat(50_000));
      for (int i = 0; a.failures.isEmpty(); i++) {
        flow.send(message, a);
        assertTrue(i < 10_000);
      }
      assertTrue(network.figures().waitingBytes() > 200_000);
      other.getOutputStream().write(Recorder.ok(""));
      a.message().flow().send(message, a);
      assertEquals(other.getInputStream().readNBytes(message.length), message);
      assertEquals(a.failures.size(), 1);
    }
    Recorder.next(a.closed, "end");
    Recorder.next(a.closed, "end");
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @Test
  public void message_longer_than_the_queue_goes_if_nothing_waits() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().maxPendingBytes(1_000).build(), a);
    try (Socket socket = connect(endpoint, "127.0.0.1")) {
      socket.getOutputStream().write(Recorder.ok(""));
      byte[] message = Recorder.ok("x".repeat(2_000_000));
      a.message().flow().send(message, a);
      assertEquals(socket.getInputStream().readNBytes(message.length), message);
    }
  }

  @Test
  public void pongs_that_wait_count_as_what_they_take() {
    AtomicLong waiting = new AtomicLong();
    SocketNetworkConfig small = Sockets.config().maxPendingBytes(64_000).build();
    StreamOutbox outbox = new StreamOutbox(small, new StreamLedger(), waiting, false);
    int taken = 0;
    while (outbox.offer(new StreamMessage(StreamMessage.PONG, null), false)
        != StreamOutbox.Offer.FULL) {
      taken++;
    }
    assertEquals(taken, 1_000);
    assertEquals(waiting.get(), 64_000);
    assertEquals(outbox.shut().size(), 1_000);
    assertEquals(waiting.get(), 0);
  }

  @Test
  public void keep_alives_are_no_first_message() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().firstMessageMillis(1_000).build(), a);
    try (Socket pinger = connect(endpoint, "127.0.0.1")) {
      pinger.getOutputStream().write(StreamMessage.PING);
      assertEquals(pinger.getInputStream().readNBytes(2), StreamMessage.PONG);
      assertEquals(pinger.getInputStream().read(), -1);
    }
    assertEquals(reached(ConnectionLimit.FIRST_MESSAGE_TIME), 1);
  }

  @Test
  public void one_that_is_sent_a_message_need_not_say_anything() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = open(Sockets.config().firstMessageMillis(1_000).build(), a);
    try (Socket silent = connect(endpoint, "127.0.0.1")) {
      InetSocketAddress here = (InetSocketAddress) silent.getLocalSocketAddress();
      Flow flow = endpoint.existingFlow(here);
      while (flow == null) {
        flow = endpoint.existingFlow(here);
        LockSupport.parkNanos(2_000_000);
      }
      flow.send(Recorder.ok("1"), a);
      silent.getInputStream().readNBytes(Recorder.ok("1").length);
      try (Socket other = connect(endpoint, "127.0.0.1")) {
        assertEquals(other.getInputStream().read(), -1, "its time is over later than the first's");
      }
      flow.send(Recorder.ok("2"), a);
      assertEquals(silent.getInputStream().readNBytes(Recorder.ok("2").length), Recorder.ok("2"));
    }
    assertEquals(reached(ConnectionLimit.FIRST_MESSAGE_TIME), 1);
  }

  @Test
  public void one_from_which_nothing_comes_is_closed_and_said_to_be_silent() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint =
        open(Sockets.config().keepAlive(new KeepAliveSettings(1_000, 0)).build(), a);
    try (Socket silent = connect(endpoint, "127.0.0.1")) {
      greet(silent, a);
      assertEquals(silent.getInputStream().read(), -1);
    }
    Throwable why = Recorder.next(a.closed, "end").cause().getCause();
    assertTrue(why instanceof SilentPeerException, String.valueOf(why));
    assertEquals(reached(ConnectionLimit.SILENCE), 1);
    try (Socket pinger = connect(endpoint, "127.0.0.1")) {
      greet(pinger, a);
      for (int i = 0; i < 20; i++) { // longer than it may be silent
        try (Socket clock = connect(endpoint, "127.0.0.1")) {
          clock.setSoTimeout(60);
          org.testng.Assert.assertThrows(
              java.net.SocketTimeoutException.class, () -> clock.getInputStream().read());
        }
        pinger.getOutputStream().write(StreamMessage.PING);
        assertEquals(pinger.getInputStream().readNBytes(2), StreamMessage.PONG);
      }
    }
  }

  @Test
  public void pings_that_come_too_often_are_not_answered() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint =
        open(Sockets.config().keepAlive(new KeepAliveSettings(0, 60_000)).build(), a);
    try (Socket pinger = connect(endpoint, "127.0.0.1")) {
      for (int i = 0; i < 5; i++) {
        pinger.getOutputStream().write(StreamMessage.PING);
      }
      pinger.getOutputStream().write(Recorder.request("OPTIONS", ""));
      a.message().flow().send(Recorder.ok(""), a);
      byte[] answer = Recorder.ok("");
      byte[] all = pinger.getInputStream().readNBytes(2 + answer.length);
      assertEquals(new String(all, US_ASCII), "\r\n" + new String(answer, US_ASCII));
    }
  }
}
