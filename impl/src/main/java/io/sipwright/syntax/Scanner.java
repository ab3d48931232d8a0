package io.sipwright.syntax;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over bytes whose methods are named after the rules of RFC 3261 §25.1. Each either reads
 * its rule and moves on, or throws {@link SyntaxException} with the offset. Costs no memory but for
 * what it returns.
 */
public final class Scanner {
  private final byte[] bytes;
  private int start;
  private int end;
  private int pos;
  private int maxParameters = Integer.MAX_VALUE;
  private boolean strict;

  /**
   * Reads bytes {@code from} (inclusive) to {@code to} (exclusive); offsets in errors count from
   * {@code from}.
   */
  public Scanner(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.start = from;
    this.pos = from;
    this.end = to;
  }

  /** Reads a text, as UTF-8. */
  public Scanner(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.start = 0;
    this.end = bytes.length;
  }

  /** Makes this one that reads other bytes of the same array. */
  public Scanner range(int from, int to) {
    start = from;
    pos = from;
    end = to;
    return this;
  }

  /** Sets how many {@link Parameters} may be read one after another; without it, any number. */
  public Scanner maxParameters(int max) {
    maxParameters = max;
    return this;
  }

  /** Makes this one that takes nothing beyond the grammar. */
  public Scanner strict() {
    strict = true;
    return this;
  }

  /** Whether it takes nothing beyond the grammar. */
  public boolean isStrict() {
    return strict;
  }

  /**
   * Says that something beyond the grammar is taken here, because deployed equipment has it: all
   * such places call this, and docs/parsing.md names them.
   *
   * @param what is wrong with it
   * @param at a {@link #position()}
   * @throws SyntaxException if this is a strict scanner
   */
  public void beyondGrammar(String what, int at) throws SyntaxException {
    if (strict) {
      throw new SyntaxException(what, at - start);
    }
  }

  /** As {@link #beyondGrammar}, if any byte from a place to the cursor is not of the classes. */
  public void beyondGrammar(String what, int from, int charClasses) throws SyntaxException {
    for (int i = from; strict && i < pos; i++) {
      if (!Chars.is(bytes[i], charClasses)) {
        beyondGrammar(what, i);
      }
    }
  }

  /** How many parameters may be read one after another. */
  int maxParameters() {
    return maxParameters;
  }

  /** Where the cursor is, counted from the start of the array. */
  public int position() {
    return pos;
  }

  /** Moves the cursor to a place {@link #position()} gave before. */
  public void position(int position) {
    pos = position;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return pos >= end;
  }

  /** The byte under the cursor (0 to 255), or -1 at the end. */
  public int peek() {
    return pos < end ? bytes[pos] & 0xff : -1;
  }

  /** The byte {@code ahead} places after the cursor, or -1 past the end. */
  public int peek(int ahead) {
    return pos + ahead < end ? bytes[pos + ahead] & 0xff : -1;
  }

  /** Takes one byte, or -1 at the end. */
  public int next() {
    return pos < end ? bytes[pos++] & 0xff : -1;
  }

  /** Takes the character if it's next. */
  public boolean accept(char c) {
    if (pos < end && bytes[pos] == (byte) c) {
      pos++;
      return true;
    }
    return false;
  }

  /** Takes the character, which must be next. */
  public void expect(char c) throws SyntaxException {
    if (!accept(c)) {
      throw error("expected '" + c + "'");
    }
  }

  /** Nothing may be left but white space. */
  public void expectEnd() throws SyntaxException {
    sws();
    if (pos < end) {
      throw error("unexpected text");
    }
  }

