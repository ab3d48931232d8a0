package io.sipwright.body;

import java.util.Arrays;

/**
 * Takes the transfer encodings of mail off a body part (RFC 2045 §6.7, §6.8). SIP needs none of
 * them and we write none (RFC 5621 §3.2), but gateways pass them on. As those sections ask of
 * robust readers, what doesn't belong there is skipped or left as it is: nothing fails.
 */
final class TransferEncoding {
  private static final byte[] BASE64 = new byte[256];

  static {
    Arrays.fill(BASE64, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      BASE64[alphabet.charAt(i)] = (byte) i;
    }
  }

  private TransferEncoding() {}

  /** Ends at the first {@code =}; characters outside the alphabet don't count. */
  static byte[] fromBase64(byte[] b, int from, int to) {
    byte[] out = new byte[(to - from) * 3 / 4 + 1];
    int n = 0;
    int bits = 0;
    int held = 0;
    for (int p = from; p < to && b[p] != '='; p++) {
      int six = BASE64[b[p] & 0xff];
      if (six >= 0) {
        held = (held << 6 | six) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          out[n++] = (byte) (held >> bits);
        }
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** A {@code =} that no two hexadecimal digits and no line end follow stays as it is. */
  static byte[] fromQuotedPrintable(byte[] b, int from, int to) {
    byte[] out = new byte[to - from];
    int n = 0;
    int p = from;
    while (p < to) {
      int softBreak = b[p] == '=' ? lineEnd(b, p + 1, to) : -1;
      int hex = b[p] == '=' && p + 2 < to ? hex(b[p + 1], b[p + 2]) : -1;
      if (softBreak >= 0) {
        p = softBreak;
      } else if (hex >= 0) {
        out[n++] = (byte) hex;
        p += 3;
      } else {
        out[n++] = b[p++];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Behind the line end, blanks before it included; -1 if there's none. */
  private static int lineEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    if (p == to) {
      return to;
    }
    if (b[p] == '\n') {
      return p + 1;
    }
    return b[p] == '\r' && p + 1 < to && b[p + 1] == '\n' ? p + 2 : -1;
  }

  private static int hex(byte high, byte low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h << 4 | l;
  }
}
