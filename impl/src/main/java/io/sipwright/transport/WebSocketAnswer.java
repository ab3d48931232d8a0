package io.sipwright.transport;

import java.util.Map;

/**
 * Whether a WebSocket is opened.
 *
 * @param status 101 to open it; otherwise the HTTP status of the refusal
 * @param headers what goes into the refusal besides
 */
public record WebSocketAnswer(int status, Map<String, String> headers) {
  /** Opens it. */
  public static final WebSocketAnswer ACCEPT = new WebSocketAnswer(101, Map.of());

  /** 403: not from this origin, or not this peer. */
  public static final WebSocketAnswer FORBIDDEN = new WebSocketAnswer(403, Map.of());

  /**
   * Copies the headers.
   *
   * @throws IllegalArgumentException if the status is neither 101 nor 400 to 599
   */
  public WebSocketAnswer {
    if (status != 101 && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("status must be 101 or 400 to 599: " + status);
    }
    headers = Map.copyOf(headers);
  }

  /**
   * 401 with a challenge (RFC 7118 §7).
   *
   * @param challenge as in {@code Basic realm="sip"}
   */
  public static WebSocketAnswer challenge(String challenge) {
    return new WebSocketAnswer(401, Map.of("WWW-Authenticate", challenge));
  }
}
