package io.sipwright.examples.terminal;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;

import org.testng.annotations.Test;

public class PercentilesTest {
  @Test
  public void percentiles_are_the_nearest_ranks() {
    Percentiles percentiles = new Percentiles();
    for (int i = 5000; i >= 1; i--) {
      percentiles.add(i * 1_000_000L);
    }
    assertEquals(percentiles.count(), 5000);
    assertEquals(percentiles.millis(50), 2500.0);
    assertEquals(percentiles.millis(90), 4500.0);
    assertEquals(percentiles.millis(99), 4950.0);
    assertEquals(percentiles.millis(100), 5000.0);
    assertEquals(percentiles.millis(0.001), 1.0);
  }

  @Test
  public void one_value_is_every_percentile_and_later_values_count() {
    Percentiles percentiles = new Percentiles();
    percentiles.add(7_500_000);
    assertEquals(percentiles.millis(1), 7.5);
    assertEquals(percentiles.millis(99), 7.5);
    percentiles.add(1_000_000);
    assertEquals(percentiles.millis(50), 1.0);
  }

  @Test
  public void there_is_no_percentile_of_nothing_and_none_beyond_100() {
    Percentiles percentiles = new Percentiles();
    assertThrows(IllegalStateException.class, () -> percentiles.millis(50));
    percentiles.add(1);
    assertThrows(IllegalArgumentException.class, () -> percentiles.millis(0));
    assertThrows(IllegalArgumentException.class, () -> percentiles.millis(100.1));
    assertThrows(IllegalArgumentException.class, () -> percentiles.millis(Double.NaN));
  }
}
