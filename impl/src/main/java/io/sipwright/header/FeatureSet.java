package io.sipwright.header;

import io.sipwright.syntax.Chars;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a user agent can do, or what a caller wants of one: feature tags, each with the values it
 * may have (RFC 3840 §5). Unchangeable.
 */
public final class FeatureSet {
  /**
   * How many values of a feature that are no plain tokens count: each is compared with all others,
   * and a peer may send thousands.
   */
  private static final int MOST_COMPARED = 32;

  private final Map<String, Feature> features;

  private FeatureSet(Map<String, Feature> features) {
    this.features = features;
  }

  /** The values of one feature: any of them. */
  private static final class Feature {
    final List<FeatureValue> values;
    final Set<String> tokens = new HashSet<>();
    final List<FeatureValue> others = new ArrayList<>();

    Feature(List<FeatureValue> values) {
      this.values = Collections.unmodifiableList(values);
      for (FeatureValue value : values) {
        if (value instanceof FeatureValue.Token token && !token.negated()) {
          tokens.add(Chars.lower(token.token()));
        } else if (others.size() < MOST_COMPARED) {
          others.add(value);
        }
      }
    }

    boolean overlaps(Feature that) {
      return !Collections.disjoint(tokens, that.tokens)
          || overlapsOthers(that)
          || that.overlapsOthers(this);
    }

    private boolean overlapsOthers(Feature that) {
      for (FeatureValue other : others) {
        for (FeatureValue theirs : that.others) {
          if (other.overlaps(theirs)) {
            return true;
          }
        }
        for (String token : that.tokens) {
          if (other.overlaps(new FeatureValue.Token(token, false))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /**
   * The features among the parameters of a header of any vendor. A value that breaks the grammar
   * makes its parameter count as absent.
   */
  public static FeatureSet of(Parameters header) {
    Map<String, Feature> features = new LinkedHashMap<>();
    for (Iterator<?> names = header.getParameterNames(); names != null && names.hasNext(); ) {
      String name = String.valueOf(names.next());
      String tag = FeatureTag.ofParameter(name);
      // RFC 3841 §7.2.3: of "video" and "+video" the first counts
      if (tag == null || (name.startsWith("+") && header.getParameter(name.substring(1)) != null)) {
        continue;
      }
      String value = header.getParameter(name);
      try {
        features.put(tag, new Feature(FeatureValue.parse(value == null ? "" : unquoted(value))));
      } catch (ParseException nonsense) {
        features.remove(tag);
      }
    }
    return new FeatureSet(features);
  }

  /** Some stacks leave the quotes round a parameter's value. */
  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  /** The features that a request without a word of preference asks for (RFC 3841 §7.2.2). */
  static FeatureSet implied(String method, @Nullable String event) {
    Map<String, Feature> features = new LinkedHashMap<>();
    features.put("sip.methods", new Feature(List.of(new FeatureValue.Token(method, false))));
    if (event != null) {
      features.put("sip.events", new Feature(List.of(new FeatureValue.Token(event, false))));
    }
    return new FeatureSet(features);
  }

  /** The tags, in lower case and in order; can't be changed. */
  public Set<String> tags() {
    return Collections.unmodifiableSet(features.keySet());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return features.isEmpty();
  }

  /** The values of a feature, any of which it may have; empty where it's not there. */
  public List<FeatureValue> values(String tag) {
    Feature feature = features.get(key(tag));
    return feature == null ? List.of() : feature.values;
  }

  /** Whether a feature is there and may be true: {@code supports("sip.audio")}. */
  public boolean supports(String tag) {
    return supports(tag, "TRUE");
  }

  /** Whether a feature is there and may have this token: {@code supports("sip.methods", "BYE")}. */
  public boolean supports(String tag, String token) {
    Feature feature = features.get(key(tag));
    return feature != null && feature.overlaps(implied(token, null).sole());
  }

  private Feature sole() {
    return features.values().iterator().next();
  }

  /** A tag as it's kept; the name of a parameter is taken too. */
  private static String key(String tag) {
    String known = FeatureTag.ofParameter(tag);
    return known == null ? Chars.lower(tag) : known;
  }

  /**
   * The matching operation of RFC 2533: whether a user agent can be such that both are true of it.
   * What only one of them speaks of doesn't keep them apart.
   */
  public boolean matches(FeatureSet other) {
    for (Map.Entry<String, Feature> mine : features.entrySet()) {
      Feature theirs = other.features.get(mine.getKey());
      if (theirs != null && !mine.getValue().overlaps(theirs)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the other speaks of every feature in this. */
  boolean isCoveredBy(FeatureSet other) {
    return other.features.keySet().containsAll(features.keySet());
  }

  /** The part of this one's features that the other speaks of, 0 to 1; of none, all. */
  double score(FeatureSet other) {
    if (features.isEmpty()) {
      return 1;
    }
    long common = features.keySet().stream().filter(other.features::containsKey).count();
    return (double) common / features.size();
  }

  /** The tags with their values, for people to read. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    features.forEach(
        (tag, feature) ->
            text.append(text.isEmpty() ? "" : " ").append(tag).append(feature.values));
    return text.toString();
  }
}
