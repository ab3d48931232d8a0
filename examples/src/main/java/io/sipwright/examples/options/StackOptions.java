package io.sipwright.examples.options;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that set properties of the stack a program runs on. */
public final class StackOptions {
  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description =
          "A property of the stack, as in io.sipwright.T1=200; may be given several times")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Our certificate for TLS, in PEM, then those of its issuers")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key, in PEM; not needed if it's in the same file")
  private @Nullable Path key;

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description = "Both in a key store in place of --cert, PKCS #12 or JKS")
  private @Nullable Path keyStore;

  @Option(names = "--key-store-password", paramLabel = "TEXT", description = "Of the key store")
  private @Nullable String keyStorePassword;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates to trust, in PEM. Default: those that Java trusts")
  private @Nullable Path trust;

  @Option(
      names = "--insecure",
      description = "Takes any certificate of anybody: for tests in closed networks")
  private boolean insecure;

  private static void put(Map<String, String> all, String key, @Nullable Object value) {
    if (value != null) {
      all.put("io.sipwright." + key, value.toString());
    }
  }

  /** Puts what was given over what is there. */
  public void addTo(Map<String, String> all) {
    put(all, "TLS_CERTIFICATES", certificate);
    put(all, "TLS_PRIVATE_KEYS", key);
    put(all, "TLS_KEY_STORE", keyStore);
    put(all, "TLS_KEY_STORE_PASSWORD", keyStorePassword);
    put(all, "TLS_TRUSTED_CERTIFICATES", trust);
    if (insecure) {
      put(all, "TLS_VERIFY_PEERS", "false");
    }
    all.putAll(properties);
  }
}
