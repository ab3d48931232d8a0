package io.sipwright.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of STUN that keeps NAT bindings of SIP flows alive (RFC 5626 §4.4.2, §5.4, §8): Binding
 * requests and their success responses (RFC 5389 §6, §15.2), without authentication.
 */
final class Stun {
  private static final int HEADER = 20;
  private static final int TRANSACTION_ID = 12;
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int MAPPED_ADDRESS = 0x0001;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final byte[] COOKIE = {0x21, 0x12, (byte) 0xA4, 0x42};

  private Stun() {}

  /** Whether a datagram is a STUN message: two zero bits and the magic cookie (RFC 5389 §6). */
  static boolean isStun(byte[] b, int at, int length) {
    return length >= HEADER
        && (b[at] & 0xC0) == 0
        && Arrays.equals(b, at + 4, at + 8, COOKIE, 0, COOKIE.length);
  }

  /**
   * The answer to a Binding request: what address it came from. Null for anything else, and for a
   * request whose length is not that of the datagram.
   */
  static byte @Nullable [] answer(byte[] b, int at, int length, InetSocketAddress source) {
    if (!isStun(b, at, length)
        || u16(b, at) != BINDING_REQUEST
        || u16(b, at + 2) != length - HEADER
        || length % 4 != 0) {
      return null;
    }
    byte[] address = source.getAddress().getAddress();
    byte[] answer = new byte[HEADER + 8 + address.length];
    put16(answer, 0, BINDING_SUCCESS);
    put16(answer, 2, 8 + address.length);
    System.arraycopy(b, at + 4, answer, 4, HEADER - 4);
    put16(answer, HEADER, XOR_MAPPED_ADDRESS);
    put16(answer, HEADER + 2, 4 + address.length);
    answer[HEADER + 5] = (byte) (address.length == 4 ? IPV4 : IPV6);
    put16(answer, HEADER + 6, source.getPort() ^ u16(COOKIE, 0));
    for (int i = 0; i < address.length; i++) {
      answer[HEADER + 8 + i] = (byte) (address[i] ^ answer[4 + i]);
    }
    return answer;
  }

  /**
   * A Binding request.
   *
   * @param transactionId 12 random bytes
   */
  static byte[] request(byte[] transactionId) {
    if (transactionId.length != TRANSACTION_ID) {
      throw new IllegalArgumentException("A STUN transaction id has 12 bytes");
    }
    byte[] request = new byte[HEADER];
    put16(request, 0, BINDING_REQUEST);
    System.arraycopy(COOKIE, 0, request, 4, COOKIE.length);
    System.arraycopy(transactionId, 0, request, 8, TRANSACTION_ID);
    return request;
  }

  /** Whether a STUN message is a Binding error response. */
  static boolean isBindingError(byte[] b, int at) {
    return u16(b, at) == BINDING_ERROR;
  }

  /** The transaction id of a STUN message. */
  static byte[] transactionId(byte[] b, int at) {
    return Arrays.copyOfRange(b, at + 8, at + HEADER);
  }

  /**
   * The mapped address in a Binding success response; null if it's none, has another transaction
   * id, or can't be read.
   */
  static @Nullable InetSocketAddress mappedAddress(
      byte[] b, int at, int length, byte[] transactionId) {
    if (!isStun(b, at, length)
        || u16(b, at) != BINDING_SUCCESS
        || !Arrays.equals(b, at + 8, at + HEADER, transactionId, 0, transactionId.length)) {
      return null;
    }
    int end = at + HEADER + u16(b, at + 2);
    if (end > at + length) {
      return null;
    }
    int attribute = at + HEADER;
    while (attribute + 4 <= end) {
      int type = u16(b, attribute);
      int size = u16(b, attribute + 2);
      if (attribute + 4 + size > end) {
        return null;
      }
      if (type == XOR_MAPPED_ADDRESS || type == MAPPED_ADDRESS) {
        return address(b, attribute + 4, size, at, type == XOR_MAPPED_ADDRESS);
      }
      attribute += 4 + (size + 3) / 4 * 4; // padded: RFC 5389 §15
    }
    return null;
  }

  private static @Nullable InetSocketAddress address(
      byte[] b, int value, int size, int message, boolean masked) {
    int bytes = size - 4;
    if (size < 8 || bytes != (b[value + 1] == IPV4 ? 4 : 16)) {
      return null;
    }
    byte[] ip = Arrays.copyOfRange(b, value + 4, value + 4 + bytes);
    int port = u16(b, value + 2);
    if (masked) {
      port ^= u16(COOKIE, 0);
      for (int i = 0; i < ip.length; i++) {
        ip[i] ^= b[message + 4 + i];
      }
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    } catch (java.net.UnknownHostException impossible) { // only for other lengths than 4 and 16
      return null;
    }
  }

  private static int u16(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }

  private static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }
}