  /**
   * {@code SWS = [LWS]}, folds included. Any run of SP, HTAB, CR and LF is taken: framing has
   * already cut the value.
   */
  public Scanner sws() {
    while (pos < end) {
      byte b = bytes[pos];
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        break;
      }
      pos++;
    }
    return this;
  }

  /**
   * A separator with white space allowed round it ({@code COMMA}, {@code SEMI}, {@code EQUAL}, …),
   * if it's next.
   */
  public boolean acceptSeparator(char c) {
    int mark = pos;
    sws();
    if (accept(c)) {
      sws();
      return true;
    }
    pos = mark;
    return false;
  }

  /** {@code token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")}. */
  public String token() throws SyntaxException {
    return run(Chars.TOKEN, "a token");
  }

  /** One or more characters of a class of {@link Chars}; {@code what} names it in the error. */
  public String run(int charClass, String what) throws SyntaxException {
    int from = pos;
    skip(charClass);
    if (pos == from) {
      throw error("expected " + what);
    }
    return text(from, pos);
  }

  /** Skips characters of a class, possibly none. */
  public void skip(int charClass) {
    while (pos < end && Chars.is(bytes[pos], charClass)) {
      pos++;
    }
  }

  /** Whether the next byte is of a class. */
  public boolean at(int charClass) {
    return pos < end && Chars.is(bytes[pos], charClass);
  }

  /** {@code 1*DIGIT}, at most {@code max}; bounded while it is read, so it never overflows. */
  public long number(long max) throws SyntaxException {
    int from = pos;
    long n = 0;
    while (pos < end && bytes[pos] >= '0' && bytes[pos] <= '9') {
      int digit = bytes[pos] - '0';
      if (n > max / 10 || n * 10 > max - digit) {
        pos = from;
        throw error("number over " + max);
      }
      n = n * 10 + digit;
      pos++;
    }
    if (pos == from) {
      throw error("expected a number");
    }
    return n;
  }

  /**
   * {@code quoted-string = SWS DQUOTE *(qdtext / quoted-pair ) DQUOTE}: the text between the
   * quotes, quoted-pairs resolved, folds made one space each. The cursor must be at the opening
   * quote.
   */
  public String quotedString() throws SyntaxException {
    expect('"');
    int from = pos;
    boolean escaped = false;
    boolean folded = false;
    while (pos < end) {
      byte b = bytes[pos];
      if (b == '"') {
        String raw = text(from, pos++);
        raw = folded ? unfold(raw) : raw;
        return escaped ? unquote(raw) : raw;
      }
      escaped |= b == '\\';
      folded |= b == '\r' || b == '\n';
      quotable();
    }
    pos = from - 1;
    throw error("unterminated quoted string");
  }

  /**
   * {@code comment = LPAREN *(ctext / quoted-pair / comment) RPAREN}: whole, parentheses included,
   * quoted-pairs as they stand, folds made one space each; depth costs no stack.
   */
  public String comment() throws SyntaxException {
    int from = pos;
    expect('(');
    int depth = 1;
    boolean folded = false;
    while (pos < end) {
      byte b = bytes[pos];
      if (b == ')' && --depth == 0) {
        String raw = text(from, ++pos);
        return folded ? unfold(raw) : raw;
      }
      if (b == '(') {
        depth++;
      }
      folded |= b == '\r' || b == '\n';
      quotable();
    }
    pos = from;
    throw error("unterminated comment");
  }

  /** As {@link #comment()}, without the outer parentheses and with quoted-pairs resolved. */
  public String commentText() throws SyntaxException {
    String raw = comment();
    raw = raw.substring(1, raw.length() - 1);
    return raw.indexOf('\\') < 0 ? raw : unquote(raw);
  }

  /**
   * Steps over one character of a quoted string or comment, over a {@code quoted-pair = "\"
   * (%x00-09 / %x0B-0C / %x0E-7F)}, the only way to write NUL, or over the line break of a fold.
   */
  private void quotable() throws SyntaxException {
    byte b = bytes[pos];
    if (b == 0) {
      throw error("NUL without backslash");
    }
    if (b == '\r' || b == '\n') {
      int behind = pos + (b == '\r' && peek(1) == '\n' ? 2 : 1);
      if (behind >= end || (bytes[behind] != ' ' && bytes[behind] != '\t')) {
        throw error("line break that no white space follows");
      }
      pos = behind;
      return;
    }
    if (b == '\\') {
      pos++;
      if (pos < end && (bytes[pos] == '\r' || bytes[pos] == '\n')) {
        throw error("CR or LF behind a backslash");
      }
    }
    pos++;
  }

  /**
   * {@code host = hostname / IPv4address / IPv6reference}: as it stands, with the brackets of an
   * IPv6 reference. {@code _} is taken too: deployed equipment has it in host names.
   */
  public String host() throws SyntaxException {
    int from = pos;
    if (accept('[')) {
      while (pos < end
          && (Chars.is(bytes[pos], Chars.HEX)
              || bytes[pos] == ':'
              || bytes[pos] == '.'
              || bytes[pos] == '%'
              || Chars.is(bytes[pos], Chars.ALPHANUM))) {
        pos++;
      }
      expect(']');
      if (pos - from < 4) {
        pos = from;
        throw error("empty IPv6 reference");
      }
      if (strict && Ipv6.parse(text(from + 1, pos - 1)) == null) {
        beyondGrammar("no IPv6 address", from);
      }
      return text(from, pos);
    }
    skip(Chars.HOST);
    if (pos == from) {
      throw error("expected a host");
    }
    String host = RecentHosts.get(bytes, from, pos);
    if (host.indexOf('_') >= 0) {
      beyondGrammar("'_' in a host name", from + host.indexOf('_'));
    }
    int wrong = strict ? HostNames.firstError(host) : -1;
    if (wrong >= 0) {
      beyondGrammar("no host name", from + wrong);
    }
    return host;
  }

  /** {@code port = 1*DIGIT}, 0 to 65535. */
  public int port() throws SyntaxException {
    return (int) number(65535);
  }

  /**
   * What is left, without white space at either end; may be empty. Folds inside become one space
   * each.
   */
  public String rest() {
    sws();
    int to = end;
    while (to > pos
        && (bytes[to - 1] == ' '
            || bytes[to - 1] == '\t'
            || bytes[to - 1] == '\r'
            || bytes[to - 1] == '\n')) {
      to--;
    }
    String s = unfold(text(pos, to));
    pos = end;
    return s;
  }

  /**
   * The bytes between two positions as text ({@link Utf8}; common words come back as one shared,
   * interned String).
   */
  public String text(int from, int to) {
    return text(bytes, from, to);
  }

  static String text(byte[] bytes, int from, int to) {
    String common = CommonWords.find(bytes, from, to);
    return common != null ? common : Utf8.text(bytes, from, to);
  }

  /**
   * The bytes as text, always an interned String: method names are compared with {@code ==} in
   * programs.
   */
  public static String interned(byte[] bytes, int from, int to) {
    String common = CommonWords.find(bytes, from, to);
    return common != null ? common : Utf8.text(bytes, from, to).intern();
  }

  /** An error at the cursor. */
  public SyntaxException error(String what) {
    return new SyntaxException(what, pos - start);
  }

  /** The array under the cursor, for readers that need more than the rules above. */
  public byte[] array() {
    return bytes;
  }

  /** The exclusive end of what may be read. */
  public int limit() {
    return end;
  }

  /** The text between quotes without its backslashes. */
  static String unquote(String raw) {
    StringBuilder sb = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        c = raw.charAt(++i);
      }
      sb.append(c);
    }
    return sb.toString();
  }

  private static String unfold(String s) {
    if (s.indexOf('\n') < 0 && s.indexOf('\r') < 0) {
      return s;
    }
    StringBuilder sb = new StringBuilder(s.length());
    int i = 0;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (c == '\r' || c == '\n') {
        while (i < s.length() && " \t\r\n".indexOf(s.charAt(i)) >= 0) {
          i++;
        }
        int last = sb.length();
        while (last > 0 && (sb.charAt(last - 1) == ' ' || sb.charAt(last - 1) == '\t')) {
          last--;
        }
        sb.setLength(last);
        sb.append(' ');
      } else {
        sb.append(c);
        i++;
      }
    }
    return sb.toString();
  }

  /** Null-safe equality without regard to ASCII case. */
  public static boolean sameIgnoringCase(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : b != null && Chars.sameIgnoringCase(a, b);
  }
}
