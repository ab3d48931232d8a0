package io.sipwright.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes off the wire as text: UTF-8 (RFC 3261 §7), or what deployed equipment sends for it. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text of the bytes. Each that belongs to no UTF-8 character is taken for one of ISO-8859-1,
   * so that {@code José} is read as such in either, and nothing is lost when it's written again.
   */
  public static String text(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : mixed(bytes, from, to);
  }

  private static String mixed(byte[] bytes, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (in.get() & 0xff));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** The first place that belongs to no UTF-8 character (RFC 3629), or -1. */
  public static int firstError(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && bytes[p] >= 0) {
      p++;
    }
    if (p == to) {
      return -1;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, p, to - p);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(to - p), true);
    return result.isError() ? in.position() : -1;
  }
}
