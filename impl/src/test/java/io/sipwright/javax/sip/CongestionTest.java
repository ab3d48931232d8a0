package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.locator.Locator;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transport.Network;
import java.util.List;
import java.util.concurrent.Executor;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What becomes of messages that wait for a listener which is busy. */
public class CongestionTest {
  private static final String LIMIT = "gov.nist.javax.sip.CONGESTION_CONTROL_TIMEOUT";
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** An environment whose listener is free only after a while. */
  private record Busy(StackEnvironment other, long millis) implements StackEnvironment {
    @Override
    public Clock clock() {
      return other.clock();
    }

    @Override
    public Network network() {
      return other.network();
    }

    @Override
    public Locator locator() {
      return other.locator();
    }

    @Override
    public Executor workers() {
      return task -> clock().arm(Alarm.of(task), millis * NANOS_PER_MILLI);
    }

    @Override
    public int armedTimers() {
      return other.armedTimers();
    }

    @Override
    public void close() {
      other.close();
    }
  }

  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** Bob, whose listener gets to see things only after a time. */
  private Party busyFor(long millis, String... settings) throws Exception {
    StackEnvironment.Factory usual = SimulatedEnvironment.on(calls.clock, calls.network);
    calls.use(config -> new Busy(usual.create(config), millis));
    Party bob = calls.party("bob", settings).answering("OPTIONS", 200);
    calls.use(usual);
    return bob;
  }

  private static String optionsOver(String transport) {
    return WireEnd.request("OPTIONS", "bob", 1)
        .replace("SIP/2.0/UDP", transport.equals("udp") ? "SIP/2.0/UDP" : "SIP/2.0/TCP");
  }

  @Test
  public void a_request_that_waited_too_long_is_dropped_over_udp() throws Exception {
    Party bob = busyFor(3_000, LIMIT, "2000");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", optionsOver("udp"));
    calls.run(10_000);
    assertEquals(bob.heard(), List.of());
    assertEquals(end.heard(), List.of());
  }

  @Test
  public void over_tcp_where_nothing_is_repeated_it_gets_503() throws Exception {
    Party bob = busyFor(3_000, LIMIT, "2000");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send("bob", optionsOver("tcp"));
    calls.run(10_000);
    assertEquals(bob.heard(), List.of());
    assertEquals(end.heard(), List.of("503 OPTIONS"));
    assertTrue(Calls.header(end.last(), "To").contains(";tag="), end.last());
  }

  @DataProvider
  public Object[][] longEnough() {
    return new Object[][] {
      {1_900, new String[] {LIMIT, "2000"}},
      {60_000, new String[] {LIMIT, "0"}},
      {7_900, new String[] {}},
    };
  }

