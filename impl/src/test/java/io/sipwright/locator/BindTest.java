package io.sipwright.locator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.Answer;
import io.sipwright.dns.DnsCache;
import io.sipwright.dns.DnsClient;
import io.sipwright.dns.HostsFile;
import io.sipwright.dns.Question;
import io.sipwright.dns.RecordType;
import io.sipwright.time.VirtualClock;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The rules of {@link Rfc3263Test} once more, with BIND as name server; needs {@code named}. */
@Test(groups = "slow")
public class BindTest {
  private static final List<String> ZONES = List.of("example.com", "test");

  private Process named;
  private Path folder;
  private DnsCache dns;

  @BeforeClass(alwaysRun = true)
  public void begin() throws Exception {
    String program =
        Stream.of("/usr/sbin/named", "/usr/bin/named", "/usr/local/sbin/named")
            .filter(path -> new File(path).canExecute())
            .findFirst()
            .orElseThrow(() -> new SkipException("BIND (named) is not installed"));
    folder = Files.createTempDirectory("sipwright-bind");
    int port = freePort();
    for (String zone : ZONES) {
      Files.writeString(folder.resolve(zone + ".zone"), zoneFile(zone));
    }
    Files.writeString(folder.resolve("named.conf"), configuration(port));
    named =
        new ProcessBuilder(program, "-f", "-c", folder.resolve("named.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    awaitAnswer(address);
    dns =
        new DnsCache(
            new DnsClient(List.of(address), 5000, 2, "bind-client"), new VirtualClock(), 1000);
  }

  @AfterClass(alwaysRun = true)
  public void end() throws Exception {
    if (dns != null) {
      dns.close();
    }
    if (named != null) {
      named.destroy();
      if (!named.waitFor(10, TimeUnit.SECONDS)) {
        named.destroyForcibly();
      }
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String zoneFile(String zone) {
    return "$TTL 3600\n@ SOA ns.invalid. a.invalid. 1 1 1 1 60\n@ NS ns.invalid.\n"
        + Rfc3263Zones.TEXT
            .lines()
            .filter(line -> line.split(" ")[0].endsWith(zone + "."))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private String configuration(int port) {
    StringBuilder text = new StringBuilder();
    text.append("options {\n  directory \"").append(folder).append("\";\n");
    text.append("  listen-on port ").append(port).append(" { 127.0.0.1; };\n");
    text.append("  listen-on-v6 { none; };\n  pid-file \"").append(folder).append("/pid\";\n");
    text.append("  session-keyfile \"").append(folder).append("/key\";\n");
    text.append("  recursion no;\n  dnssec-validation no;\n};\ncontrols { };\n");
    for (String zone : ZONES) {
      text.append("zone \"").append(zone).append("\" { type master; file \"");
      text.append(zone).append(".zone\"; check-names ignore; };\n");
    }
    return text.toString();
  }

  private static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 0; i < 50; i++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
          DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
        return udp.getLocalPort();
      } catch (IOException taken) {
        // for UDP: the next one
      }
    }
    throw new IOException("no free port");
  }

  private void awaitAnswer(InetSocketAddress address) throws Exception {
    for (int i = 0; i < 60; i++) {
      try (DnsClient client = new DnsClient(List.of(address), 500, 1, "bind-probe")) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.ask(new Question("plain.test", RecordType.A), answer::complete);
        if (answer.join().outcome() == Answer.Outcome.FOUND) {
          return;
        }
      }
      if (named.waitFor(500, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IOException(
        "BIND doesn't answer; it says:\n" + Files.readString(folder.resolve("log"), UTF_8));
  }

  @DataProvider
  public static Object[][] clientRules() {
    return Rfc3263Test.clientRules();
  }

  @Test(dataProvider = "clientRules", groups = "slow")
  public void a_client_finds_the_same_targets(
      String rule, String uri, String transports, String expected) throws Exception {
    Located located = Rfc3263Test.locate(newLocator(), uri, transports, List.of());
    // BIND turns lists of addresses around; how they are ordered is for others to test
    assertEquals(sorted(Rfc3263Test.text(located)), sorted(expected), rule);
    assertTrue(located.steps().stream().allMatch(step -> step.section().length() > 3));
  }

  @DataProvider
  public static Object[][] serverRules() {
    return Rfc3263Test.serverRules();
  }

  @Test(dataProvider = "serverRules", groups = "slow")
  public void a_server_finds_the_same_way_back(
      String rule, String transport, String host, int port, String expected) throws Exception {
    assertEquals(
        sorted(Rfc3263Test.text(Rfc3263Test.wayBack(newLocator(), transport, host, port))),
        sorted(expected),
        rule);
  }

  private static List<String> sorted(String targets) {
    return Stream.of(targets.split(" ")).sorted().toList();
  }

  private Locator newLocator() {
    return new Locator(dns, HostsFile.none(), null, new VirtualClock(), Locator.Settings.DEFAULT);
  }
}
