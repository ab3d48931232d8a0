package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.sipwright.ext.StackStatistics;
import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.KeySource;
import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSettings;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.Shears;
import io.sipwright.transport.Shears.Cut;
import io.sipwright.transport.SocketNetwork;
import io.sipwright.transport.SocketNetworkConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Clients whose server's words are cut off anywhere: in a handshake, a record, the answer to an
 * upgrade, a frame, a response. Each transaction ends exactly once, and nothing is left of the
 * connections. Sockets are real, and time is virtual, so that nobody waits for Timers B and F.
 */
public class CutAnswersTest {
  /** A byte here and there; all of them are cut in the slow profile. */
  private static final int STRIDE = 197;

  /** The same where there's nothing but the response. */
  private static final int SHORT_STRIDE = 11;

  private static final Duration ALL_TIMERS = Duration.ofSeconds(40);
  private static final int MOST_GROWN = 1 << 20;
  private static final long IDLE_NANOS = 100_000_000L;

  private Path folder;
  private TimelessSockets environment;
  private Party alice;
  private SocketNetwork network;
  private InetSocketAddress bob;

  @BeforeMethod(alwaysRun = true)
  public void makeKeys() throws Exception {
    folder = Files.createTempDirectory("sipwright-cut");
    TestCa ca = TestCa.root("Test CA");
    ca.pem(folder.resolve("ca.pem"));
    ca.issue(TestCa.wish("bob").dns("localhost").ip("127.0.0.1")).pem(folder.resolve("bob.pem"));
    alice = null;
    network = null;
  }

  @AfterMethod(alwaysRun = true)
  public void end() throws Exception {
    if (alice != null) {
      alice.stack.stop();
      alice.assertNothingFailed();
      Live.await("the end of its threads", () -> Live.threadsOf(alice.name).isEmpty());
    }
    if (network != null) {
      network.close();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What buffers take, in bytes: chunks that are in use, wholly or in part. */
  private static long direct() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  private void open(String transport, String... settings) throws Exception {
    List<String> more = new ArrayList<>(List.of(settings));
    more.addAll(
        List.of("io.sipwright.TLS_TRUSTED_CERTIFICATES", folder.resolve("ca.pem").toString()));
    Properties properties = Live.properties(Live.newName(), more.toArray(new String[0]));
    for (int i = 0; ; i++) {
      SipStackImpl stack =
          new SipStackImpl(properties, config -> environment = new TimelessSockets(config));
      int port = Live.freePort("127.0.0.1");
      Party party = new Party(stack.getStackName(), "127.0.0.1", port, stack);
      try {
        party.listen(transport);
        alice = party;
        break;
      } catch (InvalidArgumentException takenMeanwhile) {
        stack.stop();
        if (i == 20) {
          throw takenMeanwhile;
        }
      }
    }
    Path keys = folder.resolve("bob.pem");
    TlsSettings tls =
        TlsSettings.builder()
            .keys(List.of(new KeySource.PemFiles(keys, keys, null)))
            .clientAuth(ClientAuth.OFF)
            .build();
    network =
        new SocketNetwork(
            SocketNetworkConfig.builder().name("bob").daemonThreads(true).tls(tls).build());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    bob = network.open(transport, any, new Answering()).local();
  }

  /** Answers on the connection of the request, and on no other. */
  private static final class Answering implements Inbound {
    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
      String request = new String(buffer, offset, length, UTF_8);
      if (!request.startsWith("ACK")) {
        int status = request.startsWith("INVITE") ? 486 : 200;
        String response = WireEnd.response(status, request).replace("\n", "\r\n");
        flow.send(response.getBytes(UTF_8), null);
      }
    }

    @Override
    public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {}

    @Override
    public void onClosed(Flow flow, @Nullable IOException cause) {}
  }

  private StackStatistics.Connections connections() {
    return alice.stack.getStatistics().connections();
  }

  /** Sends a request through the shears, and waits for what becomes of it and its connections. */
  private String fate(String method, String transport, Shears shears) throws Exception {
    int before = alice.heard().size();
    String uri = "sip:bob@localhost:" + shears.address().getPort() + ";transport=" + transport;
    alice.send(alice.request(method, uri, transport));
    Live.await(
        "an answer or the end of all connections",
        () -> {
          environment.time.advance(Duration.ZERO); // lets the listener run
          return alice.heard().size() > before
              || (environment.ended() > 0
                  && environment.ended() == shears.accepted()
                  && connections().open() == 0);
        });
    environment.time.advance(ALL_TIMERS);
    List<String> told = alice.heard().subList(before, alice.heard().size());
    assertEquals(told.size(), 1, told.toString());
    return told.get(0);
  }

  private void assertNothingLeft(Shears shears, String told) {
    Live.await(
        "the end of all connections",
        () -> {
          if (told.endsWith("0 OPTIONS") || told.endsWith("6 INVITE")) {
            shears.cutNow(); // nobody else has cut it; an ACK may open another one
          }
          environment.time.advance(Duration.ZERO);
          return environment.ended() == shears.accepted()
              && connections().open() == 0
              && environment.time.armed() == 0;
        });
    StackStatistics left = alice.stack.getStatistics();
    assertEquals(left.clientTransactions(), 0);
    assertEquals(left.callsWaiting(), 0);
    assertEquals(left.connections().unsentBytes(), 0);
    assertEquals(alice.endedTransactions.size(), alice.heard().size(), "each has ended once");
  }

  /** What part of a core the I/O threads take while nothing goes. */
  private void assertIdle() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = cpu(threads);
    long begin = System.nanoTime();
    Live.await("a moment", () -> System.nanoTime() - begin > IDLE_NANOS);
    long used = cpu(threads) - before;
    assertTrue(used < IDLE_NANOS / 5, used + " ns of CPU in " + IDLE_NANOS);
  }

