package io.sipwright.locator;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * What the one who sends can do.
 *
 * @param transports in lower case, the one it likes best first: decides where servers leave it the
 *     choice
 * @param sources the addresses it sends from; a family of which there's none is not asked for. None
 *     at all: both families
 */
public record Abilities(List<String> transports, List<InetAddress> sources) {
  /** Copies the lists. */
  public Abilities {
    transports = List.copyOf(transports);
    sources = List.copyOf(sources);
  }

  /** Whether it has a transport. */
  boolean has(String transport) {
    return transports.contains(transport);
  }

  /** Whether it can send to IPv4 addresses. A socket bound to {@code ::} can do both. */
  boolean ipv4() {
    return sources.isEmpty()
        || sources.stream().anyMatch(a -> !(a instanceof Inet6Address) || a.isAnyLocalAddress());
  }

  /** Whether it can send to IPv6 addresses. */
  boolean ipv6() {
    return sources.isEmpty() || sources.stream().anyMatch(a -> a instanceof Inet6Address);
  }
}
