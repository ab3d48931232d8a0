package io.sipwright.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import java.text.ParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Feature tags, their values and RFC 2533's matching. */
public class FeatureSetTest {
  private static FeatureSet features(String parameters) throws ParseException {
    Object header = new HeaderFactoryImpl().createHeader("Accept-Contact", "*;" + parameters);
    return ((AcceptContactHeader) header).getFeatures();
  }

  @DataProvider
  static Object[][] tags() {
    return new Object[][] {
      // parameter, tag
      {"audio", "sip.audio"},
      {"ISFOCUS", "sip.isfocus"},
      {"language", "language"},
      {"type", "type"},
      {"+sip.instance", "sip.instance"},
      {"+g.3gpp.smsip", "g.3gpp.smsip"},
      {"+com.example'x!y", "com.example/x:y"},
    };
  }

  @Test(dataProvider = "tags")
  public void parameter_and_tag_say_the_same(String parameter, String tag) throws Exception {
    assertEquals(FeatureTag.ofParameter(parameter), tag);
    assertEquals(FeatureTag.parameterOf(tag), parameter.toLowerCase(java.util.Locale.ROOT));
    assertEquals(FeatureTag.parameterOf(parameter), FeatureTag.parameterOf(tag));
  }

  @Test
  public void other_parameters_are_no_features() {
    for (String name : List.of("q", "expires", "other-param", "require", "+", "+1", "+a_b")) {
      assertNull(FeatureTag.ofParameter(name), name);
    }
    expectThrows(ParseException.class, () -> FeatureTag.parameterOf("a b"));
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // values, offset
      {"a b", 2},
      {"a,", 2},
      {",a", 0},
      {"!", 1},
      {"!!a", 1},
      {"a!b", 1},
      {"#", 1},
      {"#4", 2},
      {"#>4", 2},
      {"#=", 2},
      {"#1:", 3},
      {"#1.5.5:7", 4},
      {"#5:4", 0},
      {"a,#5:4", 2},
      {"<a", 0},
      {"<a>b", 0},
      {"<a<b>", 0},
      {"#=1e9", 3},
      {"#=" + "9".repeat(400), 2},
    };
  }

  @Test(dataProvider = "broken")
  public void values_outside_the_grammar_are_refused_with_their_offset(String values, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> FeatureValue.parse(values));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  public void values_are_read_and_written_back() throws Exception {
    for (String values :
        List.of(
            "TRUE",
            "!FALSE",
            "en,de",
            "<PC>",
            "<>",
            "#>=4",
            "!#<=-4.5",
            "#=+1.",
            "#-4:+5.125",
            "!presence,message-summary,#=1")) {
      StringBuilder written = new StringBuilder();
      for (FeatureValue value : FeatureValue.parse(values)) {
        written.append(written.isEmpty() ? "" : ",").append(value);
      }
      assertEquals(written.toString(), values);
    }
  }

  @DataProvider
  static Object[][] pairs() {
    return new Object[][] {
      // one, other, whether there's a value that is meant by both
      {"fixed", "FIXED", true},
      {"fixed", "mobile", false},
      {"a,b", "c,B", true},
      {"a,b", "c,d", false},
      {"!a", "a", false},
      {"!a", "b", true},
      {"!a", "!a", true},
      {"!a", "!b", true},
      {"!a,!b", "a", true},
      {"", "TRUE", true},
      {"", "FALSE", false},
      {"!TRUE", "FALSE", true},
      {"<PC>", "<PC>", true},
      {"<PC>", "<pc>", false},
      {"<PC>", "PC", false},
      {"<PC>", "!PC", true},
      {"<PC>", "#=1", false},
      {"<PC>", "!#=1", true},
      {"a", "#=1", false},
      {"a", "!#=1", true},
      {"!a", "#=1", true},
      {"!a", "!#=1", true},
      {"#>=4", "#<=4", true},
      {"#>=4.01", "#<=4", false},
      {"#=5", "#1:10", true},
      {"#=11", "#1:10", false},
      {"#1:2", "#3:4", false},
      {"!#=5", "#=5", false},
      {"!#=5", "#5:6", true},
      {"!#1:10", "#2:3", false},
      {"!#>=5", "!#<=5", false},
      {"!#>=5", "!#<=4", true},
      {"!#>=5", "!#=4", true},
    };
  }

  @Test(dataProvider = "pairs")
  public void values_overlap_whichever_way_round_they_are_asked(
      String one, String other, boolean overlap) throws Exception {
    FeatureSet a = features(one.isEmpty() ? "class" : "class=\"" + one + '"');
    FeatureSet b = features(other.isEmpty() ? "class" : "class=\"" + other + '"');
    assertEquals(a.matches(b), overlap);
    assertEquals(b.matches(a), overlap);
  }

  @Test
  public void what_only_one_side_speaks_of_keeps_nothing_apart() throws Exception {
    assertTrue(features("audio;class=\"a\"").matches(features("video;class=\"a\"")));
    assertFalse(features("audio;class=\"a\"").matches(features("video;class=\"b\"")));
    assertTrue(features("x").isEmpty());
  }

  @Test
  public void features_are_asked_for_by_tag() throws Exception {
    FeatureSet set = features("audio;methods=\"INVITE,BYE\";video=\"FALSE\";+a.b=\"!x\"");
    assertTrue(set.supports("sip.audio"));
    assertTrue(set.supports("audio"));
    assertTrue(set.supports("sip.methods", "bye"));
    assertFalse(set.supports("sip.methods", "MESSAGE"));
    assertFalse(set.supports("sip.video"));
    assertFalse(set.supports("sip.text"));
    assertTrue(set.supports("a.b", "y"));
    assertEquals(set.values("sip.methods").toString(), "[INVITE, BYE]");
    assertEquals(set.values("sip.text"), List.of());
    expectThrows(UnsupportedOperationException.class, () -> set.tags().clear());
    expectThrows(UnsupportedOperationException.class, () -> set.values("sip.audio").clear());
  }

  @Test
  public void base_tag_counts_before_the_same_name_with_a_plus() throws Exception {
    assertEquals(features("+video=\"FALSE\";video").tags().toString(), "[sip.video]");
    assertEquals(features("+video").tags().toString(), "[video]");
  }

  @Test
  public void broken_value_makes_its_feature_absent() throws Exception {
    assertEquals(features("audio;class=\"a b\"").tags().toString(), "[sip.audio]");
  }

  @Test
  public void another_vendors_header_is_read_with_quotes_round_its_values_or_without() {
    FeatureSet set =
        FeatureSet.of(new Foreign(Map.of("methods", "\"INVITE,BYE\"", "class", "a", "q", "1")));
    assertTrue(set.supports("sip.methods", "BYE"));
    assertTrue(set.supports("sip.class", "a"));
    assertEquals(set.tags().size(), 2);
    assertTrue(FeatureSet.of(new Foreign(null)).isEmpty());
  }

  /** Parameters of another vendor's header; null for one that gives no iterator. */
  private record Foreign(@Nullable Map<String, String> all) implements Parameters {
    @Override
    public @Nullable String getParameter(String name) {
      return all == null ? null : all.get(name);
    }

    @Override
    public void setParameter(String name, String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Iterator<String> getParameterNames() {
      return all == null ? null : all.keySet().iterator();
    }

    @Override
    public void removeParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** 60,000 values compared each with each would take minutes. */
  @Test(timeOut = 20_000)
  public void thousands_of_values_cost_little() throws Exception {
    StringBuilder tokens = new StringBuilder("methods=\"");
    StringBuilder ranges = new StringBuilder("methods=\"");
    for (int i = 0; i < 15_000; i++) {
      tokens.append('t').append(i).append(',');
      ranges.append("#=").append(i).append(',');
    }
    FeatureSet many = features(tokens + "end\"");
    FeatureSet others = features(ranges + "last\"");
    for (int i = 0; i < 100; i++) {
      assertFalse(many.matches(others));
    }
    assertTrue(many.supports("methods", "T14999"));
  }
}
