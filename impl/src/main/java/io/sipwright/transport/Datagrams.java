package io.sipwright.transport;

/** What datagrams look like that carry no message. */
final class Datagrams {
  private static final int SHORTEST_MESSAGE = 4;

  private Datagrams() {}

  /**
   * Whether a datagram only keeps a NAT binding alive: fewer than four bytes, nothing but line
   * ends, blanks and zeros, or a STUN message (RFC 5626 §4.4.2; magic cookie of RFC 5389 §6).
   */
  static boolean isKeepAlive(byte[] buffer, int offset, int length) {
    if (length < SHORTEST_MESSAGE) {
      return true;
    }
    byte first = buffer[offset];
    if (first > ' ') {
      return false;
    }
    return Stun.isStun(buffer, offset, length) || isBlank(buffer, offset, length);
  }

  private static boolean isBlank(byte[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte b = buffer[i];
      if (b != '\r' && b != '\n' && b != ' ' && b != '\t' && b != 0) {
        return false;
      }
    }
    return true;
  }
}
