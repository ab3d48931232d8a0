package io.sipwright.javax.sip.message;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.SpareSinks;
import io.sipwright.syntax.UriText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request that begins something, read in place and no further than needed to refuse it (RFC 3261
 * §8.2.6.2): what a server can do who has no time to read messages. Takes only what's written as
 * nearly everybody writes it; anything else is for {@link MessageParser}.
 */
public final class RequestGlance {
  /** Most lines that go into the response. */
  private static final int MOST = 10;

  private static final byte[] RESPONSE = bytes("SIP/2.0 503 Service Unavailable\r\n");
  private static final byte[] TAG = bytes(";tag=");
  private static final byte[] RETRY_AFTER = bytes("Retry-After: ");
  private static final byte[] LENGTH = bytes("\r\nContent-Length: 0\r\n\r\n");
  private static final String VERSION = " SIP/2.0";
  private static final String SIP = "SIP/2.0/";

  /** What begins something; CANCEL and ACK do not. */
  private static final String[] METHODS = {
    "INVITE", "OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE", "PUBLISH", "REFER", "INFO"
  };

  // Places in NAMES.
  private static final int VIA = 0;
  private static final int TO = 2;
  private static final int CSEQ = 4;
  private static final int ALL = 0b11111;
  private static final String[] NAMES = {"Via", "From", "To", "Call-ID", "CSeq"};
  private static final String COMPACT = "vfti";

  private final byte[] b;
  private final int end;

  /** In any case. */
  private final String transport;

  private String method = "";

  /** Where lines to be copied begin and end, without CRLF, one behind the other. */
  private final int[] lines = new int[2 * MOST];

  private int count;
  private int seen;
  private int toLine;

  /** Whether the line before is one of those to be copied. */
  private boolean copied;

  /** Where the first Via's value ends. */
  private int viaTo;

  private int host;
  private int hostTo;
  private int port = -1;
  private int branch;
  private int branchTo;

  /** Where "rport" ends in the first Via; 0 if it's not there. */
  private int rportTo;

  private RequestGlance(byte[] b, int end, String transport) {
    this.b = b;
    this.end = end;
    this.transport = transport;
  }

  /**
   * Reads a datagram, or a message of a stream.
   *
   * @param transport which it came over, in any case
   * @return null if it's no request without To tag, or one that has to be read as a whole
   */
  public static @Nullable RequestGlance at(byte[] b, int from, int to, String transport) {
    RequestGlance glance = new RequestGlance(b, to, transport);
    return glance.read(from) ? glance : null;
  }

  /** The method. */
  public String method() {
    return method;
  }

  /** The transport that it came over, which the top Via names too. */
  public String transport() {
    return transport;
  }

  /** The branch of the top Via. */
  public String branch() {
    return text(branch, branchTo);
  }

  /** The host of the top Via's sent-by. */
  public String viaHost() {
    return text(host, hostTo);
  }

  /** Whether the top Via has this host, spelled so. */
  public boolean isViaHost(String name) {
    return RawText.same(b, host, hostTo, name);
  }

  /** The port of the top Via's sent-by; -1 if it has none. */
  public int viaPort() {
    return port;
  }

  /** Whether the top Via asks for the port that the request came from (RFC 3581 §3). */
  public boolean wantsRport() {
    return rportTo > 0;
  }

  /**
   * The response 503, encoded. Its top Via tells where the request came from, if that {@linkplain
   * #wantsRport() asks for it} (RFC 3581 §4) or has another host (RFC 3261 §18.2.1).
   *
   * @param toTag its To tag
   * @param source the address that the request came from, for IPv6 without brackets
   * @param sameHost whether that's the Via's host
   * @param retryAfter seconds
   */
  public byte[] busy(
      String toTag, String source, int sourcePort, boolean sameHost, int retryAfter) {
    ByteSink out = SpareSinks.take();
    out.put(RESPONSE, 0, RESPONSE.length);
    int stamp = rportTo > 0 ? rportTo : sameHost ? 0 : viaTo;
    for (int i = 0; i < count; i++) {
      int from = lines[2 * i];
      int to = lines[2 * i + 1];
      if (stamp > from && stamp <= to) {
        out.put(b, from, stamp);
        if (rportTo > 0) {
          out.put('=').put(sourcePort);
        }
        out.put(";received=").put(source);
        from = stamp;
      }
      out.put(b, from, to);
      if (i == toLine) {
        out.put(TAG, 0, TAG.length).put(toTag);
      }
      out.crlf();
    }
    out.put(RETRY_AFTER, 0, RETRY_AFTER.length).put(retryAfter).put(LENGTH, 0, LENGTH.length);
    byte[] response = out.toBytes();
    SpareSinks.giveBack(out);
    return response;
  }

  private boolean read(int from) {
    int line = lineEnd(from);
    if (line < 0 || !readStart(from, line)) {
      return false;
    }
    int at = line + 2;
    while ((line = lineEnd(at)) > at) {
      if (!readHeader(at, line)) {
        return false;
      }
      at = line + 2;
    }
    return line == at && seen == ALL && branchTo > branch;
  }

