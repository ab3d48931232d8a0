package io.sipwright.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.SimulatedNetwork;
import io.sipwright.transport.Transmission;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 5626 §4.4, under virtual time. */
public class FlowKeeperTest {
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5060);
  private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.2", 5060);
  private static final byte[] MESSAGE =
      "SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  private VirtualClock clock;
  private SimulatedNetwork network;
  private Flows flows;
  private final List<String> heard = new ArrayList<>();
  private Flow accepted;

  @BeforeMethod
  public void open() {
    clock = new VirtualClock();
    network = new SimulatedNetwork(clock, 1);
    flows = new Flows(clock);
    heard.clear();
  }

  @AfterMethod
  public void close() {
    network.close();
    assertEquals(network.failures(), List.of());
    assertEquals(clock.failures(), List.of());
    clock.runUntilIdle();
    assertEquals(flows.size(), 0);
    assertEquals(clock.armed(), 0);
  }

  private final class Side implements Inbound {
    private final boolean server;

    Side(boolean server) {
      this.server = server;
    }

    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
      if (server) {
        accepted = flow;
      }
    }

    @Override
    public void onBrokenStream(Flow flow, byte[] b, int offset, int length, String reason) {}

    @Override
    public void onClosed(Flow flow, IOException cause) {
      flows.closed(flow, cause);
    }
  }

  private final class Log implements Flows.Keeping {
    private final String name;

    Log(String name) {
      this.name = name;
    }

    private String seconds() {
      return name + " " + clock.nanos() / 1_000_000_000 + " s: ";
    }

    @Override
    public void onAlive() {
      heard.add(seconds() + "alive");
    }

    @Override
    public void onFailed(String reason) {
      heard.add(seconds() + reason);
    }
  }

  /** A flow that a message has gone over. */
  private Flow flow(String transport) throws IOException {
    Endpoint client = network.open(transport, CLIENT, new Side(false));
    network.open(transport, SERVER, new Side(true));
    Flow flow = client.flowTo(SERVER);
    flow.send(MESSAGE, null);
    clock.advance(Duration.ZERO);
    network.clearTrace();
    return flow;
  }

  @Test
  public void watcher_is_told_though_another_one_leaves_at_the_same_moment() throws Exception {
    Flow flow = flow("tcp");
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicReference<Runnable> leaving = new AtomicReference<>();
    int rounds = 20_000;
    Thread other =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < rounds; i++) {
                  together.await(20, TimeUnit.SECONDS);
                  leaving.get().run();
                  together.await(20, TimeUnit.SECONDS);
                }
              } catch (Exception e) {
                together.reset(); // the test fails by that
              }
            });
    other.start();
    int told = 0;
    for (int i = 0; i < rounds; i++) {
      leaving.set(flows.watch(flow, reason -> {}));
      boolean[] heard = new boolean[1];
      together.await(20, TimeUnit.SECONDS);
      flows.watch(flow, reason -> heard[0] = true);
      together.await(20, TimeUnit.SECONDS);
      flows.closed(flow, null);
      told += heard[0] ? 1 : 0;
    }
    other.join();
    assertEquals(told, rounds);
  }

  private void run(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  private List<Double> times(InetSocketAddress from) {
    return network.trace().stream()
        .filter(t -> t.from().equals(from))
        .map(Transmission::at)
        .map(at -> at.toMillis() / 1000.0)
        .toList();
  }

  @DataProvider
  public static Object[][] intervals() {
    return new Object[][] {
      {"tcp", 0, 96, 120},
      {"udp", 0, 24, 29},
      {"tcp", 60, 48, 60},
      {"udp", 200, 160, 200},
      {"tcp", 1, 0.8, 1},
      {"udp", 1_000_000, 800_000, 1_000_000},
    };
  }

  @Test(dataProvider = "intervals")
  public void keep_alives_come_at_random_between_80_and_100_percent_of_the_time(
      String transport, int flowTimer, double least, double most) throws Exception {
    Runnable stop = flows.keep(flow(transport), flowTimer, new Log("a"));
    run((int) (200 * most));
    List<Double> pings = times(CLIENT);
    double before = 0;
    double shortest = Double.MAX_VALUE;
    double longest = 0;
    for (double at : pings) {
      double gap = at - before;
      assertTrue(gap >= least - 0.001 && gap <= most + 0.001, gap + " s");
      shortest = Math.min(shortest, gap);
      longest = Math.max(longest, gap);
      before = at;
    }
    assertTrue(pings.size() >= 200, "count " + pings.size());
    assertTrue(longest - shortest > (most - least) / 2, shortest + " to " + longest);
    assertEquals(times(SERVER), pings, "each is answered at once");
    assertEquals(heard.size(), 1, heard.toString());
    assertTrue(heard.get(0).endsWith("alive"), heard.toString());
    stop.run();
    int sent = network.trace().size();
    run((int) (3 * most));
    assertEquals(network.trace().size(), sent, "stopped");
  }

  @Test
  public void stream_without_pong_within_ten_seconds_is_closed_and_has_failed() throws Exception {
    Flow flow = flow("tcp");
    flows.keep(flow, 100, new Log("a"));
    run(101);
    assertEquals(times(CLIENT).size(), 1);
    network.link(CLIENT, SERVER).cut(true);
    network.clearTrace();
    run(150);
    double ping = times(CLIENT).get(0);
    assertEquals(heard.size(), 2, heard.toString());
    assertEquals(heard.get(1), "a " + (int) (ping + 10) + " s: No pong came within 10 s");
    assertFalse(flow.isOpen());
    assertEquals(times(CLIENT).size(), 1, "nothing is sent any more");
  }

  @Test
  public void pong_that_comes_late_but_in_time_is_good() throws Exception {
    Flow flow = flow("tcp");
    flows.keep(flow, 60, new Log("a"));
    network.link(SERVER, CLIENT).delay(Duration.ofMillis(9_900));
    run(600);
    assertEquals(heard.size(), 1, heard.toString());
    assertTrue(flow.isOpen());
    assertTrue(times(CLIENT).size() >= 8);
  }

  @Test
  public void end_of_the_connection_is_a_failure_at_once() throws Exception {
    Flow flow = flow("tcp");
    flows.keep(flow, 60, new Log("a"));
    run(10);
    network.close(accepted);
    run(1);
    assertEquals(heard, List.of("a 10 s: The connection was closed"));
    flows.keep(flow, 60, new Log("b"));
    assertEquals(heard.get(1), "b 11 s: The connection was closed");
  }

  @Test
  public void two_who_keep_one_flow_both_hear_of_it() throws Exception {
    Flow flow = flow("tcp");
    flows.keep(flow, 60, new Log("a"));
    Runnable stop = flows.keep(flow, 61, new Log("b"));
    run(200);
    assertEquals(heard.size(), 2, heard.toString());
    stop.run();
    network.reset(accepted);
    run(0);
    assertEquals(heard.size(), 3, heard.toString());
    assertTrue(heard.get(2).startsWith("a 200 s: "), heard.toString());
  }

  @Test
  public void stun_request_is_sent_seven_times_before_its_flow_has_failed() throws Exception {
    flows.keep(flow("udp"), 0, new Log("a"));
    network.link(CLIENT, SERVER).loss(1);
    run(120);
    List<Double> sent = times(CLIENT);
    double first = sent.get(0);
    assertEquals(
        sent.stream().map(at -> Math.round((at - first) * 10) / 10.0).toList(),
        List.of(0.0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5));
    int end = (int) (first + 39.5);
    assertEquals(heard, List.of("a " + end + " s: No STUN response came within 39.5 s"));
  }

  @Test
  public void lost_stun_message_is_made_good_by_the_next() throws Exception {
    flows.keep(flow("udp"), 0, new Log("a"));
    network.link(SERVER, CLIENT).loseNext(3);
    run(60);
    assertEquals(heard.size(), 1, heard.toString());
    assertTrue(heard.get(0).endsWith("alive"), heard.toString());
  }

  @Test
  public void late_copy_of_a_stun_response_means_nothing() throws Exception {
    flows.keep(flow("udp"), 0, new Log("a"));
    network.link(SERVER, CLIENT).duplication(1);
    run(200);
    assertEquals(heard.size(), 1, heard.toString());
    assertTrue(times(CLIENT).size() < 10, times(CLIENT).toString());
  }

  @Test
  public void end_is_told_to_who_watches_until_it_is_taken_back() throws Exception {
    Flow flow = flow("tcp");
    flows.watch(flow, heard::add);
    Runnable back = flows.watch(flow, reason -> heard.add("not me: " + reason));
    back.run();
    network.close(flow);
    run(0);
    assertEquals(heard, List.of("The connection was closed"));
    flows.watch(flow, heard::add);
    assertEquals(heard.size(), 2, "at once where it's over");
  }

  // ---- tokens

  @Test
  public void token_leads_to_its_connection_and_to_no_later_one() throws Exception {
    Flow flow = flow("tcp");
    String token = flows.tokenOf(accepted);
    assertEquals(flows.tokenOf(accepted), token, "always the same");
    assertTrue(token.matches("flow-[A-Za-z0-9_-]{10,}"), token);
    assertEquals(flows.find(token), accepted);
    String other = flows.tokenOf(flow);
    assertFalse(other.equals(token));
    Flow before = accepted;
    network.close(flow);
    run(0);
    assertEquals(flows.find(token), null);
    assertTrue(flows.isOurs(token), "but it was ours");
    flow.endpoint().flowTo(SERVER).send(MESSAGE, null);
    run(0);
    assertFalse(accepted.equals(before));
    assertEquals(flows.find(token), null);
    flows.closed(accepted, null);
  }

  @Test
  public void token_of_datagrams_leads_to_their_source() throws Exception {
    flow("udp");
    String token = flows.tokenOf(accepted);
    assertEquals(flows.find(token), accepted);
    assertEquals(flows.size(), 0, "nothing is kept");
    accepted.endpoint().close();
    assertEquals(flows.find(token), null);
  }

  @Test
  public void token_that_somebody_has_made_or_changed_is_none() throws Exception {
    flow("tcp");
    String token = flows.tokenOf(accepted);
    Random random = new Random(1);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = "flow-".length(); i < token.length(); i++) {
      char other = letters.charAt(random.nextInt(letters.length()));
      if (other != token.charAt(i) && i < token.length() - 1) { // the last has bits to spare
        String forged = token.substring(0, i) + other + token.substring(i + 1);
        assertFalse(flows.isOurs(forged), forged);
        assertEquals(flows.find(forged), null);
      }
      assertFalse(flows.isOurs(token.substring(0, i)), "cut at " + i);
    }
    assertFalse(flows.isOurs("flow-%00=é"));
    assertFalse(new Flows(clock).isOurs(token), "of another run");
    assertFalse(Flows.looksLikeToken("alice"));
    assertFalse(Flows.looksLikeToken(null));
    flows.closed(accepted, null);
  }
}
