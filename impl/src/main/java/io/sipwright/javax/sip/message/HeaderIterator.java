package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.SipHeader;
import java.util.Arrays;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/** Goes over the headers of one name; what it removes, sets or adds is done to the message. */
@SuppressWarnings("ReferenceEquality") // two headers of a message may be equal
final class HeaderIterator implements ListIterator<Header> {
  private final MessageParts message;
  private final String name;
  private SipHeader[] headers; // replaced as a whole, never changed
  private int next;
  private @Nullable SipHeader last;

  HeaderIterator(MessageParts message, String name, SipHeader[] headers) {
    this.message = message;
    this.name = name;
    this.headers = headers;
  }

  @Override
  public boolean hasNext() {
    return next < headers.length;
  }

  @Override
  public Header next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more " + name);
    }
    last = headers[next++];
    return last;
  }

  @Override
  public boolean hasPrevious() {
    return next > 0;
  }

  @Override
  public Header previous() {
    if (!hasPrevious()) {
      throw new NoSuchElementException("no " + name + " before");
    }
    last = headers[--next];
    return last;
  }

  @Override
  public int nextIndex() {
    return next;
  }

  @Override
  public int previousIndex() {
    return next - 1;
  }

  private SipHeader last() {
    if (last == null) {
      throw new IllegalStateException("neither next() nor previous() was called before");
    }
    return last;
  }

  private SipHeader sameNamed(Header header) {
    SipHeader ours = SipHeader.of(Objects.requireNonNull(header, "header"), message.model());
    if (!ours.getName().equalsIgnoreCase(headers[0].getName())) {
      throw new IllegalArgumentException(ours.getName() + " among headers of the name " + name);
    }
    return ours;
  }

  @Override
  public void remove() {
    SipHeader gone = last();
    int i = 0;
    while (headers[i] != gone) { // by identity: two headers may be equal
      i++;
    }
    SipHeader[] rest = Arrays.copyOf(headers, headers.length - 1);
    System.arraycopy(headers, i + 1, rest, i, rest.length - i);
    headers = rest;
    next = i < next ? next - 1 : next;
    last = null;
    HeaderFields fields = message.liveFields();
    int at = fields.indexOf(gone);
    if (at >= 0) {
      fields.remove(at);
    }
  }

  @Override
  public void set(Header header) {
    SipHeader old = last();
    SipHeader ours = sameNamed(header);
    SipHeader[] changed = headers.clone();
    Arrays.setAll(changed, i -> changed[i] == old ? ours : changed[i]);
    headers = changed;
    last = ours;
    HeaderFields fields = message.liveFields();
    int at = fields.indexOf(old);
    if (at >= 0) {
      fields.replace(at, ours);
    }
  }

  /** Not offered: use the message's own methods, which know where a header belongs. */
  @Override
  public void add(Header header) {
    throw new UnsupportedOperationException("use addFirst, addHeader or addLast of the message");
  }
}
