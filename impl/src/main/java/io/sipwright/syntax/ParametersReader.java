package io.sipwright.syntax;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads parameters one after another, for headers that have others between them. */
public final class ParametersReader {
  private static final byte[] NOTHING = {};

  private final Scanner in;
  private final ByteSink text;
  private @Nullable NameSet names; // there once there are two
  private int read;

  /** Reads from a cursor, to add to what's there. */
  public ParametersReader(Scanner in, Parameters before) {
    this.in = in;
    byte[] old = before.text();
    text = new ByteSink(old.length + 32);
    text.put(old, 0, old.length);
  }

  /** The names in the text up to a place. */
  private NameSet names(int end) {
    NameSet known = names;
    if (known == null) {
      known = new NameSet();
      byte[] all = text.array();
      for (int at = 0; at < end; ) {
        int nameTo = ParametersText.nameEnd(all, at);
        known.add(all, at + 1, nameTo);
        at = ParametersText.valueEnd(all, nameTo, end);
      }
      names = known;
    }
    return known;
  }

  /**
   * Reads one {@code generic-param}. One whose name stood before is left out.
   *
   * @throws SyntaxException if it's none, or one more than the cursor's {@link
   *     Scanner#maxParameters}
   */
  public void next() throws SyntaxException {
    next(null);
  }

  /** As {@link #next()}, but one whose name stood before is kept under another. */
  void next(@Nullable UnaryOperator<String> again) throws SyntaxException {
    if (++read > in.maxParameters()) {
      throw in.error("more than " + in.maxParameters() + " parameters");
    }
    int at = text.length();
    int from = in.position();
    in.skip(Chars.TOKEN);
    if (in.position() == from) {
      throw in.error("expected a token");
    }
    text.put(';').put(in.array(), from, in.position());
    int nameTo = text.length();
    int to = in.position();
    boolean address = RawText.sameIgnoringCase(in.array(), from, to, "received");
    readValue(address);
    if (at == 0 || names(at).add(text.array(), at + 1, nameTo)) {
      return;
    }
    if (in.isStrict()) {
      in.beyondGrammar(
          "parameter '" + Scanner.text(in.array(), from, to) + "' stands twice", in.position());
    }
    byte[] all = text.array();
    String other = again == null ? null : again.apply(Scanner.text(all, at + 1, nameTo));
    byte[] value = other == null ? NOTHING : Arrays.copyOfRange(all, nameTo, text.length());
    text.length(at);
    if (other != null) {
      text.put(';').put(other);
      int otherTo = text.length();
      text.put(value, 0, value.length);
      if (!names(at).add(text.array(), at + 1, otherTo)) {
        text.length(at);
      }
    }
  }

  /**
   * @param address whether the value may be an IPv6 address without brackets (via-received)
   */
  private void readValue(boolean address) throws SyntaxException {
    if (!in.acceptSeparator('=')) {
      return;
    }
    if (in.peek() == '"') {
      text.put('=').putQuoted(in.quotedString());
      return;
    }
    int from = in.position();
    while (ParametersText.isBareValue(in.peek())) {
      in.next();
    }
    if (in.position() == from) {
      throw in.error("expected a parameter value");
    }
    checkBareValue(from, address);
    text.put('=').put(in.array(), from, in.position());
  }

  /** What's neither token nor host should stand between quotes. */
  private void checkBareValue(int from, boolean address) throws SyntaxException {
    int end = RawText.tokenEnd(in.array(), from, in.position());
    if (in.isStrict() && end < in.position()) {
      String value = in.text(from, in.position());
      if (!Ipv6.isReference(value) && !(address && Ipv6.parse(value) != null)) {
        in.beyondGrammar("parameter value needs quotes", end);
      }
    }
  }

  /** All of them. */
  byte[] text() {
    return text.finish();
  }
}
