package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stack wants to know of each message, read straight from the bytes: where the branch and
 * sent-by of the top Via, the tags and the Call-ID stand, and the numbers of CSeq and Max-Forwards.
 *
 * <p>Each {@code read} method takes the usual form of its header and says false of anything else,
 * broken or merely rare; the header's own class has the last word on that. What they take, that
 * class takes too, and reads the same.
 */
final class QuickReads implements Cloneable {
  /** The headers that are read. */
  static final List<HeaderType> TYPES =
      List.of(
          HeaderType.VIA,
          HeaderType.FROM,
          HeaderType.TO,
          HeaderType.CALL_ID,
          HeaderType.CSEQ,
          HeaderType.MAX_FORWARDS);

  private int branchFrom;
  private int branchTo;
  private int hostFrom;
  private int hostTo;
  private int port = -1;
  private int fromTagFrom;
  private int fromTagTo;
  private int toTagFrom;
  private int toTagTo;
  private int callIdFrom;
  private int callIdTo;
  private int maxForwards = -1;
  private int cseq = -1;
  private @Nullable String cseqMethod;

  private @Nullable String branch;
  private @Nullable String host;
  private @Nullable String fromTag;
  private @Nullable String toTag;
  private @Nullable String callId;

  // --- reading ---

  /** Reads a value of one of {@link #TYPES}. */
  boolean read(HeaderType type, byte[] b, int from, int to) {
    return switch (type) {
      case VIA -> readVia(b, from, to);
      case FROM -> readFrom(b, from, to);
      case TO -> readTo(b, from, to);
      case CALL_ID -> readCallId(b, from, to);
      case CSEQ -> readCSeq(b, from, to);
      default -> readMaxForwards(b, from, to);
    };
  }

  /** {@code sent-protocol LWS sent-by *( SEMI via-params )}, the first of the values in a line. */
  boolean readVia(byte[] b, int from, int to) {
    if (to - from < 10 || !ViaText.isSip2(b, from)) {
      return false;
    }
    int p = RawText.tokenEnd(b, from + 8, to);
    int transportTo = p;
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    if (transportTo == from + 8 || p == transportTo) {
      return false;
    }
    hostFrom = p;
    p = UriText.hostEnd(b, p, to);
    hostTo = p;
    if (p == hostFrom) {
      return false;
    }
    port = -1;
    if (p < to && b[p] == ':') {
      int digits = ++p;
      p = UriText.digitsEnd(b, digits, to);
      port = number(b, digits, p, 65535);
      if (port < 0) {
        return false;
      }
    }
    return readViaParameters(b, p, to);
  }

  private boolean readViaParameters(byte[] b, int from, int to) {
    branchFrom = 0;
    branchTo = 0;
    int p = from;
    while (p < to && b[p] == ';') {
      int name = p + 1;
      int nameTo = RawText.tokenEnd(b, name, to);
      p = nameTo;
      if (nameTo == name) {
        return false;
      }
      if (p < to && b[p] == '=') {
        int value = p + 1;
        p = ViaText.valueEnd(b, value, to);
        if (p == value) {
          return false;
        }
        if (branchTo == 0 && ViaText.isBranch(b, name, nameTo)) {
          branchFrom = value;
          branchTo = p;
        }
      }
    }
    p = RawText.skipBlanks(b, p, to);
    return p == to || b[p] == ',';
  }

  /** {@code ( name-addr / addr-spec ) *( SEMI generic-param )} of From. */
  boolean readFrom(byte[] b, int from, int to) {
    int p = UriText.addressEnd(b, from, to);
    long tag = p < 0 ? -1 : tag(b, p, to);
    fromTagFrom = (int) (tag >>> 32);
    fromTagTo = (int) tag;
    return tag >= 0;
  }

  /** {@code ( name-addr / addr-spec ) *( SEMI generic-param )} of To. */
  boolean readTo(byte[] b, int from, int to) {
    int p = UriText.addressEnd(b, from, to);
    long tag = p < 0 ? -1 : tag(b, p, to);
    toTagFrom = (int) (tag >>> 32);
    toTagTo = (int) tag;
    return tag >= 0;
  }

