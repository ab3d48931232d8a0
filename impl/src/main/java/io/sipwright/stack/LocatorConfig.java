package io.sipwright.stack;

import io.sipwright.locator.Locator;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How servers are located: the part of {@link StackConfig} under "Locating servers" in {@code
 * docs/properties.md}.
 *
 * @param settings of the locator
 * @param dnsServers in the order to ask them; empty for the system's
 * @param dnsTimeoutMillis how long to wait for one of them
 * @param dnsTries how often to ask
 * @param cacheSize most records and answers that are kept
 * @param waitsForLookup whether sending waits for the DNS
 * @param addressResolver class name of the program's hook, or null
 */
public record LocatorConfig(
    Locator.Settings settings,
    List<InetSocketAddress> dnsServers,
    int dnsTimeoutMillis,
    int dnsTries,
    int cacheSize,
    boolean waitsForLookup,
    @Nullable String addressResolver) {
  /** Copies the list. */
  public LocatorConfig {
    dnsServers = List.copyOf(dnsServers);
  }
}
