package io.sipwright.examples.terminal;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.time.Duration;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import picocli.CommandLine.TypeConversionException;

public class DurationTextTest {
  @DataProvider
  public Object[][] read() {
    return new Object[][] {
      {"0ms", Duration.ZERO},
      {"250ms", Duration.ofMillis(250)},
      {"2s", Duration.ofSeconds(2)},
      {"1m", Duration.ofMinutes(1)},
      {"90m", Duration.ofMinutes(90)},
      {"1h", Duration.ofHours(1)},
      {"999999999s", Duration.ofSeconds(999_999_999)},
    };
  }

  @Test(dataProvider = "read")
  public void durations_are_read_with_their_unit(String text, Duration duration) {
    assertEquals(new DurationText().convert(text), duration);
  }

  @DataProvider
  public Object[][] rejected() {
    return new Object[][] {
      {""}, {"5"}, {"s"}, {"-1s"}, {"1.5s"}, {"1 s"}, {"1S"}, {"1d"}, {"9999999999s"}, {"1s "}
    };
  }

  @Test(dataProvider = "rejected")
  public void anything_else_is_refused_with_a_sentence_that_shows_the_form(String text) {
    TypeConversionException e =
        expectThrows(TypeConversionException.class, () -> new DurationText().convert(text));
    assertTrue(
        e.getMessage().contains("'" + text + "'") && e.getMessage().contains("2s"), e.getMessage());
  }
}
