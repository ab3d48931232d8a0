package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Abilities;
import io.sipwright.locator.AddressResolver;
import io.sipwright.locator.DefaultRouter;
import io.sipwright.locator.Destination;
import io.sipwright.locator.HopAddress;
import io.sipwright.locator.Located;
import io.sipwright.locator.Located.Step;
import io.sipwright.locator.Locator;
import io.sipwright.locator.NextHop;
import io.sipwright.locator.OutboundProxy;
import io.sipwright.locator.Target;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.Chars;
import io.sipwright.transport.Flow;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: what its Routes, the outbound proxy, the router and the program's own hook
 * say (RFC 3261 §8.1.2), and the targets that follow (RFC 3263).
 */
final class NextHops {
  /**
   * Where to go, before anything is looked up.
   *
   * @param destinations to be tried in this order; empty where a number comes first
   * @param number a tel URI to be mapped by ENUM, or null
   * @param alongFlow whether it's along a flow that stands, and along no other
   */
  record Way(List<Destination> destinations, @Nullable URI number, boolean alongFlow) {
    Way(List<Destination> destinations, @Nullable URI number) {
      this(destinations, number, false);
    }

    /** To one destination. */
    static Way to(Destination destination) {
      return new Way(List.of(destination), null);
    }

    /** The only target, if nothing has to be looked up for it; otherwise null. */
    @Nullable Target direct() {
      Destination only = destinations.size() == 1 ? destinations.get(0) : null;
      return only != null && (only.isNumeric() || only.isBrowser()) ? only.target() : null;
    }

    /** Where it leads first, as named; null if that's to be asked first. */
    @Nullable Hop firstHop() {
      return destinations.isEmpty() ? null : new HopAddress(destinations.get(0).target());
    }

    /** What to call it before it's located. */
    String host() {
      return destinations.isEmpty() ? String.valueOf(number) : destinations.get(0).host();
    }
  }

  /** A destination on its way through the program's hook. */
  private record Proposal(Destination destination) implements Hop {
    @Override
    public String getHost() {
      return destination.host();
    }

    @Override
    public int getPort() {
      return destination.port();
    }

    @Override
    public @Nullable String getTransport() {
      return destination.transport();
    }
  }

  private final SipStackImpl stack;
  private final @Nullable Destination outboundProxy;

  NextHops(SipStackImpl stack) {
    this.stack = stack;
    String proxy = stack.config().outboundProxy();
    // a router of the program's own may want the proxy in a form of its own
    outboundProxy =
        proxy == null || proxy.isBlank() || stack.config().routerPath() != null
            ? null
            : OutboundProxy.destination(proxy);
  }

  /**
   * Where a request goes.
   *
   * @throws SipException if nothing says where, or a route can't be read
   */
  Way of(SipMessage request) throws SipException {
    try {
      Flow flow = FlowRoutes.of(stack.core(), request);
      if (flow != null) {
        return FlowRoutes.along(flow);
      }
      if (!asksRouterFirst()) {
        Destination destination = NextHop.withProxy(request, proxy());
        if (destination != null) {
          return Way.to(resolved(destination));
        }
        URI uri = request.peekRequestUri();
        SipCore core = stack.core();
        if (core != null && core.locator().canMap(uri)) {
          return new Way(List.of(), uri);
        }
      }
      return new Way(ask(stack.getRouter(), request), null);
    } catch (IllegalArgumentException e) {
      throw new SipException("The next hop can't be used: " + e.getMessage(), e);
    }
  }

  /** Whether a router of the program's own decides on SIP URIs and Routes too. */
  boolean asksRouterFirst() {
    return stack.config().useRouterForAllUris() && !(stack.getRouter() instanceof DefaultRouter);
  }

  /** The outbound proxy as the properties have it, or null. */
  @Nullable Destination proxy() {
    String proxy = stack.config().outboundProxy();
    return outboundProxy != null || proxy == null || proxy.isBlank()
        ? outboundProxy
        : OutboundProxy.destination(proxy);
  }

