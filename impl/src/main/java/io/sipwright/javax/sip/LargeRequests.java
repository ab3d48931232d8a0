package io.sipwright.javax.sip;

import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Target;
import io.sipwright.locator.TargetMemory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which requests are too large for UDP (RFC 3261 §18.1.1): datagrams over the path's MTU, which is
 * not known, would be cut in pieces, and lost with any of them. They go over TCP, and by UDP only
 * to servers that take no connection.
 *
 * <p>Only where the provider has a listening point for TCP: the answer's way, and the peer's later
 * requests, need one.
 */
final class LargeRequests {
  private final SipProviderImpl provider;
  private final int limit;

  /** For the requests of a provider; those of more bytes than the limit are large, 0: none. */
  LargeRequests(SipProviderImpl provider, int limit) {
    this.provider = provider;
    this.limit = limit;
  }

  /** Whether a request that would go to a target by UDP is to be sent over TCP. */
  boolean movesToTcp(SipMessage request, Target target) {
    return limit > 0
        && target.transport().equals("udp")
        && provider.getListeningPoint("tcp") != null
        && !isMulticast(target)
        && request.encoded().length > limit;
  }

  /** Whether a request whose way is known is to be sent over TCP; along a flow it never is. */
  boolean movesToTcp(SipMessage request, Way way) {
    Target direct = way.direct();
    return direct != null && !way.alongFlow() && movesToTcp(request, direct);
  }

  private static boolean isMulticast(Target target) {
    InetSocketAddress address = target.numeric();
    return address != null && address.getAddress().isMulticastAddress();
  }

  /**
   * The targets to try: before each one by UDP for which the request is too large the same by TCP,
   * unless that was refused lately.
   */
  List<Target> targets(SipMessage request, List<Target> found, TargetMemory memory) {
    if (found.stream().noneMatch(target -> movesToTcp(request, target))) {
      return found;
    }
    List<Target> all = new ArrayList<>(2 * found.size());
    for (Target target : found) {
      if (target.transport().equals("udp") && !isMulticast(target)) {
        Target stream = byTcp(target);
        if (!memory.isHeld(stream)) {
          all.add(stream);
        }
      }
      all.add(target);
    }
    return all;
  }

  /** Whether the second target is the first one's server, by UDP as TCP may have been refused. */
  static boolean isSecondBest(Target second, Target first) {
    return first.transport().equals("tcp")
        && second.transport().equals("udp")
        && byTcp(second).equals(first);
  }

  private static Target byTcp(Target target) {
    return new Target(target.host(), target.port(), "tcp", target.domain());
  }
}
