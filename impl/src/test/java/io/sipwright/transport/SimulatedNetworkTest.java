package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.time.VirtualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class SimulatedNetworkTest {
  private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 5060);
  private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 5060);

  private VirtualClock clock;
  private SimulatedNetwork network;
  private List<String> log;

  @BeforeMethod
  public void fresh() {
    clock = new VirtualClock();
    network = new SimulatedNetwork(clock, 1);
    log = new ArrayList<>();
  }

  /** Writes down what comes and when. */
  private Recorder writes(String name) {
    return new Recorder() {
      @Override
      public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
        super.onMessage(flow, buffer, offset, length);
        String text = new String(buffer, offset, length, ISO_8859_1);
        log.add(name + " " + text.lines().findFirst().orElse("") + time());
      }

      @Override
      public void onClosed(Flow flow, IOException cause) {
        super.onClosed(flow, cause);
        log.add(name + (cause == null ? " closed" : " closed by error") + time());
      }

      @Override
      public void onFailure(IOException cause) {
        super.onFailure(cause);
        log.add(name + " failed" + time());
      }
    };
  }

  private String time() {
    return " @" + clock.nanos() / 1_000_000;
  }

  private void run(int millis) {
    clock.advance(Duration.ofMillis(millis));
    assertEquals(clock.failures(), List.of());
    assertEquals(network.failures(), List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] request(String method) {
    return Recorder.request(method, "");
  }

  private static Duration ms(int millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  public void datagrams_arrive_after_the_delay_of_their_direction() throws Exception {
    Recorder b = writes("b");
    Endpoint left = network.open("udp", A, writes("a"));
    network.open("udp", B, b);
    network.link(A, B).delay(ms(20));
    network.link(B, A).delay(ms(5));
    left.flowTo(B).send(bytes("ping"), null);
    assertEquals(log, List.of());
    run(19);
    assertEquals(log, List.of());
    run(1);
    Recorder.Received received = b.messages.remove();
    assertEquals(received.flow().remote(), A);
    assertEquals(received.flow().local(), B);
    received.flow().send(bytes("pong"), null);
    run(100);
    assertEquals(log, List.of("b ping @20", "a pong @25"));
    assertEquals(
        network.trace().toString(),
        "[0.000 udp 192.0.2.1:5060 > 192.0.2.2:5060 ping (DELIVERED), "
            + "0.020 udp 192.0.2.2:5060 > 192.0.2.1:5060 pong (DELIVERED)]");
  }

  @Test
  public void picked_datagrams_get_lost_and_the_trace_tells() throws Exception {
    Endpoint left = network.open("udp", A, writes("a"));
    network.open("udp", B, writes("b"));
    Flow flow = left.flowTo(B);
    network.link(A, B).loseNext(2).loseIf(bytes -> bytes[0] == 'x');
    for (String text : List.of("one.", "two.", "xxxx", "four", "\r\n\r\n")) {
      flow.send(bytes(text), null);
    }
    network.link(A, B).cut(true);
    flow.send(bytes("five"), null);
    network.link(A, B).cut(false);
    left.flowTo(new InetSocketAddress("192.0.2.9", 5060)).send(bytes("six."), null);
    assertEquals(network.trace().get(3).fate(), Transmission.Fate.UNDER_WAY);
    run(1);
    assertEquals(log, List.of("b four @0"));
    assertEquals(
        network.trace().stream().map(t -> t.fate().toString()).toList(),
        List.of("LOST", "LOST", "LOST", "DELIVERED", "DELIVERED", "LOST", "NOBODY_THERE"));
    network.clearTrace();
    assertEquals(network.trace(), List.of());
  }

  private List<String> chaos(long seed) throws Exception {
    fresh();
    network = new SimulatedNetwork(clock, seed);
    network
        .everyLink()
        .delay(ms(10))
        .jitter(ms(3))
        .loss(0.2)
        .duplication(0.1)
        .reordering(0.1, ms(50));
    Endpoint left = network.open("udp", A, writes("a"));
    network.open("udp", B, writes("b"));
    for (int i = 0; i < 500; i++) {
      left.flowTo(B).send(bytes("number " + i), null);
      run(1);
    }
    run(1000);
    return List.copyOf(log);
  }

  @Test
  public void chance_is_repeatable_and_does_all_it_is_asked_for() throws Exception {
    List<String> first = chaos(7);
    List<Transmission.Fate> fates = network.trace().stream().map(Transmission::fate).toList();
    assertEquals(chaos(7), first);
    assertNotEquals(chaos(8), first);
    long lost = fates.stream().filter(f -> f == Transmission.Fate.LOST).count();
    long twice = fates.stream().filter(f -> f == Transmission.Fate.DUPLICATED).count();
    assertTrue(lost > 60 && lost < 140, lost + " lost");
    assertTrue(twice > 20 && twice < 60, twice + " duplicated");
    assertEquals(first.size(), 500 - lost + twice);
    int overtaken = 0;
    int last = -1;
    for (String line : first) {
      int number = Integer.parseInt(line.split(" ")[2]);
      overtaken += number < last ? 1 : 0;
      last = Math.max(last, number);
    }
    assertTrue(overtaken > 20, overtaken + " overtaken");
  }

  @Test
  public void a_buffer_kept_after_the_call_is_spoilt() throws Exception {
    List<byte[]> kept = new ArrayList<>();
    network.open(
        "udp",
        B,
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            assertEquals(new String(buffer, offset, length, ISO_8859_1), "keep me");
            kept.add(buffer);
          }
        });
    byte[] sent = bytes("keep me");
    network.open("udp", A, writes("a")).flowTo(B).send(sent, null);
    run(1);
    assertFalse(new String(kept.get(0), ISO_8859_1).contains("keep me"));
    assertEquals(sent, bytes("keep me"));
  }

  @Test
  public void a_connection_opens_when_something_is_sent_and_keeps_the_order() throws Exception {
    Recorder a = writes("a");
    Recorder b = writes("b");
    Endpoint left = network.open("tcp", A, a);
    Endpoint right = network.open("tcp", B, b);
    network.link(A, B).delay(ms(10)).jitter(ms(30));
    network.link(B, A).delay(ms(10));
    Flow flow = left.flowTo(B);
    run(100);
    assertEquals(network.trace(), List.of());
    assertNull(left.existingFlow(B));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      flow.send(request("M" + i), a);
      expected.add("M" + i);
    }
    assertSame(left.flowTo(B), flow);
    run(200);
    List<String> methods = log.stream().map(line -> line.split(" ")[1]).toList();
    assertEquals(methods, expected);
    assertSame(left.existingFlow(B), flow);
    assertTrue(left.reliable() && flow.isOpen());

    Flow back = b.messages.remove().flow();
    assertSame(right.flowTo(back.remote()), back);
    log.clear();
    back.send(Recorder.ok(""), b);
    run(10);
    assertEquals(log, List.of("a SIP/2.0 200 OK @310"));
    assertEquals(a.messages.remove().flow(), flow);
  }

  @Test
  public void pings_get_pongs_and_a_broken_stream_is_answered_and_closed() throws Exception {
    Recorder a = writes("a");
    Recorder b =
        new Recorder() {
          @Override
          public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String why) {
            super.onBrokenStream(flow, buffer, offset, length, why);
            flow.send(Recorder.ok("no"), this);
          }
        };
    Endpoint left = network.open("tcp", A, a);
    network.open("tcp", B, b);
    network.everyLink().delay(ms(10));
    left.flowTo(B).send(bytes("\r\n\r\n"), a);
    run(100);
    assertEquals(network.trace().size(), 2);
    assertEquals(network.trace().get(1).text(), "\r\n");
    left.flowTo(B).send(bytes("OPTIONS sip:a SIP/2.0\r\n\r\n"), a);
    run(100);
    assertEquals(log, List.of("a SIP/2.0 200 OK @120", "a closed @120"));
    assertNotNull(b.closed.remove().cause());
    assertEquals(b.brokenStreams.remove().reason(), "No Content-Length on a stream transport");
  }

  @Test
  public void refused_and_unanswered_connections_fail_for_each_sender_once() throws Exception {
    Recorder a = writes("a");
    Endpoint left = network.open("tcp", A, a);
    network.everyLink().delay(ms(10));
    Flow flow = left.flowTo(B);
    flow.send(request("ONE"), a);
    flow.send(request("TWO"), a);
    run(100);
    assertEquals(log, List.of("a failed @20", "a failed @20", "a closed by error @20"));
    assertTrue(a.failures.peek().getMessage().endsWith(" to 192.0.2.2:5060: Connection refused"));
    assertFalse(flow.isOpen());

    log.clear();
    network.open("tcp", B, writes("b"));
    network.refuse(B, true);
    left.flowTo(B).send(request("THREE"), a);
    run(100);
    assertEquals(log, List.of("a failed @120", "a closed by error @120"));

    log.clear();
    network.refuse(B, false);
    network.link(B, A).cut(true);
    left.flowTo(B).send(request("FOUR"), a);
    run(3999);
    assertEquals(log, List.of());
    run(1);
    assertEquals(log, List.of("a failed @4200", "a closed by error @4200"));
    network.link(B, A).cut(false);
    left.flowTo(B).send(request("FIVE"), a);
    run(100);
    assertEquals(log.get(2), "b FIVE sip:a@b SIP/2.0 @4230");
  }

  @Test
  public void what_a_reset_destroys_is_sent_again_if_it_was_connected_from_here() throws Exception {
    Recorder a = writes("a");
    Recorder b = writes("b");
    Endpoint left = network.open("tcp", A, a);
    network.open("tcp", B, b);
    network.everyLink().delay(ms(10));
    Flow flow = left.flowTo(B);
    flow.send(request("ONE"), a);
    run(30);
    Flow back = b.messages.remove().flow();
    flow.send(request("TWO"), a);
    back.send(request("THREE"), b);
    network.reset(back);
    run(100);
    assertEquals(
        log,
        List.of(
            "b ONE sip:a@b SIP/2.0 @30",
            "b failed @30",
            "b closed by error @30",
            "a closed by error @40",
            "b TWO sip:a@b SIP/2.0 @70"));
    assertFalse(flow.isOpen());
    assertNotSame(left.flowTo(B), flow);
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void both_sides_end_in_order_after_all_that_was_sent() throws Exception {
    Recorder a = writes("a");
    Recorder b = writes("b");
    Endpoint left = network.open("tcp", A, a);
    network.open("tcp", B, b);
    network.everyLink().delay(ms(10));
    Flow flow = left.flowTo(B);
    flow.send(request("ONE"), a);
    run(30);
    Flow back = b.messages.remove().flow();
    network.closeOutput(flow);
    assertFalse(flow.isOpen());
    run(10);
    back.send(Recorder.ok(""), b);
    run(10);
    network.close(back);
    run(10);
    assertEquals(
        log,
        List.of(
            "b ONE sip:a@b SIP/2.0 @30", "a SIP/2.0 200 OK @50", "b closed @50", "a closed @60"));
    log.clear();
    back.send(Recorder.ok("too late"), b);
    assertEquals(log, List.of("b failed @60"));
    left.flowTo(B).send(request("TWO"), a);
    left.close();
    run(100);
    assertEquals(log, List.of("b failed @60", "a failed @60", "a closed @60"));
  }

  @Test
  public void addresses_are_taken_once_and_free_after_closing() throws Exception {
    Endpoint first = network.open("udp", A, writes("a"));
    Endpoint chosen = network.open("udp", new InetSocketAddress("192.0.2.1", 0), writes("x"));
    assertNotEquals(chosen.local().getPort(), 0);
    network.open("tcp", A, writes("a"));
    IOException e = expectThrows(IOException.class, () -> network.open("udp", A, writes("again")));
    assertEquals(e.getMessage(), "Can't bind udp 192.0.2.1:5060: Address already in use");
    Flow flow = first.flowTo(B);
    first.close();
    assertFalse(flow.isOpen());
    Recorder told = writes("told");
    flow.send(bytes("late"), told);
    assertEquals(log, List.of("told failed @0"));
    network.open("udp", A, writes("again"));
    assertFalse(network.supports("tls"));
    assertThrows(IOException.class, () -> network.open("tls", A, writes("tls")));
    network.close();
    assertThrows(IOException.class, () -> network.open("udp", B, writes("late")));
  }

  @Test
  public void what_a_listener_throws_is_kept_and_harms_nothing() throws Exception {
    network.open(
        "udp",
        B,
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            super.onMessage(flow, buffer, offset, length);
            throw new IllegalStateException("on purpose");
          }
        });
    Endpoint left = network.open("udp", A, writes("a"));
    left.flowTo(B).send(bytes("one."), null);
    left.flowTo(B).send(bytes("two."), null);
    clock.advance(Duration.ZERO);
    assertEquals(network.failures().size(), 2);
    assertEquals(clock.failures(), List.of());
  }
}
