package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What senders write of what waits, on a socket on which each write fails. */
public class StreamOutboxTest {
  private final AtomicLong pending = new AtomicLong();
  private NioSocketChannel channel;
  private Shortcut way;
  private StreamOutbox outbox;

  @BeforeMethod
  public void open() {
    pending.set(0);
    channel = new NioSocketChannel();
    way = Shortcut.of(channel, WireForm.PLAIN);
    assertNotNull(way);
    outbox = new StreamOutbox(Sockets.config().build(), new StreamLedger(), pending, false);
    StreamMessage first = new StreamMessage(Recorder.ok("first"), null);
    assertEquals(outbox.offer(first, false), StreamOutbox.Offer.CONNECT);
    outbox.withdraw(first);
    assertTrue(outbox.open(way));
  }

  @AfterMethod
  public void close() {
    channel.unsafe().closeForcibly();
  }

  private StreamMessage offer(String body, StreamOutbox.Offer expected) {
    StreamMessage message = new StreamMessage(Recorder.request("INFO", body), null);
    assertEquals(outbox.offer(message, false), expected);
    return message;
  }

  private void rest() throws IOException {
    assertFalse(outbox.writeHere(null), "nothing waits");
    way.open();
  }

  /** Half of it may be out, or a TLS record of it be missing: nothing may follow that. */
  @Test
  public void nobody_writes_behind_a_write_that_failed_and_all_is_given_up_once() throws Exception {
    rest();
    StreamMessage fails = offer("fails", StreamOutbox.Offer.WRITE_HERE);
    StreamMessage behind = offer("behind", StreamOutbox.Offer.WAIT);
    assertThrows(NotYetConnectedException.class, () -> outbox.writeHere(null));
    assertFalse(way.isOpen());
    assertTrue(outbox.writeHere(null), "the event loop sees to the rest");
    assertEquals(pending.get(), fails.weight() + behind.weight());
    assertEquals(outbox.shut(), List.of(fails, behind));
    assertEquals(pending.get(), 0);
  }

  /** Java keeps a copy of the longest that a thread wrote, outside the heap. */
  @Test
  public void event_loop_writes_what_is_long() throws Exception {
    rest();
    StreamMessage message = offer("x".repeat(70_000), StreamOutbox.Offer.WRITE_HERE);
    assertTrue(outbox.writeHere(null)); // or it would have failed
    assertEquals(outbox.pending(), message.weight());
    assertTrue(way.isOpen());
  }
}
