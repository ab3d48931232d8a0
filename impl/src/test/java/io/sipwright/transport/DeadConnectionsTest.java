package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.testng.annotations.Test;

/** Connections that peers refuse, close or reset, and what was to be sent on them. */
public class DeadConnectionsTest extends StreamSides {
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
}
