package io.sipwright.transport;

import java.util.Map;

/**
 * Figures about the connections of a network.
 *
 * @param open connections at this moment
 * @param waitingBytes what waits to be written on all of them
 * @param reached how often each limit was reached since the network was made; a limit that isn't
 *     there was never reached
 */
public record ConnectionFigures(int open, long waitingBytes, Map<ConnectionLimit, Long> reached) {
  /** Of a network without connections. */
  public static final ConnectionFigures NONE = new ConnectionFigures(0, 0, Map.of());

  /** Copies the map. */
  public ConnectionFigures {
    reached = Map.copyOf(reached);
  }

  /** How often a limit was reached. */
  public long reached(ConnectionLimit limit) {
    return reached.getOrDefault(limit, 0L);
  }
}
