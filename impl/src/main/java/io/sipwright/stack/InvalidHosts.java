package io.sipwright.stack;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.syntax.Chars;
import io.sipwright.transport.Flow;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.address.SipURI;
import javax.sip.header.HeaderAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which WebSocket leads to a host in {@code .invalid}: clients in browsers have no address, and put
 * a random name there in its place (RFC 7118 Appendix B.1), which only leads back over the
 * connection it came on.
 *
 * <p>A host belongs to the first connection that names it; another one gets it once that is closed,
 * or if it comes from the same address, as after a reconnection. So nobody who merely learned the
 * name of somebody else's host gets that one's requests.
 */
final class InvalidHosts {
  private static final String SUFFIX = ".invalid";

  /** A client has one name; a proxy in front of clients many. */
  private static final int MOST_HOSTS_PER_FLOW = 1_000;

  private final Map<String, Flow> flows = new ConcurrentHashMap<>();
  private final Map<Flow, Set<String>> hosts = new ConcurrentHashMap<>();

  /** Whether a host can only be reached so. */
  static boolean isInvalid(@Nullable String host) {
    return host != null
        && host.regionMatches(true, host.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
  }

  /** A message came over a WebSocket: takes note of the hosts in its top Via and its Contact. */
  void learn(Flow flow, SipMessage message) {
    if (message.isRequest()) {
      learn(flow, message.viaHost());
    }
    if (message.hasHeader(HeaderType.CONTACT)
        && message.peek(HeaderType.CONTACT) instanceof HeaderAddress contact
        && contact.getAddress() != null
        && contact.getAddress().getURI() instanceof SipURI uri) {
      learn(flow, uri.getHost());
    }
  }

  private void learn(Flow flow, @Nullable String host) {
    if (host == null || !isInvalid(host)) {
      return;
    }
    String name = Chars.lower(host);
    if (flows.get(name) == flow) {
      return;
    }
    Set<String> own = hosts.computeIfAbsent(flow, f -> ConcurrentHashMap.newKeySet());
    if (own.size() >= MOST_HOSTS_PER_FLOW) {
      return;
    }
    Flow owner =
        flows.compute(name, (n, before) -> before == null || yields(before, flow) ? flow : before);
    if (owner == flow) {
      own.add(name);
    }
    if (!flow.isOpen()) {
      closed(flow); // meanwhile
    }
  }

  private static boolean yields(Flow before, Flow now) {
    return !before.isOpen() || before.remote().getAddress().equals(now.remote().getAddress());
  }

  /** The open connection that leads to a host; null if there's none. */
  @Nullable Flow flowTo(String host) {
    Flow flow = flows.get(Chars.lower(host));
    return flow != null && flow.isOpen() ? flow : null;
  }

  /** A connection ended: nothing is kept of it. */
  void closed(Flow flow) {
    Set<String> own = hosts.remove(flow);
    if (own != null) {
      own.forEach(name -> flows.remove(name, flow));
    }
  }

  /** Number of hosts known, for tests. */
  int size() {
    return flows.size();
  }
}
