package io.sipwright.locator;

import io.sipwright.dns.Dns;
import io.sipwright.dns.HostsFile;
import io.sipwright.syntax.Chars;
import io.sipwright.time.Clock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the servers of a URI: RFC 3263 with RFC 2782, RFC 7984, and RFC 6116 for telephone numbers.
 * Never blocks: what must be asked of the DNS is answered later, on another thread. Safe for use by
 * several threads.
 */
public final class Locator implements HostResolver {
  private static final Logger LOG = LoggerFactory.getLogger(Locator.class);
  private static final int MOST_DOMAINS = 1000;
  private static final Abilities ANY = new Abilities(List.of("udp", "tcp"), List.of());

  /**
   * How a locator is set up.
   *
   * @param serviceRecords whether NAPTR and SRV records are asked for
   * @param enumSuffix the apex for telephone numbers, as in {@code e164.arpa}; null for no ENUM
   * @param holdMillis how long a target that failed is avoided
   */
  public record Settings(boolean serviceRecords, @Nullable String enumSuffix, long holdMillis) {
    /** As the RFCs have it, without ENUM; a minute. */
    public static final Settings DEFAULT = new Settings(true, null, 60_000);
  }

  private final Dns dns;
  private final HostsFile hostsFile;
  private final @Nullable HostResolver system;
  private final Settings settings;
  private final TargetMemory memory;

  /** Domains that offered TLS, and whether they last did; guarded by itself. */
  private final Map<String, Boolean> offeredTls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_DOMAINS;
        }
      };

  /**
   * A locator.
   *
   * @param dns who's asked; closed with it
   * @param hostsFile names in it are not asked of the DNS
   * @param system who's asked for the addresses of names that the DNS doesn't know, as it may know
   *     others, or null for nobody; closed with it
   */
  public Locator(
      Dns dns, HostsFile hostsFile, @Nullable HostResolver system, Clock clock, Settings settings) {
    this.dns = dns;
    this.hostsFile = hostsFile;
    this.system = system;
    this.settings = settings;
    memory = new TargetMemory(clock, settings.holdMillis());
  }

  /**
   * Finds the targets of a destination.
   *
   * @param then told exactly once: before this returns where nothing has to be waited for,
   *     otherwise later on another thread. Must not block.
   */
  public void locate(Destination to, Abilities able, Consumer<Located> then) {
    locate(to, able, new SplittableRandom(), then);
  }

  /**
   * As {@link #locate(Destination, Abilities, Consumer)}, with choices that can be repeated.
   *
   * @param random draws where weights leave it to chance; a stateless proxy seeds it with what
   *     retransmissions have in common (RFC 3263 §4.4)
   */
  public void locate(
      Destination to, Abilities able, RandomGenerator random, Consumer<Located> then) {
    new Search(this, to, able, random, new Trail(dns), null, then).begin();
  }

  /**
   * Finds the targets of a SIP, SIPS or, where ENUM is set up, tel URI. Tells of a failure for any
   * other.
   */
  public void locate(URI uri, Abilities able, RandomGenerator random, Consumer<Located> then) {
    Trail trail = new Trail(dns);
    if (uri instanceof SipURI sip) {
      Destination to = Destination.of(sip, false);
      new Search(this, to, able, random, trail, null, then).begin();
    } else if (canMap(uri)) {
      String suffix = settings.enumSuffix();
      new EnumSearch(
              suffix == null ? "" : suffix,
              trail,
              sip -> {
                if (sip == null) {
                  then.accept(nothing(trail, "no SIP URI for " + uri + " by ENUM"));
                } else {
                  Destination to = Destination.of(sip, false);
                  new Search(this, to, able, random, trail, sip, then).begin();
                }
              })
          .begin(((TelURL) uri).getPhoneNumber());
    } else {
      then.accept(nothing(trail, uri + " is no SIP or SIPS URI, and no number for ENUM"));
    }
  }

  private static Located nothing(Trail trail, String why) {
    return new Located(List.of(), trail.steps(), why, trail.isAuthenticated(), null);
  }

  /** Whether ENUM is set up, and a URI is a global telephone number. */
  public boolean canMap(@Nullable URI uri) {
    return settings.enumSuffix() != null && uri instanceof TelURL tel && tel.isGlobal();
  }

  /** Which targets failed lately. */
  public TargetMemory memory() {
    return memory;
  }

  /** The addresses of a host, in the order of RFC 6724; service records are not asked for. */
  @Override
  public void resolve(String host, Consumer<Result> then) {
    if (host.isEmpty() || (host.indexOf(':') >= 0 && NumericAddress.parse(host) == null)) {
      then.accept(Result.failed(host, "no address and no host name: '" + host + "'"));
      return;
    }
    locate(new Destination(host, 1, null, false), ANY, located -> then.accept(of(host, located)));
  }

  private static Result of(String host, Located located) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Target target : located.targets()) {
      InetAddress address = NumericAddress.parse(target.host());
      if (address != null) {
        addresses.add(address);
      }
    }
    String failure = located.failure();
    return addresses.isEmpty()
        ? Result.failed(host, failure == null ? "no address for " + host : failure)
        : Result.found(host, addresses);
  }

  @Override
  public void close() {
    dns.close();
    if (system != null) {
      system.close();
    }
  }

  // --- for the search ---

  HostsFile hostsFile() {
    return hostsFile;
  }

  @Nullable HostResolver system() {
    return system;
  }

  boolean usesServiceRecords() {
    return settings.serviceRecords();
  }

  static boolean isLocalhost(String host) {
    return host.equalsIgnoreCase("localhost") || Chars.lower(host).endsWith(".localhost");
  }

  List<InetAddress> loopback() {
    List<InetAddress> both = new ArrayList<>(2);
    for (String numeric : List.of("127.0.0.1", "::1")) {
      InetAddress address = NumericAddress.parse(numeric);
      if (address != null) {
        both.add(address);
      }
    }
    return both;
  }

  /**
   * Notes whether a domain's NAPTR records offer TLS.
   *
   * @return whether they did before and don't any more (RFC 3263 §7)
   */
  boolean hasWithdrawnTls(String domain, boolean offers) {
    String name = Chars.lower(domain);
    synchronized (offeredTls) {
      Boolean before = offeredTls.get(name);
      if (offers) {
        offeredTls.put(name, true);
        return false;
      }
      if (before == null) {
        return false;
      }
      if (before) {
        LOG.warn("{} offered TLS in its NAPTR records before, and doesn't any more", domain);
        offeredTls.put(name, false);
      }
      return true;
    }
  }
}
