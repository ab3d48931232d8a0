package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What a simulated network breaks: bytes of datagrams, and streams in the midst of a message. */
public class SimulatedFaultsTest {
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

  private Inbound writes(String name) {
    return new Inbound() {
      @Override
      public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
        log.add(name + " " + new String(buffer, offset, length, ISO_8859_1).split(" ", 2)[0]);
      }

      @Override
      public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
        log.add(name + " broken");
      }

      @Override
      public void onClosed(Flow flow, @Nullable IOException cause) {
        log.add(name + (cause == null ? " closed" : " reset"));
      }
    };
  }

  private void send(Endpoint from, String method) {
    from.flowTo(B).send(Recorder.request(method, ""), cause -> log.add("failed " + method));
  }

  private void run() {
    clock.advance(Duration.ofMillis(100));
    assertEquals(clock.failures(), List.of());
    assertEquals(network.failures(), List.of());
  }

  @Test
  public void damaged_datagrams_differ_in_one_byte_or_end_early() throws Exception {
    Endpoint left = network.open("udp", A, writes("a"));
    List<byte[]> arrived = new ArrayList<>();
    network.open("udp", B, writes("b"));
    network.watch(
        sent -> {
          if (sent.fate() == Transmission.Fate.DELIVERED) {
            arrived.add(sent.bytes());
          }
        });
    network.link(A, B).damage(1);
    byte[] whole = Recorder.request("OPTIONS", "");
    for (int i = 0; i < 200; i++) {
      left.flowTo(B).send(whole, null);
    }
    run();
    int shorter = 0;
    for (byte[] got : arrived) {
      int differences = 0;
      for (int i = 0; i < got.length; i++) {
        differences += got[i] == whole[i] ? 0 : 1;
      }
      boolean cut = got.length < whole.length;
      assertEquals(differences, cut ? 0 : 1);
      shorter += cut ? 1 : 0;
    }
    assertEquals(arrived.size(), 200);
    assertTrue(shorter > 20 && shorter < 100, "cut off: " + shorter);
  }

  @Test
  public void a_watcher_sees_what_is_sent_and_what_arrives_and_no_trace_is_kept() throws Exception {
    Endpoint left = network.open("udp", A, writes("a"));
    network.open("udp", B, writes("b"));
    network.watch(sent -> log.add(sent.fate() + ""));
    network.link(A, B).duplication(1);
    send(left, "OPTIONS");
    network.link(A, B).duplication(0).loss(1);
    send(left, "BYE");
    run();
    assertEquals(
        log,
        List.of(
            "UNDER_WAY",
            "DUPLICATED",
            "UNDER_WAY",
            "LOST",
            "DELIVERED",
            "b OPTIONS",
            "DELIVERED",
            "b OPTIONS"));
    assertEquals(network.trace(), List.of());
  }

  @Test
  public void a_stream_that_is_reset_within_a_message_delivers_it_on_another_one()
      throws Exception {
    Endpoint left = network.open("tcp", A, writes("a"));
    network.open("tcp", B, writes("b"));
    int length = Recorder.request("INFO", "").length;
    network.link(A, B).resetAfter(length + 10);
    send(left, "INFO");
    send(left, "BYE");
    send(left, "ACK");
    run();
    assertEquals(log, List.of("b INFO", "a reset", "b reset", "b BYE", "b ACK"));
  }

  @Test
  public void a_stream_may_be_reset_before_its_first_byte_and_behind_its_last() throws Exception {
    Endpoint left = network.open("tcp", A, writes("a"));
    network.open("tcp", B, writes("b"));
    network.link(A, B).resetAfter(0);
    send(left, "INFO");
    run();
    assertEquals(log, List.of("a reset", "b reset", "b INFO"));
    log.clear();
    network.link(A, B).resetAfter(Recorder.request("BYE", "").length);
    send(left, "BYE");
    run();
    assertEquals(log, List.of("b BYE"), "breaks with the next byte");
    send(left, "ACK");
    run();
    assertEquals(log, List.of("b BYE", "a reset", "b reset", "b ACK"));
  }

  @Test
  public void a_stream_whose_output_is_closed_within_a_message_still_brings_answers()
      throws Exception {
    List<Flow> flows = new ArrayList<>();
    Endpoint left = network.open("tcp", A, writes("a"));
    Inbound right = writes("b");
    network.open(
        "tcp",
        B,
        new Inbound() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            flows.add(flow);
            right.onMessage(flow, buffer, offset, length);
          }

          @Override
          public void onBrokenStream(Flow f, byte[] buffer, int offset, int length, String why) {
            right.onBrokenStream(f, buffer, offset, length, why);
          }

          @Override
          public void onClosed(Flow flow, @Nullable IOException cause) {
            right.onClosed(flow, cause);
          }
        });
    network.link(A, B).closeOutputAfter(Recorder.request("INFO", "").length + 1);
    send(left, "INFO");
    send(left, "BYE");
    run();
    assertEquals(log, List.of("b INFO", "b BYE"), "the second on another stream");
    flows.get(0).send(Recorder.request("NOTIFY", ""), null);
    run();
    assertEquals(log, List.of("b INFO", "b BYE", "a NOTIFY"));
    assertEquals(flows.stream().distinct().count(), 2);
    assertEquals(Arrays.asList(flows.get(0).isOpen(), flows.get(1).isOpen()), List.of(true, true));
  }
}
