package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.ExtendedTransaction;
import io.sipwright.ext.SipFlow;
import io.sipwright.header.SipwrightHeaderFactory;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.proxy.OutboundRegistrar;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Transmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Flow-Timer and the time that connections may be idle (RFC 5626 §4.4, §5.4): the client's
 * keep-alives come in time, and the server waits for them.
 */
public class FlowTimerTest {
  private static final Duration DEFAULT_IDLE = Duration.ofMinutes(2);
  private static final SipwrightHeaderFactory HEADERS = (SipwrightHeaderFactory) Party.HEADERS;

  /** How a registrar answers. */
  private enum Way {
    STATEFUL,
    STATELESS
  }

  /** Says how long it waits for keep-alives; 0 for nothing, less for no outbound at all. */
  private static void accept(Party registrar, RequestEvent event, int flowTimer, Way way)
      throws Exception {
    Response ok = registrar.response(200, event.getRequest());
    if (flowTimer >= 0) {
      OutboundRegistrar.accept(ok, flowTimer, HEADERS);
    }
    if (way == Way.STATELESS) {
      registrar.provider().sendResponse(ok);
    } else {
      Party.transaction(event).sendResponse(ok);
    }
  }

  private static Request register(Party from, Party to) throws Exception {
    return from.request("REGISTER", Party.uri(to, "transport=tcp"), "tcp");
  }

  private static Flow arrival(Party party) {
    return (Flow) ((SipMessage) party.lastRequest().getRequest()).attachment();
  }

  @DataProvider
  public static Object[][] timers() {
    return new Object[][] {{120, 96, 120}, {0, 96, 120}, {20, 16, 20}, {600, 480, 600}};
  }

  @Test(dataProvider = "timers")
  public void flow_lives_with_the_default_idle_time_as_the_keep_alives_come_in_time(
      int flowTimer, int least, int most) throws Exception {
    try (Calls calls = new Calls()) {
      calls.network.closeIdle(DEFAULT_IDLE);
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      bob.on("REGISTER", event -> accept(bob, event, flowTimer, Way.STATEFUL));
      calls.link("alice", "bob").delay(Duration.ofMillis(700));
      calls.link("bob", "alice").delay(Duration.ofMillis(700));
      List<String> ends = new ArrayList<>();
      alice.on(
          200,
          event -> {
            SipFlow flow = ((ExtendedTransaction) event.getClientTransaction()).getFlow();
            flow.keepAlive("x", flowTimer, (failed, reason) -> ends.add(reason));
          });
      alice.send(register(alice, bob));
      calls.run(20_000_000);
      assertEquals(ends, List.of());
      assertTrue(arrival(bob).isOpen());
      List<Double> pings = new ArrayList<>();
      for (Transmission sent : calls.network.trace()) {
        if (sent.bytes().length == 4) {
          pings.add(sent.at().toNanos() / 1e9);
        }
      }
      assertTrue(pings.size() >= 20_000 / most - 1, pings.size() + " pings");
      assertTrue(pings.get(0) >= least && pings.get(0) <= most + 3, pings.get(0) + " s");
      for (int i = 1; i < pings.size(); i++) {
        double pause = pings.get(i) - pings.get(i - 1);
        assertTrue(pause >= least && pause <= most, pause + " s of " + least + " to " + most);
      }
    }
  }

  /** Flow-Timer, way, and when a flow without keep-alives ends: at a multiple of the idle time. */
  @DataProvider
  public static Object[][] silences() {
    return new Object[][] {
      {-1, Way.STATEFUL, 120},
      {20, Way.STATEFUL, 120},
      {110, Way.STATEFUL, 120},
      {111, Way.STATEFUL, 240},
      {120, Way.STATEFUL, 240},
      {120, Way.STATELESS, 240},
      {300, Way.STATEFUL, 360},
      {0, Way.STATEFUL, 960},
      {0, Way.STATELESS, 960},
    };
  }

  @Test(dataProvider = "silences")
  public void flow_is_kept_for_its_timer_and_a_grace_and_not_for_ever(
      int flowTimer, Way way, int seconds) throws Exception {
    try (Calls calls = new Calls()) {
      calls.network.closeIdle(DEFAULT_IDLE);
      WireEnd alice = calls.wireEnd("alice", "tcp");
      Party bob = calls.party("bob");
      bob.on("REGISTER", event -> accept(bob, event, flowTimer, way));
      alice.send("bob", WireEnd.request("REGISTER", "bob", 1).replace("/UDP ", "/TCP "));
      calls.run(seconds * 1000L - 10);
      Flow flow = arrival(bob);
      assertTrue(flow.isOpen());
      calls.run(20);
      assertTrue(!flow.isOpen(), "closed after " + seconds + " s");
      assertEquals(alice.closed, 1);
    }
  }

  @DataProvider
  public static Object[][] limits() {
    return new Object[][] {
      {"io.sipwright.MAX_SOCKET_IDLE_TIME", "400"},
      {"io.sipwright.RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT", "1"},
    };
  }

  /** The same over sockets: the registered one was there first, and is there last. */
  @Test(dataProvider = "limits")
  public void registered_flow_outlives_the_limits_of_others(String key, String value)
      throws Exception {
    Party bob = Live.party(key, value).answering("OPTIONS", 200);
    bob.on("REGISTER", event -> accept(bob, event, 30, Way.STATEFUL));
    try (RawPeer kept = new RawPeer("127.0.0.1", bob)) {
      kept.send(kept.request("REGISTER", 1));
      kept.read();
      Flow flow = arrival(bob);
      for (int i = 2; i <= 3; i++) {
        try (RawPeer other = new RawPeer("127.0.0.1", bob)) {
          other.send(other.request("OPTIONS", i));
          other.read();
          assertNull(other.read(), "closed");
        }
      }
      assertTrue(flow.isOpen());
      kept.send(kept.request("OPTIONS", 4));
      assertTrue(kept.read().startsWith("SIP/2.0 200"));
    } finally {
      bob.stack.stop();
      bob.assertNothingFailed();
    }
  }
}
