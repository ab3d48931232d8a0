package io.sipwright.syntax;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters of a header field, in the order they stand: {@code
 * generic-param = token [ EQUAL gen-value ]}, {@code gen-value = token / host / quoted-string} (RFC
 * 3261 §25.1). Names are found without regard to case. A parameter without value has the value
 * {@code ""}.
 */
public final class Parameters implements Serializable, Cloneable {
  private static final long serialVersionUID = 1L;

  private static final class Entry implements Serializable {
    private static final long serialVersionUID = 1L;
    final String name;
    final String value;
    final boolean quoted;

    Entry(String name, String value, boolean quoted) {
      this.name = name;
      this.value = value;
      this.quoted = quoted;
    }

    boolean sameValue(Entry that) {
      return (quoted && that.quoted)
          ? value.equals(that.value)
          : Chars.sameIgnoringCase(value, that.value);
    }
  }

  /** From this many on, names are looked up in a table: cost must stay linear. */
  private static final int MANY = 16;

  private ArrayList<Entry> entries = new ArrayList<>(4);

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
    Set<String> seen = Set.of();
    for (int n = 1; in.acceptSeparator(separator); n++) {
      seen = add(parseOne(in, n), seen, in);
    }
  }

  /**
   * Reads {@code [ auth-param *( COMMA auth-param ) ]} (RFC 3261 §25.1) from a cursor that stands
   * at the first. Empty elements between commas are skipped: the list rule of RFC 2616 §2.1, which
   * digest has from HTTP, allows them.
   */
  public void parseCommaSeparated(Scanner in) throws SyntaxException {
    Set<String> seen = Set.of();
    int n = 0;
    do {
      while (in.acceptSeparator(',')) {
        // all of them
      }
      if (in.sws().atEnd()) {
        return;
      }
      seen = add(parseOne(in, ++n), seen, in);
    } while (in.acceptSeparator(','));
  }

  /**
   * Reads {@code generic-param *( separator generic-param )} from a cursor that stands at the
   * first.
   *
   * @param again gives the name to keep one under whose name stood before
   */
  public void parseSeparated(Scanner in, char separator, UnaryOperator<String> again)
      throws SyntaxException {
    Set<String> seen = Set.of();
    int n = 0;
    do {
      Entry e = parseOne(in, ++n);
      if (entries.size() < MANY && find(e.name) >= 0) {
        in.beyondGrammar("parameter '" + e.name + "' stands twice", in.position());
        e = new Entry(again.apply(e.name), e.value, e.quoted);
      }
      seen = add(e, seen, in);
    } while (in.acceptSeparator(separator));
  }

  /**
   * Reads one {@code generic-param}, for readers that have others beside it.
   *
   * @param number which one it is, from 1
   * @param seen what the call before gave back, an empty set at first
   */
  public Set<String> parseNext(Scanner in, int number, Set<String> seen) throws SyntaxException {
    return add(parseOne(in, number), seen, in);
  }

  /** Adds the entry unless its name was there; gives back the names, once they are many. */
  private Set<String> add(Entry entry, Set<String> seen, Scanner in) throws SyntaxException {
    if (entries.size() < MANY) {
      if (find(entry.name) < 0) {
        entries.add(entry);
      } else {
        in.beyondGrammar("parameter '" + entry.name + "' stands twice", in.position());
      }
      return seen;
    }
    Set<String> names = seen;
    if (names.isEmpty()) {
      names = new HashSet<>();
      for (Entry e : entries) {
        names.add(Chars.lower(e.name));
      }
    }
    if (names.add(Chars.lower(entry.name))) {
      entries.add(entry);
    } else {
      in.beyondGrammar("parameter '" + entry.name + "' stands twice", in.position());
    }
    return names;
  }

  /** {@code generic-param}, the one of this number. */
  private static Entry parseOne(Scanner in, int number) throws SyntaxException {
    if (number > in.maxParameters()) {
      throw in.error("more than " + in.maxParameters() + " parameters");
    }
    String name = in.token();
    String value = "";
    boolean quoted = false;
    if (in.acceptSeparator('=')) {
      if (in.peek() == '"') {
        quoted = true;
        value = in.quotedString();
      } else {
        value = unquotedValue(in);
      }
    }
    return new Entry(name, value, quoted);
  }

  private static String unquotedValue(Scanner in) throws SyntaxException {
    int from = in.position();
    while (isBareValueChar(in.peek())) {
      in.next();
    }
    if (in.position() == from) {
      throw in.error("expected a parameter value");
    }
    checkBareValue(in, from);
    return in.text(from, in.position());
  }

  /** What's neither token nor host should stand between quotes. */
  private static void checkBareValue(Scanner in, int from) throws SyntaxException {
    if (!in.isStrict()) {
      return;
    }
    for (int i = from; i < in.position(); i++) {
      byte b = in.array()[i];
      if (!Chars.is(b, Chars.TOKEN) && b != '[' && b != ']' && b != ':') {
        in.beyondGrammar("parameter value needs quotes", i);
      }
    }
  }

  /**
   * Token and host characters, and {@code /} as in {@code +sip.instance} look-alikes that deployed
   * gear leaves bare.
   */
  private static boolean isBareValueChar(int c) {
    return Chars.is(c, Chars.TOKEN)
        || c == '['
        || c == ']'
        || c == ':'
        || c == '/'
        || c == '@'
        || c == '$'
        || c == '&';
  }

  private static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Chars.is(c, Chars.TOKEN) && c != '[' && c != ']' && c != ':') {
        return true;
      }
    }
    return false;
  }

  /**
   * The value without quotes; {@code ""} for a parameter without value; null where there is no such
   * parameter.
   */
  public @Nullable String get(String name) {
    int i = find(name);
    return i < 0 ? null : entries.get(i).value;
  }

  /** Whether the parameter stands there, with or without value. */
  public boolean has(String name) {
    return find(name) >= 0;
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
    Entry e = new Entry(name, value == null ? "" : value, quoted);
    int i = find(name);
    if (i < 0) {
      entries.add(e);
    } else {
      entries.set(i, e);
    }
  }

  private static String visible(String s) {
    return s.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }

  /** Takes a parameter away, if it's there. */
  public void remove(String name) {
    int i = find(name);
    if (i >= 0) {
      entries.remove(i);
    }
  }

  /** Takes all away. */
  public void clear() {
    entries.clear();
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether an equals sign stands behind each name, as auth-params have it. */
  public boolean allHaveValues() {
    for (Entry e : entries) {
      if (e.value.isEmpty() && !e.quoted) {
        return false;
      }
    }
    return true;
  }

  /** The names in order, as a copy: changes meanwhile don't disturb it. */
  public List<String> names() {
    List<String> names = new ArrayList<>(entries.size());
    for (Entry e : entries) {
      names.add(e.name);
    }
    return names;
  }

  /** The names in order. */
  public Iterator<String> iterator() {
    return names().iterator();
  }

  /** Writes {@code ;name=value} for each. */
  public void encode(ByteSink out) {
    for (int i = 0; i < entries.size(); i++) {
      out.put(';');
      encodeOne(out, entries.get(i));
    }
  }

  /**
   * Writes {@code name=value} for each, the separator between them, as challenges and credentials
   * have it.
   */
  public void encodeSeparated(ByteSink out, String separator) {
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0) {
        out.put(separator);
      }
      encodeOne(out, entries.get(i));
    }
  }

  private static void encodeOne(ByteSink out, Entry e) {
    out.put(e.name);
    if (e.quoted) {
      out.put('=').putQuoted(e.value);
    } else if (!e.value.isEmpty()) {
      out.put('=').put(e.value);
    }
  }

  @Override
  public Parameters clone() {
    try {
      Parameters p = (Parameters) super.clone();
      p.entries = new ArrayList<>(entries); // entries are immutable
      return p;
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
    Map<String, Entry> others = size() < MANY ? Map.of() : that.byName();
    for (Entry e : entries) {
      Entry o;
      if (others.isEmpty()) {
        int i = that.find(e.name);
        o = i < 0 ? null : that.entries.get(i);
      } else {
        o = others.get(Chars.lower(e.name));
      }
      if (o == null || !e.sameValue(o)) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Entry> byName() {
    Map<String, Entry> map = new HashMap<>();
    for (Entry e : entries) {
      map.put(Chars.lower(e.name), e);
    }
    return map;
  }

  @Override
  public int hashCode() {
    int h = 0;
    for (Entry e : entries) {
      h += Chars.lower(e.name).hashCode() ^ (Chars.lower(e.value).hashCode() * 31);
    }
    return h;
  }

  @Override
  public String toString() {
    ByteSink out = new ByteSink();
    encode(out);
    return out.toString();
  }

  private int find(String name) {
    for (int i = 0; i < entries.size(); i++) {
      if (Chars.sameIgnoringCase(entries.get(i).name, name)) {
        return i;
      }
    }
    return -1;
  }
}
