package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3261 §13.3.1.4 and the rules of §14 for INVITEs that meet, under virtual time. */
public class TwoHundredRetransmitterTest {
  /** Writes down when the 2xx left again, in milliseconds. */
  private static final class Log implements TwoHundredRetransmitter.User {
    private final VirtualClock clock;
    private final List<String> lines = new ArrayList<>();

    Log(VirtualClock clock) {
      this.clock = clock;
    }

    private String millis() {
      return String.valueOf(Duration.ofNanos(clock.nanos()).toMillis());
    }

    @Override
    public void resend() {
      lines.add(millis());
    }

    @Override
    public void onNoAck() {
      lines.add("no ACK " + millis());
    }
  }

  @DataProvider
  public Object[][] timings() {
    return new Object[][] {
      {500, 4000, "500 1500 3500 7500 11500 15500 19500 23500 27500 31500 no ACK 32000"},
      {100, 100, null},
      {500, 100, null},
      {1000, 64000, "1000 3000 7000 15000 31000 63000 no ACK 64000"},
    };
  }

  @Test(dataProvider = "timings")
  public void an_unacknowledged_2xx_is_resent_at_doubling_intervals_for_64_t1(
      int t1, int t2, String expected) {
    VirtualClock own = new VirtualClock();
    Log log = new Log(own);
    TwoHundredRetransmitter retransmitter = new TwoHundredRetransmitter(own, t1, t2, 64, log);
    assertFalse(retransmitter.isRunning());
    retransmitter.start();
    assertTrue(retransmitter.isRunning());
    assertTrue(own.runUntilIdle());
    if (expected != null) {
      assertEquals(String.join(" ", log.lines), expected);
    } else {
      assertEquals(log.lines.size(), 64); // every T1 but the last, and the end
      assertEquals(log.lines.get(62), String.valueOf(63 * t1));
      assertEquals(log.lines.get(63), "no ACK " + 64 * t1);
    }
    assertFalse(retransmitter.isRunning());
    assertEquals(own.failures(), List.of());
  }

  @Test
  public void the_ack_stops_it() {
    VirtualClock own = new VirtualClock();
    Log log = new Log(own);
    TwoHundredRetransmitter retransmitter = new TwoHundredRetransmitter(own, 500, 4000, 64, log);
    retransmitter.start();
    own.advance(Duration.ofMillis(1600));
    retransmitter.stop();
    retransmitter.stop();
    assertEquals(own.armed(), 0);
    assertTrue(own.runUntilIdle());
    assertEquals(log.lines, List.of("500", "1500"));
  }

  @Test
  public void it_goes_on_for_as_many_t1_as_it_is_told() {
    VirtualClock own = new VirtualClock();
    Log log = new Log(own);
    new TwoHundredRetransmitter(own, 500, 4000, 10, log).start();
    assertTrue(own.runUntilIdle());
    assertEquals(log.lines, List.of("500", "1500", "3500", "no ACK 5000"));
  }

  @Test
  public void an_ack_that_comes_while_it_resends_stops_it() {
    VirtualClock own = new VirtualClock();
    List<TwoHundredRetransmitter> self = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    TwoHundredRetransmitter retransmitter =
        new TwoHundredRetransmitter(
            own,
            500,
            4000,
            64,
            new TwoHundredRetransmitter.User() {
              @Override
              public void resend() {
                sent.add("2xx");
                self.get(0).stop();
              }

              @Override
              public void onNoAck() {
                sent.add("no ACK");
              }
            });
    self.add(retransmitter);
    retransmitter.start();
    assertTrue(own.runUntilIdle());
    assertEquals(sent, List.of("2xx"));
  }

  @DataProvider
  public Object[][] meetings() {
    return new Object[][] {
      {false, false, Reinvite.Verdict.ACCEPT, 0},
      {true, false, Reinvite.Verdict.REQUEST_PENDING, 491},
      {false, true, Reinvite.Verdict.RETRY_LATER, 500},
      {true, true, Reinvite.Verdict.RETRY_LATER, 500},
    };
  }

  @Test(dataProvider = "meetings")
  public void invites_that_meet_are_answered_as_section_14_says(
      boolean own, boolean theirs, Reinvite.Verdict verdict, int status) {
    assertEquals(Reinvite.onInvite(own, theirs, null), verdict);
    assertEquals(verdict.status(), status);
  }

  @Test
  public void delays_after_a_collision_are_within_bounds_and_in_steps_of_10_ms() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < 5000; i++) {
      int own = Reinvite.delayAfter491Millis(true, random);
      assertTrue(own >= 2100 && own <= 4000 && own % 10 == 0, "own " + own);
      int theirs = Reinvite.delayAfter491Millis(false, random);
      assertTrue(theirs >= 0 && theirs <= 2000 && theirs % 10 == 0, "theirs " + theirs);
      int seconds = Reinvite.retryAfterSeconds(random);
      least = Math.min(least, seconds);
      most = Math.max(most, seconds);
    }
    assertEquals(least, 0);
    assertEquals(most, 10);
  }
}
