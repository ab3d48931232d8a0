package io.sipwright.body;

import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a body part: {@code MIME-part-headers} (RFC 2046 §5.1.1) as they stand, so
 * that they cost nothing until somebody asks, or header objects. Never changed.
 */
final class PartHeaders {
  static final PartHeaders NONE = new PartHeaders(new byte[0], 0, 0, List.of());

  private final byte[] b;
  private final int from;
  private final int to;
  private final List<SipHeader> objects;

  private PartHeaders(byte[] b, int from, int to, List<SipHeader> objects) {
    this.b = b;
    this.from = from;
    this.to = to;
    this.objects = objects;
  }

  /** Lines as received, each with its line end. */
  static PartHeaders raw(byte[] b, int from, int to) {
    return new PartHeaders(b, from, to, List.of());
  }

  /** Objects that nobody else holds. */
  static PartHeaders of(List<SipHeader> objects) {
    return new PartHeaders(NONE.b, 0, 0, List.copyOf(objects));
  }

  /** Fresh objects of all headers of a name, malformed ones left out. */
  List<SipHeader> all(String name) {
    List<SipHeader> found = new ArrayList<>(1);
    for (SipHeader header : objects) {
      if (Chars.sameIgnoringCase(header.getName(), name)) {
        found.add(header.clone());
      }
    }
    for (int line = from; line < to; line = next(line)) {
      int colon = colon(line);
      if (colon >= 0 && isNamed(line, colon, name)) {
        try {
          found.addAll(HeaderParser.parseList(name, value(colon, line), HeaderModel.DEFAULT));
        } catch (ParseException e) { // as in a message: what nobody can read isn't there
        }
      }
    }
    return found;
  }

  /** A fresh object of the first; null if there's none. */
  @Nullable SipHeader first(String name) {
    List<SipHeader> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  /** Whether there's one of a name, well-formed or not. */
  boolean has(String name) {
    for (SipHeader header : objects) {
      if (Chars.sameIgnoringCase(header.getName(), name)) {
        return true;
      }
    }
    for (int line = from; line < to; line = next(line)) {
      int colon = colon(line);
      if (colon >= 0 && isNamed(line, colon, name)) {
        return true;
      }
    }
    return false;
  }

  /** The names in the order they stand, as they are spelled. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (SipHeader header : objects) {
      names.add(header.getName());
    }
    for (int line = from; line < to; line = next(line)) {
      int colon = colon(line);
      if (colon >= 0) {
        names.add(name(line, colon));
      }
    }
    return names;
  }

  /** The offset of the first header's value of a name; 0 if there's none on the wire. */
  int offset(String name) {
    for (int line = from; line < to; line = next(line)) {
      int colon = colon(line);
      if (colon >= 0 && isNamed(line, colon, name)) {
        return colon + 1;
      }
    }
    return 0;
  }

  /** Writes them, each with its line end. */
  void encode(ByteSink out) {
    out.put(b, from, to);
    if (to > from && b[to - 1] != '\n') {
      out.crlf();
    }
    for (SipHeader header : objects) {
      header.encode(out);
    }
  }

  private boolean isNamed(int line, int colon, String name) {
    String found = name(line, colon);
    HeaderType type = HeaderType.of(found);
    return (type != null && type == HeaderType.of(name)) || Chars.sameIgnoringCase(found, name);
  }

  private String name(int line, int colon) {
    return new Scanner(b, line, colon).rest();
  }

  private String value(int colon, int line) {
    return new Scanner(b, colon + 1, next(line)).rest();
  }

  private int colon(int line) {
    return colon(b, line, to);
  }

  /** Where the colon behind a header name stands; -1 if the line doesn't begin with a name. */
  static int colon(byte[] b, int line, int to) {
    int p = line;
    while (p < to && Chars.is(b[p], Chars.TOKEN)) {
      p++;
    }
    if (p == line) {
      return -1;
    }
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    return p < to && b[p] == ':' ? p : -1;
  }

  /** The next header line, folded lines skipped. */
  private int next(int line) {
    int p = line;
    do {
      p = Lines.next(b, p, to);
    } while (p < to && (b[p] == ' ' || b[p] == '\t'));
    return p;
  }
}
