package io.sipwright.examples.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sipwright.examples.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testng.SkipException;

/** JsSIP under Node.js, as it would run in a browser: see {@code browser.cjs}. */
final class BrowserPhone implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("sipwright.root", ".."));
  private static final Path FOLDER = ROOT.resolve("examples/target/jssip").toAbsolutePath();
  private static final List<String> MODULES = List.of("jssip@3.13.8", "ws@8.18.0");
  private static final long INSTALL_SECONDS = 120;

  /** What it says. */
  final Screen screen = new Screen();

  private final Process process;
  private final Writer in;

  /**
   * Starts it; it registers by itself.
   *
   * @param certificate whom to trust, in PEM
   */
  BrowserPhone(String url, Path certificate, String user) throws Exception {
    install();
    Path script = FOLDER.resolve("browser.cjs");
    try (InputStream source = BrowserPhone.class.getResourceAsStream("browser.cjs")) {
      Files.write(script, source.readAllBytes());
    }
    process =
        new ProcessBuilder(
                "node",
                script.toString(),
                FOLDER.resolve("node_modules").toString(),
                url,
                certificate.toString(),
                user)
            .redirectErrorStream(true)
            .start();
    in = process.outputWriter(UTF_8);
    new Thread(this::listen, "browser").start();
  }

  /** Fetches JsSIP and a WebSocket for it, once; skips the test where that can't be. */
  private static synchronized void install() throws Exception {
    if (Files.isDirectory(FOLDER.resolve("node_modules/jssip"))
        && Files.isDirectory(FOLDER.resolve("node_modules/ws"))) {
      return;
    }
    Files.createDirectories(FOLDER);
    ProcessBuilder npm =
        new ProcessBuilder("npm", "install", "--no-save", "--no-package-lock", "--ignore-scripts");
    npm.command().addAll(List.of("--no-audit", "--no-fund", "--prefix", FOLDER.toString()));
    npm.command().addAll(MODULES);
    Path log = FOLDER.resolve("npm.log");
    try {
      Process install = npm.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      boolean done = install.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
      install.destroy();
      if (!done || install.exitValue() != 0) {
        throw new SkipException("npm could not fetch " + MODULES + ": " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new SkipException("Node.js isn't here: " + e.getMessage());
    }
  }

  private void listen() {
    try {
      process.getInputStream().transferTo(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line for it to obey. */
  void tell(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
  }

  @Override
  public void close() throws IOException {
    in.close(); // its standard input ends, and so does it
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
