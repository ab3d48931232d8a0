package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.RecentHosts;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SpareSinks;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.Parameters;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a stack reads of a message: without header objects where the bytes tell, without marking
 * anything as touched.
 */
abstract class MessageParts extends MessageContent {
  /** Of messages that nothing was read of: all is in their objects. */
  private static final QuickReads NOTHING_READ = new QuickReads();

  // --- start line ---

  /** Whether it's a request. */
  public abstract boolean isRequest();

  /**
   * The method of a request, that of the CSeq for a response; interned; {@code ""} if there's none.
   */
  public final String method() {
    String method = isRequest() ? start().method() : cseqMethod();
    return method == null ? "" : method;
  }

  /** The status code; 0 for a request, and for a response while none was set. */
  public final int status() {
    return start().status();
  }

  /**
   * The scheme of the Request-URI in lower case, without making an object of the URI; null if
   * there's none.
   */
  public final synchronized @Nullable String uriScheme() {
    return start().uriScheme(fields().raw);
  }

  // --- header objects ---

  /** Whether there's a header of a type, well-formed or not. */
  public final synchronized boolean hasHeader(HeaderType type) {
    return fields().find(type, 0) >= 0;
  }

  /**
   * The first header of a type, for reading only: it's not written anew, so the caller promises not
   * to change it. Null if there's none, or only malformed ones.
   */
  public final synchronized @Nullable SipHeader peek(HeaderType type) {
    HeaderFields f = fields();
    return f.peekFirst(type, type.canonicalName(), model);
  }

  /** As {@link #peek(HeaderType)}, for a header of any name. */
  public final synchronized @Nullable SipHeader peek(String name) {
    HeaderFields f = fields();
    return f.peekFirst(HeaderType.of(name), name, model);
  }

  /** All headers of a type, for reading only; malformed ones are left out. */
  public final List<SipHeader> peekAll(HeaderType type) {
    return collect(type, false);
  }

  /** The first header of a type, the live object; null if there's none, or only malformed ones. */
  public final synchronized @Nullable SipHeader header(HeaderType type) {
    HeaderFields f = liveFields();
    return f.touchFirst(type, type.canonicalName(), model);
  }

  /**
   * All headers of a type, the live objects in a list that can't be changed; malformed ones are
   * left out.
   */
  public final List<SipHeader> headers(HeaderType type) {
    return collect(type, true);
  }

  private synchronized List<SipHeader> collect(HeaderType type, boolean touch) {
    HeaderFields f = touch ? liveFields() : fields();
    return List.of(f.all(type, type.canonicalName(), touch, model));
  }

  /**
   * A copy of the address in the first header of a type, such as From or Contact; in the usual form
   * straight from the bytes, without making the header. Null if there's no such header, only
   * malformed ones, or one without URI.
   */
  public final synchronized @Nullable NameAddress copyOfAddress(HeaderType type) {
    HeaderFields f = fields();
    int i = f.find(type, 0);
    if (i >= 0 && f.isRaw(i)) {
      int from = f.valueFrom(i);
      int to = f.valueTo(i);
      int end = QuickReads.addressEnd(f.raw, from, to);
      if (end >= 0) {
        return NameAddress.deferred(Arrays.copyOfRange(f.raw, from, end), model);
      }
    }
    return peek(type) instanceof AddressHeader header && header.getAddress().getURI() != null
        ? header.getAddress().clone()
        : null;
  }

  // --- quick reads ---

  private QuickReads quick(HeaderFields f) {
    QuickReads known = f.quick();
    return known == null ? read(f, this) : known;
  }

  /** What was read so far straight from the bytes; null if there was nothing to read. */
  final @Nullable QuickReads reads() {
    QuickReads known = fields().quick();
    return known == NOTHING_READ ? null : known;
  }

  private static QuickReads read(HeaderFields f, Object lock) {
    synchronized (lock) {
      QuickReads known = f.quick();
      if (known == null) {
        known = f.rawLength == 0 ? NOTHING_READ : read(f);
        f.quick(known);
      }
      return known;
    }
  }

  private static QuickReads read(HeaderFields f) {
    QuickReads q = new QuickReads();
    for (int n = 0; n < QuickReads.TYPES.size(); n++) {
      HeaderType type = QuickReads.TYPES.get(n);
      int i = f.find(type, 0);
      if (i < 0 || !f.isRaw(i) || !q.read(type, f.raw, f.valueFrom(i), f.valueTo(i))) {
        f.readByObject(type);
      }
    }
    return q;
  }

