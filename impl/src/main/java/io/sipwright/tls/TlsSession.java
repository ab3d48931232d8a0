package io.sipwright.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed on a TLS connection.
 *
 * @param protocol "TLSv1.3" or "TLSv1.2"
 * @param cipherSuite its standard name
 * @param peerCertificates the peer's certificate and then those of its issuers; empty if it showed
 *     none
 * @param localCertificates what we showed, in the same order; empty if nothing
 * @param verified whether the peer's certificate was checked: false if checks are switched off
 */
public record TlsSession(
    String protocol,
    String cipherSuite,
    List<X509Certificate> peerCertificates,
    List<X509Certificate> localCertificates,
    boolean verified) {
  /** Copies the lists. */
  public TlsSession {
    peerCertificates = List.copyOf(peerCertificates);
    localCertificates = List.copyOf(localCertificates);
  }

  /** What a session that has had its handshake agreed on. */
  public static TlsSession of(SSLSession session, boolean verified) {
    Certificate[] peer = null;
    try {
      peer = session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      peer = null; // it showed none
    }
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        list(peer),
        list(session.getLocalCertificates()),
        verified);
  }

  private static List<X509Certificate> list(Certificate @Nullable [] chain) {
    List<X509Certificate> list = new ArrayList<>();
    for (Certificate c : chain == null ? new Certificate[0] : chain) {
      if (c instanceof X509Certificate x509) {
        list.add(x509);
      }
    }
    return list;
  }

  /**
   * The SIP domains that the peer's certificate stands for (RFC 5922 §7.1), in lower case; empty if
   * it showed none.
   */
  public List<String> peerDomains() {
    return peerCertificates.isEmpty() ? List.of() : SipIdentities.of(peerCertificates.get(0));
  }
}
