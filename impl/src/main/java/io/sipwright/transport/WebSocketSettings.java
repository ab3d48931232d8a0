package io.sipwright.transport;

import java.util.List;

/**
 * How WebSockets are used.
 *
 * @param path where a server must be asked for SIP, and where a client asks: "/" for instance;
 *     empty: servers take any path, clients ask for "/"
 * @param origins web sites whose scripts may connect, as in "https://example.com"; empty: all.
 *     Peers that are no browsers send no origin, and are not asked for one
 * @param pingSeconds after so much silence a ping is sent, and after as much again the connection
 *     is closed; 0 for never
 */
public record WebSocketSettings(String path, List<String> origins, int pingSeconds) {
  /** Any path, any origin, no pings. */
  public static final WebSocketSettings DEFAULT = new WebSocketSettings("", List.of(), 0);

  /** Copies the list. */
  public WebSocketSettings {
    origins = List.copyOf(origins);
  }
}