  private long cpu(ThreadMXBean threads) {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("sipwright-" + alice.name + "-stream")) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getId()));
      }
    }
    return sum;
  }

  @DataProvider
  public static Object[][] transportsAndCuts() {
    return Stream.of("tcp", "tls", "ws", "wss")
        .flatMap(
            transport ->
                Stream.of(Cut.RESET, Cut.FIN, Cut.HALF_CLOSE)
                    .map(cut -> new Object[] {transport, cut}))
        .toArray(Object[][]::new);
  }

  @Test(dataProvider = "transportsAndCuts")
  public void client_of_an_answer_cut_at_some_byte_is_told_once(String transport, Cut cut)
      throws Exception {
    cutEvery(transport.equals("tcp") ? SHORT_STRIDE : STRIDE, transport, cut);
  }

  @Test(dataProvider = "transportsAndCuts", groups = "slow")
  public void client_of_an_answer_cut_at_each_byte_is_told_once(String transport, Cut cut)
      throws Exception {
    cutEvery(1, transport, cut);
  }

  private void cutEvery(int stride, String transport, Cut cut) throws Exception {
    open(transport);
    long warm = 0;
    for (String method : List.of("OPTIONS", "INVITE")) {
      warm = direct();
      int whole = wholeAnswer(method, transport);
      Set<String> fates = new TreeSet<>();
      int step = method.equals("OPTIONS") ? stride : stride * 3;
      for (int i = 0; i < whole; i += step) {
        fates.add(cutOne(method, transport, i, cut, whole));
      }
      cutOne(method, transport, whole - 1, cut, whole);
      assertTrue(fates.contains("I/O error"), fates.toString());
      assertEquals(fates.contains("timeout " + method), transport.equals("tcp"), fates.toString());
    }
    long grown = direct() - warm; // by what the INVITEs have left
    assertTrue(grown < MOST_GROWN, grown + " bytes of buffers were not given back");
    assertIdle();
  }

  /** How many bytes an answer takes, with all that its connection begins with. */
  private int wholeAnswer(String method, String transport) throws Exception {
    try (Shears shears = Shears.ofAnswers(bob)) {
      environment.forgetEnded();
      String told = fate(method, transport, shears);
      assertTrue(told.endsWith(method) && !told.startsWith("timeout"), told);
      int whole = shears.passed();
      assertNothingLeft(shears, told);
      return whole;
    }
  }

  private static boolean isSecure(String transport) {
    return transport.equals("tls") || transport.equals("wss");
  }

  private String cutOne(String method, String transport, int at, Cut cut, int whole)
      throws Exception {
    try (Shears shears = Shears.ofAnswers(bob)) {
      environment.forgetEnded();
      shears.cutBehind(at, cut);
      String told = fate(method, transport, shears);
      String what = transport + " " + cut + " behind " + at + " of " + whole + ": " + told;
      if (told.endsWith(" " + method) && !told.startsWith("timeout")) {
        // The second connection, which resumes the TLS session of the first, takes fewer bytes.
        assertTrue(isSecure(transport) && at > 0, what);
      } else {
        assertTrue(told.equals("I/O error") || told.equals("timeout " + method), what);
      }
      assertNothingLeft(shears, told);
      return told;
    }
  }

  @DataProvider
  public static Object[][] layers() {
    return new Object[][] {{"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  /**
   * Behind a third of what comes a handshake stands still; behind nearly all a record, a frame or a
   * response. Where not a whole record or frame has come the request is sent once more first.
   */
  @Test(dataProvider = "layers")
  public void client_of_a_server_that_falls_silent_is_told_once(String transport) throws Exception {
    open(
        transport,
        "io.sipwright.READ_TIMEOUT",
        "500",
        "io.sipwright.TLS_HANDSHAKE_TIMEOUT",
        "3000");
    int whole = wholeAnswer("OPTIONS", transport);
    for (int at : new int[] {whole / 3, whole - 30}) {
      try (Shears shears = Shears.ofAnswers(bob)) {
        environment.forgetEnded();
        shears.cutBehind(at, Cut.HOLD);
        String told = fate("OPTIONS", transport, shears);
        String what = transport + " behind " + at + " of " + whole + ": " + told;
        boolean again = at > whole / 3 && !transport.equals("tcp");
        assertEquals(shears.accepted(), again ? 2 : 1, what);
        if (!again || !isSecure(transport) || !told.startsWith("200 ")) { // of the second one
          assertEquals(told, transport.equals("tcp") ? "timeout OPTIONS" : "I/O error", what);
        }
        assertNothingLeft(shears, told);
      }
    }
    StackStatistics.Connections counts = connections();
    assertTrue(
        counts.slow() > 0 && counts.slow() + counts.slowHandshakes() >= 2, counts.toString());
    assertIdle();
  }
}