  /** Where CRLF stands, with nothing before it but visible ASCII and blanks; otherwise -1. */
  private int lineEnd(int from) {
    int p = from;
    while (p < end && ((b[p] >= ' ' && b[p] < 127) || b[p] == '\t')) {
      p++;
    }
    return p + 1 < end && b[p] == '\r' && b[p + 1] == '\n' ? p : -1;
  }

  private boolean readStart(int from, int to) {
    int methodTo = RawText.tokenEnd(b, from, to);
    for (String known : METHODS) {
      if (RawText.same(b, from, methodTo, known)) {
        method = known;
      }
    }
    int uri = methodTo + 1;
    int uriTo = to - VERSION.length();
    if (method.isEmpty()
        || uriTo <= uri
        || b[methodTo] != ' '
        || !RawText.same(b, uriTo, to, VERSION)) {
      return false;
    }
    for (int p = uri; p < uriTo; p++) {
      if (b[p] <= ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean readHeader(int from, int to) {
    if (b[from] == ' ' || b[from] == '\t') {
      return !copied && seen > 0; // the line before, folded
    }
    int nameTo = RawText.tokenEnd(b, from, to);
    if (nameTo == from || nameTo == to || b[nameTo] != ':') {
      return false;
    }
    int type = type(from, nameTo);
    copied = type >= 0;
    if (!copied) {
      return true;
    }
    boolean again = (seen & 1 << type) != 0;
    int value = RawText.skipBlanks(b, nameTo + 1, to);
    int valueTo = RawText.trimEnd(b, value, to);
    if (count == MOST || value == valueTo || (again && type != VIA)) {
      return false;
    }
    seen |= 1 << type;
    lines[2 * count] = from;
    lines[2 * count + 1] = valueTo;
    if (type == TO) {
      toLine = count;
    }
    count++;
    return switch (type) {
      case VIA -> again || readVia(value, valueTo);
      case TO -> isWithoutTag(value, valueTo);
      case CSEQ -> isCseq(value, valueTo);
      default -> true;
    };
  }

  /** One of those that are copied; -1 for others. */
  private int type(int from, int to) {
    if (to - from == 1) {
      return COMPACT.indexOf(b[from] | 0x20);
    }
    for (int i = 0; i < NAMES.length; i++) {
      if (to - from == NAMES[i].length() && RawText.sameIgnoringCase(b, from, to, NAMES[i])) {
        return i;
      }
    }
    return -1;
  }

  private boolean isCseq(int from, int to) {
    int digits = UriText.digitsEnd(b, from, to);
    return digits > from && digits < to && b[digits] == ' ' && isMethod(digits + 1, to);
  }

  private boolean isMethod(int from, int to) {
    return RawText.same(b, from, to, method);
  }

  /** Whether it's an address in angle brackets, behind which no parameter is a tag. */
  private boolean isWithoutTag(int from, int to) {
    int p = to;
    while (p > from && b[p - 1] != '>') {
      p--;
    }
    while (p > from && p < to && b[p] == ';') {
      int nameTo = RawText.tokenEnd(b, p + 1, to);
      if (nameTo == p + 1 || RawText.sameIgnoringCase(b, p + 1, nameTo, "tag")) {
        return false;
      }
      p = nameTo < to && b[nameTo] == '=' ? RawText.tokenEnd(b, nameTo + 1, to) : nameTo;
    }
    return p > from && p == to;
  }

  private boolean readVia(int from, int to) {
    int name = from + SIP.length();
    int nameTo = name + transport.length();
    host = nameTo + 1;
    if (host >= to
        || !RawText.same(b, from, name, SIP)
        || !RawText.sameIgnoringCase(b, name, nameTo, transport)
        || b[nameTo] != ' ') {
      return false;
    }
    hostTo = UriText.hostEnd(b, host, to);
    int p = hostTo;
    if (p == host) {
      return false;
    }
    if (p < to && b[p] == ':') {
      int digits = p + 1;
      p = UriText.digitsEnd(b, digits, to);
      port = QuickReads.wholeNumber(b, digits, p, 65_535);
      if (port <= 0) {
        return false;
      }
    }
    while (p >= 0 && p < to && b[p] == ';') {
      p = readParameter(p + 1, to);
    }
    viaTo = p;
    return p == to || (p >= 0 && b[p] == ',');
  }

  /** Where it ends; -1 if the Via has to be read as a whole. */
  private int readParameter(int from, int to) {
    int nameTo = RawText.tokenEnd(b, from, to);
    int value = nameTo < to && b[nameTo] == '=' ? nameTo + 1 : nameTo;
    int p = value == nameTo ? value : ViaText.valueEnd(b, value, to);
    if (nameTo == from || (value > nameTo && p == value)) {
      return -1;
    }
    if (ViaText.isBranch(b, from, nameTo)) {
      if (branch > 0 || p == value) {
        return -1;
      }
      branch = value;
      branchTo = p;
    } else if (RawText.sameIgnoringCase(b, from, nameTo, "rport")) {
      if (rportTo > 0 || value > nameTo) {
        return -1;
      }
      rportTo = nameTo;
    } else if (RawText.sameIgnoringCase(b, from, nameTo, "received")
        || RawText.sameIgnoringCase(b, from, nameTo, "maddr")) {
      return -1; // says where the response goes
    }
    return p;
  }

  private String text(int from, int to) {
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