  /** The header object to ask, null if there's none. */
  private @Nullable SipHeader object(HeaderType type) {
    return peek(type);
  }

  private boolean isByObject(HeaderType type) {
    HeaderFields f = fields();
    quick(f);
    return f.byObject(type);
  }

  /** The Call-ID; null if there's none. */
  public final @Nullable String callId() {
    if (isByObject(HeaderType.CALL_ID)) {
      return object(HeaderType.CALL_ID) instanceof CallIdHeader h ? h.getCallId() : null;
    }
    return quick(fields()).callId();
  }

  /** The tag of From; null if there's none. */
  public final @Nullable String fromTag() {
    if (isByObject(HeaderType.FROM)) {
      return object(HeaderType.FROM) instanceof FromHeader h ? nonEmpty(h.getTag()) : null;
    }
    return quick(fields()).fromTag();
  }

  /** The tag of To; null if there's none. */
  public final @Nullable String toTag() {
    if (isByObject(HeaderType.TO)) {
      return object(HeaderType.TO) instanceof ToHeader h ? nonEmpty(h.getTag()) : null;
    }
    return quick(fields()).toTag();
  }

  private static @Nullable String nonEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** The number of CSeq; -1 if there's none. */
  public final long cseq() {
    if (isByObject(HeaderType.CSEQ)) {
      return object(HeaderType.CSEQ) instanceof CSeqHeader h ? h.getSeqNumber() : -1;
    }
    return quick(fields()).cseq();
  }

  /** The method of CSeq, interned; null if there's none. */
  public final @Nullable String cseqMethod() {
    if (isByObject(HeaderType.CSEQ)) {
      String method = object(HeaderType.CSEQ) instanceof CSeqHeader h ? h.getMethod() : null;
      return method == null ? null : method.intern();
    }
    return quick(fields()).cseqMethod();
  }

  /** Max-Forwards; -1 if there's none. */
  public final int maxForwards() {
    if (isByObject(HeaderType.MAX_FORWARDS)) {
      return object(HeaderType.MAX_FORWARDS) instanceof MaxForwardsHeader h
          ? h.getMaxForwards()
          : -1;
    }
    return quick(fields()).maxForwards();
  }

  /** Expires in seconds, 2**31 - 1 for anything longer; -1 if there's none or it's malformed. */
  public final synchronized int expires() {
    HeaderFields f = fields();
    int i = f.find(HeaderType.EXPIRES, 0);
    int seconds = i >= 0 && f.isRaw(i) ? f.wholeNumber(i) : -1;
    if (i < 0 || seconds >= 0) {
      return seconds;
    }
    return object(HeaderType.EXPIRES) instanceof ExpiresHeader h ? h.getExpires() : -1;
  }

  // --- top Via ---

  private @Nullable ViaHeader via() {
    return object(HeaderType.VIA) instanceof ViaHeader via ? via : null;
  }

