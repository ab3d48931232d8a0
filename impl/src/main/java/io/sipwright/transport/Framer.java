package io.sipwright.transport;

/** Makes messages of what arrives on a connection. Not for several threads. */
interface Framer extends Wholeness {
  /** Gets what was cut out. The array is only valid during the call. */
  interface Sink {
    /** A whole message, without the line ends before it. */
    void onMessage(byte[] buffer, int offset, int length);

    /** A ping, {@code CRLF CRLF}, to be answered with one CRLF. */
    void onPing();

    /** The answer to a ping of ours. */
    default void onPong() {}

    /**
     * The stream can't be cut any more; nothing else will come.
     *
     * @param buffer holds what was read of the message that broke it
     */
    void onBroken(byte[] buffer, int offset, int length, String reason);
  }

  /** Takes the next bytes; the array may be reused afterwards. */
  void feed(byte[] bytes, int offset, int length);

  /** Whether it stopped because a message or its header was longer than may be. */
  default boolean isTooLong() {
    return false;
  }

  /** A ping was sent: the next CRLF between messages is its pong and not half of a ping. */
  void expectPong();

  /** Drops whatever is kept and whatever still comes. */
  void stop();

  /** Gives up on a message that doesn't come to its end. */
  void abandon(String reason);
}
