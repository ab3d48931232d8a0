package io.sipwright.javax.sip;

import io.sipwright.locator.Locator;
import io.sipwright.stack.SocketEnvironment;
import io.sipwright.stack.StackConfig;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.ConnectionFigures;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of this machine under virtual time: transactions time out and listeners run when the
 * clock is advanced, on the thread that advances it. Limits of connections have the real time.
 */
final class TimelessSockets implements StackEnvironment {
  final VirtualClock time = new VirtualClock();
  private final SocketEnvironment real;
  private final AtomicInteger ended = new AtomicInteger();

  TimelessSockets(StackConfig config) {
    real = new SocketEnvironment(config);
  }

  /** How many connections have ended since {@link #forgetEnded}. */
  int ended() {
    return ended.get();
  }

  void forgetEnded() {
    ended.set(0);
  }

  @Override
  public Clock clock() {
    return time;
  }

  @Override
  public Network network() {
    return new Network() {
      @Override
      public boolean supports(String transport) {
        return real.network().supports(transport);
      }

      @Override
      public Endpoint open(String transport, InetSocketAddress local, Inbound inbound)
          throws IOException {
        return real.network().open(transport, local, new Counting(inbound));
      }

      @Override
      public ConnectionFigures figures() {
        return real.network().figures();
      }

      @Override
      public void close() {
        real.network().close();
      }
    };
  }

  /** Passes everything on, and counts ends when all else has been told. */
  private final class Counting implements Inbound {
    private final Inbound inbound;

    Counting(Inbound inbound) {
      this.inbound = inbound;
    }

    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
      inbound.onMessage(flow, buffer, offset, length);
    }

    @Override
    public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
      inbound.onBrokenStream(flow, buffer, offset, length, reason);
    }

    @Override
    public void onClosed(Flow flow, @Nullable IOException cause) {
      inbound.onClosed(flow, cause);
      ended.incrementAndGet();
    }

    @Override
    public boolean isNeeded(Flow flow) {
      return inbound.isNeeded(flow);
    }
  }

  @Override
  public Locator locator() {
    return real.locator();
  }

  @Override
  public Executor workers() {
    return task -> time.arm(Alarm.of(task), 0);
  }

  @Override
  public int armedTimers() {
    return time.armed();
  }

  @Override
  public void close() {
    real.close();
  }
}
