package io.sipwright.stack;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.KeySource;
import io.sipwright.tls.TlsSettings;
import io.sipwright.transport.ConnectionPolicy;
import io.sipwright.transport.WebSocketSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a stack's configuration says about TLS and WebSocket. */
public final class SecureTransports {
  private final StackConfig config;
  private final ConnectionPolicy policy;
  private final TlsSettings tls;

  /**
   * The view of a configuration.
   *
   * @param given the program's policy where the property holds an object
   * @throws IllegalArgumentException if the policy's class can't be used, or certificates and keys
   *     don't go together
   */
  SecureTransports(StackConfig config, @Nullable ConnectionPolicy given) {
    this.config = config;
    String type = config.text(TlsProperty.CONNECTION_POLICY);
    policy = given != null ? given : type == null ? ConnectionPolicy.ANY : policy(type);
    tls = readTls();
  }

  private static ConnectionPolicy policy(String type) {
    try {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      ClassLoader loader = context == null ? SecureTransports.class.getClassLoader() : context;
      return Class.forName(type, true, loader)
          .asSubclass(ConnectionPolicy.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          TlsProperty.CONNECTION_POLICY.key()
              + "="
              + type
              + " can't be used: should be a public class that implements "
              + ConnectionPolicy.class.getName()
              + " and has a public constructor without arguments: "
              + e,
          e);
    }
  }

  /** The program's say about who may connect. */
  public ConnectionPolicy policy() {
    return policy;
  }

  /** Keys, trust, versions, time limits. The files are not read yet. */
  public TlsSettings tls() {
    return tls;
  }

  private TlsSettings readTls() {
    return TlsSettings.builder()
        .keys(keys())
        .trust(trust())
        .verifyPeers(config.flag(TlsProperty.TLS_VERIFY_PEERS))
        .clientAuth(clientAuth())
        .protocols(config.words(TlsProperty.TLS_PROTOCOLS))
        .cipherSuites(config.words(TlsProperty.TLS_CIPHER_SUITES))
        .handshakeTimeoutMillis(config.number(TlsProperty.TLS_HANDSHAKE_TIMEOUT))
        .reloadSeconds(config.number(TlsProperty.TLS_RELOAD_SECONDS))
        .build();
  }

  /** Who reuses the connections of others must know whose they are (RFC 5923 §9.2). */
  private ClientAuth clientAuth() {
    ClientAuth wanted = (ClientAuth) config.present(TlsProperty.TLS_CLIENT_AUTH);
    boolean reuses = config.connectionReuse().covers("tls");
    return reuses && wanted == ClientAuth.OFF ? ClientAuth.WANTED : wanted;
  }

  private List<KeySource> keys() {
    List<KeySource> keys = new ArrayList<>();
    store(
        keys,
        TlsProperty.TLS_KEY_STORE,
        TlsProperty.TLS_KEY_STORE_TYPE,
        TlsProperty.TLS_KEY_STORE_PASSWORD);
    List<String> certificates = config.words(TlsProperty.TLS_CERTIFICATES);
    List<String> secrets = config.words(TlsProperty.TLS_PRIVATE_KEYS);
    if (!secrets.isEmpty() && secrets.size() != certificates.size()) {
      throw new IllegalArgumentException(
          TlsProperty.TLS_PRIVATE_KEYS.key()
              + ": there must be as many keys as certificates in "
              + TlsProperty.TLS_CERTIFICATES.key()
              + ", "
              + certificates.size()
              + ", and there are "
              + secrets.size());
    }
    String password = config.text(TlsProperty.TLS_PRIVATE_KEY_PASSWORD);
    for (int i = 0; i < certificates.size(); i++) {
      Path certificate = Path.of(certificates.get(i));
      Path secret = secrets.isEmpty() ? certificate : Path.of(secrets.get(i));
      keys.add(new KeySource.PemFiles(certificate, secret, password));
    }
    return keys;
  }

  private List<KeySource> trust() {
    List<KeySource> trust = new ArrayList<>();
    store(
        trust,
        TlsProperty.TLS_TRUST_STORE,
        TlsProperty.TLS_TRUST_STORE_TYPE,
        TlsProperty.TLS_TRUST_STORE_PASSWORD);
    for (String file : config.words(TlsProperty.TLS_TRUSTED_CERTIFICATES)) {
      trust.add(new KeySource.PemFiles(Path.of(file), null, null));
    }
    return trust;
  }

  private void store(List<KeySource> sources, ConfigKey file, ConfigKey type, ConfigKey password) {
    String name = config.text(file);
    if (name != null) {
      sources.add(new KeySource.StoreFile(Path.of(name), config.text(type), config.text(password)));
    }
  }

  /** Path, origins, pings. */
  public WebSocketSettings webSocket() {
    return new WebSocketSettings(
        Objects.requireNonNullElse(config.text(TlsProperty.WEBSOCKET_PATH), ""),
        config.words(TlsProperty.WEBSOCKET_ORIGINS),
        config.number(TlsProperty.WEBSOCKET_PING_SECONDS));
  }
}
