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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class StreamEndpointTest {
  private SocketNetworkConfig config;
  private SocketNetwork network;

  @BeforeMethod
  public void open() {
    use(Sockets.config().build());
  }

  private void use(SocketNetworkConfig wanted) {
    config = wanted;
    network = new SocketNetwork(config);
  }

  @AfterMethod
  public void close() {
    network.close();
    Sockets.assertNoThreads(config);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** A plain peer. */
  private static Socket connect(Endpoint to) throws IOException {
    Socket socket = new Socket(to.local().getAddress(), to.local().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(Sockets.anyPort());
    server.setSoTimeout(20_000);
    return server;
  }

  private static String read(Socket socket, int length) throws IOException {
    InputStream in = socket.getInputStream();
    return text(in.readNBytes(length));
  }

  /** Ends with a reset in place of an orderly close. */
  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void exchange(InetSocketAddress any) throws Exception {
    Recorder a = new Recorder();
    Recorder b = new Recorder();
    Endpoint left = network.open("tcp", any, a);
    Endpoint right = network.open("tcp", any, b);
    assertTrue(left.reliable());
    assertEquals(left.transport(), "tcp");
    assertNull(left.existingFlow(right.local()));

    Flow flow = left.flowTo(right.local());
    assertTrue(flow.isOpen());
    assertNull(left.existingFlow(right.local()));
    byte[] request = Recorder.request("OPTIONS", "from left");
    flow.send(request, a);
    Recorder.Received received = b.message();
    assertEquals(received.text(), text(request));
    assertEquals(received.flow().local(), right.local());
    assertEquals(received.flow().remote(), flow.local());
    assertSame(received.flow().endpoint(), right);
    assertSame(left.flowTo(right.local()), flow);
    assertSame(left.existingFlow(right.local()), flow);

    byte[] response = Recorder.ok("from right");
    received.flow().send(response, b);
    assertEquals(a.message(), new Recorder.Received(flow, text(response)));

    // The way back is the connection it came on, for requests too.
    assertSame(right.flowTo(flow.local()), received.flow());
    assertSame(right.existingFlow(flow.local()), received.flow());
    right.flowTo(flow.local()).send(request, b);
    assertSame(a.message().flow(), flow);
    flow.send(response, a);
    assertEquals(b.message().text(), text(response));

    left.close();
    assertNull(Recorder.next(b.closed, "end").cause());
    assertNull(Recorder.next(a.closed, "end").cause());
    assertFalse(flow.isOpen());
    assertNull(right.existingFlow(flow.local()));
    assertTrue(a.failures.isEmpty() && b.failures.isEmpty());
  }

  @Test
  public void messages_go_there_and_back_on_one_connection() throws Exception {
    exchange(Sockets.anyPort());
  }

  @Test
  public void messages_go_there_and_back_on_one_connection_over_ipv6() throws Exception {
    exchange(Sockets.anyPortV6());
  }

  @Test
  public void an_address_in_use_is_named_with_its_transport() throws Exception {
    Endpoint first = network.open("tcp", Sockets.anyPort(), new Recorder());
    IOException e =
        expectThrows(IOException.class, () -> network.open("tcp", first.local(), new Recorder()));
    assertTrue(
        e.getMessage().startsWith("Can't bind tcp 127.0.0.1:" + first.local().getPort() + ": "),
        e.getMessage());
  }

  @Test
  public void closing_frees_the_port_at_once_even_with_connections_open() throws Exception {
    InetSocketAddress local = Sockets.anyPort();
    int taken = 0; // by other programs of this machine, as a port that is free may be
    for (int i = 0; i < 20; i++) {
      Recorder a = new Recorder();
      Endpoint endpoint;
      try {
        endpoint = network.open("tcp", local, a);
      } catch (IOException e) {
        taken++;
        endpoint = network.open("tcp", Sockets.anyPort(), a);
      }
      local = endpoint.local();
      try (Socket peer = connect(endpoint)) {
        peer.getOutputStream().write(Recorder.request("OPTIONS", "" + i));
        a.message().flow().send(Recorder.ok("last words"), a);
        endpoint.close();
        endpoint.close();
        assertEquals(a.closed.size(), 1);
        byte[] expected = Recorder.ok("last words");
        assertEquals(read(peer, expected.length + 1), text(expected));
      }
    }
    assertTrue(taken <= 2, taken + " of 20 ports were not free");
    assertTrue(Sockets.threads(config).size() > 0);
  }

  @Test
  public void many_endpoints_share_the_threads() throws Exception {
    Recorder all = new Recorder();
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      endpoints.add(network.open("tcp", Sockets.anyPort(), all));
    }
    for (int i = 0; i < 40; i++) {
      Flow flow = endpoints.get(i).flowTo(endpoints.get((i + 1) % 40).local());
      flow.send(Recorder.request("OPTIONS", "" + i), all);
    }
    for (int i = 0; i < 40; i++) {
      all.message();
    }
    assertTrue(Sockets.threads(config).size() <= config.streamThreads());
    assertTrue(all.failures.isEmpty());
  }

  @Test
  public void ten_thousand_messages_are_echoed_in_order() throws Exception {
    Endpoint echo =
        network.open(
            "tcp",
            Sockets.anyPort(),
            new Recorder() {
              @Override
              public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
                byte[] copy = new byte[length];
                System.arraycopy(buffer, offset, copy, 0, length);
                flow.send(copy, this);
              }
            });
    Recorder a = new Recorder();
    Flow flow = network.open("tcp", Sockets.anyPort(), a).flowTo(echo.local());
    for (int i = 0; i < 10_000; i++) {
      flow.send(Recorder.ok("number " + i), a);
    }
    for (int i = 0; i < 10_000; i++) {
      assertEquals(a.message().text(), text(Recorder.ok("number " + i)));
    }
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void messages_sent_by_many_threads_arrive_whole_and_in_each_threads_order()
      throws Exception {
    Recorder a = new Recorder();
    Recorder b = new Recorder();
    Endpoint left = network.open("tcp", Sockets.anyPort(), a);
    Endpoint right = network.open("tcp", Sockets.anyPort(), b);
    int threads = 8;
    int each = 500;
    for (int t = 0; t < threads; t++) {
      int thread = t;
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  String body = thread + " " + i + " " + "x".repeat(i % 150);
                  left.flowTo(right.local()).send(Recorder.ok(body), a);
                }
              })
          .start();
    }
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < threads * each; i++) {
      String text = b.message().text();
      String[] body = text.substring(text.indexOf("\r\n\r\n") + 4).split(" ", -1);
      int number = next.merge(body[0], 1, Integer::sum) - 1;
      assertEquals(Integer.parseInt(body[1]), number);
      assertEquals(body[2].length(), number % 150);
    }
    assertEquals(next.size(), threads);
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void a_refused_connection_is_told_once_to_each_sender_and_as_closed() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    InetSocketAddress nobody;
    try (ServerSocket server = listen()) {
      nobody = (InetSocketAddress) server.getLocalSocketAddress();
    }
    Flow flow = endpoint.flowTo(nobody);
    flow.send(Recorder.request("OPTIONS", ""), a);
    IOException failure = Recorder.next(a.failures, "failure");
    assertTrue(failure.getMessage().contains(" to 127.0.0.1:" + nobody.getPort() + ": "));
    Recorder.Closed closed = Recorder.next(a.closed, "end");
    assertSame(closed.flow(), flow);
    assertSame(closed.cause(), failure);
    assertFalse(flow.isOpen());
    assertNotSame(endpoint.flowTo(nobody), flow);

    // Who still holds the old flow gets one more try, and one more answer.
    flow.send(Recorder.request("OPTIONS", ""), a);
    Recorder.next(a.failures, "failure");
    Recorder.next(a.closed, "end");
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void a_request_that_finds_the_connection_dead_is_sent_on_a_new_one() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    byte[] first = Recorder.request("OPTIONS", "first");
    byte[] second = Recorder.request("OPTIONS", "second");
    try (ServerSocket server = listen()) {
      InetSocketAddress remote = (InetSocketAddress) server.getLocalSocketAddress();
      Flow flow = endpoint.flowTo(remote);
      flow.send(first, a);
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, first.length), text(first));
        peer.getOutputStream().write(Recorder.ok("first"));
        a.message();
        // The peer reads the next request and dies before it answers.
        flow.send(second, a);
        assertEquals(read(peer, second.length), text(second));
        reset(peer);
      }
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, second.length), text(second));
        peer.getOutputStream().write(Recorder.ok("second"));
        Recorder.Received answer = a.message();
        assertNotSame(answer.flow(), flow);
        assertSame(endpoint.flowTo(remote), answer.flow());
        assertSame(Recorder.next(a.closed, "end").flow(), flow);
      }
    }
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void a_request_is_sent_again_once_only_and_an_ack_never() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    byte[] ack = Recorder.request("ACK", "");
    byte[] request = Recorder.request("OPTIONS", "");
    try (ServerSocket server = listen()) {
      Flow flow = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      flow.send(ack, e -> a.failures.add(new IOException("of the ACK", e)));
      flow.send(request, a);
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, ack.length + request.length), text(ack) + text(request));
      }
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, request.length), text(request));
      }
      IOException failure = Recorder.next(a.failures, "failure");
      assertTrue(failure.getMessage().contains("closed"), failure.getMessage());
      Recorder.next(a.closed, "end");
      Recorder.next(a.closed, "end");
      assertTrue(a.failures.isEmpty());
      assertNull(endpoint.existingFlow((InetSocketAddress) server.getLocalSocketAddress()));
    }
  }

  @Test
  public void an_idle_connection_closed_by_the_peer_is_replaced_without_loss() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    byte[] request = Recorder.request("OPTIONS", "");
    try (ServerSocket server = listen()) {
      Flow flow = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      flow.send(request, a);
      try (Socket peer = server.accept()) {
        read(peer, request.length);
        peer.getOutputStream().write(Recorder.ok(""));
        a.message();
      }
      assertNull(Recorder.next(a.closed, "end").cause());
      flow.send(request, a);
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, request.length), text(request));
        peer.getOutputStream().write(Recorder.ok(""));
        a.message();
      }
    }
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void what_cannot_go_back_on_a_reset_incoming_connection_fails() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    Flow flow;
    try (Socket peer = connect(endpoint)) {
      peer.getOutputStream().write(Recorder.request("OPTIONS", ""));
      flow = a.message().flow();
      flow.send(Recorder.request("NOTIFY", "never answered"), a);
      read(peer, Recorder.request("NOTIFY", "never answered").length);
      reset(peer);
    }
    assertNotNull(Recorder.next(a.failures, "failure of the unanswered request"));
    assertNotNull(Recorder.next(a.closed, "end").cause());
    flow.send(Recorder.ok("too late"), a);
    assertTrue(Recorder.next(a.failures, "failure").getMessage().contains("closed"));
    assertNull(endpoint.existingFlow(flow.remote()));
  }

  @Test
  public void a_peer_that_has_closed_its_side_still_gets_its_answers() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket peer = connect(endpoint)) {
      peer.getOutputStream().write(Recorder.request("INVITE", ""));
      peer.getOutputStream().write(Recorder.request("OPTIONS", ""));
      peer.shutdownOutput();
      Flow flow = a.message().flow();
      a.message();
      byte[] trying = "SIP/2.0 100 Trying\r\nl: 0\r\n\r\n".getBytes(ISO_8859_1);
      flow.send(trying, a);
      flow.send(Recorder.ok("one"), a);
      assertEquals(
          read(peer, trying.length + Recorder.ok("one").length),
          text(trying) + text(Recorder.ok("one")));
      assertTrue(flow.isOpen());
      flow.send(Recorder.ok("two"), a);
      // Everything is answered: the connection ends, which the peer sees as the end of the stream.
      assertEquals(read(peer, 10_000), text(Recorder.ok("two")));
      assertNull(Recorder.next(a.closed, "end").cause());
    }
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void pings_get_pongs_and_carry_no_message() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket peer = connect(endpoint)) {
      peer.getOutputStream().write("\r\n\r\n".getBytes(ISO_8859_1));
      assertEquals(read(peer, 2), "\r\n");
      peer.getOutputStream().write(Recorder.request("OPTIONS", "after a ping"));
      assertTrue(a.message().text().endsWith("after a ping"));
      assertTrue(a.messages.isEmpty());
    }
  }

  @Test
  public void a_pong_to_our_ping_is_not_answered() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (ServerSocket server = listen()) {
      Flow flow = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      flow.send("\r\n\r\n".getBytes(ISO_8859_1), a);
      flow.send("\r\n\r\n".getBytes(ISO_8859_1), a);
      try (Socket peer = server.accept()) {
        assertEquals(read(peer, 8), "\r\n\r\n\r\n\r\n");
        peer.getOutputStream().write("\r\n\r\n".getBytes(ISO_8859_1));
        peer.getOutputStream().write(Recorder.request("OPTIONS", ""));
        a.message().flow().send(Recorder.ok("next"), a);
        assertEquals(read(peer, Recorder.ok("next").length), text(Recorder.ok("next")));
      }
    }
  }

  @Test
  public void a_broken_stream_is_told_answered_and_closed() throws Exception {
    Recorder a =
        new Recorder() {
          @Override
          public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String why) {
            flow.send("SIP/2.0 400 No\r\nl: 0\r\n\r\n".getBytes(ISO_8859_1), this);
            super.onBrokenStream(flow, buffer, offset, length, why);
          }
        };
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket peer = connect(endpoint)) {
      String broken = "OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n";
      peer.getOutputStream().write((broken + "x".repeat(50_000)).getBytes(ISO_8859_1));
      assertEquals(read(peer, 10_000), "SIP/2.0 400 No\r\nl: 0\r\n\r\n");
      Recorder.Broken told = Recorder.next(a.brokenStreams, "broken stream");
      assertTrue(told.text().startsWith(broken));
      assertEquals(told.reason(), "No Content-Length on a stream transport");
      assertFalse(told.flow().isOpen());
      assertNull(endpoint.existingFlow(told.flow().remote()));
    }
    IOException cause = Recorder.next(a.closed, "end").cause();
    assertTrue(cause.getMessage().contains("No Content-Length"), cause.getMessage());
    assertTrue(a.messages.isEmpty() && a.failures.isEmpty());
  }

  @Test
  public void a_listener_that_throws_harms_nothing() throws Exception {
    Recorder a =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            super.onMessage(flow, buffer, offset, length);
            throw new StackOverflowError("on purpose");
          }

          @Override
          public void onClosed(Flow flow, IOException cause) {
            super.onClosed(flow, cause);
            throw new IllegalStateException("on purpose");
          }
        };
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    for (int i = 0; i < 3; i++) {
      try (Socket peer = connect(endpoint)) {
        peer.getOutputStream().write(Recorder.request("OPTIONS", "one"));
        peer.getOutputStream().write(Recorder.request("OPTIONS", "two"));
        a.message();
        a.message().flow().send(Recorder.ok(""), null);
        assertEquals(read(peer, Recorder.ok("").length), text(Recorder.ok("")));
        reset(peer);
      }
      Recorder.next(a.closed, "end");
    }
  }

  @Test
  public void sending_more_than_the_peer_takes_fails_in_place_of_filling_the_memory()
      throws Exception {
    network.close();
    use(Sockets.config().maxPendingBytes(200_000).build());
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (ServerSocket server = listen()) {
      Flow flow = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      byte[] message = Recorder.ok("x".repeat(50_000));
      flow.send(message, a);
      try (Socket peer = server.accept()) {
        int sent = 1;
        while (a.failures.isEmpty()) {
          flow.send(message, a);
          sent++;
          assertTrue(sent < 10_000);
        }
        IOException failure = Recorder.next(a.failures, "failure");
        assertTrue(failure.getMessage().contains("200000 bytes"), failure.getMessage());
        // Nothing that was taken is lost.
        int taken = sent - 1;
        for (int i = 0; i < taken; i++) {
          assertEquals(read(peer, message.length), text(message));
        }
      }
    }
  }

  @Test
  public void connections_over_the_limit_are_refused() throws Exception {
    network.close();
    use(Sockets.config().maxConnections(2).build());
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket one = connect(endpoint);
        Socket two = connect(endpoint);
        ServerSocket server = listen()) {
      one.getOutputStream().write(Recorder.request("OPTIONS", ""));
      a.message();
      two.getOutputStream().write(Recorder.request("OPTIONS", ""));
      a.message();
      try (Socket three = connect(endpoint)) {
        assertEquals(read(three, 1), "");
      }
      Flow out = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      out.send(Recorder.request("OPTIONS", ""), a);
      Recorder.next(a.failures, "failure");
      assertSame(Recorder.next(a.closed, "end").flow(), out);
      reset(one);
      Recorder.next(a.closed, "end");
      endpoint
          .flowTo((InetSocketAddress) server.getLocalSocketAddress())
          .send(Recorder.request("OPTIONS", ""), a);
      server.accept().close();
    }
  }

  @Test
  public void a_connection_that_may_not_be_opened_fails_what_others_sent_on_their_behalf_elsewhere()
      throws Exception {
    network.close();
    use(Sockets.config().maxConnections(1).build());
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket one = connect(endpoint);
        ServerSocket server = listen()) {
      one.getOutputStream().write(Recorder.request("OPTIONS", ""));
      a.message();
      Flow out = endpoint.flowTo((InetSocketAddress) server.getLocalSocketAddress());
      BlockingQueue<Thread> tellers = new LinkedBlockingQueue<>();
      out.send(
          Recorder.request("OPTIONS", ""),
          cause -> {
            tellers.add(Thread.currentThread());
            out.send( // as another thread might just now
                Recorder.request("OPTIONS", ""), late -> tellers.add(Thread.currentThread()));
          });
      assertSame(Recorder.next(tellers, "failure"), Thread.currentThread());
      assertNotSame(Recorder.next(tellers, "failure of the other"), Thread.currentThread());
      assertSame(Recorder.next(a.closed, "end").flow(), out);
    }
  }

  @Test
  public void idle_connections_and_messages_without_end_are_closed() throws Exception {
    network.close();
    use(Sockets.config().idleTimeoutMillis(100).partialMessageMillis(50).build());
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    try (Socket idle = connect(endpoint)) {
      assertEquals(read(idle, 1), "");
      assertNull(Recorder.next(a.closed, "end").cause());
    }
    try (Socket slow = connect(endpoint)) {
      slow.getOutputStream().write("OPTIONS sip:a@b".getBytes(ISO_8859_1));
      Recorder.Broken broken = Recorder.next(a.brokenStreams, "broken stream");
      assertEquals(broken.text(), "OPTIONS sip:a@b");
      assertEquals(read(slow, 1), "");
    }
  }

  @Test
  public void an_endpoint_connects_to_itself() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    Flow flow = endpoint.flowTo(endpoint.local());
    flow.send(Recorder.request("OPTIONS", ""), a);
    Recorder.Received received = a.message();
    assertNotSame(received.flow(), flow);
    received.flow().send(Recorder.ok(""), a);
    assertSame(a.message().flow(), flow);
  }

  @Test
  public void what_is_sent_when_the_threads_have_ended_fails_and_is_no_connection()
      throws Exception {
    StreamLoops loops = new StreamLoops(config);
    Recorder a = new Recorder();
    StreamEndpoint endpoint =
        new StreamEndpoint(StreamTransport.TCP, config, loops, Sockets.anyPort(), a, e -> {});
    loops.close();
    StreamConnection flow = endpoint.flowTo(endpoint.local());
    flow.send(Recorder.request("OPTIONS", ""), a);
    assertTrue(Recorder.next(a.failures, "failure").getMessage().contains("closed"));
    assertSame(Recorder.next(a.closed, "end").flow(), flow);
    assertFalse(flow.isOpen());
    assertEquals(loops.places().open(), 0);
  }

  @Test
  public void closing_from_an_io_thread_does_not_hang() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Recorder a =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            network.close();
            done.countDown();
          }
        };
    Endpoint endpoint = network.open("tcp", Sockets.anyPort(), a);
    endpoint.flowTo(endpoint.local()).send(Recorder.request("OPTIONS", ""), null);
    assertTrue(done.await(20, TimeUnit.SECONDS));
    Sockets.joinThreads(config);
  }
}
