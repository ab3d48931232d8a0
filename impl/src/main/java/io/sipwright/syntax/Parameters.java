package io.sipwright.syntax;

import java.io.Serializable;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters of a header field, in the order they stand: {@code
 * generic-param = token [ EQUAL gen-value ]}, {@code gen-value = token / host / quoted-string} (RFC
 * 3261 §25.1). Names are found without regard to case. A parameter without value has the value
 * {@code ""}.
 *
 * <p>They're kept as the text that's written, so that they cost little until one is asked for.
 */
public final class Parameters implements Serializable, Cloneable {
  private static final long serialVersionUID = 2L;

  private static final byte[] NOTHING = {};
  private static final String NOTHING_BETWEEN = "nothing between the commas of a list";

  /** What {@link ParametersText} is about; replaced as a whole, never changed. */
  private byte[] text = NOTHING;

  /**
   * Reads {@code *( SEMI generic-param )} from a cursor that stands at the first semicolon (or at
   * what follows, then nothing is read). A name that stands twice keeps its first value.
   */
  public static Parameters parse(Scanner in) throws SyntaxException {
    Parameters p = new Parameters();
    p.parseMore(in, ';');
    return p;
  }

  /** Reads further parameters, each after the separator given. */
  public void parseMore(Scanner in, char separator) throws SyntaxException {
    if (separator == ';' && isEmpty() && !in.isStrict() && takeUsual(in)) {
      return;
    }
    ParametersReader reader = new ParametersReader(in, this);
    while (in.acceptSeparator(separator)) {
      reader.next();
    }
    text = reader.text();
  }

  /** Takes what stands at the cursor, if it stands as it's kept. */
  private boolean takeUsual(Scanner in) {
    byte[] b = in.array();
    int from = RawText.skipBlanks(b, in.position(), in.limit());
    if (from == in.limit() || b[from] != ';') {
      return true; // there are none
    }
    int end = ParametersText.usualEnd(b, from, in.limit(), in.maxParameters());
    if (end < 0) {
      return false;
    }
    text = Arrays.copyOfRange(b, from, end);
    in.position(end);
    return true;
  }

  /**
   * Reads {@code [ auth-param *( COMMA auth-param ) ]} (RFC 3261 §25.1) from a cursor that stands
   * at the first. Empty elements between commas are skipped: the list rule of RFC 2616 §2.1, which
   * digest has from HTTP, allows them.
   */
  public void parseCommaSeparated(Scanner in) throws SyntaxException {
    ParametersReader reader = new ParametersReader(in, this);
    do {
      while (in.peek() == ',' && in.acceptSeparator(',')) {
        in.beyondGrammar(NOTHING_BETWEEN, in.position());
      }
      if (in.sws().atEnd()) {
        in.beyondGrammar(NOTHING_BETWEEN, in.position());
        break;
      }
      reader.next();
    } while (in.acceptSeparator(','));
    text = reader.text();
  }

  /**
   * Reads {@code generic-param *( separator generic-param )} from a cursor that stands at the
   * first.
   *
   * @param again gives the name to keep one under whose name stood before
   */
  public void parseSeparated(Scanner in, char separator, UnaryOperator<String> again)
      throws SyntaxException {
    ParametersReader reader = new ParametersReader(in, this);
    do {
      reader.next(again);
    } while (in.acceptSeparator(separator));
    text = reader.text();
  }

  /** Takes all that a reader has read in the place of what's there. */
  public void take(ParametersReader reader) {
    text = reader.text();
  }

  /** As it's written, to be read only. */
  byte[] text() {
    return text;
  }

  private static boolean needsQuotes(String value) {
    return !value.isEmpty() && !Chars.isToken(value) && !Ipv6.isReference(value);
  }

  /**
   * The value without quotes; {@code ""} for a parameter without value; null where there is no such
   * parameter.
   */
  public @Nullable String get(String name) {
    byte[] t = text;
    int at = ParametersText.find(t, name);
    return at < 0 ? null : ParametersText.value(t, ParametersText.nameEnd(t, at));
  }

  /**
   * Writes one parameter, its value between quotes unless it's a token or host. What's been read
   * between quotes can be written, whatever it holds.
   */
  public static void encode(String name, String value, ByteSink out) {
    out.put(name).put('=');
    if (needsQuotes(value)) {
      out.putQuoted(value);
    } else {
      out.put(value);
    }
  }

  /** Whether the parameter stands there, with or without value. */
  public boolean has(String name) {
    return ParametersText.find(text, name) >= 0;
  }

  /** Something that looks at parameters one after another. */
  public interface Visitor {
    /**
     * Looks at one.
     *
     * @param value without quotes; {@code ""} for none
     * @param quoted whether it stands between quotes
     * @throws ParseException if it's not as it should be
     */
    void visit(String name, String value, boolean quoted) throws ParseException;
  }

  /** Shows all of them to a visitor, in order, in one go. */
  public void forEach(Visitor visitor) throws ParseException {
    byte[] t = text;
    for (int at = 0; at < t.length; at = ParametersText.end(t, at)) {
      int nameTo = ParametersText.nameEnd(t, at);
      String name = Scanner.text(t, at + 1, nameTo);
      visitor.visit(name, ParametersText.value(t, nameTo), ParametersText.isQuoted(t, nameTo));
    }
  }

  /**
   * Sets a parameter, in its old place where it had one. Null or {@code ""} makes it one without
   * value; a value that is no token or host is written between quotes.
   *
   * @throws SyntaxException if the name is no token, or the value holds CR, LF or NUL
   */
  public void set(String name, @Nullable String value) throws SyntaxException {
    set(name, value, value != null && needsQuotes(value));
  }