  @Test(dataProvider = "longEnough")
  public void a_request_within_the_limit_is_delivered(long millis, String[] settings)
      throws Exception {
    Party bob = busyFor(millis, settings);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", optionsOver("udp"));
    calls.run(70_000);
    assertEquals(bob.heard(), List.of("OPTIONS"));
    assertEquals(end.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void an_ack_and_a_response_are_never_too_late() throws Exception {
    Party bob = busyFor(3_000, LIMIT, "2000");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("ACK", "bob", 1));
    bob.send(bob.request("INFO", "sip:end@10.0.0.2", "udp"));
    calls.run(10);
    end.send("bob", WireEnd.response(200, end.last()));
    calls.run(10_000);
    assertEquals(bob.heard(), List.of("ACK", "200 INFO"));
  }

  @DataProvider
  public Object[][] modes() {
    return new Object[][] {{"serial"}, {"per-call"}};
  }

  /** Bob, for whom a request waits for 2.5 s already, and an end to send him more. */
  private WireEnd withSomethingWaiting(Party[] bob, String mode) throws Exception {
    bob[0] =
        busyFor(
            3_000, "io.sipwright.LISTENER_CONCURRENCY", mode, "io.sipwright.OVERLOAD_WAIT", "2000");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", optionsOver("udp"));
    calls.run(2_500);
    return end;
  }

  @Test(dataProvider = "modes")
  public void while_requests_wait_too_long_new_ones_get_503_with_retry_after(String mode)
      throws Exception {
    Party[] bob = new Party[1];
    WireEnd end = withSomethingWaiting(bob, mode);
    end.send("bob", WireEnd.request("REGISTER", "bob", 2));
    calls.run(1);
    assertEquals(end.heard(), List.of("503 REGISTER"));
    int seconds = Integer.parseInt(String.valueOf(Calls.header(end.last(), "Retry-After")));
    assertTrue(seconds >= 1 && seconds <= 10, end.last());
    assertEquals((int) bob[0].stack.statistics().get("refused"), 1);
    assertEquals((int) bob[0].stack.statistics().get("serverTransactions"), 0);
    calls.run(3_000);
    assertEquals(bob[0].heard(), List.of("OPTIONS"), "what waited is dealt with");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 3));
    calls.run(3_100);
    assertEquals(bob[0].heard(), List.of("OPTIONS", "OPTIONS"), "and new ones are taken again");
  }

  @Test
  public void new_ones_over_tcp_are_refused_on_their_connection() throws Exception {
    Party[] bob = new Party[1];
    withSomethingWaiting(bob, "serial");
    WireEnd end = calls.wireEnd("other", "tcp");
    end.send("bob", optionsOver("tcp").replace("OPTIONS", "REGISTER").replace("wire1", "wire2"));
    calls.run(1);
    assertEquals(end.heard(), List.of("503 REGISTER"));
    assertTrue(Calls.header(end.last(), "To").contains(";tag="), end.last());
    assertTrue(end.last().contains("Retry-After: "), end.last());
    assertEquals((int) bob[0].stack.statistics().get("refused"), 1);
  }

  @Test(dataProvider = "modes")
  public void requests_in_dialogs_are_taken_while_new_ones_are_refused(String mode)
      throws Exception {
    Party[] bob = new Party[1];
    WireEnd end = withSomethingWaiting(bob, mode);
    bob[0].answering("INFO", 200);
    end.send("bob", WireEnd.request("OPTIONS", "bob", 2));
    end.send(
        "bob", WireEnd.request("INFO", "bob", 3).replace("<sip:bob@test>", "<sip:bob@test>;tag=b"));
    calls.run(4_000);
    assertEquals(bob[0].heard(), List.of("OPTIONS", "INFO"));
    assertEquals(end.heard(), List.of("503 OPTIONS", "200 OPTIONS", "200 INFO"));
  }

  @Test
  public void a_request_in_a_dialog_outlasts_the_limit_for_new_ones() throws Exception {
    Party bob = busyFor(9_000).answering("INFO", 200);
    WireEnd end = calls.wireEnd("end", "udp");
    end.send(
        "bob", WireEnd.request("INFO", "bob", 1).replace("<sip:bob@test>", "<sip:bob@test>;tag=b"));
    calls.run(10_000);
    assertEquals(bob.heard(), List.of("INFO"));
  }

  @Test
  public void what_waits_already_is_neither_refused_nor_kept_twice() throws Exception {
    Party[] bob = new Party[1];
    WireEnd end = withSomethingWaiting(bob, "serial");
    end.send("bob", optionsOver("udp"));
    end.send("bob", optionsOver("udp"));
    calls.run(4_000);
    assertEquals(end.heard(), List.of("200 OPTIONS"));
    assertEquals(bob[0].heard(), List.of("OPTIONS"));
  }

  @Test
  public void the_listener_hears_nothing_of_a_refused_invite_nor_of_its_ack() throws Exception {
    Party[] bob = new Party[1];
    WireEnd end = withSomethingWaiting(bob, "serial");
    String invite = WireEnd.request("INVITE", "bob", 2);
    end.send("bob", invite);
    calls.run(1);
    String first = end.last();
    end.send("bob", invite);
    calls.run(1);
    assertEquals(Calls.header(end.last(), "To"), Calls.header(first, "To"), "RFC 3261 §8.2.7");
    end.send("bob", WireEnd.ack("bob", 2, first));
    calls.run(10_000);
    assertEquals(bob[0].heard(), List.of("OPTIONS"));
    assertEquals(end.heard(), List.of("503 INVITE", "503 INVITE", "200 OPTIONS"));
  }

  @Test
  public void the_refusals_can_be_turned_off() throws Exception {
    Party bob = busyFor(3_000, "io.sipwright.OVERLOAD_WAIT", "0");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", optionsOver("udp"));
    calls.run(2_900);
    end.send("bob", WireEnd.request("OPTIONS", "bob", 2));
    calls.run(10_000);
    assertEquals(bob.heard(), List.of("OPTIONS", "OPTIONS"));
  }

  @Test
  public void events_of_a_call_come_in_the_order_of_its_messages() throws Exception {
    for (String mode : List.of("serial", "per-call", "inline")) {
      try (Calls own = new Calls()) {
        Party bob = own.party("bob", "io.sipwright.LISTENER_CONCURRENCY", mode);
        bob.answering("MESSAGE", 200);
        WireEnd end = own.wireEnd("end", "udp");
        for (int i = 1; i <= 100; i++) {
          end.send(
              "bob",
              WireEnd.request("MESSAGE", "bob", i).replace("Call-ID: wire" + i, "Call-ID: one"));
        }
        own.run(10);
        List<Long> numbers =
            bob.requests.stream()
                .map(e -> (javax.sip.header.CSeqHeader) e.getRequest().getHeader("CSeq"))
                .map(javax.sip.header.CSeqHeader::getSeqNumber)
                .toList();
        assertEquals(numbers.size(), 100, mode);
        for (int i = 0; i < 100; i++) {
          assertEquals(numbers.get(i), (Long) (long) (i + 1), mode);
        }
        assertEquals(end.got.size(), 100);
      }
    }
  }
}
