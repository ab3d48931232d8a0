package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecognizedHeaders;
import io.sipwright.javax.sip.header.SipHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Message;

/** The part of {@link Message} that finds, adds, replaces and removes headers. */
abstract class MessageHeaders extends MessageParts implements Message {
  private static final long serialVersionUID = 1L;

  private static final String HEADER_NAME = "header name";

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
    Objects.requireNonNull(headerName, HEADER_NAME);
    liveFields().removeAll(headerName, 0);
  }

  @Override
  public void removeFirst(String headerName) {
    HeaderFields f = liveFields();
    int i = f.find(Objects.requireNonNull(headerName, HEADER_NAME), 0);
    if (i >= 0) {
      f.splitAt(i);
      f.remove(i);
    }
  }

  @Override
  public void removeLast(String headerName) {
    HeaderFields f = liveFields();
    int i = f.findLast(Objects.requireNonNull(headerName, HEADER_NAME));
    if (i >= 0) {
      f.splitAt(i);
      f.remove(f.findLast(headerName));
    }
  }

  /** The names of all headers that aren't malformed, each once, in canonical spelling. */
  @Override
  public synchronized ListIterator getHeaderNames() {
    HeaderFields f = fields();
    return Collections.unmodifiableList(f.names(model())).listIterator();
  }

  /**
   * All headers of a name in their order, malformed ones left out; what the iterator removes, sets
   * or adds is done to the message.
   */
  @Override
  public synchronized ListIterator getHeaders(String headerName) {
    HeaderType type = HeaderType.of(Objects.requireNonNull(headerName, HEADER_NAME));
    HeaderFields f = liveFields();
    return new HeaderIterator(this, headerName, f.all(type, headerName, true, model()));
  }

  /** The first header of a name that's not malformed; compact names in either case find theirs. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public synchronized Header getHeader(String headerName) {
    HeaderType type = HeaderType.of(Objects.requireNonNull(headerName, HEADER_NAME));
    HeaderFields f = liveFields();
    SipHeader header = f.touchFirst(type, headerName, model());
    return header == null && type == HeaderType.CONTENT_LENGTH ? newContentLength() : header;
  }

  /** The texts of malformed headers, and of lines that are no header, as they stand. */
  @Override
  public synchronized ListIterator getUnrecognizedHeaders() {
    HeaderFields f = fields();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < f.count(); i++) {
      f.splitAt(i);
      if (f.code(i) == HeaderFields.JUNK || f.peek(i, model()) == null) {
        texts.add(f.text(i));
      }
    }
    return Collections.unmodifiableList(texts).listIterator();
  }

  /** A Content-Length for a message that has none. */
  abstract SipHeader newContentLength();

  @Override
  public synchronized MessageHeaders clone() {
    try {
      MessageHeaders copy = (MessageHeaders) super.clone();
      copy.copyParts();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
