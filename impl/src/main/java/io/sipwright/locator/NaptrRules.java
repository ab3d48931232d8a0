package io.sipwright.locator;

import io.sipwright.dns.DnsRecord.Naptr;
import io.sipwright.syntax.Chars;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which NAPTR records of a domain are for us, and in which order (RFC 3263 §4.1, RFC 3403 §4.1).
 */
final class NaptrRules {
  /** A record that can be used; its transport is null where it only leads to other records. */
  record Choice(Naptr record, @Nullable String transport) {
    /** Whether the replacement is the owner of SRV records. */
    boolean leadsToSrv() {
      return record.flags().equalsIgnoreCase("s");
    }

    /** Whether the replacement is a host. */
    boolean leadsToHost() {
      return record.flags().equalsIgnoreCase("a");
    }
  }

  private NaptrRules() {}

  /**
   * The records that can be used, the preferred one first.
   *
   * @param secure whether the URI is SIPS: then only services with TLS count
   * @param able what we can do: services over other transports don't count
   */
  static List<Choice> choices(List<Naptr> records, boolean secure, Abilities able) {
    List<Choice> all = new ArrayList<>();
    for (Naptr record : inOrder(records)) {
      // RFC 3403 §4.1: both is an error; RFC 3263 §4.1: no substitution here
      if (!record.regexp().isEmpty() || record.replacement().isEmpty()) {
        continue;
      }
      String flags = Chars.lower(record.flags());
      String transport = Services.transportOf(record.service());
      boolean terminal = flags.equals("s") || flags.equals("a");
      boolean fits =
          transport != null && able.has(transport) && (!secure || Services.isSecure(transport));
      if (terminal && fits) {
        all.add(new Choice(record, transport));
      } else if (flags.isEmpty() && (fits || record.service().isEmpty())) {
        all.add(new Choice(record, transport));
      }
    }
    return all;
  }

  /** By order, then by preference; equal ones stay as they came. */
  static List<Naptr> inOrder(List<Naptr> records) {
    List<Naptr> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingInt(Naptr::order).thenComparingInt(Naptr::preference));
    return sorted;
  }

  /** Whether a domain offers TLS (RFC 3263 §7). */
  static boolean offerTls(List<Naptr> records) {
    for (Naptr record : records) {
      String transport = Services.transportOf(record.service());
      if (transport != null && Services.isSecure(transport)) {
        return true;
      }
    }
    return false;
  }
}