  /** Start and end of the tag's value in one number, 0 if there's none, -1 for an unusual form. */
  private static long tag(byte[] b, int from, int to) {
    long tag = 0;
    int p = from;
    while (p < to && b[p] == ';') {
      int name = p + 1;
      int nameTo = RawText.tokenEnd(b, name, to);
      if (nameTo == name) {
        return -1;
      }
      boolean isTag = nameTo - name == 3 && RawText.sameIgnoringCase(b, name, nameTo, "tag");
      p = nameTo;
      if (p < to && b[p] == '=') {
        int value = p + 1;
        p = RawText.tokenEnd(b, value, to);
        if (p == value) {
          return -1;
        }
        if (isTag && tag == 0) {
          tag = (long) value << 32 | p;
        }
      } else if (isTag) {
        return -1;
      }
    }
    return RawText.skipBlanks(b, p, to) == to ? tag : -1;
  }

  /** {@code callid = word [ "@" word ]}. */
  boolean readCallId(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (Chars.is(b[p], Chars.WORD) || b[p] == '@')) {
      p++;
    }
    callIdFrom = from;
    callIdTo = p;
    return p > from && RawText.skipBlanks(b, p, to) == to;
  }

  /** {@code 1*DIGIT LWS Method}, the number below 2**31 (RFC 3261 §8.1.1.5). */
  boolean readCSeq(byte[] b, int from, int to) {
    int p = UriText.digitsEnd(b, from, to);
    cseq = number(b, from, p, Integer.MAX_VALUE);
    int method = p;
    while (method < to && (b[method] == ' ' || b[method] == '\t')) {
      method++;
    }
    int methodTo = RawText.tokenEnd(b, method, to);
    if (cseq < 0 || method == p || methodTo == method) {
      return false;
    }
    cseqMethod = Scanner.interned(b, method, methodTo);
    return RawText.skipBlanks(b, methodTo, to) == to;
  }

  /** {@code 1*DIGIT} from 0 to 255 (RFC 3261 §20.22). */
  boolean readMaxForwards(byte[] b, int from, int to) {
    maxForwards = wholeNumber(b, from, to, 255);
    return maxForwards >= 0;
  }

  /** A value that is one number and nothing else; -1 if it's not, or over the maximum. */
  static int wholeNumber(byte[] b, int from, int to, int max) {
    int p = UriText.digitsEnd(b, from, to);
    return RawText.skipBlanks(b, p, to) == to ? number(b, from, p, max) : -1;
  }

  /** The number that digits make; -1 if there are none or it's over the maximum. */
  private static int number(byte[] b, int from, int to, int max) {
    long n = from == to ? -1 : 0;
    for (int p = from; p < to; p++) {
      n = n * 10 + (b[p] - '0');
      if (n > max) {
        return -1;
      }
    }
    return (int) n;
  }

  // --- what was read ---

  @Nullable String branch(byte[] raw) {
    if (branch == null && branchTo > 0) {
      branch = text(raw, branchFrom, branchTo);
    }
    return branch;
  }

  String host(byte[] raw) {
    if (host == null) {
      host = text(raw, hostFrom, hostTo);
    }
    return host;
  }

  int port() {
    return port;
  }

  @Nullable String fromTag(byte[] raw) {
    if (fromTag == null && fromTagTo > 0) {
      fromTag = text(raw, fromTagFrom, fromTagTo);
    }
    return fromTag;
  }

  @Nullable String toTag(byte[] raw) {
    if (toTag == null && toTagTo > 0) {
      toTag = text(raw, toTagFrom, toTagTo);
    }
    return toTag;
  }

  String callId(byte[] raw) {
    if (callId == null) {
      callId = text(raw, callIdFrom, callIdTo);
    }
    return callId;
  }

  int cseq() {
    return cseq;
  }

  @Nullable String cseqMethod() {
    return cseqMethod;
  }

  int maxForwards() {
    return maxForwards;
  }

  private static String text(byte[] raw, int from, int to) {
    return new String(raw, from, to - from, StandardCharsets.ISO_8859_1); // all of it is ASCII
  }

  /** Moves the places behind one where the raw bytes have grown or shrunk. */
  void shift(int at, int by) {
    branchFrom = moved(branchFrom, at, by);
    branchTo = moved(branchTo, at, by);
    hostFrom = moved(hostFrom, at, by);
    hostTo = moved(hostTo, at, by);
    fromTagFrom = moved(fromTagFrom, at, by);
    fromTagTo = moved(fromTagTo, at, by);
    toTagFrom = moved(toTagFrom, at, by);
    toTagTo = moved(toTagTo, at, by);
    callIdFrom = moved(callIdFrom, at, by);
    callIdTo = moved(callIdTo, at, by);
  }

  private static int moved(int place, int at, int by) {
    return place > at ? place + by : place;
  }

  @Override
  public QuickReads clone() {
    try {
      return (QuickReads) super.clone(); // numbers and strings only
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
