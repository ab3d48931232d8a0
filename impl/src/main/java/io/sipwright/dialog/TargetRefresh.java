package io.sipwright.dialog;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import javax.sip.address.Address;
import org.jspecify.annotations.Nullable;

/**
 * Which messages tell where the peer wants to be reached from now on (RFC 3261 §6, RFC 6141 §4).
 */
public final class TargetRefresh {
  private TargetRefresh() {}

  /**
   * Whether requests of a method can change the remote target: INVITE (RFC 3261 §12.2), UPDATE (RFC
   * 3311 §5.1), SUBSCRIBE and NOTIFY (RFC 6665 §3.1), REFER (RFC 5057 §5.4).
   */
  public static boolean isTargetRefresh(String method) {
    return switch (method) {
      case "INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER" -> true;
      default -> false;
    };
  }

  /**
   * Whether a response to such a request changes the target too: 2xx, and 1xx that's sent reliably
   * (RFC 6141 §4.6, §4.7).
   */
  public static boolean isBy(SipMessage response) {
    int status = response.status();
    return status / 100 == 2
        || (status > 100 && status < 200 && response.hasHeader(HeaderType.RSEQ));
  }

  /** A copy of the first Contact's address, or null if there's none that can be used. */
  static @Nullable Address contactOf(SipMessage message) {
    NameAddress contact = message.copyOfAddress(HeaderType.CONTACT);
    return contact == null || contact.isWildcard() ? null : contact;
  }
}
