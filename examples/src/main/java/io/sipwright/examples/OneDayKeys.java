package io.sipwright.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * A key and a certificate that has signed itself, for a day and this machine only: what a
 * demonstration of TLS needs. Made by the {@code keytool} of the running Java; deleted at the end.
 */
public final class OneDayKeys implements AutoCloseable {
  private static final int PASSWORD_BITS = 128;

  private final Path folder;
  private final Path store;
  private final String password;

  private OneDayKeys(Path folder, String password) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
    this.password = password;
    folder.toFile().deleteOnExit(); // if a signal ends the program: in the opposite order
    store.toFile().deleteOnExit();
  }

  /**
   * Makes them for {@code localhost} and 127.0.0.1.
   *
   * @throws IOException if there's no keytool, or it fails; the message has what it said
   */
  public static OneDayKeys make() throws IOException, InterruptedException {
    String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(36) + "secret";
    OneDayKeys keys = new OneDayKeys(Files.createTempDirectory("sipwright-keys"), password);
    try {
      keys.runKeytool();
      return keys;
    } catch (IOException | InterruptedException e) {
      keys.close();
      throw e;
    }
  }

  private void runKeytool() throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "demo",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "SIPWRIGHT_PASSWORD"));
    builder.environment().put("SIPWRIGHT_PASSWORD", password);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool could not make keys: " + said.strip());
    }
  }

  /** The properties of a stack that uses the key, and trusts its certificate. */
  public Map<String, String> properties() {
    return Map.of(
        "javax.net.ssl.keyStore",
        store.toString(),
        "javax.net.ssl.keyStorePassword",
        password,
        "javax.net.ssl.trustStore",
        store.toString(),
        "javax.net.ssl.trustStorePassword",
        password);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(store);
    Files.deleteIfExists(folder);
  }
}
