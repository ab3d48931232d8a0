package io.sipwright.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Takes any certificate: for closed networks and tests, where checks were switched off. */
final class AnyPeer extends X509ExtendedTrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket s) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine e) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket s) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine e) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
