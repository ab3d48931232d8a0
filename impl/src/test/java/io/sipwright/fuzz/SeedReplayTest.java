package io.sipwright.fuzz;

import static org.testng.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What a fuzzer checks holds of all that it begins with. */
public class SeedReplayTest {
  @DataProvider
  static Object[][] targets() {
    return Arrays.stream(Target.values())
        .map(target -> new Object[] {target})
        .toArray(Object[][]::new);
  }

  @Test(dataProvider = "targets")
  public void all_seeds_keep_what_is_asked_of_every_input(Target target) {
    List<byte[]> seeds = target.seeds();
    assertTrue(seeds.size() >= 20 || target == Target.BODY, seeds.size() + " seeds");
    for (byte[] seed : seeds) {
      try {
        target.check(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(Property.shown(seed), e);
      }
    }
  }
}
