package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Header values to header objects: {@code message-header = header-name HCOLON header-value} (RFC
 * 3261 §25.1) once the framing has cut the name and the value apart.
 *
 * <p>Offsets in errors count from the start of the value.
 */
public final class HeaderParser {
  private HeaderParser() {}

  /**
   * Reads a field that holds exactly one value.
   *
   * @throws ParseException if the value breaks its grammar, or if anything follows it, a comma and
   *     a second value included
   */
  public static SipHeader parse(HeaderType type, byte[] bytes, int from, int to, HeaderModel model)
      throws ParseException {
    return parse(type, new Scanner(bytes, from, to), model);
  }

  /** As {@link #parse(HeaderType, byte[], int, int, HeaderModel)}, of what a cursor may read. */
  public static SipHeader parse(HeaderType type, Scanner in, HeaderModel model)
      throws ParseException {
    return one(model.header(type), in, model);
  }

  /** Reads a field under a canonical name that {@link HeaderType} doesn't know. */
  public static SipHeader parseExtension(String name, Scanner in, HeaderModel model)
      throws ParseException {
    if (!Chars.isToken(name)) {
      throw new SyntaxException("header name is not a token", 0);
    }
    return one(model.extension(name), in, model);
  }

  /**
   * As {@link #parse(HeaderType, byte[], int, int, HeaderModel)}, for a header of any name: one
   * that {@link HeaderType} doesn't know becomes an extension header, under its canonical name if
   * it's one of the {@link RecognizedHeaders}.
   */
  public static SipHeader parse(String name, String value, HeaderModel model)
      throws ParseException {
    return one(make(name, model), new Scanner(value), model);
  }

  /**
   * Reads a field with all its values, a header object each, in the order they stand. What isn't of
   * the shape {@link HeaderType.Shape#LIST} has one value, commas and all.
   *
   * @throws ParseException if any of the values breaks its grammar, or is empty between commas
   */
  public static List<SipHeader> parseList(
      HeaderType type, byte[] bytes, int from, int to, HeaderModel model) throws ParseException {
    return all(type, model.header(type), new Scanner(bytes, from, to), model);
  }

  /**
   * Checks a field by the grammar and nothing but the grammar.
   *
   * @throws ParseException with the offset of what's beyond it
   */
  public static void checkStrictly(
      HeaderType type, byte[] bytes, int from, int to, HeaderModel model) throws ParseException {
    all(type, model.header(type), new Scanner(bytes, from, to).strict(), model);
  }

  /**
   * As {@link #parseList(HeaderType, byte[], int, int, HeaderModel)}, for a header of any name: one
   * that {@link HeaderType} doesn't know becomes one extension header, or one for each value if
   * it's a list among the {@link RecognizedHeaders}.
   */
  public static List<SipHeader> parseList(String name, String value, HeaderModel model)
      throws ParseException {
    if (RecognizedHeaders.is(name, HeaderType.Shape.LIST)) {
      return extensions(name, new Scanner(value), model);
    }
    return all(HeaderType.of(name), make(name, model), new Scanner(value), model);
  }

  /** Elements between the commas that aren't inside quotes or angle brackets. */
  private static List<SipHeader> extensions(String name, Scanner in, HeaderModel model)
      throws ParseException {
    List<SipHeader> headers = new ArrayList<>(2);
    do {
      int from = in.sws().position();
      skipElement(in);
      if (in.position() == from) {
        throw in.error("expected a value");
      }
      Scanner element = new Scanner(in.array(), from, in.position());
      headers.add(one(make(name, model), element, model));
    } while (in.acceptSeparator(','));
    return headers;
  }

  private static void skipElement(Scanner in) throws SyntaxException {
    boolean bracketed = false;
    for (int c = in.peek(); c >= 0 && (c != ',' || bracketed); c = in.peek()) {
      if (c == '"' && !bracketed) {
        in.quotedString();
      } else {
        bracketed = c == '<' || (bracketed && c != '>');
        in.next();
      }
    }
  }

  private static SipHeader make(String name, HeaderModel model) throws SyntaxException {
    HeaderType type = HeaderType.of(name);
    if (type != null) {
      return model.header(type);
    }
    if (!Chars.isToken(name)) {
      throw new SyntaxException("header name is not a token", 0);
    }
    return model.extension(RecognizedHeaders.canonicalName(name));
  }

  private static SipHeader one(SipHeader header, Scanner in, HeaderModel model)
      throws ParseException {
    in.maxParameters(model.maxParameters()).sws();
    read(header, in, model);
    in.expectEnd();
    return header;
  }

  private static void read(SipHeader header, Scanner in, HeaderModel model) throws ParseException {
    header.parseValue(in, model);
    if (in.isStrict()) {
      try {
        header.checkStrictly();
      } catch (SyntaxException e) {
        throw in.error(e.what()); // behind the value
      }
    }
  }

  private static List<SipHeader> all(
      @Nullable HeaderType type, SipHeader first, Scanner in, HeaderModel model)
      throws ParseException {
    if (type == null || type.shape() != HeaderType.Shape.LIST) {
      return List.of(one(first, in, model));
    }
    List<SipHeader> headers = new ArrayList<>(2);
    SipHeader header = first;
    in.maxParameters(model.maxParameters()).sws();
    while (true) {
      read(header, in, model);
      headers.add(header);
      if (!in.acceptSeparator(',')) {
        in.expectEnd();
        return headers;
      }
      if (in.atEnd() || in.peek() == ',') {
        throw in.error("expected a value after the comma");
      }
      header = model.header(type);
    }
  }

  /**
   * One of ours as it is, another vendor's read again from its name and the text of its value.
   *
   * @throws IllegalArgumentException if that text can't be read, with the reason
   */
  static SipHeader convert(Header any, HeaderModel model) {
    if (any instanceof SipHeader ours) {
      return ours;
    }
    String name = any.getName();
    try {
      SipHeader header = make(name, model);
      Scanner value = new Scanner(valueText(any, name));
      if (header instanceof TokensHeader several) {
        several.tokens(value.rest()); // the other vendor's setter may have taken several at once
        return header;
      }
      return one(header, value, model);
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "header " + any.getClass().getName() + " can't be read: " + e.getMessage(), e);
    }
  }

  /** {@code toString()} of a header is the whole field with its CRLF. */
  private static String valueText(Header foreign, String name) throws SyntaxException {
    String text = foreign instanceof ExtensionHeader e ? e.getValue() : foreign.toString();
    if (text == null || text.indexOf(0) >= 0) {
      throw new SyntaxException("value of " + name + " is null or holds NUL", 0);
    }
    if (foreign instanceof ExtensionHeader) {
      return text;
    }
    int colon = text.indexOf(':');
    String before = colon < 0 ? "" : text.substring(0, colon).trim();
    return namesSame(before, name) ? text.substring(colon + 1) : text;
  }

  private static boolean namesSame(String written, String name) {
    HeaderType type = HeaderType.of(written);
    return written.equalsIgnoreCase(name) || (type != null && type == HeaderType.of(name));
  }
}
