package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
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

  private long figure(String name) {
    return Objects.requireNonNull(network.figures().get(name), name);
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
      assertEquals(figure("refusedConnections"), 1);
      try (Socket other = connect(endpoint, "127.0.0.2")) {
        greet(other, a);
        assertEquals(figure("connections"), 3);
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
    assertEquals(figure("connections"), 0);
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
        assertEquals(figure("connections"), 2);
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
      assertEquals(figure("slowConnections"), 2);
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
      for (int i = 0; a.failures.isEmpty(); i++) {
        flow.send(message, a);
        assertTrue(i < 10_000);
      }
      greet(other, a);
      assertEquals(Recorder.next(a.closed, "end").flow(), flow);
      assertEquals(figure("stalledConnections"), 1);
      greet(other, a);
      assertEquals(figure("connections"), 1);
    }
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
    assertEquals(figure("slowConnections"), 1);
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
    assertEquals(figure("slowConnections"), 1);
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
    assertEquals(figure("silentConnections"), 1);
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
