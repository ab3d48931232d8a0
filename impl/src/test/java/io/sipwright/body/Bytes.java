package io.sipwright.body;

import java.nio.charset.StandardCharsets;

/** Bodies written as lines, for tests. */
final class Bytes {
  private Bytes() {}

  /** Text whose {@code |} are line ends. */
  static byte[] of(String text) {
    return text.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes as text, line ends shown as {@code |}. */
  static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "|");
  }
}
