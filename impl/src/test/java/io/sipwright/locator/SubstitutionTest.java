package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import java.util.concurrent.TimeUnit;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3402 §3.2, and patterns that mean harm. */
public class SubstitutionTest {
  private static final String NUMBER = "+442079460148";

  @DataProvider
  public static Object[][] expressions() {
    return new Object[][] {
      {"!^.*$!sip:info@example.com!", "sip:info@example.com"},
      {"!^\\+44(.*)$!sip:\\1@uk.test!", "sip:2079460148@uk.test"},
      {"/^\\+([0-9]{2})(.*)$/sip:\\2@c\\1.test/", "sip:2079460148@c44.test"},
      {"!^(\\+441632960083)$!sip:\\1@x!", null},
      {"!^\\+44(20|207)(9.*)$!sip:\\1-\\2@x!", "sip:207-9460148@x"},
      {"!^\\+44(207)(9.*)$!sip:\\1-\\2@x!", "sip:207-9460148@x"},
      {"!^.*$!SIP:A@B!i", "SIP:A@B"},
      {"!^.*$!a\\!b!", "a!b"},
      {"!^(.*)$!sip:\\2@x!", null}, // no second group
      {"!^.*$!x!g", null}, // only i is a flag
      {"!^.*$!x", null}, // no end
      {"1^.*$1x1", null}, // a digit is no delimiter
      {"!!x!", "x"}, // an empty pattern matches everything
      {"", null},
      {"!", null},
    };
  }

  @Test(dataProvider = "expressions")
  public void an_expression_makes_a_text_of_a_number(String expression, String expected) {
    assertEquals(Substitution.apply(expression, NUMBER), expected);
  }

  /** What Java's matcher would do much work for, or read in its own way. */
  @DataProvider
  public static Object[][] bombs() {
    return new Object[][] {
      {"(.*)*"},
      {"(([0-9]+)+)+x"},
      {"((.*)|(.*)){20}x"},
      {"(){99999999}"},
      {"a{1000000000}"},
      {".{1,5000}"},
      {"(a|a)*b"},
      {".*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*x"},
      {".?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?.?x"},
      {".*+x"},
      {"(?<n>.*)x"},
      {"(?=x)"},
      {"\\Qx\\E"},
      {"\\p{L}"},
      {"(.)\\1"},
      {"[a&&[b]]"},
      {"[[:alpha:]]"},
      {"[0-9"},
      {"("},
      {"*x"},
      {"|*"},
      {"é"},
      {"(".repeat(120)},
    };
  }

  @Test(dataProvider = "bombs")
  public void harmful_and_foreign_patterns_come_to_nothing_soon(String pattern) {
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      assertNull(Substitution.apply("!" + pattern + "!x!", NUMBER));
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertEquals(millis / 5000, 0, "took " + millis + " ms");
  }
}
