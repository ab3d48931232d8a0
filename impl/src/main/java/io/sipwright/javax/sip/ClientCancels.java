package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.transaction.Cancels;
import io.sipwright.transaction.Wire;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a CANCEL goes out (RFC 3261 §9.1): the way of its INVITE, once that one got its first
 * provisional response.
 */
final class ClientCancels {
  private ClientCancels() {}

  /**
   * The CANCEL for an INVITE.
   *
   * @throws SipException if there's none: it has no Via that can be read, for example
   */
  static Request cancelOf(SipMessage invite) throws SipException {
    try {
      return (Request) Cancels.of(invite);
    } catch (IllegalArgumentException e) {
      throw new SipException(e.getMessage(), e);
    }
  }

  /** Whether a request is a CANCEL that needs its INVITE; others go out as any request does. */
  static boolean leads(SipCore core, SipProviderImpl provider, SipMessage request) {
    return request.method().equals(Request.CANCEL)
        && (provider.stack().config().cancelClientTransactionChecked()
            || provider.invite(core, request) != null);
  }

  /** Sends a CANCEL, or has its INVITE keep it for later. */
  static void send(ClientTransactionImpl cancel) throws SipException {
    ClientTransactionImpl invite = cancel.provider().invite(cancel.core(), cancel.message());
    if (invite == null) {
      throw new SipException("There's no INVITE on its way that this CANCEL is for");
    }
    Wire way = invite.wayOfCancel(cancel);
    if (way != null) {
      follow(invite, cancel, way);
    }
  }

  /**
   * The INVITE got an answer, or is over: the CANCEL that waited goes out, or ends.
   *
   * @param cancel null if none waited
   * @param send whether the INVITE goes on
   */
  static void release(
      ClientTransactionImpl invite, @Nullable ClientTransactionImpl cancel, boolean send) {
    if (cancel == null) {
      return;
    }
    Wire way = invite.wire();
    if (send && way != null) {
      try {
        follow(invite, cancel, way);
        return;
      } catch (SipException e) {
        // it ends, as one that comes too late does
      }
    }
    cancel.terminate();
  }

  private static void follow(ClientTransactionImpl invite, ClientTransactionImpl cancel, Wire way)
      throws SipException {
    SipMessage sent = Failover.following(cancel.message(), invite.asSent());
    cancel.rewrite(sent);
    cancel.start(sent, way, cancel);
    invite.cancelled();
  }
}
