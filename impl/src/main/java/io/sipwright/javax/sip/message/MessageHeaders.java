package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecognizedHeaders;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.Chars;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/** The part of {@link Message} that finds, adds, replaces and removes headers. */
abstract class MessageHeaders extends MessageParts implements Message {
  private static final long serialVersionUID = 1L;

  private SipHeader own(Header header) {
    return SipHeader.of(Objects.requireNonNull(header, "header"), model());
  }

  /**
   * Adds a header behind those of its name, a Via before them. One that may stand only once and is
   * there already is left as it is.
   */
  @Override
  public void addHeader(Header header) {
    SipHeader added = own(header);
    if (!standsAlready(added)) {
      place(added, HeaderType.of(added.getName()) == HeaderType.VIA);
    }
  }

  @Override
  public void addLast(Header header) throws SipException {
    SipHeader added = own(header);
    checkAbsent(added);
    place(added, false);
  }

  @Override
  public void addFirst(Header header) throws SipException {
    SipHeader added = own(header);
    checkAbsent(added);
    place(added, true);
  }

  /** Adds a header behind those of its name, a Via too. */
  final void append(Header header) {
    place(own(header), false);
  }

  private void checkAbsent(SipHeader header) throws SipException {
    if (standsAlready(header)) {
      throw new SipException(
          header.getName() + " may stand only once and is there: use setHeader to replace it");
    }
  }

  /** Whether it may stand only once and does; a malformed one doesn't count. */
  private boolean standsAlready(SipHeader header) {
    String name = header.getName();
    HeaderType type = HeaderType.of(name);
    if (type == null) {
      return RecognizedHeaders.is(name, HeaderType.Shape.SINGLE) && fields().find(name, 0) >= 0;
    }
    return !type.isMultiple() && peek(type) != null;
  }

  private void place(SipHeader header, boolean first) {
    HeaderFields f = liveFields();
    String name = header.getName();
    HeaderType type = HeaderType.of(name);
    split(f, name, type);
    int at = first ? f.find(name, 0) : f.findLast(name);
    if (at >= 0 && type != null && !type.isMultiple()) {
      f.replace(at, header); // a malformed one
    } else if (at >= 0) {
      f.insert(first ? at : at + 1, header);
    } else if (type == HeaderType.VIA) {
      f.insert(0, header);
    } else {
      f.insert(first ? behindVias() : endOfHeaders(), header);
    }
  }

  private int behindVias() {
    return fields().findLast(HeaderType.VIA.canonicalName()) + 1;
  }

  /** A Content-Length that stands last stays last. */
  private int endOfHeaders() {
    HeaderFields f = fields();
    int n = f.count();
    return n > 0 && f.type(n - 1) == HeaderType.CONTENT_LENGTH ? n - 1 : n;
  }

  /** Puts a header in the place of the first of its name and takes away the others. */
  @Override
  public void setHeader(Header header) {
    if (header == null) {
      throw new IllegalArgumentException("header is null");
    }
    SipHeader set = own(header);
    HeaderFields f = liveFields();
    String name = set.getName();
    HeaderType type = HeaderType.of(name);
    split(f, name, type);
    int at = f.find(name, 0);
    if (at < 0) {
      place(set, false);
      return;
    }
    f.removeAll(name, at + 1);
    f.replace(at, set);
  }

  @Override
  public void removeHeader(String headerName) {
    Objects.requireNonNull(headerName, "header name");
    liveFields().removeAll(headerName, 0);
  }

  @Override
  public void removeFirst(String headerName) {
    HeaderFields f = split(headerName);
    int i = f.find(headerName, 0);
    if (i >= 0) {
      f.remove(i);
    }
  }

  @Override
  public void removeLast(String headerName) {
    HeaderFields f = split(headerName);
    int i = f.findLast(headerName);
    if (i >= 0) {
      f.remove(i);
    }
  }

  /** The fields, to be changed, those of a name split. */
  private HeaderFields split(String name) {
    HeaderFields f = liveFields();
    split(f, name, HeaderType.of(Objects.requireNonNull(name, "header name")));
    return f;
  }

  private static void split(HeaderFields f, String name, @Nullable HeaderType type) {
    if (type != null) {
      f.split(type);
    } else {
      f.split(name);
    }
  }

  /** The names of all headers that aren't malformed, each once, in canonical spelling. */
  @Override
  public ListIterator getHeaderNames() {
    HeaderFields f = splitAll();
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < f.count(); i++) {
      if (f.code(i) != HeaderFields.JUNK && f.peek(i, model()) != null) {
        String name = f.name(i);
        names.putIfAbsent(Chars.lower(name), name);
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(names.values())).listIterator();
  }

  private HeaderFields splitAll() {
    HeaderFields f = fields();
    for (int i = 0; i < f.count(); i++) {
      if (f.code(i) != HeaderFields.JUNK) {
        split(f, f.name(i), f.type(i));
      }
    }
    return f;
  }

  /**
   * All headers of a name in their order, malformed ones left out; what the iterator removes, sets
   * or adds is done to the message.
   */
  @Override
  public ListIterator getHeaders(String headerName) {
    HeaderFields f = split(headerName);
    List<SipHeader> found = new ArrayList<>(4);
    for (int i = f.find(headerName, 0); i >= 0; i = f.find(headerName, i + 1)) {
      SipHeader header = f.touch(i, model());
      if (header != null) {
        found.add(header);
      }
    }
    return new HeaderIterator(this, headerName, found);
  }

  /** The first header of a name that's not malformed; compact names in either case find theirs. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public Header getHeader(String headerName) {
    HeaderFields f = split(headerName);
    for (int i = f.find(headerName, 0); i >= 0; i = f.find(headerName, i + 1)) {
      SipHeader header = f.touch(i, model());
      if (header != null) {
        return header;
      }
    }
    return HeaderType.of(headerName) == HeaderType.CONTENT_LENGTH ? newContentLength() : null;
  }

  /** The texts of malformed headers, and of lines that are no header, as they stand. */
  @Override
  public ListIterator getUnrecognizedHeaders() {
    HeaderFields f = splitAll();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < f.count(); i++) {
      if (f.code(i) == HeaderFields.JUNK || f.peek(i, model()) == null) {
        texts.add(f.text(i));
      }
    }
    return Collections.unmodifiableList(texts).listIterator();
  }

  /** A Content-Length for a message that has none. */
  abstract SipHeader newContentLength();

  @Override
  public MessageHeaders clone() {
    try {
      MessageHeaders copy = (MessageHeaders) super.clone();
      copy.copyParts();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
