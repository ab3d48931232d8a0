package io.sipwright.javax.sip;

import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Located;
import io.sipwright.locator.Target;
import io.sipwright.stack.SipCore;
import io.sipwright.transaction.Wire;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message whose target is looked up when it's sent first. What can't be sent to one
 * target goes to the next (RFC 3263 §4.3); what was sent once goes the same way again.
 *
 * <p>The transport, and with it the Via, is known only then: so it's the message given at the
 * beginning that is sent, in place of the bytes.
 */
final class LocatedWire implements Wire {
  private final Outbound outbound;
  private final SipCore core;
  private final SipMessage message;
  private final Way way;

  // Guarded by this.
  private boolean looking;
  private @Nullable Wire found;
  private byte @Nullable [] bytes;
  private final List<FailureListener> waiting = new ArrayList<>(1);

  /**
   * A way that isn't looked for yet.
   *
   * @param message what is sent; nobody else's
   */
  LocatedWire(Outbound outbound, SipCore core, SipMessage message, Way way) {
    this.outbound = outbound;
    this.core = core;
    this.message = message;
    this.way = way;
  }

  Way way() {
    return way;
  }

  /** Not known before it's located; nobody repeats what it carries by itself. */
  @Override
  public boolean reliable() {
    return false;
  }

  @Override
  public void send(byte[] ignored, FailureListener failed) {
    Wire known;
    byte[] text;
    synchronized (this) {
      known = found;
      text = bytes;
      if (known == null) {
        waiting.add(failed);
        if (looking) {
          return;
        }
        looking = true;
      }
    }
    if (known != null && text != null) {
      known.send(text, failed);
    } else {
      outbound.nextHops().locate(core, way, this::found);
    }
  }

  private void found(Located located) {
    List<Target> targets =
        outbound.largeRequests().targets(message, located.targets(), core.locator().memory());
    tryTarget(targets, 0, new UnknownHostException(located.failure()));
  }

  private void tryTarget(List<Target> targets, int index, IOException before) {
    if (index >= targets.size()) {
      fail(before);
      return;
    }
    Target target = targets.get(index);
    SipMessage copy = message.clone();
    try {
      Wire wire = outbound.wire(core, copy, target);
      byte[] text = copy.encoded();
      synchronized (this) {
        found = wire;
        bytes = text;
      }
      wire.send(
          text,
          cause -> {
            core.locator().memory().failed(target);
            tryTarget(targets, index + 1, cause);
          });
    } catch (SipException e) {
      tryTarget(targets, index + 1, new IOException(e.getMessage(), e));
    }
  }

  private void fail(IOException cause) {
    List<FailureListener> all;
    synchronized (this) {
      found = null;
      looking = false;
      all = new ArrayList<>(waiting);
      waiting.clear();
    }
    for (FailureListener one : all) {
      one.onFailure(cause);
    }
  }
}
