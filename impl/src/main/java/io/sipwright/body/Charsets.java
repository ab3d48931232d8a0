package io.sipwright.body;

import io.sipwright.syntax.Chars;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** Names of charsets, and where bodies say which is theirs. */
final class Charsets {
  /** An XML declaration is looked for in so many bytes. */
  private static final int DECLARATION = 128;

  private Charsets() {}

  /**
   * The charset of a name, the fallback for null or one that's unknown here. {@code GB2312} and
   * {@code GBK} give GB18030, which holds them: senders name the old set and use the new one.
   */
  static Charset named(@Nullable String name, Charset fallback) {
    if (name == null) {
      return fallback;
    }
    try {
      return switch (Chars.lower(name)) {
        case "gb2312", "gb_2312-80", "gbk" -> Charset.forName("GB18030");
        default -> Charset.forName(name);
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return fallback;
    }
  }

  /**
   * What an XML declaration at the start of the bytes names, as in {@code <?xml version="1.0"
   * encoding="GB2312"?>}; null without one.
   */
  static @Nullable String declaredByXml(byte[] b, int from, int to) {
    int length = Math.min(DECLARATION, to - from);
    String start = new String(b, from, length, StandardCharsets.ISO_8859_1);
    int end = start.indexOf("?>");
    int at = start.indexOf("encoding");
    if (!start.startsWith("<?xml") || at < 0 || end < at) {
      return null;
    }
    int quote = at + "encoding".length();
    while (quote < end && " \t=".indexOf(start.charAt(quote)) >= 0) {
      quote++;
    }
    char mark = start.charAt(quote);
    int close = start.indexOf(mark, quote + 1);
    boolean quoted = (mark == '"' || mark == '\'') && close > quote && close < end;
    return quoted ? start.substring(quote + 1, close) : null;
  }
}