  /**
   * Both ways of asking that JAIN SIP knows: the one hop of version 1.2, or else the list of 1.1,
   * all of it.
   */
  @SuppressWarnings("deprecation")
  private List<Destination> ask(Router router, SipMessage request) throws SipException {
    List<Destination> all = new ArrayList<>(1);
    Hop hop = router.getNextHop((Request) request);
    if (hop != null) {
      all.add(resolved(Destination.of(hop)));
      return all;
    }
    ListIterator<?> hops = router.getNextHops((Request) request);
    while (hops != null && hops.hasNext()) {
      all.add(resolved(Destination.of((Hop) hops.next())));
    }
    if (all.isEmpty()) {
      throw new SipException(
          "There's no next hop for "
              + request.peekRequestUri()
              + ": it's no SIP URI, and there's neither a Route nor an outbound proxy");
    }
    return all;
  }

  /** What the program's hook makes of it. */
  Destination resolved(Destination destination) {
    AddressResolver hook = stack.addressResolver();
    if (hook == null) {
      return destination;
    }
    Proposal proposal = new Proposal(destination);
    Hop hop = hook.resolveAddress(proposal);
    return hop == null || hop == proposal ? destination : destination.by(hop);
  }

  /** Those of our transports that a provider has, and the addresses they are bound to. */
  Abilities abilities() {
    Set<String> transports = new LinkedHashSet<>();
    Set<InetAddress> sources = new LinkedHashSet<>();
    Iterator<ListeningPointImpl> points = stack.getListeningPoints();
    while (points.hasNext()) {
      ListeningPointImpl point = points.next();
      if (point.provider() != null) {
        transports.add(Chars.lower(point.getTransport()));
        sources.add(point.endpoint().local().getAddress());
      }
    }
    List<String> order = new ArrayList<>(transports);
    order.sort((a, b) -> Boolean.compare(b.equals("udp"), a.equals("udp"))); // as RFC 3263 §4.1
    return new Abilities(order, List.copyOf(sources));
  }

  /**
   * Finds the targets of a way.
   *
   * @param then told once: before this returns if nothing has to be waited for, otherwise on
   *     another thread
   */
  void locate(SipCore core, Way way, Consumer<Located> then) {
    Locator locator = core.locator();
    Abilities able = abilities();
    URI number = way.number();
    if (number != null) {
      locator.locate(
          number,
          able,
          new SplittableRandom(),
          located -> {
            SipURI uri = located.uri();
            if (uri == null || !located.targets().isEmpty()) {
              then.accept(located);
            } else {
              locateNext(core, List.of(Destination.of(uri, false)), 0, null, able, then);
            }
          });
    } else {
      locateNext(core, way.destinations(), 0, null, able, then);
    }
  }

  private static void locateNext(
      SipCore core,
      List<Destination> to,
      int index,
      @Nullable Located before,
      Abilities able,
      Consumer<Located> then) {
    core.locator()
        .locate(
            to.get(index),
            able,
            located -> {
              Located all = before == null ? located : joined(before, located);
              if (index + 1 == to.size()) {
                then.accept(all);
              } else {
                locateNext(core, to, index + 1, all, able, then);
              }
            });
  }

  private static Located joined(Located first, Located second) {
    Set<Target> targets = new LinkedHashSet<>(first.targets());
    targets.addAll(second.targets());
    List<Step> steps = new ArrayList<>(first.steps());
    steps.addAll(second.steps());
    String failure = targets.isEmpty() ? first.failure() + "; " + second.failure() : null;
    boolean authenticated = first.authenticated() && second.authenticated();
    return new Located(List.copyOf(targets), steps, failure, authenticated, null);
  }

  /**
   * As {@link #locate}, on this thread. Not to be called on a thread of the stack's own, nor under
   * a lock.
   *
   * @throws SipException if there's no target
   */
  Located await(SipCore core, Way way) throws SipException {
    CompletableFuture<Located> found = new CompletableFuture<>();
    locate(core, way, found::complete);
    Located located = found.join();
    if (located.targets().isEmpty()) {
      throw new SipException("No server for " + way.host() + ": " + located.failure());
    }
    return located;
  }
}
