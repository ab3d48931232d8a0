package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.io.IOException;
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
import org.testng.annotations.Test;

/** Messages on TCP connections: whole, in order, within limits; and the endpoint itself. */
public class StreamEndpointTest extends StreamSides {
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
