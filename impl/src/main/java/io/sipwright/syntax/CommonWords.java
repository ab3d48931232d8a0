package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand in nearly every message, kept once. Their strings are interned, so that programs
 * that compare {@code request.getMethod() == Request.INVITE} find what they expect.
 */
final class CommonWords {
  private static final String[] WORDS = {
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "OPTIONS",
    "REGISTER",
    "PRACK",
    "UPDATE",
    "INFO",
    "MESSAGE",
    "NOTIFY",
    "SUBSCRIBE",
    "REFER",
    "PUBLISH",
    "tag",
    "branch",
    "rport",
    "received",
    "transport",
    "lr",
    "expires",
    "maddr",
    "ttl",
    "user",
    "phone",
    "method",
    "q",
    "sip",
    "sips",
    "tel",
    "SIP",
    "2.0",
    "UDP",
    "TCP",
    "TLS",
    "WS",
    "WSS",
    "udp",
    "tcp",
    "tls",
    "application",
    "sdp",
    "text",
    "plain",
    "replaces",
    "timer",
    "100rel",
    "127.0.0.1",
    "ob",
    "path",
    "outbound",
  };

  private static final int SIZE = 256;
  private static final String[] TABLE = new String[SIZE];
  private static final byte[][] BYTES = new byte[SIZE][];

  static {
    for (String word : WORDS) {
      int slot = hash(word.charAt(0), word.charAt(word.length() - 1), word.length());
      while (TABLE[slot] != null) {
        slot = (slot + 1) & (SIZE - 1);
      }
      TABLE[slot] = word.intern();
      BYTES[slot] = word.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private CommonWords() {}

  private static int hash(int first, int last, int length) {
    return (first * 31 + last * 7 + length * 131) & (SIZE - 1);
  }

  static @Nullable String find(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= 0 || length > 11) {
      return length == 0 ? "" : null;
    }
    int slot = hash(bytes[from], bytes[to - 1], length);
    for (String word = TABLE[slot]; word != null; word = TABLE[slot]) {
      if (matches(BYTES[slot], bytes, from, length)) {
        return word;
      }
      slot = (slot + 1) & (SIZE - 1);
    }
    return null;
  }

  private static boolean matches(byte[] word, byte[] bytes, int from, int length) {
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
