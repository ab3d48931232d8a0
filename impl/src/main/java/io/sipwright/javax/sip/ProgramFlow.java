package io.sipwright.javax.sip;

import io.sipwright.ext.FlowListener;
import io.sipwright.ext.SipFlow;
import io.sipwright.stack.Flows;
import io.sipwright.stack.SipCore;
import io.sipwright.transport.Flow;
import java.net.InetSocketAddress;
import java.util.Objects;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;

/** A flow as programs see it. */
final class ProgramFlow implements SipFlow {
  private final SipStackImpl stack;
  private final Flow flow;

  ProgramFlow(SipStackImpl stack, Flow flow) {
    this.stack = stack;
    this.flow = flow;
  }

  /** The flow that a message came on, or was attached to; null if none. */
  static @Nullable SipFlow of(SipStackImpl stack, @Nullable Object attachment) {
    return attachment instanceof Flow flow ? new ProgramFlow(stack, flow) : null;
  }

  @Override
  public String transport() {
    return flow.endpoint().transport();
  }

  @Override
  public InetSocketAddress local() {
    return flow.local();
  }

  @Override
  public InetSocketAddress remote() {
    return flow.remote();
  }

  @Override
  public boolean isOpen() {
    return flow.isOpen();
  }

  @Override
  public String token() throws SipException {
    return stack.runningCore().flows().tokenOf(flow);
  }

  @Override
  public KeepAlive keepAlive(String callId, int flowTimer, FlowListener listener)
      throws SipException {
    Objects.requireNonNull(callId, "callId");
    Objects.requireNonNull(listener, "listener");
    if (flowTimer < 0) {
      throw new IllegalArgumentException("Flow-Timer must not be negative: " + flowTimer);
    }
    SipCore core = stack.runningCore();
    Told told = new Told(core, callId, listener);
    Runnable stop =
        core.flows()
            .keep(
                flow,
                flowTimer,
                new Flows.Keeping() {
                  @Override
                  public void onAlive() {
                    told.alive();
                  }

                  @Override
                  public void onFailed(String reason) {
                    told.failed(reason);
                  }
                });
    return told.until(stop);
  }

  @Override
  public KeepAlive watch(String callId, FlowListener listener) throws SipException {
    Objects.requireNonNull(callId, "callId");
    Objects.requireNonNull(listener, "listener");
    SipCore core = stack.runningCore();
    Told told = new Told(core, callId, listener);
    return told.until(core.flows().watch(flow, told::failed));
  }

  /** Tells a listener in its turn, unless it was stopped meanwhile. */
  private final class Told {
    private final SipCore core;
    private final String callId;
    private final FlowListener listener;
    private volatile boolean stopped;

    Told(SipCore core, String callId, FlowListener listener) {
      this.core = core;
      this.callId = callId;
      this.listener = listener;
    }

    void alive() {
      tell(() -> listener.onFlowAlive(ProgramFlow.this));
    }

    void failed(String reason) {
      tell(() -> listener.onFlowFailed(ProgramFlow.this, reason));
    }

    private void tell(Runnable news) {
      core.delivery()
          .submit(
              callId,
              () -> {
                if (!stopped) {
                  news.run();
                }
              });
    }

    KeepAlive until(Runnable stop) {
      return () -> {
        stopped = true;
        stop.run();
      };
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProgramFlow that && flow.equals(that.flow);
  }

  @Override
  public int hashCode() {
    return flow.hashCode();
  }

  @Override
  public String toString() {
    return flow.toString();
  }
}
