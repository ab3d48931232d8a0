package io.sipwright.javax.sip;

import io.sipwright.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/** What the transactions of this stack tell of how their messages are secured. */
public interface SecureTransaction {
  /**
   * What was agreed on the TLS connection that the request came or went on: version, cipher suite,
   * certificates.
   *
   * @return null if it was not TLS, or the connection does not stand yet
   */
  @Nullable TlsSession getTlsSession();

  /** Whether the request came or went over TLS. */
  default boolean isSecure() {
    return getTlsSession() != null;
  }
}
