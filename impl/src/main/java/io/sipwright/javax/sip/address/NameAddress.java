package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SpareSinks;
import io.sipwright.syntax.SyntaxException;
import io.sipwright.syntax.UriText;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Objects;
import javax.sip.address.Address;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * An address: {@code name-addr / addr-spec} with {@code name-addr = [ display-name ] LAQUOT
 * addr-spec RAQUOT}, or the wildcard {@code *} of Contact (RFC 3261 §25.1, §20.10).
 *
 * <p>Taken beyond the grammar, because deployed equipment has it: white space inside the angle
 * brackets, and display names without quotes that are more than tokens ({@code José <sip:…>},
 * {@code Room 5/2 <sip:…>}); they are written with quotes.
 */
public class NameAddress implements Address {
  private static final long serialVersionUID = 1L;

  /** Publishes display name and URI with it, when it's cleared. */
  private static final VarHandle UNREAD;

  static {
    try {
      UNREAD = MethodHandles.lookup().findVarHandle(NameAddress.class, "unread", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable String displayName;

  @SuppressWarnings("NullAway.Init") // between construction and the first setURI or parse
  private URI uri;

  /**
   * The address as it stood on the wire, until somebody asks for a part of it; null once display
   * name and URI are there. Not changed by anybody.
   */
  private transient byte @Nullable [] unread;

  /**
   * The address as it stood on the wire, once it was read, where that's not just what its parts are
   * written as; null where it is, or something was set. Not changed by anybody.
   */
  private transient byte @Nullable [] origin;

  /** What makes the URI then. */
  private transient @Nullable AddressModel model;

  /** An address without URI yet. */
  public NameAddress() {}

  /**
   * Reads {@code name-addr / addr-spec} or {@code *} and leaves the cursor behind it. Without angle
   * brackets the URI ends at {@code ;}, {@code ,}, {@code ?} or white space: what follows belongs
   * to the header (RFC 3261 §20).
   *
   * @param model makes the objects
   * @throws SyntaxException with the offset, if it's no address
   */
  public static NameAddress parse(Scanner in, AddressModel model) throws SyntaxException {
    if (!in.isStrict()) {
      byte[] b = in.array();
      int from = RawText.skipBlanks(b, in.position(), in.limit());
      int end = UriText.addressEnd(b, from, in.limit());
      if (end >= 0 && isBehindAddress(b, end, in.limit())) {
        in.position(end);
        return deferred(Arrays.copyOfRange(b, from, end), model);
      }
    }
    NameAddress address = model.address();
    address.read(in, model, true);
    return address;
  }

  /** Whether nothing follows that could belong to a URI without angle brackets. */
  private static boolean isBehindAddress(byte[] b, int end, int limit) {
    int next = RawText.skipBlanks(b, end, limit);
    return next == limit || b[end - 1] == '>' || b[next] == ';' || b[next] == ',';
  }

  /**
   * As {@link #parse}, for a text that is an address and no more: without angle brackets all of it
   * is the URI, and a display name may hold commas.
   */
  static NameAddress parseWhole(Scanner in, AddressModel model) throws SyntaxException {
    NameAddress address = model.address();
    address.read(in, model, false);
    return address;
  }

  /**
   * An address that is read when somebody asks for a part of it, and takes little until then.
   *
   * @param text {@code name-addr / addr-spec} that is known to be one, and not the wildcard; not
   *     changed by anybody
   * @param model makes the objects
   */
  public static NameAddress deferred(byte[] text, AddressModel model) {
    NameAddress address = model.address();
    address.model = model;
    address.unread = text;
    return address;
  }

  private byte @Nullable [] unread() {
    return (byte[]) UNREAD.getAcquire(this);
  }

  /** What a {@link #deferred} address was made of, while nobody has asked for a part; or null. */
  public final byte @Nullable [] deferredText() {
    return unread();
  }

  private void readDeferred() {
    if (unread() != null) {
      readUnread();
    }
  }

  private synchronized void readUnread() {
    byte[] text = unread;
    AddressModel maker = model;
    if (text != null && maker != null) {
      try {
        read(new Scanner(text, 0, text.length), maker, true);
      } catch (SyntaxException e) {
        throw new AssertionError("known to be an address", e);
      }
      if (isAsWritten(text)) {
        ByteSink written = SpareSinks.take();
        encodeParts(written);
        origin = written.isSame(0, written.length(), text, 0, text.length) ? null : text;
        SpareSinks.giveBack(written);
      }
      UNREAD.setRelease(this, null);
    }
  }

  private void read(Scanner in, AddressModel model, boolean inHeader) throws SyntaxException {
    int first = in.sws().peek();
    if (first == '"') {
      displayName = in.quotedString();
      in.sws();
    } else if (first == '*' && readWildcard(in, model)) {
      return;
    } else if (first != '<') {
      int open = openBracket(in, inHeader);
      if (open < 0) {
        uri = Uris.parse(in, model, inHeader);
        return;
      }
      int from = in.position();
      displayName = new Scanner(in.array(), from, open).rest();
      in.position(open);
      checkDisplayName(in, from);
    }
    in.expect('<');
    int inside = in.position();
    if (in.sws().position() > inside) {
      in.beyondGrammar("white space within angle brackets", inside);
    }
    uri = Uris.parse(in, model, false);
    int behind = in.position();
    if (in.sws().position() > behind) {
      in.beyondGrammar("white space within angle brackets", behind);
    }
    in.expect('>');
  }

  /**
   * {@code *( token LWS )}, the white space before the bracket left out as RFC 4475 §3.1.1.6 has
   * it.
   */
  private static void checkDisplayName(Scanner in, int from) throws SyntaxException {
    if (!in.isStrict()) {
      return;
    }
    for (int i = from; i < in.position(); i++) {
      byte b = in.array()[i];
      if (!Chars.is(b, Chars.TOKEN) && b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        in.beyondGrammar("display name needs quotes", i);
      }
    }
  }

  /** Takes a {@code *} that stands alone. */
  private boolean readWildcard(Scanner in, AddressModel model) {
    int mark = in.position();
    in.next();
    int behind = in.sws().peek();
    if (behind != -1 && behind != ',' && behind != ';') {
      in.position(mark);
      return false;
    }
    in.position(mark + 1);
    SipUri any = model.sipUri();
    any.makeWildcard();
    uri = any;
    return true;
  }

  /** Where the angle bracket stands that ends a display name without quotes, or -1. */
  private static int openBracket(Scanner in, boolean inHeader) throws SyntaxException {
    byte[] b = in.array();
    for (int i = in.position(); i < in.limit(); i++) {
      byte c = b[i];
      if (c == '<') {
        return i;
      }
      if (c == '"' || c == '>' || c == ';' || c == 0 || (inHeader && c == ',')) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * Any vendor's address as one of ours: ours as it is; of another's, display name and URI object,
   * so that later changes to that URI show.
   */
  public static NameAddress of(Address any) {
    if (any instanceof NameAddress ours) {
      return ours;
    }
    NameAddress address = new NameAddress();
    if (any.isWildcard()) {
      SipUri wildcard = new SipUri();
      wildcard.makeWildcard();
      address.uri = wildcard;
      return address;
    }
    String name = any.getDisplayName();
    address.displayName = name == null ? null : sendable(name);
    address.uri = any.getURI();
    return address;
  }

  /** A foreign vendor's text may hold anything. */
  private static String sendable(String text) {
    return Chars.hasLineBreakOrNul(text)
        ? text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ')
        : text;
  }

  /**
   * Writes {@code "display name" <uri>}, the name between quotes however it came, the URI always
   * between angle brackets; or {@code *}. What stood so on the wire is written as it came, while
   * nobody has changed it.
   */
  public void encode(ByteSink out) {
    byte[] text = unread();
    if (text == null) {
      byte[] before = origin;
      text = before != null && isStill(before) ? before : null;
    }
    if (text != null && isAsWritten(text)) {
      out.put(text, 0, text.length);
      return;
    }
    readDeferred();
    encodeParts(out);
  }

  /** Whether display name and URI are those of a text. */
  private boolean isStill(byte[] text) {
    NameAddress then = new NameAddress();
    try {
      then.read(new Scanner(text, 0, text.length), Objects.requireNonNull(model), true);
    } catch (SyntaxException e) {
      throw new AssertionError("it was read before", e);
    }
    if (uri == null || !Objects.equals(displayName, then.displayName)) {
      return false;
    }
    ByteSink now = new ByteSink(text.length);
    ByteSink before = new ByteSink(text.length);
    Uris.encode(uri, now);
    Uris.encode(then.uri, before);
    return now.isSame(0, now.length(), before.array(), 0, before.length());
  }

  private void encodeParts(ByteSink out) {
    if (isWildcard()) {
      out.put('*');
      return;
    }
    if (displayName != null) {
      out.putQuoted(displayName).put(' ');
    }
    out.put('<');
    if (uri != null) {
      Uris.encode(uri, out);
    }
    out.put('>');
  }

  /**
   * Whether it stands as it's written: between angle brackets, of white space one blank at most
   * before them, and with backslashes only where a quoted name needs them.
   */
  private static boolean isAsWritten(byte[] text) {
    if (text[0] == '<') {
      return true; // nothing with white space in it is deferred
    }
    int open = text.length - 1;
    while (open > 0 && text[open] != '<') {
      open--;
    }
    return text[0] == '"'
        && open > 2
        && text[open - 1] == ' '
        && text[open - 2] == '"'
        && isAsQuoted(text, 1, open - 2);
  }

  /** Whether backslashes stand before what needs one, and before nothing else. */
  private static boolean isAsQuoted(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean escaped = text[i] == '\\';
      if (escaped) {
        i++;
      }
      byte c = text[i];
      boolean control = (c >= 0 && c < ' ' && c != '\t') || c == 127;
      if (escaped != (control || c == '\\' || c == '"')) {
        return false;
      }
    }
    return true;
  }

  /** Without quotes and backslashes; null if there's none. */
  @Override
  public @Nullable String getDisplayName() {
    readDeferred();
    return displayName;
  }

  /**
   * Sets the display name as people read it, without quotes and backslashes; null takes it away.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setDisplayName(@Nullable String displayName) throws ParseException {
    readDeferred();
    this.displayName = displayName == null ? null : Checks.text(displayName, "display name");
    origin = null;
  }

  /**
   * The URI itself, not a copy; of the wildcard, a SIP URI whose user is {@code *}. Null only where
   * none was set.
   */
  @Override
  public URI getURI() {
    readDeferred();
    return uri;
  }

  /** Sets the URI; the object is kept, so later changes to it show. */
  @Override
  public void setURI(URI uri) {
    readDeferred();
    this.uri = Objects.requireNonNull(uri, "uri");
    origin = null;
  }

  @Override
  public boolean isWildcard() {
    return unread() == null && uri instanceof SipUri sip && sip.isWildcard();
  }

  /** As it goes on the wire. */
  @Override
  public String toString() {
    ByteSink out = new ByteSink(64);
    encode(out);
    return out.toString();
  }

  /** Deep: nothing that can change is shared with the original. */
  @Override
  public synchronized NameAddress clone() { // not while it's being read
    try {
      NameAddress a = (NameAddress) super.clone();
      if (uri != null) {
        a.uri = (URI) uri.clone();
      }
      return a;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Addresses are equal when their URIs are: display name and angle brackets don't count (RFC 3261
   * §20.20). Another vendor's address is compared in the same way.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true;
    }
    if (!(other instanceof Address any)) {
      return false;
    }
    NameAddress that = of(any);
    readDeferred();
    that.readDeferred();
    if (uri == null || that.uri == null) {
      return uri == that.uri;
    }
    // ours compares itself with any vendor's; a foreign one may know its own kind only
    if (!(uri instanceof AbstractUri) && that.uri instanceof AbstractUri) {
      return that.uri.equals(uri);
    }
    return uri.equals(that.uri);
  }

  @Override
  public int hashCode() {
    readDeferred();
    if (uri == null) {
      return 0;
    }
    AbstractUri ours = Uris.ofOrNull(uri);
    return ours != null ? ours.hashCode() : uri.hashCode();
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    readDeferred();
    out.defaultWriteObject();
  }
}
