package io.sipwright.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a scenario.
 *
 * @param at when, in nanoseconds since the start
 * @param who the party it happened to, or who did it
 * @param what its kind
 * @param transaction the branch and method of the transaction the program saw it in; empty if none
 * @param message null where there's none
 */
record Happening(long at, String who, What what, String transaction, @Nullable Facts message) {
  static final long MILLI = 1_000_000;

  /** Kinds of what happens. */
  enum What {
    /** A message left for the network. */
    SENT,
    /** A message came from the network, unchanged. */
    CAME,
    /** A message came that the network has damaged. */
    CAME_DAMAGED,
    /** The listener got a request. */
    TOLD_REQUEST,
    /** The listener got a response. */
    TOLD_RESPONSE,
    /** The listener was told that a client transaction got no answer. */
    TOLD_TIMEOUT,
    /** The listener was told that a server transaction got no ACK. */
    TOLD_NO_ACK,
    /** The listener was told that something couldn't be sent. */
    TOLD_ERROR,
    /** The listener was told that a client transaction is over. */
    TOLD_CLIENT_OVER,
    /** The listener was told that a server transaction is over. */
    TOLD_SERVER_OVER,
    /** The listener was told that a dialog is over. */
    TOLD_DIALOG_OVER,
    /** The program has sent a request through a client transaction. */
    DID_REQUEST,
    /** The program has made a server transaction. */
    DID_OPEN,
    /** The program has answered. */
    DID_ANSWER,
    /** The program has acknowledged. */
    DID_ACK,
    /** The program has ended a transaction or dialog by force. */
    DID_END
  }

  /** Its message; only for kinds that have one. */
  Facts facts() {
    if (message == null) {
      throw new IllegalStateException(what + " has no message");
    }
    return message;
  }

  boolean has() {
    return message != null;
  }

  /** Whether the program did it, or something went over the wire. */
  boolean isMotion() {
    return switch (what) {
      case SENT, CAME, CAME_DAMAGED, DID_REQUEST, DID_OPEN, DID_ANSWER, DID_ACK, DID_END -> true;
      case TOLD_REQUEST,
          TOLD_RESPONSE,
          TOLD_TIMEOUT,
          TOLD_NO_ACK,
          TOLD_ERROR,
          TOLD_CLIENT_OVER,
          TOLD_SERVER_OVER,
          TOLD_DIALOG_OVER ->
          false;
    };
  }

  @Override
  public String toString() {
    return String.format(
        "%10.3f %-6s %-16s %s %s",
        at / 1e9, who, what, transaction, message == null ? "" : message.toString());
  }
}
