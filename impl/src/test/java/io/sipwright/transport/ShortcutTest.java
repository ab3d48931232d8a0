package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Messages that are written by the thread that sends them, past the event loop. */
public class ShortcutTest {
  private static final int PATIENCE_SECONDS = 20;
  private static final int THREADS = 4;

  private TlsNetworks networks;
  private Peer left;
  private Peer right;

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    left = new Peer();
    right = new Peer();
  }

  @AfterMethod
  public void close() throws Exception {
    left.go.countDown();
    right.go.countDown();
    networks.close();
  }

  /** Keeps what comes; stands still on its event loop when it's told so, and reads nothing then. */
  private static final class Peer extends Recorder {
    final CountDownLatch stands = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    volatile boolean echoes;

    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
      boolean echo = echoes; // who takes it may turn that on
      super.onMessage(flow, buffer, offset, length);
      String text = new String(buffer, offset, length, ISO_8859_1);
      if (text.startsWith("STAND ")) {
        stands.countDown();
        await(go);
      } else if (echo && text.startsWith("INFO ")) {
        flow.send(text.replace("INFO ", "ECHO ").getBytes(ISO_8859_1), null);
      }
    }

    String bodyOfNext() throws InterruptedException {
      return body(message().text());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "not in time");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String body(String message) {
    return message.substring(message.indexOf("\r\n\r\n") + 4);
  }

  private SocketNetworkConfig.Builder config() throws Exception {
    TlsSettings tls = networks.withKeys();
    return Sockets.config().tls(tls).streamThreads(1).maxPendingBytes(64 << 20);
  }

  /** A connection opened from the left that both sides have used; its ends. */
  private Flow[] connect(String transport) throws Exception {
    return connect(transport, config());
  }

  private Flow[] connect(String transport, SocketNetworkConfig.Builder forLeft) throws Exception {
    Endpoint server = networks.network(config()).open(transport, Sockets.anyPort(), right);
    Endpoint client = networks.network(forLeft).open(transport, Sockets.anyPort(), left);
    Flow out = client.flowTo(server.local(), TlsNetworks.DOMAIN);
    Flow back = null;
    for (int i = 0; i < 2; i++) { // what comes second was sent when the first had been written
      out.send(Recorder.ok("there"), null);
      back = right.message().flow();
      back.send(Recorder.ok("back"), null);
      left.message();
    }
    assertNotNull(back);
    return new Flow[] {out, back};
  }

  @Test(dataProvider = "transports")
  public void message_goes_out_while_the_event_loop_does_something_else(String transport)
      throws Exception {
    Flow[] ends = connect(transport);
    ends[1].send(Recorder.request("STAND", ""), null);
    await(left.stands);
    ends[0].send(Recorder.request("INFO", "from another thread"), left);
    assertEquals(right.bodyOfNext(), "from another thread");
  }

  @Test(dataProvider = "transports")
  public void thread_that_is_interrupted_sends_and_leaves_the_connection_open(String transport)
      throws Exception {
    Flow[] ends = connect(transport);
    Thread.currentThread().interrupt();
    try {
      ends[1].send(Recorder.request("INFO", "interrupted"), right);
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(left.bodyOfNext(), "interrupted");
    ends[1].send(Recorder.request("INFO", "once more"), right);
    assertEquals(left.bodyOfNext(), "once more");
    assertTrue(ends[0].isOpen() && ends[1].isOpen());
  }

  /** All at once: several senders on both ends, and event loops that answer, ping and pong. */
  @Test(dataProvider = "transports")
  public void messages_arrive_whole_and_in_each_threads_order_whoever_writes(String transport)
      throws Exception {
    int each = 400;
    Flow[] ends = connect(transport);
    left.echoes = true;
    right.echoes = true;
    List<Thread> senders = new ArrayList<>();
    for (Flow end : ends) {
      for (int t = 0; t < THREADS; t++) {
        String name = String.valueOf(t);
        senders.add(start(() -> sendAll(end, name, each)));
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }
    for (Peer peer : List.of(left, right)) {
      assertInOrder(peer, 2 * THREADS * each);
      assertTrue(peer.failures.isEmpty() && peer.brokenStreams.isEmpty());
    }
  }

  private void sendAll(Flow end, String name, int count) {
    Flow.Ping ping = end.ping(mapped -> {});
    for (int i = 0; i < count; i++) {
      String filling = "x".repeat(i * 37 % 3000);
      end.send(Recorder.request("INFO", name + " " + i + " " + filling), left);
      if (i % 50 == 0) {
        ping.send();
      }
    }
    ping.end();
  }

  /** Each thread's own, and the echoes of what the peer's threads have sent. */
  private static void assertInOrder(Peer peer, int count) throws InterruptedException {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String text = peer.message().text();
      String[] parts = body(text).split(" ", -1);
      int number = Integer.parseInt(parts[1]);
      String series = text.substring(0, 4) + parts[0];
      assertEquals(number, last.getOrDefault(series, -1) + 1, series);
      assertEquals(parts[2].length(), number * 37 % 3000);
      last.put(series, number);
    }
    assertTrue(peer.messages.isEmpty());
  }

  @Test(dataProvider = "transports")
  public void what_a_slow_peer_does_not_take_waits_and_comes_whole_and_in_order(String transport)
      throws Exception {
    Endpoint server = networks.network(config()).open(transport, Sockets.anyPort(), right);
    SocketNetwork sending = networks.network(config());
    Endpoint client = sending.open(transport, Sockets.anyPort(), left);
    Flow out = client.flowTo(server.local(), TlsNetworks.DOMAIN);
    out.send(Recorder.ok("first"), null);
    right.message().flow().send(Recorder.ok("answer"), null);
    left.message();
    out.send(Recorder.request("STAND", ""), null);
    await(right.stands);
    String filling = "y".repeat(40_000);
    int sent = 0;
    while (sending.figures().waitingBytes() < 2 << 20) {
      out.send(Recorder.request("INFO", sent++ + " " + filling), left);
    }
    right.go.countDown();
    assertEquals(right.bodyOfNext(), ""); // at which it stood
    for (int i = 0; i < sent; i++) {
      String body = right.bodyOfNext();
      assertEquals(body.substring(0, body.indexOf(' ')), String.valueOf(i));
      assertEquals(body.length(), filling.length() + 1 + String.valueOf(i).length());
    }
    // And when all of that is out, senders write again.
    out.send(Recorder.request("INFO", "after all"), left);
    assertEquals(right.bodyOfNext(), "after all");
    assertNothingWaits(sending);
    assertTrue(left.failures.isEmpty());
  }

  /** The peer may have a message a moment before it's noted as written. */
  private static void assertNothingWaits(SocketNetwork network) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (network.figures().waitingBytes() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @Test(dataProvider = "transports")
  public void each_request_arrives_or_fails_once_when_the_peer_ends_the_connection(String transport)
      throws Exception {
    Flow[] ends = connect(transport);
    int each = 50;
    Map<String, Integer> failures = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(THREADS * 10);
    List<Thread> senders = new ArrayList<>();
    Set<String> all = new HashSet<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      for (int i = 0; i < each; i++) {
        all.add(thread + "-" + i);
      }
      senders.add(
          start(
              () -> {
                for (int i = 0; i < each; i++) {
                  String id = thread + "-" + i;
                  ends[1].send(
                      Recorder.request("INFO", id), why -> failures.merge(id, 1, Integer::sum));
                  begun.countDown();
                }
              }));
    }
    await(begun);
    ends[0].close();
    for (Thread sender : senders) {
      sender.join();
    }
    Recorder.next(right.closed, "end");
    Recorder.next(left.closed, "end");
    Set<String> known = new HashSet<>(failures.keySet());
    left.messages.forEach(received -> known.add(body(received.text())));
    assertEquals(known, all);
    assertTrue(failures.values().stream().allMatch(times -> times == 1), failures.toString());
    assertFalse(ends[1].isOpen());
  }

  @Test
  public void each_request_fails_once_when_a_peer_that_reads_nothing_resets_the_connection()
      throws Exception {
    Endpoint server = networks.network(config()).open("tcp", Sockets.anyPort(), right);
    Socket socket = new Socket(server.local().getAddress(), server.local().getPort());
    Flow flow = null;
    for (int i = 0; i < 2; i++) {
      socket.getOutputStream().write(Recorder.ok("there"));
      flow = right.message().flow();
      flow.send(Recorder.ok("back"), null);
      socket.getInputStream().readNBytes(Recorder.ok("back").length);
    }
    assertNotNull(flow);
    Flow back = flow;
    int each = 60;
    Map<String, Integer> failures = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(THREADS * 10);
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String name = t + "-";
      senders.add(
          start(
              () -> {
                for (int i = 0; i < each; i++) {
                  byte[] request = Recorder.request("INFO", "x".repeat(1_000));
                  String id = name + i;
                  back.send(request, why -> failures.merge(id, 1, Integer::sum));
                  begun.countDown();
                }
              }));
    }
    await(begun);
    socket.setSoLinger(true, 0);
    socket.close();
    for (Thread sender : senders) {
      sender.join();
    }
    Recorder.next(right.closed, "end");
    assertEquals(failures.size(), THREADS * each);
    assertEquals(Set.copyOf(failures.values()), Set.of(1));
    assertFalse(back.isOpen());
  }

  @Test(dataProvider = "transports")
  public void what_was_sent_before_closing_goes_out(String transport) throws Exception {
    Flow[] ends = connect(transport);
    for (int i = 0; i < 20; i++) {
      ends[1].send(Recorder.request("INFO", "last " + i), right);
    }
    ends[1].close();
    for (int i = 0; i < 20; i++) {
      assertEquals(left.bodyOfNext(), "last " + i);
    }
    assertNull(Recorder.next(left.closed, "end").cause());
    assertNull(Recorder.next(right.closed, "end").cause());
  }

  /** A peer that gets data after the last frame, or after the close_notify, complains. */
  @Test(dataProvider = "transports")
  public void nothing_follows_the_last_words(String transport) throws Exception {
    Flow[] ends = connect(transport);
    CountDownLatch begun = new CountDownLatch(10);
    Thread sender =
        start(
            () -> {
              while (ends[1].isOpen()) {
                ends[1].send(Recorder.ok("on and on"), null);
                begun.countDown();
              }
            });
    await(begun);
    ends[1].close();
    sender.join();
    assertNull(Recorder.next(left.closed, "end").cause());
    assertTrue(left.brokenStreams.isEmpty());
  }

  /** The event loop has to answer with a record of its own, and all later ones have another key. */
  @Test
  public void keys_are_changed_while_others_than_the_event_loop_write() throws Exception {
    Endpoint server = networks.network(config()).open("tls", Sockets.anyPort(), right);
    try (SSLSocket socket = networks.socketTo(server.local(), "TLSv1.3")) {
      socket.setSoTimeout(PATIENCE_SECONDS * 1000);
      assertEquals(socket.getSession().getProtocol(), "TLSv1.3");
      Flow flow = null;
      byte[] expected = Recorder.ok("0000");
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write(Recorder.ok("there"));
        flow = right.message().flow();
        flow.send(expected, null);
        assertEquals(socket.getInputStream().readNBytes(expected.length), expected);
      }
      assertNotNull(flow);
      Flow back = flow;
      int count = 3_000;
      Thread sender =
          start(
              () -> {
                for (int i = 0; i < count; i++) {
                  back.send(Recorder.ok(String.format("%04d", i)), right);
                }
              });
      for (int i = 0; i < count; i++) {
        if (i % 100 == 0) {
          socket.startHandshake(); // of TLS 1.3: a KeyUpdate that asks for one
        }
        byte[] got = socket.getInputStream().readNBytes(expected.length);
        assertEquals(body(new String(got, ISO_8859_1)), String.format("%04d", i));
      }
      sender.join();
      assertTrue(back.isOpen() && right.failures.isEmpty());
    }
  }

  @Test
  public void what_has_ended_or_has_something_else_to_say_is_not_opened() {
    NioSocketChannel channel = new NioSocketChannel();
    try {
      Shortcut ended = Shortcut.of(channel, WireForm.PLAIN);
      assertNotNull(ended);
      assertFalse(ended.isOpen());
      ended.open();
      assertTrue(ended.isOpen());
      assertNull(ended.close()); // nothing is left to be written
      assertFalse(ended.isOpen());
      ended.end();
      ended.open();
      assertFalse(ended.isOpen());
      Shortcut busy =
          Shortcut.of(
              channel,
              new WireForm() {
                @Override
                public ByteBuf encode(byte[] message, ByteBufAllocator allocator) {
                  return Unpooled.wrappedBuffer(message);
                }

                @Override
                public boolean isAtRest() {
                  return false;
                }
              });
      assertNotNull(busy);
      busy.open();
      assertFalse(busy.isOpen());
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  @Test
  public void event_loop_writes_what_it_sends_itself_and_answers_to_many_messages_at_once()
      throws IOException {
    NioSocketChannel channel = new NioSocketChannel();
    try {
      Shortcut way = Shortcut.of(channel, WireForm.PLAIN);
      assertNotNull(way);
      way.open();
      assertEquals(offerTo(way, 1, false), StreamOutbox.Offer.WRITE_HERE);
      assertEquals(offerTo(way, 1, true), StreamOutbox.Offer.WRITE);
      assertEquals(offerTo(way, 20, false), StreamOutbox.Offer.WRITE);
      way.end();
      assertEquals(offerTo(way, 1, false), StreamOutbox.Offer.WRITE);
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  /** What's to be done with a message on an open connection on which nothing waits. */
  private static StreamOutbox.Offer offerTo(Shortcut way, int cameAtOnce, boolean onLoop)
      throws IOException {
    StreamOutbox outbox =
        new StreamOutbox(Sockets.config().build(), new StreamLedger(), new AtomicLong(), false);
    StreamMessage first = new StreamMessage(Recorder.ok("first"), null);
    assertEquals(outbox.offer(first, false), StreamOutbox.Offer.CONNECT);
    outbox.withdraw(first);
    assertTrue(outbox.open(way));
    assertFalse(outbox.writeHere(null), "nothing is there");
    outbox.cameAtOnce(cameAtOnce);
    return outbox.offer(new StreamMessage(Recorder.ok("second"), null), onLoop);
  }

  @Test
  public void connection_is_not_idle_while_others_than_the_event_loop_write() throws Exception {
    int idle = 1_000;
    Flow[] ends = connect("tcp", config().idleTimeoutMillis(idle));
    ends[0].send(Recorder.ok("begins"), null);
    BlockingQueue<Long> longest = new LinkedBlockingQueue<>();
    start(
        () -> {
          long pause = 0;
          long last = System.nanoTime();
          for (long begin = last; last - begin < TimeUnit.MILLISECONDS.toNanos(2L * idle); ) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            ends[0].send(Recorder.ok("says something"), null);
            long now = System.nanoTime();
            pause = Math.max(pause, now - last);
            last = now;
          }
          longest.add(pause);
        });
    long pause = TimeUnit.NANOSECONDS.toMillis(Recorder.next(longest, "end of the sending"));
    assertTrue(ends[0].isOpen() || pause >= idle, "closed after a pause of " + pause + " ms");
    IOException why = Recorder.next(left.closed, "end of the silence").cause();
    assertNull(why);
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "shortcut-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
