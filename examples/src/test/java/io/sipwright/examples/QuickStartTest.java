package io.sipwright.examples;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testng.annotations.Test;

public class QuickStartTest {
  private static final Path ROOT = Path.of(System.getProperty("sipwright.root", ".."));

  @Test
  public void it_answers_whether_it_is_there() throws Exception {
    int port;
    try (RawPeer free = new RawPeer()) {
      port = free.port();
    }
    new QuickStart(port);
    try (RawPeer peer = new RawPeer().towards(port)) {
      peer.request("OPTIONS", "quick", "quick");
      assertTrue(peer.receive("SIP/2.0 ").startsWith("SIP/2.0 200 OK\r\n"));
      peer.request("DANCE", "quick2", "quick2");
      assertTrue(peer.receive("SIP/2.0 ").startsWith("SIP/2.0 501 "));
    }
  }

  @Test
  public void the_readme_shows_the_source_as_it_is() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String begin = "```java\n";
    int from = readme.indexOf(begin) + begin.length();
    String shown = readme.substring(from, readme.indexOf("```", from));
    String source =
        Files.readString(
                ROOT.resolve("examples/src/main/java/io/sipwright/examples/QuickStart.java"))
            .replace("package io.sipwright.examples;\n\n", "");
    assertEquals(essence(shown), essence(source));
  }

  /** Without blank lines and annotations, which the README leaves out round the empty methods. */
  private static String essence(String code) {
    return code.replace("  @Override\n", "").replaceAll("\n+", "\n");
  }
}
