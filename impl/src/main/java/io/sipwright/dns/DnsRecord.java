package io.sipwright.dns;

import io.sipwright.syntax.Checks;
import java.net.InetAddress;

/** What a record says; names have no dot at their ends, and the root is empty. */
public sealed interface DnsRecord {
  /** Of A or AAAA. */
  record Address(InetAddress address) implements DnsRecord {
    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /**
   * Of SRV (RFC 2782).
   *
   * @param priority lower ones come first; 0 to 65535
   * @param weight share among those of one priority; 0 to 65535
   * @param port 0 to 65535
   * @param target empty if the service isn't there at all
   */
  record Srv(int priority, int weight, int port, String target) implements DnsRecord {
    @Override
    public String toString() {
      return priority + " " + weight + " " + port + " " + dotted(target);
    }
  }

  /**
   * Of NAPTR (RFC 3403 §4.1).
   *
   * @param order lower ones come first; 0 to 65535
   * @param preference the same among those of one order; 0 to 65535
   * @param flags what the result is, as in {@code "s"}; any case
   * @param service as in {@code "SIP+D2U"}; any case
   * @param regexp a substitution, or empty
   * @param replacement the next name, or empty
   */
  record Naptr(
      int order, int preference, String flags, String service, String regexp, String replacement)
      implements DnsRecord {
    @Override
    public String toString() {
      return order
          + " "
          + preference
          + " \""
          + Checks.visible(flags)
          + "\" \""
          + Checks.visible(service)
          + "\" \""
          + Checks.visible(regexp)
          + "\" "
          + dotted(replacement);
    }
  }

  /** A name as zone files have it: with the dot at its end. */
  private static String dotted(String name) {
    return name + '.';
  }
}
