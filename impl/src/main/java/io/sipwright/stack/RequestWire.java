package io.sipwright.stack;

import io.sipwright.locator.HostResolver;
import io.sipwright.locator.Target;
import io.sipwright.tls.TlsSession;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request to its target, kept for the request's retransmissions, its CANCEL and its
 * ACK.
 *
 * <p>A numeric target is reached at once. A name is looked up when the first message is sent; what
 * is sent meanwhile waits. Of several addresses the first of the endpoint's own family is used.
 */
public final class RequestWire implements Wire {
  private final Endpoint endpoint;
  private final Target target;
  private final HostResolver resolver;
  private final WireLog log;
  private boolean bound;
  private boolean shared;

  // Guarded by this.
  private @Nullable Flow flow;
  private @Nullable InetSocketAddress remote;
  private @Nullable ArrayDeque<Waiting> waiting;

  /** What is sent once the address is known. */
  private static final class Waiting {
    final byte[] message;
    final FailureListener failed;

    Waiting(byte[] message, FailureListener failed) {
      this.message = message;
      this.failed = failed;
    }
  }

  /** A way from an endpoint to a target. */
  RequestWire(Endpoint endpoint, Target target, HostResolver resolver, WireLog log) {
    this.endpoint = endpoint;
    this.target = target;
    this.resolver = resolver;
    this.log = log;
    this.remote = target.numeric();
  }

  /** A way over a connection that stands, and over no other. */
  RequestWire(Flow flow, Target target, HostResolver resolver, WireLog log) {
    this(flow.endpoint(), target, resolver, log);
    this.flow = flow;
    this.remote = flow.remote();
    this.bound = true;
  }

  /** Others may send to the same address over its connection, too (RFC 5923 §8.1). */
  RequestWire sharing() {
    shared = true;
    return this;
  }

  /** Where it leads. */
  public Target target() {
    return target;
  }

  /** What was agreed on TLS on the way that was taken; null if that's nothing. */
  public synchronized @Nullable TlsSession tls() {
    return flow == null ? null : flow.tls();
  }

  /** The flow it goes over at present; null before it's sent. */
  public synchronized @Nullable Flow flow() {
    return flow == null || remote == null ? null : flowTo(remote);
  }

  @Override
  public boolean reliable() {
    return endpoint.reliable();
  }

  @Override
  public void send(byte[] message, FailureListener failed) {
    Flow way;
    synchronized (this) {
      if (remote == null) {
        boolean asked = waiting != null;
        ArrayDeque<Waiting> queue = waiting == null ? new ArrayDeque<>() : waiting;
        waiting = queue;
        queue.add(new Waiting(message, failed));
        if (asked) {
          return;
        }
        way = null;
      } else {
        way = flowTo(remote);
      }
    }
    if (way == null) {
      resolver.resolve(target.host(), this::resolved);
    } else {
      log.sent(way, message);
      way.send(message, failed::onFailure);
    }
  }

  private Flow flowTo(InetSocketAddress address) {
    Flow way = flow;
    if (way == null || (!way.isOpen() && !bound)) {
      way = endpoint.flowTo(address, target.identity());
      flow = way;
      if (shared) {
        endpoint.alias(way, address);
      }
    }
    return way;
  }

  private void resolved(HostResolver.Result result) {
    ArrayDeque<Waiting> due;
    Flow way = null;
    synchronized (this) {
      due = waiting == null ? new ArrayDeque<>() : waiting;
      waiting = null;
      InetAddress address = choose(result.addresses());
      if (address != null) {
        remote = new InetSocketAddress(address, target.port());
        way = flowTo(remote);
      }
    }
    for (Waiting w : due) {
      if (way != null) {
        log.sent(way, w.message);
        way.send(w.message, w.failed::onFailure);
      } else {
        w.failed.onFailure(
            new UnknownHostException("No address for " + target.host() + ": " + result.failure()));
      }
    }
  }

  private @Nullable InetAddress choose(List<InetAddress> addresses) {
    int length = endpoint.local().getAddress().getAddress().length;
    for (InetAddress a : addresses) {
      if (a.getAddress().length == length) {
        return a;
      }
    }
    return addresses.isEmpty() ? null : addresses.get(0);
  }
}