  /** The branch of the top Via, as it stands; null if it has none. */
  public final @Nullable String viaBranch() {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via == null ? null : nonEmpty(via.getBranch());
    }
    return quick(fields()).branch();
  }

  /** The host of sent-by of the top Via, as it stands; null if there's no Via. */
  public final @Nullable String viaHost() {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via == null ? null : via.getHost();
    }
    return quick(fields()).host();
  }

  /** The port of sent-by of the top Via; -1 if it has none. */
  public final int viaPort() {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via == null ? -1 : via.getPort();
    }
    return quick(fields()).port();
  }

  /** The transport of the top Via, as it stands; null if there's no Via. */
  public final synchronized @Nullable String viaTransport() {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via == null ? null : via.getTransport();
    }
    HeaderFields f = fields();
    int i = f.find(HeaderType.VIA, 0);
    int from = f.valueFrom(i) + "SIP/2.0/".length();
    int to = RawText.tokenEnd(f.raw, from, f.valueTo(i));
    return new Scanner(f.raw, from, to).text(from, to);
  }

  /** Whether the transport of the top Via is this one, in any case. */
  public final synchronized boolean isViaTransport(String transport) {
    if (isByObject(HeaderType.VIA)) {
      return transport.equalsIgnoreCase(viaTransport());
    }
    HeaderFields f = fields();
    int from = f.valueFrom(f.find(HeaderType.VIA, 0)) + "SIP/2.0/".length();
    int to = from + transport.length();
    return to < f.rawLength
        && RawText.sameIgnoringCase(f.raw, from, to, transport)
        && !Chars.is(f.raw[to], Chars.TOKEN);
  }

  /** The {@code received} parameter of the top Via without brackets; null if it has none. */
  public final @Nullable String viaReceived() {
    return withoutBrackets(viaParameter("received"));
  }

  /** The {@code maddr} parameter of the top Via; null if it has none. */
  public final @Nullable String viaMaddr() {
    return viaParameter("maddr");
  }

  /** Whether the top Via has {@code rport}, with or without value (RFC 3581). */
  public final synchronized boolean viaHasRport() {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via != null && via.getParameter("rport") != null;
    }
    return rawViaParameter("rport") != -1;
  }

  /** The value of {@code rport} of the top Via; -1 if it has none. */
  public final synchronized int viaRport() {
    if (isByObject(HeaderType.VIA)) {
      String value = viaParameter("rport");
      byte[] digits = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      return QuickReads.wholeNumber(digits, 0, digits.length, 65535);
    }
    long place = rawViaParameter("rport");
    int from = (int) (place >>> 32) + "rport=".length();
    return place == -1 || from >= (int) place
        ? -1
        : QuickReads.wholeNumber(fields().raw, from, (int) place, 65535);
  }

  private synchronized @Nullable String viaParameter(String name) {
    if (isByObject(HeaderType.VIA)) {
      ViaHeader via = via();
      return via == null ? null : nonEmpty(via.getParameter(name));
    }
    long place = rawViaParameter(name);
    int from = (int) (place >>> 32) + name.length() + 1;
    int to = (int) place;
    byte[] raw = fields().raw;
    return place == -1 || from >= to ? null : RecentHosts.get(raw, from, to); // a host
  }

  private long rawViaParameter(String name) {
    HeaderFields f = fields();
    int i = f.find(HeaderType.VIA, 0);
    return ViaText.parameter(f.raw, f.valueFrom(i), f.valueTo(i), name);
  }

  private static @Nullable String withoutBrackets(@Nullable String host) {
    return host != null && host.startsWith("[") && host.endsWith("]")
        ? host.substring(1, host.length() - 1)
        : host;
  }

  /** How many Via values there are, in all lines. */
  public final synchronized int viaCount() {
    HeaderFields f = fields();
    f.split(HeaderType.VIA);
    int n = 0;
    for (int i = f.find(HeaderType.VIA, 0); i >= 0; i = f.find(HeaderType.VIA, i + 1)) {
      n++;
    }
    return n;
  }

  /**
   * Writes into the top Via where the message came from (RFC 3261 §18.2.1, RFC 3581 §4), replacing
   * what stood there. Nothing else changes, and the message doesn't count as touched.
   *
   * @param received a numeric address, for IPv6 without brackets and zone; null leaves it
   * @param rport the source port, written whether or not the sender asked for it; -1 leaves it
   */
  public final synchronized void stampVia(@Nullable String received, int rport) {
    if ((received == null && rport < 0) || !hasHeader(HeaderType.VIA)) {
      return;
    }
    if (received != null && !isAddress(received)) {
      throw new IllegalArgumentException("no address: " + Checks.visible(received));
    }
    if (isByObject(HeaderType.VIA)) {
      stampViaObject(received, rport);
      return;
    }
    HeaderFields f = fields();
    int i = f.find(HeaderType.VIA, 0);
    if (received != null && rawViaParameter("received") != -1) {
      long before = rawViaParameter("received");
      ByteSink text = SpareSinks.take().put("received=").put(received);
      f.splice((int) (before >>> 32), (int) before, text);
      SpareSinks.giveBack(text);
      stampVia(null, rport);
      return;
    }
    ByteSink text = SpareSinks.take();
    long place = rport < 0 ? -1 : rawViaParameter("rport");
    int from = (int) (place >>> 32);
    int to = (int) place;
    if (place == -1) {
      from = ViaText.end(f.raw, f.valueFrom(i), f.valueTo(i));
      to = from;
    }
    if (rport >= 0) {
      text.put(place == -1 ? ";rport=" : "rport=").put(rport);
    }
    if (received != null) {
      text.put(";received=").put(received);
    }
    f.splice(from, to, text);
    SpareSinks.giveBack(text);
  }

  /** Hexadecimal digits, points and colons. */
  private static boolean isAddress(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Chars.is(c, Chars.HEX) && c != '.' && c != ':') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private void stampViaObject(@Nullable String received, int rport) {
    if (header(HeaderType.VIA) instanceof Parameters via) {
      try {
        if (rport >= 0) {
          via.setParameter("rport", Integer.toString(rport));
        }
        if (received != null) {
          via.setParameter("received", received);
        }
      } catch (ParseException e) {
        throw new IllegalArgumentException("no address: " + received, e);
      }
    }
  }
}
