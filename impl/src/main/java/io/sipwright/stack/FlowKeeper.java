package io.sipwright.stack;

import io.sipwright.syntax.RandomIds;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transport.Flow;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends keep-alives on a flow as its client, and finds out when it has failed (RFC 5626 §4.4). On
 * streams a ping wants a pong within 10 seconds; on UDP a STUN request is sent up to seven times,
 * and its response must always show the same address.
 */
final class FlowKeeper implements Flow.PongListener {
  private static final long MILLIS = 1_000_000;
  private static final long SECONDS = 1_000 * MILLIS;
  private static final long PONG_NANOS = 10 * SECONDS;

  /** RFC 5389 §7.2.1: RTO, Rc and Rm. */
  private static final long RTO_NANOS = 500 * MILLIS;

  private static final int MOST_SENT = 7;
  private static final int LAST_WAIT = 16;

  /** Seconds between keep-alives where the server doesn't say: §4.4.1 and §4.4.2. */
  private static final int STREAM_MOST = 120;

  private static final int UDP_MOST = 29;
  private static final int UDP_LEAST = 24;

  private final Flow flow;
  private final Clock clock;
  private final Flows.Keeping keeping;
  private final boolean stream;
  private final long least;
  private final long most;
  private final Alarm alarm = Alarm.of(this::onAlarm);

  // Guarded by this.
  private Flow.@Nullable Ping ping;
  private int sent;

  /** When the last one was sent, or the first interval has begun. */
  private long since;

  private boolean alive;
  private boolean stopped;
  private @Nullable InetSocketAddress mapped;

  /**
   * A keeper that does nothing yet.
   *
   * @param flowTimer seconds, or 0 for the defaults
   */
  FlowKeeper(Flow flow, Clock clock, int flowTimer, Flows.Keeping keeping) {
    this.flow = flow;
    this.clock = clock;
    this.keeping = keeping;
    stream = flow.endpoint().reliable();
    int seconds = flowTimer > 0 ? flowTimer : stream ? STREAM_MOST : UDP_MOST;
    most = seconds * SECONDS;
    least = flowTimer == 0 && !stream ? UDP_LEAST * SECONDS : most / 5 * 4;
  }

  /** Begins: the first keep-alive is due after the first interval. */
  synchronized void start() {
    if (!stopped) {
      since = clock.nanos();
      rest();
    }
  }

  synchronized void stop() {
    stopped = true;
    endPing();
    clock.disarm(alarm);
  }

  /**
   * Waits for the next one's time, which the answer to the last one doesn't put off (§4.4). The
   * random part is in milliseconds, which an int holds for three weeks.
   */
  private void rest() {
    int spread = (int) Math.min(Integer.MAX_VALUE - 1, (most - least) / MILLIS);
    long interval = least + RandomIds.number(0, spread + 1) * MILLIS;
    clock.arm(alarm, interval - (clock.nanos() - since));
  }

  private void endPing() {
    if (ping != null) {
      ping.end();
      ping = null;
    }
    sent = 0;
  }

  private void onAlarm() {
    Flow.Ping due;
    synchronized (this) {
      if (stopped) {
        return;
      }
      due = next();
    }
    if (due != null) {
      due.send();
      endIfOver(due);
    } else {
      fail(stream ? "No pong came within 10 s" : "No STUN response came within 39.5 s");
    }
  }

  /** A ping that was answered or stopped while it was sent waits for nothing. */
  private synchronized void endIfOver(Flow.Ping due) {
    if (ping == null) {
      due.end();
    }
  }

  /** What is to be sent now; null if it was waited long enough. */
  private Flow.@Nullable Ping next() {
    Flow.Ping due = ping;
    if (due == null) {
      due = flow.ping(this);
      ping = due;
    } else if (stream || sent == MOST_SENT) {
      return null;
    }
    sent++;
    since = clock.nanos();
    long wait = sent == MOST_SENT ? LAST_WAIT * RTO_NANOS : RTO_NANOS << (sent - 1);
    clock.arm(alarm, stream ? PONG_NANOS : wait);
    return due;
  }

  @Override
  public void onPong(@Nullable InetSocketAddress seen) {
    boolean first;
    synchronized (this) {
      if (stopped || ping == null) {
        return;
      }
      endPing();
      if (mapped != null && !mapped.equals(seen)) {
        clock.disarm(alarm);
        first = false;
      } else {
        first = !alive;
        alive = true;
        mapped = seen;
        rest();
        seen = null;
      }
    }
    if (first) {
      keeping.onAlive();
    } else if (seen != null) {
      fail("Our address as the peer sees it has changed to " + seen);
    }
  }

  @Override
  public void onRefused() {
    fail("The peer answered with a STUN error");
  }

  /** Not under the lock. */
  private void fail(String reason) {
    stop();
    keeping.onFailed(reason);
  }
}
