package io.sipwright.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our keys: as a server, the one whose certificate names the host that the client asks for by SNI,
 * otherwise the first of the kind the client prefers; as a client, the first that one of the
 * server's issuers has issued.
 */
final class HostKeys extends X509ExtendedKeyManager {
  /** A key and its certificates, the owner's first. */
  private record Entry(PrivateKey key, List<X509Certificate> chain) {
    boolean isFor(String algorithm, Principal @Nullable [] issuers) {
      String own = key.getAlgorithm(); // TLS 1.2 asks for EC_RSA too: an EC key, signed by RSA
      return (algorithm.equals(own) || algorithm.startsWith(own + "_")) && issuedByOneOf(issuers);
    }

    private boolean issuedByOneOf(Principal @Nullable [] issuers) {
      if (issuers == null || issuers.length == 0) {
        return true;
      }
      List<Principal> accepted = List.of(issuers);
      return chain.stream().anyMatch(c -> accepted.contains(c.getIssuerX500Principal()));
    }

    boolean names(String host) {
      int dot = host.indexOf('.');
      return SipIdentities.include(chain.get(0), host)
          // For browsers, which come over secure WebSockets (RFC 2818 §3.1).
          || (dot > 0 && SipIdentities.include(chain.get(0), "*" + host.substring(dot)));
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Takes all keys out of a store. Returns whether there is any. */
  boolean add(KeySource.Content content) throws GeneralSecurityException {
    KeyStore store = content.store();
    int before = entries.size();
    for (String alias : Collections.list(store.aliases())) {
      if (!store.isKeyEntry(alias)) {
        continue;
      }
      Key key = store.getKey(alias, content.password().toCharArray());
      Certificate[] chain = store.getCertificateChain(alias);
      if (key instanceof PrivateKey secret && chain != null && chain.length > 0) {
        X509Certificate[] certificates =
            Arrays.copyOf(chain, chain.length, X509Certificate[].class);
        entries.put(entries.size() + "." + alias, new Entry(secret, List.of(certificates)));
      }
    }
    return entries.size() > before;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    String host = requestedHost(engine);
    // If one has the name, then no other will do, whatever its algorithm.
    Set<String> named =
        host == null
            ? Set.of()
            : entries.entrySet().stream()
                .filter(e -> e.getValue().names(host))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    for (Map.Entry<String, Entry> e : entries.entrySet()) {
      if ((named.isEmpty() || named.contains(e.getKey())) && e.getValue().isFor(keyType, issuers)) {
        return e.getKey();
      }
    }
    return null;
  }

  private static @Nullable String requestedHost(@Nullable SSLEngine engine) {
    if (engine != null && engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    for (String keyType : keyTypes) {
      for (Map.Entry<String, Entry> e : entries.entrySet()) {
        if (e.getValue().isFor(keyType, issuers)) {
          return e.getKey();
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return getClientAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    String[] fitting =
        entries.entrySet().stream()
            .filter(e -> e.getValue().isFor(keyType, issuers))
            .map(Map.Entry::getKey)
            .toArray(String[]::new);
    return fitting.length == 0 ? null : fitting;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Entry entry = entries.get(alias);
    return entry == null ? null : entry.chain.toArray(new X509Certificate[0]);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Entry entry = entries.get(alias);
    return entry == null ? null : entry.key;
  }
}
