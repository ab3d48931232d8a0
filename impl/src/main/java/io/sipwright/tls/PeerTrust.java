package io.sipwright.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks certificates of peers: the path and the usage as Java does (RFC 5280), and then whether a
 * server's stands for the domain that was asked for (RFC 5922 §7.3). That domain is the engine's
 * peer host. An engine with an endpoint identification algorithm of Java's is left to that.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager paths;

  PeerTrust(X509ExtendedTrustManager paths) {
    this.paths = paths;
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    paths.checkServerTrusted(chain, authType, engine);
    if (engine == null) {
      throw new CertificateException("There is no domain to compare the certificate with");
    }
    String other = engine.getSSLParameters().getEndpointIdentificationAlgorithm();
    if (other == null || other.isEmpty()) {
      checkDomain(chain[0], engine.getPeerHost());
    }
  }

  private static void checkDomain(X509Certificate certificate, @Nullable String domain)
      throws CertificateException {
    if (domain == null || !SipIdentities.include(certificate, domain)) {
      throw new CertificateException(
          "The certificate is not for the domain "
              + domain
              + " but for "
              + SipIdentities.of(certificate)
              + " (RFC 5922 §7.3; subject "
              + certificate.getSubjectX500Principal()
              + ")");
    }
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    paths.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServerTrusted(chain, authType, (SSLEngine) null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    paths.checkServerTrusted(chain, authType, socket);
    checkDomain(
        chain[0],
        socket instanceof SSLSocket secure && secure.getHandshakeSession() != null
            ? secure.getHandshakeSession().getPeerHost()
            : null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    paths.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    paths.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return paths.getAcceptedIssuers();
  }
}