  /**
   * Sets a parameter to an IP address, an IPv6 address without square brackets: {@code
   * via-received} has none (RFC 3261 §25.1).
   *
   * @throws SyntaxException if it's none, or the name is no token
   */
  public void setAddress(String name, String address) throws SyntaxException {
    set(name, address, Ipv6.parse(address) == null && needsQuotes(address));
  }

  /** As {@link #set(String, String)}, with quotes round the value whatever it holds. */
  public void setQuoted(String name, String value) throws SyntaxException {
    set(name, value, true);
  }

  private void set(String name, @Nullable String value, boolean quoted) throws SyntaxException {
    Objects.requireNonNull(name, "name");
    if (!Chars.isToken(name)) {
      throw new SyntaxException("parameter name '" + visible(name) + "' is not a token", 0);
    }
    if (value != null && Chars.hasLineBreakOrNul(value)) {
      throw new SyntaxException("value of parameter '" + name + "' holds CR, LF or NUL", 0);
    }
    int length = value == null ? 0 : value.length();
    ByteSink one = new ByteSink(name.length() + length + 4);
    one.put(';').put(name);
    if (quoted) {
      one.put('=').putQuoted(value == null ? "" : value);
    } else if (length > 0) {
      one.put('=').put(String.valueOf(value));
    }
    int at = ParametersText.find(text, name);
    replace(at < 0 ? text.length : at, at < 0 ? text.length : ParametersText.end(text, at), one);
  }

  private void replace(int from, int to, ByteSink by) {
    byte[] made = Arrays.copyOf(text, from + by.length() + text.length - to);
    System.arraycopy(by.array(), 0, made, from, by.length());
    System.arraycopy(text, to, made, from + by.length(), text.length - to);
    text = made;
  }

  private static String visible(String s) {
    return s.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }

  /** Takes a parameter away, if it's there. */
  public void remove(String name) {
    int at = ParametersText.find(text, name);
    if (at >= 0) {
      replace(at, ParametersText.end(text, at), new ByteSink());
    }
  }

  /** Takes all away. */
  public void clear() {
    text = NOTHING;
  }

  /** How many there are. */
  public int size() {
    int n = 0;
    for (int at = 0; at < text.length; at = ParametersText.end(text, at)) {
      n++;
    }
    return n;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return text.length == 0;
  }

  /** Whether an equals sign stands behind each name, as auth-params have it. */
  public boolean allHaveValues() {
    for (int at = 0; at < text.length; at = ParametersText.end(text, at)) {
      int nameTo = ParametersText.nameEnd(text, at);
      if (nameTo == text.length || text[nameTo] != '=') {
        return false;
      }
    }
    return true;
  }

  /** The names in order, as a copy: changes meanwhile don't disturb it. */
  public List<String> names() {
    List<String> names = new ArrayList<>(4);
    for (int at = 0; at < text.length; at = ParametersText.end(text, at)) {
      names.add(Scanner.text(text, at + 1, ParametersText.nameEnd(text, at)));
    }
    return names;
  }

  /** The names in order. */
  public Iterator<String> iterator() {
    return names().iterator();
  }

  /** Writes {@code ;name=value} for each. */
  public void encode(ByteSink out) {
    out.put(text, 0, text.length);
  }

  /**
   * Writes {@code name=value} for each, the separator between them, as challenges and credentials
   * have it.
   */
  public void encodeSeparated(ByteSink out, String separator) {
    for (int at = 0; at < text.length; ) {
      int end = ParametersText.end(text, at);
      out.put(at == 0 ? "" : separator).put(text, at + 1, end);
      at = end;
    }
  }

  @Override
  public Parameters clone() {
    try {
      return (Parameters) super.clone(); // the text is never changed
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Equality of header parameters: the same names whatever their case and order; values without
   * regard to case unless quoted (RFC 3261 §7.3.1).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Parameters that) || that.size() != size()) {
      return false;
    }
    byte[] theirs = that.text;
    if (Arrays.equals(text, theirs)) {
      return true;
    }
    NameSet names = new NameSet();
    for (int at = 0; at < theirs.length; at = ParametersText.end(theirs, at)) {
      names.add(theirs, at + 1, ParametersText.nameEnd(theirs, at));
    }
    for (int at = 0; at < text.length; at = ParametersText.end(text, at)) {
      int nameTo = ParametersText.nameEnd(text, at);
      int place = names.find(theirs, text, at + 1, nameTo);
      if (place < 0 || !isSameValue(text, nameTo, theirs, place + nameTo - (at + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameValue(byte[] a, int aNameTo, byte[] b, int bNameTo) {
    String value = ParametersText.value(a, aNameTo);
    String other = ParametersText.value(b, bNameTo);
    return (ParametersText.isQuoted(a, aNameTo) && ParametersText.isQuoted(b, bNameTo))
        ? value.equals(other)
        : Chars.sameIgnoringCase(value, other);
  }

  @Override
  public int hashCode() {
    int h = 0;
    for (int at = 0; at < text.length; at = ParametersText.end(text, at)) {
      int nameTo = ParametersText.nameEnd(text, at);
      String name = Chars.lower(Scanner.text(text, at + 1, nameTo));
      h += name.hashCode() ^ (Chars.lower(ParametersText.value(text, nameTo)).hashCode() * 31);
    }
    return h;
  }

  @Override
  public String toString() {
    return Utf8.text(text, 0, text.length);
  }
}
