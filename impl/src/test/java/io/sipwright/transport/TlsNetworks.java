package io.sipwright.transport;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.KeySource;
import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Networks that speak TLS with certificates made for a test. */
final class TlsNetworks implements AutoCloseable {
  static final String DOMAIN = "sip.example.com";

  final Path folder;
  final TestCa ca;
  private final List<SocketNetworkConfig> configs = new ArrayList<>();
  private final List<SocketNetwork> networks = new ArrayList<>();
  private int files;

  TlsNetworks() throws Exception {
    folder = Files.createTempDirectory("sipwright-tls");
    ca = TestCa.root("Test CA");
  }

  /** A file name nothing has yet. */
  Path file(String suffix) {
    return folder.resolve("f" + ++files + suffix);
  }

  KeySource keys(TestCa.Identity identity) throws Exception {
    Path file = identity.pem(file(".pem"));
    return new KeySource.PemFiles(file, file, null);
  }

  KeySource trust(TestCa authority) throws Exception {
    return new KeySource.PemFiles(authority.pem(file(".pem")), null, null);
  }

  TestCa.Identity server() throws Exception {
    return ca.issue(TestCa.wish("server").dns(DOMAIN));
  }

  /** Trusts the authority; has no key. */
  TlsSettings.Builder trusting() throws Exception {
    return TlsSettings.builder().trust(List.of(trust(ca))).clientAuth(ClientAuth.OFF);
  }

  /** Trusts the authority; has the keys of the server. */
  TlsSettings withKeys() throws Exception {
    return trusting().keys(List.of(keys(server()))).build();
  }

  SocketNetwork network(TlsSettings tls) {
    return network(Sockets.config().tls(tls));
  }

  SocketNetwork network(SocketNetworkConfig.Builder config) {
    SocketNetworkConfig built = config.build();
    SocketNetwork network = new SocketNetwork(built);
    configs.add(built);
    networks.add(network);
    return network;
  }

  /** A client of Java's own that trusts the authority, and knows one version of TLS. */
  SSLSocket socketTo(InetSocketAddress server, String version) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getAddress(), server.getPort());
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  @Override
  public void close() throws IOException {
    networks.forEach(SocketNetwork::close);
    configs.forEach(Sockets::assertNoThreads);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
