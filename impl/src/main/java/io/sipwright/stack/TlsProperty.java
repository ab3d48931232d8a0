package io.sipwright.stack;

import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.Names.ownAnd;
import static io.sipwright.stack.ValueKind.CLIENT_AUTH;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.TEXT;
import static io.sipwright.stack.ValueKind.WORDS;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.number;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of TLS and WebSocket. */
enum TlsProperty implements ConfigKey {
  TLS_KEY_STORE(
      ownAnd("TLS_KEY_STORE", "javax.net.ssl.keyStore"),
      TEXT,
      null,
      "File with our keys and certificates, PKCS #12 or JKS; certificates in it are trusted too"
          + " where no trust store is named."),
  TLS_KEY_STORE_TYPE(
      ownAnd("TLS_KEY_STORE_TYPE", "javax.net.ssl.keyStoreType"),
      TEXT,
      null,
      "`PKCS12`, `JKS`, …; found out from the file if not given."),
  TLS_KEY_STORE_PASSWORD(
      ownAnd("TLS_KEY_STORE_PASSWORD", "javax.net.ssl.keyStorePassword"),
      TEXT,
      null,
      "Of the store and the keys in it."),
  TLS_CERTIFICATES(
      OWN, WORDS, "", "PEM files, each with a certificate of ours and then those of its issuers."),
  TLS_PRIVATE_KEYS(
      OWN,
      WORDS,
      "",
      "PEM files with the keys, in the order of `TLS_CERTIFICATES`; not needed where a key is in"
          + " the same file as its certificate."),
  TLS_PRIVATE_KEY_PASSWORD(OWN, TEXT, null, "Of the keys in PEM files, if they are encrypted."),
  TLS_TRUST_STORE(
      ownAnd("TLS_TRUST_STORE", "javax.net.ssl.trustStore"),
      TEXT,
      null,
      "File with the certificates to trust; otherwise those that Java trusts."),
  TLS_TRUST_STORE_TYPE(
      ownAnd("TLS_TRUST_STORE_TYPE", "javax.net.ssl.trustStoreType"),
      TEXT,
      null,
      "`PKCS12`, `JKS`, …; found out from the file if not given."),
  TLS_TRUST_STORE_PASSWORD(
      ownAnd("TLS_TRUST_STORE_PASSWORD", "javax.net.ssl.trustStorePassword"),
      TEXT,
      null,
      "Of the trust store."),
  TLS_TRUSTED_CERTIFICATES(
      OWN, WORDS, "", "PEM files with certificates to trust, in place of Java's."),
  TLS_VERIFY_PEERS(
      OWN,
      FLAG,
      "true",
      "`false` takes any certificate of anybody: for closed networks and tests only."),
  TLS_CLIENT_AUTH(
      ownAnd("TLS_CLIENT_AUTH", "gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE"),
      CLIENT_AUTH,
      "off",
      "Whether peers that connect are asked for a certificate, and need one."),
  TLS_PROTOCOLS(
      ownAnd("TLS_PROTOCOLS", "gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS"),
      WORDS,
      "TLSv1.3 TLSv1.2",
      "Versions to offer and accept. Older ones may stand in the list and are left out (RFC"
          + " 8996)."),
  TLS_CIPHER_SUITES(
      ownAnd("TLS_CIPHER_SUITES", "gov.nist.javax.sip.ENABLED_CIPHER_SUITES"),
      WORDS,
      "",
      "Cipher suites by their standard names, the best first; Java's choice if not given. Those"
          + " without encryption or authentication are left out."),
  TLS_HANDSHAKE_TIMEOUT(
      ownAnd("TLS_HANDSHAKE_TIMEOUT", "gov.nist.javax.sip.SSL_HANDSHAKE_TIMEOUT"),
      number(1, 600_000, "ms"),
      "10000",
      "How long the TLS handshake may take, and the one of a WebSocket after it."),
  TLS_RELOAD_SECONDS(
      OWN,
      limit(86_400, "s"),
      "60",
      "How often to look whether files of keys or trust changed; then new connections use the new"
          + " ones. `0` for never."),
  CONNECTION_POLICY(
      OWN,
      TEXT,
      null,
      "The program's say about who may connect: an `io.sipwright.transport.ConnectionPolicy`, or"
          + " the name of such a class with a constructor without arguments."),
  WEBSOCKET_PATH(
      OWN,
      TEXT,
      null,
      "The path of WebSockets: the only one our servers take, and what our clients ask for. Without"
          + " it any, and `/`."),
  WEBSOCKET_ORIGINS(
      OWN,
      WORDS,
      "",
      "Web sites whose scripts may connect, as in `https://example.com`; if not given: all."),
  WEBSOCKET_PING_SECONDS(
      OWN,
      limit(86_400, "s"),
      "50",
      "After so long a silence a WebSocket is pinged, and after as long again closed. `0` for"
          + " never.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  TlsProperty(List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
