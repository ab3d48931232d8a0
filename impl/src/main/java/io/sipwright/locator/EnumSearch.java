package io.sipwright.locator;

import io.sipwright.dns.DnsRecord.Naptr;
import io.sipwright.dns.Question;
import io.sipwright.dns.RecordType;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.syntax.Chars;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** From a telephone number to a SIP URI by the DNS: ENUM (RFC 6116, RFC 3764). */
final class EnumSearch {
  private static final String RULE = "RFC 6116 §3";
  private static final int MOST_LINKS = 5;
  private static final int MOST_DIGITS = 15; // E.164

  private final String suffix;
  private final Trail trail;
  private final Consumer<@Nullable SipURI> then;
  private final Set<String> seen = new HashSet<>();
  private String number = "";

  /**
   * A search that isn't begun.
   *
   * @param suffix the apex, as in {@code e164.arpa}
   * @param then told once: null if nothing was found
   */
  EnumSearch(String suffix, Trail trail, Consumer<@Nullable SipURI> then) {
    this.suffix = suffix;
    this.trail = trail;
    this.then = then;
  }

  /**
   * Searches for a global number.
   *
   * @param digits without the plus sign; visual separators don't count
   */
  void begin(String digits) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c >= '0' && c <= '9') {
        plain.append(c);
      }
    }
    if (plain.isEmpty() || plain.length() > MOST_DIGITS) {
      trail.note(RULE, "no number of E.164: +" + plain);
      then.accept(null);
      return;
    }
    number = "+" + plain; // the Application Unique String: §3.1
    StringBuilder name = new StringBuilder();
    for (int i = plain.length() - 1; i >= 0; i--) {
      name.append(plain.charAt(i)).append('.');
    }
    rules(name + suffix, 0);
  }

  private void rules(String name, int links) {
    seen.add(name);
    trail.ask(
        RULE,
        new Question(name, RecordType.NAPTR),
        answer -> {
          for (Naptr record : NaptrRules.inOrder(answer.naptr())) {
            SipURI uri = terminal(record);
            if (uri != null) {
              trail.note("RFC 3402 §3.2", record + " makes of " + number + ": " + uri);
              then.accept(uri);
              return;
            }
            if (leadsOn(record) && links < MOST_LINKS && !seen.contains(record.replacement())) {
              trail.note("RFC 6116 §3.4.2", "no flag leads to further rules: " + record);
              rules(record.replacement(), links + 1);
              return;
            }
          }
          trail.note(RULE, "no SIP URI for " + number);
          then.accept(null);
        });
  }

  private static boolean leadsOn(Naptr record) {
    return record.flags().isEmpty() && record.regexp().isEmpty() && !record.replacement().isEmpty();
  }

  private @Nullable SipURI terminal(Naptr record) {
    if (!record.flags().equalsIgnoreCase("u")
        || !isSip(record.service())
        || record.regexp().isEmpty()
        || !record.replacement().isEmpty()) {
      return null;
    }
    String text = Substitution.apply(record.regexp(), number);
    if (text == null || Chars.hasLineBreakOrNul(text)) {
      return null;
    }
    try {
      return new AddressFactoryImpl().createURI(text) instanceof SipURI sip ? sip : null;
    } catch (ParseException e) {
      return null;
    }
  }

  /** RFC 6116 §3.4.3; the older form of RFC 2916 has its parts the other way round. */
  private static boolean isSip(String service) {
    String lower = Chars.lower(service);
    if (lower.equals("sip+e2u")) {
      return true;
    }
    boolean first = true;
    for (String part : lower.split("\\+", -1)) {
      if (first) {
        if (!part.equals("e2u")) {
          return false;
        }
        first = false;
      } else if (part.equals("sip") || part.startsWith("sip:")) {
        return true;
      }
    }
    return false;
  }
}
