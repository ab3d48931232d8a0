package io.sipwright.examples.terminal;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;

import io.sipwright.examples.terminal.Ladder.Kind;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class LadderTest {
  private static final long MILLI = 1_000_000;

  @Test
  public void an_arrow_points_to_the_column_that_received() {
    Ladder ladder = new Ladder(2, true, false);
    assertEquals(
        ladder.arrow(12 * MILLI, 0, 1, "INVITE", Kind.REQUEST),
        "    12.0 ms              │──────── INVITE ────────▶│");
    assertEquals(
        ladder.arrow(1234 * MILLI, 1, 0, "180 Ringing", Kind.PROVISIONAL),
        "  1234.0 ms              │◀───── 180 Ringing ──────│");
  }

  @Test
  public void without_utf8_the_ladder_is_ascii() {
    Ladder ladder = new Ladder(3, false, false);
    List<String> lines =
        List.of(
            ladder.blank(),
            ladder.arrow(0, 1, 2, "a label that does not fit the gap", Kind.REQUEST),
            ladder.arrow(0, 2, 0, "200 OK", Kind.SUCCESS));
    for (String line : lines) {
      assertEquals(line.chars().filter(c -> c > 126).count(), 0, line);
    }
    assertEquals(
        lines.get(1),
        "     0.0 ms              |                         |-- a label that does ~ ->|");
    assertEquals(
        lines.get(2),
        "     0.0 ms              |<-------------------- 200 OK ----------------------|");
  }

  @Test
  public void colours_wrap_the_arrow_only() {
    String plain = new Ladder(2, true, false).arrow(0, 0, 1, "BYE", Kind.REQUEST);
    String coloured = new Ladder(2, true, true).arrow(0, 0, 1, "BYE", Kind.REQUEST);
    assertEquals(coloured.replaceAll("\u001b\\[\\d+m", ""), plain);
    assertEquals(coloured.indexOf('\u001b'), plain.indexOf('│') + 1);
    assertEquals(coloured.charAt(coloured.length() - 1), '│');
  }

  @Test
  public void headings_are_centred_over_their_columns() {
    Ladder ladder = new Ladder(2, true, false);
    assertEquals(
        ladder.heading(List.of("caller", "callee")),
        "                      caller                    callee");
    assertEquals(ladder.blank(), "                         │                         │");
  }

  @DataProvider
  public Object[][] statuses() {
    return new Object[][] {
      {100, Kind.PROVISIONAL},
      {183, Kind.PROVISIONAL},
      {200, Kind.SUCCESS},
      {302, Kind.FAILURE},
      {486, Kind.FAILURE}
    };
  }

  @Test(dataProvider = "statuses")
  public void the_status_decides_the_kind(int status, Kind kind) {
    assertEquals(Kind.ofStatus(status), kind);
  }

  @Test
  public void an_arrow_needs_two_columns_of_the_ladder() {
    Ladder ladder = new Ladder(2, true, false);
    assertThrows(IllegalArgumentException.class, () -> ladder.arrow(0, 1, 1, "x", Kind.REQUEST));
    assertThrows(IllegalArgumentException.class, () -> ladder.arrow(0, 0, 2, "x", Kind.REQUEST));
    assertThrows(IllegalArgumentException.class, () -> new Ladder(0, true, false));
  }
}
