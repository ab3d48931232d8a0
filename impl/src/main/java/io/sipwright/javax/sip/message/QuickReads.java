package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.RecentHosts;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.UriText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stack wants to know of each message, read straight from the bytes: branch and sent-by of
 * the top Via, tags, Call-ID, CSeq and Max-Forwards.
 *
 * <p>Each {@code read} method takes the usual form of its header and says false of anything else,
 * broken or merely rare; the header's own class has the last word on that. What they take, that
 * class takes too, and reads the same.
 */
final class QuickReads {
  /** The headers that are read. */
  static final List<HeaderType> TYPES =
      List.of(
          HeaderType.VIA,
          HeaderType.FROM,
          HeaderType.TO,
          HeaderType.CALL_ID,
          HeaderType.CSEQ,
          HeaderType.MAX_FORWARDS);

  private @Nullable String branch;
  private @Nullable String host;
  private int port = -1;
  private @Nullable String fromTag;
  private @Nullable String toTag;
  private @Nullable String callId;
  private int cseq = -1;
  private @Nullable String cseqMethod;
  private int maxForwards = -1;

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
    int hostFrom = p;
    p = UriText.hostEnd(b, p, to);
    if (p == hostFrom) {
      return false;
    }
    host = RecentHosts.get(b, hostFrom, p);
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
    branch = null;
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
        if (branch == null && ViaText.isBranch(b, name, nameTo)) {
          branch = text(b, value, p);
        }
      }
    }
    p = RawText.skipBlanks(b, p, to);
    return p == to || b[p] == ',';
  }

  /** {@code ( name-addr / addr-spec ) *( SEMI generic-param )} of From. */
  boolean readFrom(byte[] b, int from, int to) {
    long tag = tag(b, from, to);
    fromTag = tag > 0 ? text(b, (int) (tag >>> 32), (int) tag) : null;
    return tag >= 0;
  }

  /** {@code ( name-addr / addr-spec ) *( SEMI generic-param )} of To. */
  boolean readTo(byte[] b, int from, int to) {
    long tag = tag(b, from, to);
    toTag = tag > 0 ? text(b, (int) (tag >>> 32), (int) tag) : null;
    return tag >= 0;
  }

  /** Start and end of the tag's value in one number, 0 if there's none, -1 for an unusual form. */
  private static long tag(byte[] b, int from, int to) {
    long tag = 0;
    int p = UriText.addressEnd(b, from, to);
    if (p < 0) {
      return -1;
    }
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

  /**
   * Where the address ends in a value of the usual form {@code ( name-addr / addr-spec ) *( SEMI
   * generic-param )}; -1 for any other.
   */
  static int addressEnd(byte[] b, int from, int to) {
    return tag(b, from, to) < 0 ? -1 : UriText.addressEnd(b, from, to);
  }

  /** {@code callid = word [ "@" word ]}. */
  boolean readCallId(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (Chars.is(b[p], Chars.WORD) || b[p] == '@')) {
      p++;
    }
    if (p == from || RawText.skipBlanks(b, p, to) != to) {
      return false;
    }
    callId = text(b, from, p);
    return true;
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

  private static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1); // all of it is ASCII
  }

  // --- what was read ---

  @Nullable String branch() {
    return branch;
  }

  @Nullable String host() {
    return host;
  }

  int port() {
    return port;
  }

  @Nullable String fromTag() {
    return fromTag;
  }

  @Nullable String toTag() {
    return toTag;
  }

  @Nullable String callId() {
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
}
