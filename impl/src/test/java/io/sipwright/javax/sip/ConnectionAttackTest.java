package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sipwright.ext.StackStatistics;
import io.sipwright.tls.TestCa;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.sip.InvalidArgumentException;
import org.testng.Reporter;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Ten thousand connections that say next to nothing, and calls that go on meanwhile. */
public class ConnectionAttackTest {
  private static final int ATTACKERS = 10_000;
  private static final int FILES = 14_000;
  private static final long NANOS = 1_000_000_000L;
  private static final int CALLS = 500;

  private Path folder;
  private SSLContext trusting;
  private Party bob;

  @BeforeMethod(alwaysRun = true)
  public void check() throws Exception {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (!(system instanceof UnixOperatingSystemMXBean unix)
        || unix.getMaxFileDescriptorCount() < FILES) {
      throw new SkipException("This test needs " + FILES + " open files: see ulimit -n");
    }
    folder = Files.createTempDirectory("sipwright-attack");
  }

  @AfterMethod(alwaysRun = true)
  public void end() throws Exception {
    if (bob != null) {
      bob.stack.stop();
      bob.assertNothingFailed();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Party listening(String transport, String... settings) throws Exception {
    String name = Live.newName();
    for (int i = 0; ; i++) {
      SipStackImpl stack = new SipStackImpl(Live.properties(name, settings));
      Party party = new Party(name, "127.0.0.1", Live.freePort("127.0.0.1"), stack);
      try {
        party.listen(transport);
        return party.answering("INVITE", 200).answering("BYE", 200);
      } catch (InvalidArgumentException takenMeanwhile) {
        stack.stop();
        if (i == 20) {
          throw takenMeanwhile;
        }
      }
    }
  }

  private Party listening(String transport) throws Exception {
    if (!transport.equals("tls")) {
      return listening(transport, "io.sipwright.DAEMON_THREADS", "true");
    }
    TestCa ca = TestCa.root("Test CA");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, factory.getTrustManagers(), null);
    TestCa.Identity identity = ca.issue(TestCa.wish("localhost").dns("localhost"));
    return listening(
        transport,
        "io.sipwright.TLS_CERTIFICATES",
        identity.pem(folder.resolve("bob.pem")).toString());
  }

  /** Transport, how many addresses the attackers have, and what every other one drips. */
  @DataProvider
  public static Object[][] attacks() {
    String message = "OPTIONS sip:bob@test SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bKa\r\n";
    // RFC 8446 §5.1, §4.1.2: a record of 512 bytes that holds a ClientHello.
    String hello = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003";
    String upgrade = "GET / HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\n";
    return new Object[][] {
      {"tcp", 1, message},
      {"tcp", 20, message},
      {"tls", 20, hello},
      {"ws", 20, upgrade},
    };
  }

  @Test(dataProvider = "attacks", groups = "slow")
  public void calls_go_on_among_ten_thousand_silent_connections(
      String transport, int sources, String text) throws Exception {
    bob = listening(transport);
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), bob.port);
    int perSource = sources == 1 ? 1_024 : 2_048;
    double quiet = call(transport, 0);
    double[] millis = new double[CALLS];
    long begin = System.nanoTime();
    int most = 0;
    try (Crowd crowd = new Crowd(new Crowd.Plan(to, text, ATTACKERS, sources, 1_000, 10))) {
      Live.await("a full house", () -> open() >= Math.min(perSource, 2_000));
      for (int i = 0; i < CALLS; i++) {
        millis[i] = call(transport, i);
        most = Math.max(most, open());
        // Spread over the time in which they come.
        long due = begin + ATTACKERS / 1_000 * NANOS * i / CALLS;
        Live.await("its time", () -> System.nanoTime() >= due);
      }
      Live.await("the last of them", () -> crowd.opened.get() >= ATTACKERS);
      double idle = loadOfStill(crowd);
      StackStatistics.Connections now = bob.stack.getStatistics().connections();
      Arrays.sort(millis);
      Reporter.log(
          String.format(
              Locale.ROOT,
              "%s, %d sources: %d opened, at most %d open; %d calls, median %.1f ms, p99 %.1f ms,"
                  + " longest %.1f ms, alone %.1f ms; I/O threads %.1f %% of a core when all is"
                  + " still; %s",
              transport,
              sources,
              crowd.opened.get(),
              most,
              CALLS,
              millis[CALLS / 2],
              millis[CALLS * 99 / 100],
              millis[CALLS - 1],
              quiet,
              idle * 100,
              now),
          true);
      assertTrue(most <= 2_048, most + " at a time");
      assertTrue(now.displaced() > ATTACKERS / 2, now.toString());
      assertTrue(idle < 0.1, "I/O threads run without anything to do: " + idle);
    }
    Live.await("the end of all", () -> open() == 0);
    assertEquals(bob.stack.getStatistics().connections().unsentBytes(), 0);
  }

  private int open() {
    return bob.stack.getStatistics().connections().open();
  }

  /** A whole call on a connection of its own. Returns how long it took, in milliseconds. */
  private double call(String transport, int number) throws Exception {
    long begin = System.nanoTime();
    try (RawPeer caller =
        new RawPeer(
            transport.toUpperCase(Locale.ROOT),
            "127.0.0.1",
            bob,
            transport.equals("tls") ? trusting : null)) {
      caller.send(caller.request("INVITE", 1, "Contact: " + caller.contact()));
      String ok = caller.read();
      while (ok != null && ok.startsWith("SIP/2.0 1")) {
        ok = caller.read();
      }
      assertNotNull(ok, "call " + number + " was cut off");
      assertTrue(ok.startsWith("SIP/2.0 200"), ok);
      caller.send(caller.inDialog("ACK", 1, ok));
      caller.send(caller.inDialog("BYE", 2, ok));
      String bye = caller.read();
      while (bye != null && bye.contains("CSeq: 1 INVITE")) { // repeated until the ACK came
        bye = caller.read();
      }
      assertNotNull(bye, "call " + number + " was cut off");
      assertTrue(bye.startsWith("SIP/2.0 200") && bye.contains("CSeq: 2 BYE"), bye);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /** What part of a core the I/O threads take while nobody new comes, over two seconds. */
  private double loadOfStill(Crowd crowd) {
    crowd.rest();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = cpu(threads);
    long begin = System.nanoTime();
    Live.await("two seconds", () -> System.nanoTime() - begin > 2 * NANOS);
    return (double) (cpu(threads) - before) / (System.nanoTime() - begin);
  }

  private long cpu(ThreadMXBean threads) {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("sipwright-" + bob.name + "-stream")) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getId()));
      }
    }
    return sum;
  }
}
