package io.sipwright.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands above connections, whose errors are logged and end here. */
record GuardedInbound(Inbound above) implements Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedInbound.class);

  @Override
  public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
    try {
      above.onMessage(flow, buffer, offset, length);
    } catch (Throwable e) {
      LOG.error("{}: a message failed", flow, e);
    }
  }

  @Override
  public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
    try {
      above.onBrokenStream(flow, buffer, offset, length, reason);
    } catch (Throwable e) {
      LOG.error("{}: telling of a broken stream failed", flow, e);
    }
  }

  @Override
  public void onClosed(Flow flow, @Nullable IOException cause) {
    try {
      above.onClosed(flow, cause);
    } catch (Throwable e) {
      LOG.error("{}: telling of its end failed", flow, e);
    }
  }

  @Override
  public boolean isNeeded(Flow flow) {
    try {
      return above.isNeeded(flow);
    } catch (Throwable e) {
      LOG.error("{}: asking whether it's needed failed", flow, e);
      return false;
    }
  }
}
