package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A header field: a name and a typed value (RFC 3261 §7.3). One subclass per header; each reads its
 * value, writes it, and holds its invariants, so that whatever setters accepted can be encoded.
 *
 * <p>Any number of threads may read it while none changes it.
 */
public abstract class SipHeader implements Header {
  private static final long serialVersionUID = 1L;

  private final String name;

  /** A header of a name, in its canonical spelling. */
  protected SipHeader(String name) {
    this.name = name;
  }

  /**
   * One of ours as it is; another vendor's is read again from its name and the text of its value.
   *
   * @param model makes the header and what's inside
   * @throws IllegalArgumentException if that text can't be read as such a header
   */
  public static SipHeader of(Header any, HeaderModel model) {
    return HeaderParser.convert(any, model);
  }

  /** The canonical name, whatever spelling or compact form stood on the wire. */
  @Override
  public String getName() {
    return name;
  }

  /**
   * Reads the value, one element of a list where the header is a list: the cursor is left behind
   * it, at a comma or at the end. Called once, on a fresh object.
   *
   * @param model makes the addresses and URIs inside
   * @throws ParseException with the offset from the start of the value
   */
  protected abstract void parseValue(Scanner in, HeaderModel model) throws ParseException;

  /**
   * Holds what {@link #parseValue} has read to more of the grammar, for strict parsing.
   *
   * @throws ParseException with what's wrong; its offset doesn't count
   */
  void checkStrictly() throws ParseException {}

  /** Makes it such that {@link #parseValue} can be called again. */
  void reset() {}

  /**
   * Takes another value in the place of the one it has.
   *
   * @throws ParseException if it breaks the grammar; then nothing is changed
   */
  final void replaceValue(String value) throws ParseException {
    String text = Checks.text(value, name);
    clone().read(text); // refuses what must be refused
    read(text);
  }

  private void read(String text) throws ParseException {
    Scanner in = new Scanner(text).sws();
    reset();
    parseValue(in, HeaderModel.DEFAULT);
    in.expectEnd();
  }

  /** Writes the value, without name and CRLF. */
  protected abstract void encodeValue(ByteSink out);

  /** Writes {@code Name: value CRLF}. */
  public final void encode(ByteSink out) {
    out.put(getName()).put(": ");
    encodeValue(out);
    out.crlf();
  }

  /** The value as it is written, without name and CRLF. */
  public final String getValue() {
    ByteSink out = new ByteSink(64);
    encodeValue(out);
    return out.toString();
  }

  /** The whole field with its CRLF, as programs for JAIN SIP expect it. */
  @Override
  public String toString() {
    ByteSink out = new ByteSink(64);
    encode(out);
    return out.toString();
  }

  /** Deep: nothing that can change is shared with the original. */
  @Override
  public SipHeader clone() {
    try {
      return (SipHeader) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public abstract boolean equals(@Nullable Object other);

  @Override
  public abstract int hashCode();
}
