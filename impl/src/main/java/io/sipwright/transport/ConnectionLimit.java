package io.sipwright.transport;

/** What a peer may take of the stream transports; each is counted when it's reached. */
public enum ConnectionLimit {
  /** As many connections as there may be: one more was refused. */
  CONNECTIONS("too many connections"),
  /** As many connections as one source may have: one more was refused. */
  CONNECTIONS_PER_SOURCE("too many connections from one source"),
  /** A connection on which no whole message came was closed to make room for another. */
  DISPLACED("made room for another connection"),
  /** A handshake, of TLS or of a WebSocket, took too long. */
  HANDSHAKE_TIME("the handshake took too long"),
  /** A peer that had connected sent no whole message for too long. */
  FIRST_MESSAGE_TIME("no message came"),
  /** Neither message nor keep-alive came from a peer for too long (RFC 5626 §5.4). */
  SILENCE("neither message nor keep-alive came"),
  /** A message, or a TLS record or WebSocket message, took too long from first byte to last. */
  MESSAGE_TIME("a message did not come to its end"),
  /** A load balancer that should send PROXY headers didn't, or something else pretended to. */
  PROXY_HEADER("bad PROXY header"),
  /** Nothing went either way for too long. */
  IDLE_TIME("idle"),
  /** A message, or its header, was too long. */
  MESSAGE_SIZE("a message was too long"),
  /** More waited to be written than may, and the peer didn't read. */
  WRITE_QUEUE("the peer doesn't read");

  private final String words;

  ConnectionLimit(String words) {
    this.words = words;
  }

  /** What happened, for the log. */
  String words() {
    return words;
  }

  /** Whether it's a matter of course, and nothing to warn of. */
  boolean isUsual() {
    return this == IDLE_TIME;
  }
}
