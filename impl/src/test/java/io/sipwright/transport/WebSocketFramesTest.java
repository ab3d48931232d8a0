package io.sipwright.transport;

import static io.sipwright.transport.Browser.BINARY;
import static io.sipwright.transport.Browser.CLOSE;
import static io.sipwright.transport.Browser.FINAL;
import static io.sipwright.transport.Browser.PING;
import static io.sipwright.transport.Browser.PONG;
import static io.sipwright.transport.Browser.TEXT;
import static io.sipwright.transport.Browser.message;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.transport.Browser.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What goes in frames of RFC 6455, with a peer made by hand: messages, pings, and the end. */
public class WebSocketFramesTest extends TlsSides {
  @Test
  public void text_and_binary_frames_are_messages_and_fragments_are_joined() throws Exception {
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INVITE"));
      browser.send(FINAL | BINARY, message("INFO"));
      byte[] bye = message("BYE");
      browser.send(TEXT, java.util.Arrays.copyOf(bye, 5));
      browser.send(FINAL | PING, "between".getBytes(UTF_8));
      browser.send(0, java.util.Arrays.copyOfRange(bye, 5, 9));
      browser.send(FINAL, java.util.Arrays.copyOfRange(bye, 9, bye.length));
      assertEquals(server.message().text(), new String(message("INVITE"), UTF_8));
      assertEquals(server.message().text(), new String(message("INFO"), UTF_8));
      assertEquals(server.message().text(), new String(bye, UTF_8));
      Frame pong = browser.frame();
      assertEquals(pong.opcode(), PONG);
      assertEquals(pong.text(), "between");
    }
  }

  @Test
  public void answers_are_text_if_they_can_be_and_binary_if_not() throws Exception {
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      Flow flow = server.message().flow();
      flow.send("SIP/2.0 200 Gut gemacht, Jürgen\r\n\r\n".getBytes(UTF_8), null);
      flow.send("SIP/2.0 200 Jürgen\r\n\r\n".getBytes(ISO_8859_1), null);
      Frame text = browser.frame();
      assertEquals(text.first(), FINAL | TEXT);
      assertTrue(text.text().contains("Jürgen"));
      Frame binary = browser.frame();
      assertEquals(binary.first(), FINAL | BINARY);
      assertTrue(new String(binary.payload(), ISO_8859_1).contains("Jürgen"));
    }
  }

  @Test
  public void keep_alive_of_line_ends_is_answered() throws Exception {
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, "\r\n\r\n".getBytes(UTF_8));
      assertEquals(browser.frame().text(), "\r\n");
      browser.send(FINAL | TEXT, "\r\n".getBytes(UTF_8)); // a pong
      browser.send(FINAL | TEXT, message("INFO"));
      assertTrue(server.message().text().startsWith("INFO"));
    }
  }

  @Test
  public void wish_to_close_is_answered_with_its_status() throws Exception {
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | CLOSE, new byte[] {0x0F, (byte) 0xA1}); // 4001
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE);
      assertEquals(close.status(), 4001);
      browser.assertEnd();
    }
    assertNull(Recorder.next(server.closed, "end").cause());
  }

  @Test
  public void endpoint_that_closes_says_that_it_goes_away() throws Exception {
    Endpoint right = webSockets(Sockets.config());
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      assertNotNull(server.message());
      right.close();
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE);
      assertEquals(close.status(), 1001);
      browser.assertEnd();
    }
  }

  @DataProvider
  public static Object[][] violations() {
    byte[] half = new byte[3000];
    return new Object[][] {
      {"unmasked is not sent by clients", null, 1002},
      {"reserved opcode", new Object[] {FINAL | 5, new byte[1]}, 1002},
      {"reserved bit", new Object[] {FINAL | 0x40 | TEXT, new byte[1]}, 1002},
      {"fragmented ping", new Object[] {PING, new byte[1]}, 1002},
      {"no UTF-8 in a text", new Object[] {FINAL | TEXT, new byte[] {'a', -1}}, 1007},
      {"frame over the limit", new Object[] {FINAL | TEXT, new byte[5000]}, 1009},
      {"fragments over the limit", new Object[] {TEXT, half, 0, half, FINAL, half}, 1009},
    };
  }

  @Test(dataProvider = "violations")
  public void violation_ends_the_connection_with_its_status(
      String what, Object[] frames, int status) throws Exception {
    Endpoint right = webSockets(Sockets.config().maxMessageBytes(4096).maxHeaderBytes(4096));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      if (frames == null) {
        browser.socket.getOutputStream().write(new byte[] {(byte) (FINAL | TEXT), 1, 'x'});
      } else {
        for (int i = 0; i < frames.length; i += 2) {
          browser.send((int) frames[i], (byte[]) frames[i + 1]);
        }
      }
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE, what);
      assertEquals(close.status(), status, what);
    }
    assertNotNull(Recorder.next(server.closed, "end").cause(), what);
    assertTrue(server.messages.isEmpty(), what);
    long tooLong = ((StreamEndpoint) right).limits().all().get(ConnectionLimit.MESSAGE_SIZE);
    assertEquals(tooLong, status == 1009 ? 1 : 0, what); // each limit is counted
  }

  @DataProvider
  public static Object[][] halves() {
    return new Object[][] {
      {new byte[] {(byte) (FINAL | TEXT)}}, // of a frame's header
      {new byte[] {(byte) (FINAL | TEXT), (byte) 0x85, 1, 2, 3, 4, 'x'}}, // of its payload
      {new byte[] {TEXT, (byte) 0x81, 1, 2, 3, 4, 'x'}}, // of a message's fragments
    };
  }

  @Test(dataProvider = "halves")
  public void half_a_message_ends_the_connection_in_time(byte[] half) throws Exception {
    SocketNetwork network = networks.network(Sockets.config().partialMessageMillis(200));
    Endpoint right = network.open("ws", Sockets.anyPort(), server);
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, Recorder.ok("whole"));
      server.message();
      browser.socket.getOutputStream().write(half);
      assertEquals(browser.frame().opcode(), CLOSE);
    }
    String why = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(why.contains("did not come to its end within 200 ms"), why);
    assertEquals(network.figures().reached(ConnectionLimit.MESSAGE_TIME), 1);
  }

  @Test
  public void message_in_many_frames_has_time_for_each_that_ends() throws Exception {
    Endpoint right = webSockets(Sockets.config().partialMessageMillis(5_000));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      for (int i = 0; i < 3; i++) {
        browser.send(TEXT, Recorder.ok("ab"));
        browser.send(FINAL | PING, new byte[0]);
        assertEquals(browser.frame().opcode(), PONG);
        browser.send(FINAL, new byte[0]);
        server.message();
      }
    }
  }

  @Test
  public void silent_peer_is_pinged_and_then_closed() throws Exception {
    Endpoint right =
        webSockets(Sockets.config().webSocket(new WebSocketSettings("", List.of(), 1)));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      assertEquals(browser.frame().opcode(), PING);
      browser.send(FINAL | PONG, new byte[0]);
      assertEquals(browser.frame().opcode(), PING); // once more, as the pong was a sign of life
      assertEquals(browser.frame().opcode(), CLOSE);
    }
    String cause = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(cause.contains("doesn't answer"), cause);
  }

  /** Frames of the layer and those of senders that write by themselves come one after the other. */
  @Test
  public void pongs_come_between_the_frames_of_other_threads_and_the_close_frame_after_them()
      throws Exception {
    int pings = 100;
    Endpoint endpoint = webSockets(Sockets.config());
    try (Browser browser = new Browser(endpoint)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      Flow flow = server.message().flow();
      flow.send(message("FIRST"), null);
      browser.send(FINAL | TEXT, message("INFO"));
      server.message();
      Semaphore room = new Semaphore(20); // as many as may be under way
      Thread sender =
          new Thread(
              () -> {
                while (flow.isOpen()) {
                  room.acquireUninterruptibly();
                  flow.send(message("AGAIN"), null);
                }
              },
              "sender");
      sender.start();
      int pongs = 0;
      int messages = 0;
      for (int i = 0; i < pings; i++) {
        browser.send(FINAL | PING, new byte[] {(byte) i});
        Frame frame = browser.frame();
        while (frame.opcode() == TEXT) {
          messages++;
          room.release();
          frame = browser.frame();
        }
        assertEquals(frame.opcode(), PONG);
        assertEquals(frame.payload()[0], (byte) i);
        pongs++;
      }
      assertEquals(pongs, pings);
      assertTrue(messages > 0);
      browser.send(FINAL | CLOSE, new byte[] {3, (byte) 0xE8});
      Frame last = browser.frame();
      while (last.opcode() == TEXT) {
        room.release();
        last = browser.frame();
      }
      assertEquals(last.opcode(), CLOSE);
      assertEquals(last.status(), 1000);
      browser.assertEnd();
      Recorder.next(server.closed, "end");
      room.release();
      sender.join();
    }
  }

  /** The rest of a frame that the socket didn't take goes before what the layer says itself. */
  @Test
  public void pong_waits_for_the_rest_of_a_frame() throws Exception {
    CountDownLatch stands = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Recorder standing =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            super.onMessage(flow, buffer, offset, length);
            if (messages.size() > 2) {
              stands.countDown();
              try {
                assertTrue(go.await(20, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    SocketNetwork network = networks.network(Sockets.config().maxPendingBytes(64 << 20));
    Endpoint endpoint = network.open("ws", Sockets.anyPort(), standing);
    try (Browser browser = new Browser(endpoint)) {
      browser.upgrade();
      for (int i = 0; i < 2; i++) {
        browser.send(FINAL | TEXT, message("INFO"));
        while (standing.messages.size() <= i) {
          Thread.onSpinWait();
        }
        standing.messages.element().flow().send(message("FIRST"), null);
        browser.frame();
      }
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      together.writeBytes(Browser.encode(FINAL | TEXT, message("INFO")));
      together.writeBytes(Browser.encode(FINAL | PING, new byte[] {7}));
      browser.socket.getOutputStream().write(together.toByteArray());
      assertTrue(stands.await(20, TimeUnit.SECONDS));
      byte[] large = ("INFO sip:a@b SIP/2.0\r\n\r\n" + "x".repeat(50_000)).getBytes(UTF_8);
      int sent = 0;
      while (network.figures().waitingBytes() == 0) {
        standing.messages.element().flow().send(large, standing);
        sent++;
      }
      go.countDown();
      int pongs = 0;
      for (int i = 0; i < sent + 1; i++) {
        Frame frame = browser.frame();
        pongs += frame.opcode() == PONG ? 1 : 0;
        assertEquals(frame.payload().length, frame.opcode() == PONG ? 1 : large.length);
      }
      assertEquals(pongs, 1);
      assertTrue(standing.failures.isEmpty());
    }
  }
}
