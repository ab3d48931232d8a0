package io.sipwright.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the engines of TLS connections from keys and trust as they are now. When they are read
 * again, connections that stand go on as they are; new ones use the new. Safe for use by several
 * threads.
 */
public final class TlsContext {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

  private final TlsSettings settings;
  private final String[] protocols;
  private final String @Nullable [] cipherSuites;
  private volatile SSLContext context;
  private volatile boolean withoutKeys;
  private Map<Path, String> seen = Map.of(); // guarded by this

  /**
   * Reads keys and trust.
   *
   * @throws IOException if they can't be read, or none of the protocols or cipher suites is known;
   *     the message says which and why
   */
  public TlsContext(TlsSettings settings) throws IOException {
    this.settings = settings;
    seen = stamps();
    context = load();
    SSLParameters supported = context.getSupportedSSLParameters();
    protocols =
        choose("TLS protocol", settings.protocols(), supported.getProtocols(), p -> isCurrent(p));
    cipherSuites =
        settings.cipherSuites().isEmpty()
            ? null
            : choose(
                "cipher suite",
                settings.cipherSuites(),
                supported.getCipherSuites(),
                c -> !c.contains("_anon_") && !c.contains("_NULL_"));
  }

  /** RFC 8996 forbids what was before. */
  private static boolean isCurrent(String protocol) {
    return protocol.equals("TLSv1.2") || protocol.equals("TLSv1.3");
  }

  private static String[] choose(
      String what, List<String> wanted, String[] known, Predicate<String> allowed)
      throws IOException {
    Set<String> chosen = new LinkedHashSet<>(wanted);
    chosen.retainAll(List.of(known));
    chosen.removeIf(allowed.negate());
    if (chosen.isEmpty()) {
      throw new IOException(
          "No usable " + what + " among " + wanted + "; possible: " + Arrays.toString(known));
    }
    List<String> left = new ArrayList<>(wanted);
    left.removeAll(chosen);
    if (!left.isEmpty()) {
      LOG.warn("Left out as unknown or unsafe ({}): {}", what, left);
    }
    return chosen.toArray(new String[0]);
  }

  /** How it is set up. */
  public TlsSettings settings() {
    return settings;
  }

  /** Whether there's no key: then no peer can connect to us. */
  public boolean isWithoutKeys() {
    return withoutKeys;
  }

  /** The engine of a connection that a peer has opened. */
  public SSLEngine serverEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = parameters(engine);
    parameters.setUseCipherSuitesOrder(true);
    switch (settings.clientAuth()) {
      case OFF -> {}
      case WANTED -> parameters.setWantClientAuth(true);
      case NEEDED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * The engine of a connection that we open.
   *
   * @param domain the domain asked for, before anything was looked up: what the certificate must
   *     stand for, and what SNI names; a numeric address is not sent by SNI
   * @param port for the resumption of sessions
   * @param asBrowser whether the certificate is checked by the rules of HTTPS (RFC 7118 §9.1), in
   *     place of those of SIP
   */
  public SSLEngine clientEngine(String domain, int port, boolean asBrowser) {
    String host =
        domain.startsWith("[") && domain.endsWith("]")
            ? domain.substring(1, domain.length() - 1)
            : domain;
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = parameters(engine);
    if (!SipIdentities.isNumeric(host)) {
      try {
        parameters.setServerNames(List.of(new SNIHostName(host)));
      } catch (IllegalArgumentException e) {
        LOG.debug("{} can't be sent by SNI", host, e);
      }
    }
    if (asBrowser && settings.verifyPeers()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private SSLParameters parameters(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols);
    if (cipherSuites != null) {
      parameters.setCipherSuites(cipherSuites);
    }
    return parameters;
  }

  // ---- reading

  /**
   * Reads keys and trust again. If that fails, those of before stay in use.
   *
   * @throws IOException as the constructor does
   */
  public synchronized void reload() throws IOException {
    Map<Path, String> now = stamps();
    context = load();
    seen = now;
  }

  /**
   * Reads keys and trust again if one of their files has another time or length than before. A
   * failure is logged; it's tried again at the next call.
   *
   * @return whether they were read
   */
  public synchronized boolean reloadIfChanged() {
    if (stamps().equals(seen)) {
      return false;
    }
    try {
      reload();
      LOG.info("Keys and certificates were read again");
      return true;
    } catch (IOException e) {
      LOG.warn("Keys and certificates have changed, but can't be used: {}", e.getMessage());
      return false;
    }
  }

  private Map<Path, String> stamps() {
    Map<Path, String> stamps = new HashMap<>();
    List<KeySource> all = new ArrayList<>(settings.keys());
    all.addAll(settings.trust());
    for (KeySource source : all) {
      for (Path file : source.files()) {
        stamps.put(file, stamp(file));
      }
    }
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      return time + " " + Files.size(file);
    } catch (IOException e) {
      return "missing";
    }
  }

  private SSLContext load() throws IOException {
    HostKeys keys = new HostKeys();
    List<X509Certificate> alsoTrusted = new ArrayList<>();
    KeySource reading = null;
    try {
      for (KeySource source : settings.keys()) {
        reading = source;
        KeySource.Content content = source.read();
        if (!keys.add(content)) {
          LOG.warn("The {} has certificates to trust, but no key of ours", source);
        }
        if (source instanceof KeySource.StoreFile) {
          alsoTrusted.addAll(certificates(content.store()));
        }
      }
      reading = null;
      SSLContext loaded = SSLContext.getInstance("TLS");
      loaded.init(new KeyManager[] {keys}, new TrustManager[] {trustManager(alsoTrusted)}, null);
      withoutKeys = keys.isEmpty();
      return loaded;
    } catch (GeneralSecurityException e) {
      String why = Pem.isWrongPassword(e) ? "the key in it needs another password" : e.getMessage();
      throw new IOException(
          (reading == null ? "TLS" : "The " + reading) + " can't be used: " + why, e);
    }
  }

  private X509ExtendedTrustManager trustManager(List<X509Certificate> alsoTrusted)
      throws GeneralSecurityException, IOException {
    if (!settings.verifyPeers()) {
      return new AnyPeer();
    }
    List<X509Certificate> anchors = new ArrayList<>();
    if (settings.trust().isEmpty()) {
      anchors.addAll(List.of(paths(null).getAcceptedIssuers()));
      anchors.addAll(alsoTrusted);
    }
    for (KeySource source : settings.trust()) {
      anchors.addAll(certificates(source.read().store()));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < anchors.size(); i++) {
      store.setCertificateEntry("anchor" + i, anchors.get(i));
    }
    return new PeerTrust(paths(store));
  }

  private static List<X509Certificate> certificates(KeyStore store)
      throws GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        found.add(certificate);
      }
    }
    return found;
  }

  /** Null for what Java trusts, which the properties {@code javax.net.ssl.trustStore…} change. */
  private static X509ExtendedTrustManager paths(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("This Java has no trust manager for X.509 certificates");
  }
}
