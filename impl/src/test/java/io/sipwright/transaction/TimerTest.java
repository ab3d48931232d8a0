package io.sipwright.transaction;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The lengths of the timers: RFC 3261 Table 4, RFC 6026 §8.11. */
public class TimerTest {
  @DataProvider
  Object[][] lengths() {
    return new Object[][] {
      // timer, over UDP, over TCP
      {Timer.A, 500, Timer.NEVER},
      {Timer.B, 32_000, 32_000},
      {Timer.D, 32_000, 0},
      {Timer.E, 500, Timer.NEVER},
      {Timer.F, 32_000, 32_000},
      {Timer.G, 500, Timer.NEVER},
      {Timer.H, 32_000, 32_000},
      {Timer.I, 5_000, 0},
      {Timer.J, 32_000, 0},
      {Timer.K, 5_000, 0},
      {Timer.L, 32_000, 32_000},
      {Timer.M, 32_000, 32_000},
      {Timer.CANCELLED, Timer.NEVER, Timer.NEVER},
      {Timer.TRYING, Timer.NEVER, Timer.NEVER},
    };
  }

  @Test(dataProvider = "lengths")
  public void lengths_are_those_of_table_4(Timer timer, long unreliable, long reliable) {
    assertEquals(timer.first(Timings.DEFAULT, false), unreliable);
    assertEquals(timer.first(Timings.DEFAULT, true), reliable);
  }

  @Test
  public void all_but_d_follow_from_t1_and_t4() {
    Timings slow = new Timings(1_000, 8_000, 10_000);
    assertEquals(Timer.A.first(slow, false), 1_000);
    assertEquals(Timer.B.first(slow, false), 64_000);
    assertEquals(Timer.J.first(slow, false), 64_000);
    assertEquals(Timer.K.first(slow, false), 10_000);
    assertEquals(Timer.D.first(slow, false), 64_000);
    Timings fast = new Timings(10, 80, 100);
    assertEquals(Timer.B.first(fast, false), 640);
    assertEquals(Timer.D.first(fast, false), 32_000);
  }

  @Test
  public void a_doubles_without_end_and_e_and_g_up_to_t2() {
    assertEquals(Timer.A.next(4_000, Timings.DEFAULT), 8_000);
    assertEquals(Timer.A.next(16_000, Timings.DEFAULT), 32_000);
    assertEquals(Timer.E.next(2_000, Timings.DEFAULT), 4_000);
    assertEquals(Timer.E.next(4_000, Timings.DEFAULT), 4_000);
    assertEquals(Timer.G.next(1_000, Timings.DEFAULT), 2_000);
    assertEquals(Timer.G.next(4_000, Timings.DEFAULT), 4_000);
    assertEquals(Timer.B.next(32_000, Timings.DEFAULT), Timer.NEVER);
  }

  @Test
  public void e_is_t2_at_once_in_proceeding() {
    assertEquals(
        NonInviteClient.nextE(NonInviteClient.State.PROCEEDING, 500, Timings.DEFAULT), 4_000);
    assertEquals(NonInviteClient.nextE(NonInviteClient.State.TRYING, 500, Timings.DEFAULT), 1_000);
  }

  @DataProvider
  Object[][] delaysOf100() {
    return new Object[][] {
      {new Timings(500, 4_000, 5_000), 3_500}, // 500 + 1,000 + 2,000
      {new Timings(1_000, 4_000, 5_000), 3_000},
      {new Timings(4_000, 4_000, 5_000), 4_000},
      {new Timings(500, 3_000, 5_000), 3_500},
    };
  }

  @Test(dataProvider = "delaysOf100")
  public void timer_e_gets_to_t2_after(Timings timings, long millis) {
    assertEquals(timings.untilT2(), millis);
  }

  @Test
  public void timings_are_positive() {
    assertThrows(IllegalArgumentException.class, () -> new Timings(0, 4_000, 5_000));
    assertThrows(IllegalArgumentException.class, () -> new Timings(500, -1, 5_000));
    assertThrows(IllegalArgumentException.class, () -> new Timings(500, 4_000, 0));
  }
}
