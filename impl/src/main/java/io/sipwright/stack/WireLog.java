package io.sipwright.stack;

import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes over the wire, for the logger {@code io.sipwright.wire}: whole messages at DEBUG,
 * nothing computed when it's off.
 */
final class WireLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.sipwright.wire");

  private final String stack;
  private final boolean bodies;

  /** A log for a stack; without bodies, messages are cut after their headers. */
  WireLog(String stack, boolean bodies) {
    this.stack = stack;
    this.bodies = bodies;
  }

  void received(Flow flow, byte[] buffer, int offset, int length) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} < {} from {}\n{}",
          stack,
          flow.endpoint().transport(),
          flow.remote(),
          text(buffer, offset, length));
    }
  }

  void sent(Flow flow, byte[] message) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} > {} to {}\n{}",
          stack,
          flow.endpoint().transport(),
          flow.remote(),
          text(message, 0, message.length));
    }
  }

  void refused(Flow flow, Malformed malformed) {
    LOG.debug(
        "{} refused a message from {} with {}: {} (offset {})",
        stack,
        flow.remote(),
        malformed.status(),
        malformed.reason(),
        malformed.offset());
  }

  void broken(Flow flow, String reason) {
    LOG.debug("{} closes the connection to {}: {}", stack, flow.remote(), reason);
  }

  void closed(Flow flow, @Nullable IOException cause) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("{} connection to {} ended", stack, flow.remote(), cause);
    }
  }

  void failed(Flow flow, IOException cause) {
    LOG.debug("{} could not answer {}: {}", stack, flow.remote(), cause.toString());
  }

  /** What's shown of a message. */
  String text(byte[] buffer, int offset, int length) {
    String whole = new String(buffer, offset, length, StandardCharsets.UTF_8);
    int body = bodies ? -1 : whole.indexOf("\r\n\r\n");
    return body < 0 ? whole : whole.substring(0, body + 4);
  }
}
