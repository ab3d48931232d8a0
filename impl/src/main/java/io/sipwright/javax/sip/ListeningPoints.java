package io.sipwright.javax.sip;

import io.sipwright.transport.Endpoint;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.ListeningPoint;
import org.jspecify.annotations.Nullable;

/** The listening points of a stack. Looking takes no lock; changes are made under the stack's. */
final class ListeningPoints {
  private final List<ListeningPointImpl> all = new CopyOnWriteArrayList<>();
  private final Map<Endpoint, ListeningPointImpl> byEndpoint = new ConcurrentHashMap<>();

  void add(ListeningPointImpl point) {
    byEndpoint.put(point.endpoint(), point);
    all.add(point);
  }

  void remove(ListeningPointImpl point) {
    all.remove(point);
    byEndpoint.remove(point.endpoint());
  }

  /** Forgets them all; none of them has a provider any more. */
  void clear() {
    for (ListeningPointImpl point : all) {
      point.attachTo(null);
    }
    all.clear();
    byEndpoint.clear();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those there are at the moment. */
  Iterator<ListeningPointImpl> iterator() {
    return List.copyOf(all).iterator();
  }

  /** The same object as one of these; null if it's none of them. */
  @Nullable ListeningPointImpl known(ListeningPoint listeningPoint) {
    Objects.requireNonNull(listeningPoint, "listeningPoint");
    return listeningPoint instanceof ListeningPointImpl ours && all.contains(ours) ? ours : null;
  }

  @Nullable ListeningPointImpl at(Endpoint endpoint) {
    return byEndpoint.get(endpoint);
  }

  /**
   * The one with an address, port and transport.
   *
   * @param transport in lower case
   */
  @Nullable ListeningPointImpl at(String ipAddress, int port, String transport) {
    for (ListeningPointImpl point : all) {
      if (point.getPort() == port
          && point.getTransport().equals(transport)
          && point.getIPAddress().equalsIgnoreCase(ipAddress)) {
        return point;
      }
    }
    return null;
  }

  /** Whether a host and port are those of one of them. */
  boolean haveName(@Nullable String host, int port) {
    for (ListeningPointImpl point : all) {
      if (point.isNamedBy(host, port)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one is bound to the wildcard address, so that any numeric host may be meant. */
  boolean haveWildcard() {
    for (ListeningPointImpl point : all) {
      if (point.isWildcard()) {
        return true;
      }
    }
    return false;
  }
}
