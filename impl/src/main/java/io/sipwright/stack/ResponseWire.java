package io.sipwright.stack;

import io.sipwright.locator.Abilities;
import io.sipwright.locator.Destination;
import io.sipwright.locator.Locator;
import io.sipwright.locator.ResponseRoute;
import io.sipwright.locator.Target;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a server transaction's responses: RFC 3261 §18.2.2. Over a stream, the connection
 * the request came on while it's open, otherwise a connection to where the top Via says; over UDP,
 * where the top Via says. Where that is a name, all its servers are tried in order (RFC 3263 §5).
 */
public final class ResponseWire implements Wire {
  private final Endpoint endpoint;
  private final @Nullable Flow arrival;
  private final ResponseRoute.TopVia via;
  private final Locator locator;
  private final WireLog log;

  /**
   * A way back.
   *
   * @param endpoint where the request came in
   * @param arrival the connection it came on; null where it's not known any more
   * @param via its top Via
   * @param log where what's sent is logged
   */
  ResponseWire(
      Endpoint endpoint,
      @Nullable Flow arrival,
      ResponseRoute.TopVia via,
      Locator locator,
      WireLog log) {
    this.endpoint = endpoint;
    this.arrival = arrival;
    this.via = via;
    this.locator = locator;
    this.log = log;
  }

  @Override
  public boolean reliable() {
    return endpoint.reliable();
  }

  @Override
  public void send(byte[] message, FailureListener failed) {
    Flow flow = arrival;
    if (flow == null) {
      sendByVia(message, null, failed);
    } else if (!endpoint.reliable()) {
      sendByVia(message, flow.remote(), failed);
    } else if (flow.isOpen()) {
      log.sent(flow, message);
      flow.send(message, cause -> sendByVia(message, null, failed));
    } else {
      sendByVia(message, null, failed);
    }
  }

  private void sendByVia(
      byte[] message, @Nullable InetSocketAddress source, FailureListener failed) {
    if (InvalidHosts.isInvalid(via.host())) {
      failed.onFailure(
          new IOException("The WebSocket of the request is closed: no other way leads to " + via));
      return;
    }
    tryNext(ResponseRoute.of(via, source), 0, message, failed, null);
  }

  private void tryNext(
      List<Target> targets,
      int index,
      byte[] message,
      FailureListener failed,
      @Nullable IOException before) {
    if (index == targets.size()) {
      failed.onFailure(
          before != null
              ? before
              : new IOException("The Via of the request names no way back: " + via));
      return;
    }
    Target target = targets.get(index);
    InetSocketAddress numeric = target.numeric();
    if (numeric != null) {
      sendTo(numeric, targets, index, message, failed);
      return;
    }
    lookUp(target, targets.subList(index + 1, targets.size()), message, failed);
  }

  /** RFC 3263 §5: all that the DNS has for a name, in order, before what's left. */
  private void lookUp(Target target, List<Target> rest, byte[] message, FailureListener failed) {
    Destination sentBy = target.host().equals(via.host()) ? via.sentBy() : null;
    Destination to =
        sentBy != null
            ? sentBy
            : new Destination(target.host(), target.port(), target.transport(), false);
    Abilities able =
        new Abilities(List.of(target.transport()), List.of(endpoint.local().getAddress()));
    locator.locate(
        to,
        able,
        located -> {
          List<Target> all = new ArrayList<>(located.targets());
          all.addAll(rest);
          IOException none =
              new UnknownHostException(
                  "No address for " + target.host() + ": " + located.failure());
          tryNext(all, 0, message, failed, none);
        });
  }

  private void sendTo(
      InetSocketAddress remote,
      List<Target> targets,
      int index,
      byte[] message,
      FailureListener failed) {
    Flow flow = endpoint.flowTo(remote, via.host());
    log.sent(flow, message);
    flow.send(message, cause -> tryNext(targets, index + 1, message, failed, cause));
  }
}
