package io.sipwright.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a TCP connection of a {@link SimulatedNetwork}. Behaves like the real one: what a
 * connection opened from here didn't deliver is sent once more on a new one before it counts as
 * failed. Unlike there, it's known here what was delivered.
 */
final class SimulatedConnection implements Flow, Framer.Sink {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long CONNECT_TIMEOUT_NANOS = 4_000_000_000L;
  private static final int MAX_HEADER = 64 << 10;
  private static final int MAX_MESSAGE = 512 << 10;

  private enum State {
    NEW,
    CONNECTING,
    OPEN,
    CLOSED
  }

  private final SimulatedNetwork network;
  private final SimulatedEndpoint endpoint;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final boolean outgoing;
  private final StreamFramer framer = new StreamFramer(MAX_HEADER, MAX_MESSAGE, this);

  private final IdlePatience patience = new IdlePatience();

  // Guarded by the network's lock.
  private long lastActivity;
  private State state;
  private @Nullable SimulatedConnection peer;
  private final ArrayDeque<StreamMessage> waiting = new ArrayDeque<>();
  private final ArrayDeque<StreamMessage> underWay = new ArrayDeque<>();
  private long lastArrival;
  private boolean outputClosed;
  private boolean stuck;
  private boolean broken;
  private final StreamPings pings = new StreamPings();

