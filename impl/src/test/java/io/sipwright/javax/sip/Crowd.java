package io.sipwright.javax.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many connections that say next to nothing, on one thread: every other one is silent, the rest
 * drip one byte after the other of something that would be right. Those that are closed are opened
 * anew while there's time.
 */
final class Crowd implements AutoCloseable {
  private static final long NANOS = 1_000_000_000L;
  private static final int ROUND_MILLIS = 20;

  /** What a crowd does. */
  record Plan(
      InetSocketAddress to, String text, int count, int sources, int perSecond, int dripSeconds) {}

  private final Plan plan;
  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::run, "crowd");
  private final ByteBuffer input = ByteBuffer.allocate(4_096);
  private final List<Member> members = new ArrayList<>();
  private volatile boolean ending;
  private volatile boolean resting;

  /** How many were opened in all, are open now, and were closed by the other side. */
  final AtomicInteger opened = new AtomicInteger();

  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  private static final class Member {
    final SocketChannel channel;
    final boolean drips;
    int written;
    long nextDrip;

    Member(SocketChannel channel, boolean drips, long nextDrip) {
      this.channel = channel;
      this.drips = drips;
      this.nextDrip = nextDrip;
    }
  }

  Crowd(Plan plan) throws IOException {
    this.plan = plan;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long begin = System.nanoTime();
    try {
      while (!ending) {
        selector.select(ROUND_MILLIS);
        selector.selectedKeys().forEach(this::serve);
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        long due = (now - begin) * plan.perSecond() / NANOS;
        while (!resting && opened.get() < due && open.get() < plan.count()) {
          join(now);
        }
        members.removeIf(member -> !member.channel.isOpen());
        for (Member member : members) {
          drip(member, now);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      members.forEach(this::leave);
    }
  }

  /** Nobody new comes from now on, and nobody says anything. */
  void rest() {
    resting = true;
  }

  private void join(long now) throws IOException {
    int number = opened.getAndIncrement();
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    int source = number % plan.sources();
    byte[] from = {127, 0, (byte) (1 + source / 250), (byte) (1 + source % 250)};
    channel.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
    channel.connect(plan.to());
    Member member = new Member(channel, number % 2 == 1, now);
    channel.register(selector, SelectionKey.OP_CONNECT, member);
    members.add(member);
    open.incrementAndGet();
  }

  private void serve(SelectionKey key) {
    Member member = (Member) key.attachment();
    try {
      if (key.isConnectable()) {
        member.channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
      } else if (member.channel.read(input.clear()) < 0) {
        closed.incrementAndGet();
        leave(member);
      }
    } catch (IOException e) {
      closed.incrementAndGet();
      leave(member);
    }
  }

  private void drip(Member member, long now) {
    if (!member.drips
        || resting
        || now < member.nextDrip
        || member.written == plan.text().length()
        || !member.channel.isConnected()) {
      return;
    }
    member.nextDrip = now + plan.dripSeconds() * NANOS;
    try {
      member.channel.write(
          ByteBuffer.wrap(new byte[] {(byte) plan.text().charAt(member.written++)}));
    } catch (IOException e) {
      leave(member);
    }
  }

  private void leave(Member member) {
    if (member.channel.isOpen()) {
      open.decrementAndGet();
      try {
        member.channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
