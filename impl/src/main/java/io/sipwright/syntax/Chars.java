package io.sipwright.syntax;

/** Character classes of RFC 3261 §25.1, as one table of bits per byte. */
public final class Chars {
  /** {@code ALPHA / DIGIT}. */
  public static final int ALPHANUM = 1;

  /** {@code token}: alphanum and {@code - . ! % * _ + ` ' ~}. */
  public static final int TOKEN = 1 << 1;

  /**
   * {@code word}, of which a Call-ID is made: token characters and {@code ( ) < > : \ " / [ ] ? {
   * }}.
   */
  public static final int WORD = 1 << 2;

  /** {@code unreserved}: alphanum and {@code mark}. */
  public static final int UNRESERVED = 1 << 3;

  /** What a SIP URI's user part may hold unescaped: unreserved and {@code & = + $ , ; ? /}. */
  public static final int USER = 1 << 4;

  /** What a SIP URI's password may hold unescaped: unreserved and {@code & = + $ ,}. */
  public static final int PASSWORD = 1 << 5;

  /** {@code paramchar} of a URI parameter: unreserved and {@code [ ] / : & + $}. */
  public static final int URI_PARAM = 1 << 6;

  /** {@code hnv-unreserved} and unreserved, for the headers part of a SIP URI. */
  public static final int URI_HEADER = 1 << 7;

  /** Characters of a host: alphanum, {@code - . _}; the brackets of IPv6 are dealt with apart. */
  public static final int HOST = 1 << 8;

  /** Hexadecimal digit. */
  public static final int HEX = 1 << 9;

  /** {@code DIGIT}. */
  public static final int DIGIT = 1 << 10;

  /** {@code ALPHA}. */
  public static final int ALPHA = 1 << 11;

  /** {@code reserved / unreserved}, of which an absolute URI is made, with {@code % [ ] #}. */
  public static final int URIC = 1 << 12;

  /** {@code phonedigit} and visual separators of RFC 3966: digits, {@code A-F a-f * # - . ( )}. */
  public static final int PHONE = 1 << 13;

  private static final short[] TABLE = new short[256];

  static {
    mark("0123456789", DIGIT | HEX | ALPHANUM | TOKEN | WORD | HOST | PHONE);
    mark(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ALPHA | ALPHANUM | TOKEN | WORD | HOST);
    mark("abcdefABCDEF", HEX | PHONE);
    mark("*#-.()", PHONE);
    mark("-.!%*_+`'~", TOKEN | WORD);
    mark("()<>:\\\"/[]?{}", WORD);
    mark("-._", HOST);
    for (int c = 0; c < 128; c++) {
      if (is(c, ALPHANUM)) {
        mark(
            String.valueOf((char) c), UNRESERVED | USER | PASSWORD | URI_PARAM | URI_HEADER | URIC);
      }
    }
    mark("-_.!~*'()", UNRESERVED | USER | PASSWORD | URI_PARAM | URI_HEADER | URIC);
    mark("&=+$,;?/", USER);
    mark("&=+$,", PASSWORD);
    mark("[]/:&+$", URI_PARAM);
    mark("[]/?:+$", URI_HEADER);
    mark(";/?:@&=+$,%[]#", URIC);
  }

  private Chars() {}

  private static void mark(String chars, int bits) {
    for (int i = 0; i < chars.length(); i++) {
      TABLE[chars.charAt(i)] |= (short) bits;
    }
  }

  /** Whether a character is in a class; never true for one outside ASCII. */
  public static boolean is(int c, int charClass) {
    return c >= 0 && c < 128 && (TABLE[c] & charClass) != 0;
  }

  /** Whether a byte is a character of a class; never true for one outside ASCII. */
  public static boolean is(byte b, int charClass) {
    return (TABLE[b & 0xff] & charClass) != 0;
  }

  /** Whether the text is not empty and all of one class. */
  public static boolean all(String text, int charClass) {
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i), charClass)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether the text is a {@code token}. */
  public static boolean isToken(String text) {
    return all(text, TOKEN);
  }

  /** ASCII lower case of one byte or character; others come back as they are. */
  public static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /** The text in ASCII lower case, whatever the locale; other letters stay as they are. */
  public static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != lower(text.charAt(i))) {
        char[] chars = text.toCharArray();
        for (; i < chars.length; i++) {
          chars[i] = (char) lower(chars[i]);
        }
        return new String(chars);
      }
    }
    return text;
  }

  /**
   * Whether two texts are the same but for the case of ASCII letters: as SIP compares, unlike
   * {@link String#equalsIgnoreCase}, to which the Kelvin sign is a k.
   */
  public static boolean sameIgnoringCase(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (int i = 0; i < a.length(); i++) {
      if (a.charAt(i) != b.charAt(i) && lower(a.charAt(i)) != lower(b.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the text holds what no header may carry: a CR, LF or NUL (the door to header
   * injection), or half of a surrogate pair, which UTF-8 can't say.
   */
  public static boolean hasLineBreakOrNul(String text) {
    return firstUnsendable(text) >= 0;
  }

  /** Where the first of what {@link #hasLineBreakOrNul} is about stands, or -1. */
  static int firstUnsendable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        return i;
      }
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** The text in ASCII upper case, whatever the locale. */
  public static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }
}