  /**
   * A side of a connection.
   *
   * @param peer the other side, or null if the connection is still to be opened from here
   */
  SimulatedConnection(
      SimulatedNetwork network,
      SimulatedEndpoint endpoint,
      InetSocketAddress remote,
      @Nullable SimulatedConnection peer) {
    this.network = network;
    this.endpoint = endpoint;
    this.remote = remote;
    this.peer = peer;
    this.outgoing = peer == null;
    this.state = outgoing ? State.NEW : State.OPEN;
    this.local = outgoing ? network.ephemeral(endpoint.local()) : endpoint.local();
    if (!outgoing) {
      watchIdle();
    }
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean isOutgoing() {
    return outgoing;
  }

  @Override
  public boolean isOpen() {
    synchronized (network.lock) {
      return state != State.CLOSED && !outputClosed && !endpoint.isClosed();
    }
  }

  boolean isConnected() {
    synchronized (network.lock) {
      return state == State.OPEN && !outputClosed;
    }
  }

  @Override
  public void send(byte[] bytes, @Nullable FailureListener onFailure) {
    send(new StreamMessage(bytes, onFailure));
  }

  private void send(StreamMessage message) {
    synchronized (network.lock) {
      if (state != State.CLOSED && !outputClosed && !endpoint.isClosed()) {
        waiting.add(message);
        if (state == State.NEW) {
          state = State.CONNECTING;
          connect();
        } else if (state == State.OPEN) {
          transmit();
        }
        return;
      }
    }
    sendElsewhere(message, failure("the connection is closed"));
  }

  private void sendElsewhere(StreamMessage message, IOException failure) {
    if (outgoing && !message.moved && !endpoint.isClosed()) {
      message.moved = true;
      endpoint.connectionTo(remote).send(message);
    } else {
      message.fail(failure);
    }
  }

  private IOException failure(String what) {
    return Addresses.failure("tcp", local, remote, what);
  }

  /** The address that links know the other side by. */
  private InetSocketAddress far() {
    SimulatedConnection other = peer;
    return outgoing || other == null ? remote : other.endpoint.local();
  }

  // ---- opening

  private void connect() {
    long there = network.streamDelay(endpoint.local(), remote);
    long back = network.streamDelay(remote, endpoint.local());
    if (there < 0 || back < 0) {
      network.later(CONNECT_TIMEOUT_NANOS, () -> end(failure("connection timed out"), false));
    } else {
      network.later(there, () -> reach(back));
    }
  }

  private void reach(long back) {
    synchronized (network.lock) {
      SimulatedEndpoint target = network.endpoint("tcp", remote);
      if (state != State.CONNECTING) {
        return;
      }
      if (target == null || !target.accepts()) {
        network.later(back, () -> end(failure("Connection refused"), false));
        return;
      }
      SimulatedConnection other = new SimulatedConnection(network, target, local, this);
      target.list(other);
      peer = other;
      network.later(back, this::established);
    }
  }

  private void established() {
    synchronized (network.lock) {
      if (state == State.CONNECTING) {
        state = State.OPEN;
        watchIdle();
        transmit();
      }
    }
  }

  // ---- idle

  private void watchIdle() {
    lastActivity = network.nanos();
    if (network.idleNanos() > 0) {
      network.later(network.idleNanos(), this::checkIdle);
    }
  }

  private void checkIdle() {
    long idle = network.idleNanos();
    int times;
    synchronized (network.lock) {
      if (state == State.CLOSED) {
        return;
      }
      long silent = network.nanos() - lastActivity;
      times = (int) (silent / idle);
      network.later(idle - silent % idle, this::checkIdle);
    }
    if (times > 0
        && patience.isOver(times, idle / NANOS_PER_MILLI, false)
        && !endpoint.inbound().isNeeded(this)) {
      close(null);
    }
  }

  @Override
  public void promise(int seconds) {
    patience.promise(seconds);
  }

  // ---- sending

  private void transmit() {
    while (!waiting.isEmpty() && !broken) {
      StreamMessage message = waiting.remove();
      lastActivity = network.nanos();
      if (message.isPing()) {
        framer.expectPong();
      }
      SimulatedNetwork.Sending sending =
          network.record("tcp", endpoint.local(), far(), message.bytes);
      long arrival = nextArrival();
      if (arrival < 0) {
        network.seal(sending, Transmission.Fate.LOST);
        continue;
      }
      underWay.add(message);
      SimulatedLink.Break end = network.streamBreak(endpoint.local(), far(), message.bytes.length);
      if (end == null) {
        network.later(arrival - network.nanos(), () -> arrive(message, sending));
      } else {
        network.later(arrival - network.nanos(), () -> breakOff(message, sending, end));
        broken = true; // what's left waits for the news
      }
    }
  }

  /** The first bytes of a message arrive, and the stream is at its end. */
  private void breakOff(
      StreamMessage message, SimulatedNetwork.Sending sending, SimulatedLink.Break end) {
    SimulatedConnection other;
    synchronized (network.lock) {
      network.seal(sending, Transmission.Fate.LOST);
      other = peer;
      if (state != State.OPEN || !underWay.contains(message)) {
        return;
      }
    }
    if (other != null && other.isConnected()) {
      SimulatedNetwork.lend(Arrays.copyOf(message.bytes, end.after()), other.framer::feed);
    }
    if (end.reset()) {
      reset();
      return;
    }
    List<StreamMessage> unsent = new ArrayList<>();
    synchronized (network.lock) {
      unsent.addAll(underWay);
      unsent.addAll(waiting);
      underWay.clear();
      waiting.clear();
    }
    closeOutput();
    unsent.forEach(each -> sendElsewhere(each, failure("the connection was closed")));
  }

  /** When something sent now arrives, after all that was sent before; -1 for never. */
  private long nextArrival() {
    long delay = network.streamDelay(endpoint.local(), far());
    if (delay < 0) {
      stuck = true;
    }
    if (stuck) {
      return -1;
    }
    lastArrival = Math.max(lastArrival, network.nanos() + delay);
    return lastArrival;
  }

  private void arrive(StreamMessage message, SimulatedNetwork.Sending sending) {
    SimulatedConnection other;
    synchronized (network.lock) {
      other = peer;
      // What finds the other side closed stays here until this side gets to know.
      if (other == null || other.state != State.OPEN || !underWay.remove(message)) {
        network.seal(sending, Transmission.Fate.LOST);
        return;
      }
      network.seal(sending, Transmission.Fate.DELIVERED);
      other.lastActivity = network.nanos();
    }
    SimulatedNetwork.lend(message.bytes, other.framer::feed);
  }

  // ---- receiving

  @Override
  public void onMessage(byte[] buffer, int offset, int length) {
    endpoint.inbound().onMessage(this, buffer, offset, length);
  }

  @Override
  public void onPing() {
    patience.onPing();
    send(StreamMessage.PONG, null);
  }

  @Override
  public void onPong() {
    pings.onPong();
  }

  @Override
  public Ping ping(PongListener listener) {
    return pings.ping(listener, () -> send(StreamMessage.PING, null));
  }

  @Override
  public void close() {
    close(null);
  }

  @Override
  public void onBroken(byte[] buffer, int offset, int length, String reason) {
    try {
      endpoint.inbound().onBrokenStream(this, buffer, offset, length, reason);
    } finally {
      close(failure(reason));
    }
  }

  // ---- ending

  /** Ends both sides with an error; what is under way from here is lost. */
  void reset() {
    IOException cause = failure("Connection reset");
    long delay;
    SimulatedConnection other;
    synchronized (network.lock) {
      other = peer;
      delay = network.streamDelay(endpoint.local(), far());
    }
    end(cause, true);
    if (other != null && delay >= 0) {
      network.later(delay, () -> other.end(other.failure("Connection reset"), true));
    }
  }

  /** Ends this side, and the other one in order once it has read what was sent before. */
  void close(@Nullable IOException cause) {
    tellPeer(other -> other.end(null, true));
    end(cause, false);
  }

  /** Sends no more. */
  void closeOutput() {
    synchronized (network.lock) {
      outputClosed = true;
    }
    tellPeer(SimulatedConnection::onInputClosed);
  }

  /** The other side sends no more: the end, if this one doesn't either. */
  private void onInputClosed() {
    boolean bothClosed;
    synchronized (network.lock) {
      bothClosed = outputClosed;
    }
    if (bothClosed) {
      close(null);
    }
  }

  private void tellPeer(Consumer<SimulatedConnection> news) {
    synchronized (network.lock) {
      SimulatedConnection other = peer;
      long arrival = other == null || state == State.CLOSED ? -1 : nextArrival();
      if (other != null && arrival >= 0) {
        network.later(arrival - network.nanos(), () -> news.accept(other));
      }
    }
  }

  private void end(@Nullable IOException cause, boolean andWhatIsUnderWay) {
    List<StreamMessage> lost = new ArrayList<>();
    boolean used;
    boolean opened;
    synchronized (network.lock) {
      if (state == State.CLOSED) {
        return;
      }
      used = state != State.NEW;
      opened = peer != null;
      state = State.CLOSED;
      framer.stop();
      endpoint.unlist(this);
      if (andWhatIsUnderWay) {
        lost.addAll(underWay);
        underWay.clear();
      }
      lost.addAll(waiting);
      waiting.clear();
    }
    IOException forSenders = cause == null ? failure("the connection was closed") : cause;
    for (StreamMessage message : lost) {
      network.later(
          0,
          () -> {
            if (opened) {
              sendElsewhere(message, forSenders);
            } else {
              message.fail(forSenders);
            }
          });
    }
    if (used) {
      network.later(0, () -> endpoint.inbound().onClosed(this, cause));
    }
  }
}
