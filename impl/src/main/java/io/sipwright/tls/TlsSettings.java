package io.sipwright.tls;

import java.util.List;

/**
 * How TLS is used. Immutable.
 *
 * @param keys our keys and certificates; without any, nobody can connect to us over TLS, but we can
 *     to others
 * @param trust whose certificates are trusted; empty: those that Java trusts, and the certificates
 *     in the key stores of {@code keys}
 * @param verifyPeers whether certificates are checked; false is for tests in closed networks
 * @param clientAuth whether peers that connect are asked for a certificate
 * @param protocols of "TLSv1.3" and "TLSv1.2", at least one
 * @param cipherSuites by their standard names, in the order of preference; empty: Java's
 * @param handshakeTimeoutMillis after that a handshake that isn't done is given up
 * @param reloadSeconds how often to look whether the files of keys and trust changed; 0 for never
 */
public record TlsSettings(
    List<KeySource> keys,
    List<KeySource> trust,
    boolean verifyPeers,
    ClientAuth clientAuth,
    List<String> protocols,
    List<String> cipherSuites,
    int handshakeTimeoutMillis,
    int reloadSeconds) {
  /** Java's trust, no keys. */
  public static final TlsSettings DEFAULT = builder().build();

  /** Copies the lists and checks the ranges. */
  public TlsSettings {
    keys = List.copyOf(keys);
    trust = List.copyOf(trust);
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("protocols must not be empty");
    }
    if (handshakeTimeoutMillis <= 0 || reloadSeconds < 0) {
      throw new IllegalArgumentException("times must not be negative, the time limit not 0");
    }
  }

  /** A builder that begins with what suits most. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets one value after another. */
  public static final class Builder {
    private List<KeySource> keys = List.of();
    private List<KeySource> trust = List.of();
    private boolean verifyPeers = true;
    private ClientAuth clientAuth = ClientAuth.OFF;
    private List<String> protocols = List.of("TLSv1.3", "TLSv1.2");
    private List<String> cipherSuites = List.of();
    private int handshakeTimeoutMillis = 10_000;
    private int reloadSeconds;

    private Builder() {}

    /** {@link TlsSettings#keys()}: none. */
    public Builder keys(List<KeySource> value) {
      keys = value;
      return this;
    }

    /** {@link TlsSettings#trust()}: Java's. */
    public Builder trust(List<KeySource> value) {
      trust = value;
      return this;
    }

    /** {@link TlsSettings#verifyPeers()}: true. */
    public Builder verifyPeers(boolean value) {
      verifyPeers = value;
      return this;
    }

    /** {@link TlsSettings#clientAuth()}: off. */
    public Builder clientAuth(ClientAuth value) {
      clientAuth = value;
      return this;
    }

    /** {@link TlsSettings#protocols()}: both. */
    public Builder protocols(List<String> value) {
      protocols = value;
      return this;
    }

    /** {@link TlsSettings#cipherSuites()}: Java's. */
    public Builder cipherSuites(List<String> value) {
      cipherSuites = value;
      return this;
    }

    /** {@link TlsSettings#handshakeTimeoutMillis()}: 10 seconds. */
    public Builder handshakeTimeoutMillis(int value) {
      handshakeTimeoutMillis = value;
      return this;
    }

    /** {@link TlsSettings#reloadSeconds()}: never. */
    public Builder reloadSeconds(int value) {
      reloadSeconds = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public TlsSettings build() {
      return new TlsSettings(
          keys,
          trust,
          verifyPeers,
          clientAuth,
          protocols,
          cipherSuites,
          handshakeTimeoutMillis,
          reloadSeconds);
    }
  }
}
