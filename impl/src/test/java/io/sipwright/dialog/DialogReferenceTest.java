package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import java.util.List;
import org.testng.annotations.Test;

/** What Replaces and Join name (RFC 3891 §6.1, RFC 3911 §7.1). */
public class DialogReferenceTest {
  @Test
  public void one_that_lacks_a_part_names_nothing() {
    assertEquals(
        DialogReference.of("c1", "t", "f", true), new DialogReference("c1", "t", "f", true));
    assertEquals(
        DialogReference.of("c1", "t", "f", false), new DialogReference("c1", "t", "f", false));
    assertNull(DialogReference.of("", "t", "f", false));
    assertNull(DialogReference.of("c1", null, "f", false));
    assertNull(DialogReference.of("c1", "t", null, false));
  }

  @Test
  public void zero_stands_for_no_tag_too() {
    assertEquals(
        new DialogReference("c1", "t", "f", false).keys(), List.of(new DialogKey("c1", "t", "f")));
    assertEquals(
        new DialogReference("c1", "0", "f", false).keys(),
        List.of(new DialogKey("c1", "0", "f"), new DialogKey("c1", null, "f")));
    assertEquals(
        new DialogReference("c1", "t", "0", false).keys(),
        List.of(new DialogKey("c1", "t", "0"), new DialogKey("c1", "t", null)));
    assertEquals(
        new DialogReference("c1", "0", "0", false).keys(),
        List.of(
            new DialogKey("c1", "0", "0"),
            new DialogKey("c1", null, "0"),
            new DialogKey("c1", "0", null),
            new DialogKey("c1", null, null)));
  }
}
