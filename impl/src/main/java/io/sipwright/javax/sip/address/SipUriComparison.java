package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Ipv6;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of RFC 3261 §19.1.4, part by part; all texts are raw. */
final class SipUriComparison {
  /** Parameters that count even where only one of the URIs has them. */
  private static final Set<String> NEVER_IGNORED =
      Set.of("user", "ttl", "method", "maddr", "transport");

  /** Headers whose values RFC 3261 §20 (RFC 3515, RFC 3891) compares with regard to case. */
  private static final Set<String> CASE_COUNTS =
      Set.of(
          "body",
          "call-id",
          "i",
          "contact",
          "m",
          "from",
          "f",
          "to",
          "t",
          "in-reply-to",
          "join",
          "record-route",
          "refer-to",
          "r",
          "replaces",
          "reply-to",
          "route");

  private SipUriComparison() {}

  /** With regard to case; an absent part is like no other. */
  static boolean sameUserinfo(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.equals(b) || Escapes.canonical(a, false).equals(Escapes.canonical(b, false));
  }

  /** Without regard to case; IPv6 addresses by their value (RFC 5954 §4.2). */
  static boolean sameHost(String a, String b) {
    if (Chars.sameIgnoringCase(a, b)) {
      return true;
    }
    if (!a.startsWith("[") || !b.startsWith("[")) {
      return false;
    }
    byte[] address = Ipv6.parse(a);
    return address != null && Arrays.equals(address, Ipv6.parse(b));
  }

  static int hashOfHost(String host) {
    byte[] address = host.startsWith("[") ? Ipv6.parse(host) : null;
    return address != null ? Arrays.hashCode(address) : Chars.lower(host).hashCode();
  }

  static boolean sameParameters(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    Map<String, String> as = RawPairs.map(a, ';');
    Map<String, String> bs = RawPairs.map(b, ';');
    for (Map.Entry<String, String> e : as.entrySet()) {
      String other = bs.get(e.getKey());
      if (other == null
          ? NEVER_IGNORED.contains(e.getKey())
          : !sameValue(e.getKey(), e.getValue(), other)) {
        return false;
      }
    }
    for (String name : bs.keySet()) {
      if (NEVER_IGNORED.contains(name) && !as.containsKey(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(String name, String a, String b) {
    return name.equals("maddr") ? sameHost(a, b) : same(a, b, true);
  }

  private static boolean same(String a, String b, boolean caseless) {
    return Escapes.canonical(a, caseless).equals(Escapes.canonical(b, caseless));
  }

  static boolean sameHeaders(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    Map<String, List<String>> as = RawPairs.lists(a, '&');
    Map<String, List<String>> bs = RawPairs.lists(b, '&');
    if (as.size() != bs.size()) {
      return false;
    }
    for (Map.Entry<String, List<String>> e : as.entrySet()) {
      List<String> others = bs.getOrDefault(e.getKey(), List.of());
      if (!same(e.getValue(), others, !CASE_COUNTS.contains(e.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(List<String> as, List<String> bs, boolean caseless) {
    if (as.size() != bs.size()) {
      return false;
    }
    for (int i = 0; i < as.size(); i++) {
      if (!same(as.get(i), bs.get(i), caseless)) {
        return false;
      }
    }
    return true;
  }
}
