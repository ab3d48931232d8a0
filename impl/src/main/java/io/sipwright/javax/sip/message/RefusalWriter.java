package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.UriText;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the response to a request that was refused. What RFC 3261 §8.2.6.2 wants copied is copied
 * where it's well-formed; what's missing or broken is written such that the response can be read:
 * nobody need be sent what he may not send himself.
 */
final class RefusalWriter {
  private static final String NOBODY = "<sip:anonymous@anonymous.invalid>"; // RFC 3323 §4.1.1.3
  private static final String NO_CALL = "unknown@anonymous.invalid";
  private static final List<HeaderType> ONCE =
      List.of(HeaderType.FROM, HeaderType.TO, HeaderType.CALL_ID, HeaderType.CSEQ);

  /** Most parameters of a broken Via that are kept: the branch is among them. */
  private static final int FEW = 16;

  private final HeaderFields request;
  private final MessageModel model;
  private final ByteSink out = new ByteSink(512);

  private RefusalWriter(HeaderFields request, MessageModel model) {
    this.request = request;
    this.model = model;
  }

  /**
   * The response; null if there's no Via that tells where to send it.
   *
   * @param method of the request
   */
  static @Nullable SipMessage write(
      HeaderFields request, String method, int status, String reason, MessageModel model) {
    RefusalWriter writer = new RefusalWriter(request, model);
    writer.out.put("SIP/2.0 ").put(status).put(' ').put(sendable(reason)).crlf();
    if (!writer.writeVias()) {
      return null;
    }
    writer.writeOthers(method);
    writer.out.put("Content-Length: 0\r\n\r\n");
    MessageParser parser = new MessageParser(model, Limits.WIDEST, false);
    return parser.parse(writer.out.toBytes()) instanceof SipMessage response ? response : null;
  }

  private static String sendable(String reason) {
    return Chars.hasLineBreakOrNul(reason) ? ReasonPhrases.of(400) : reason;
  }

  /** All that can be read, and of the first one at least where to send the response. */
  private boolean writeVias() {
    int first = request.find(HeaderType.VIA, 0);
    if (first < 0) {
      return false;
    }
    if (isWellFormed(HeaderType.VIA, first)) {
      copy(first);
    } else if (!repairVia(request.valueFrom(first), request.valueTo(first))) {
      return false;
    }
    for (int i = request.find(HeaderType.VIA, first + 1);
        i >= 0;
        i = request.find(HeaderType.VIA, i + 1)) {
      if (isWellFormed(HeaderType.VIA, i)) {
        copy(i);
      }
    }
    return true;
  }

  /** {@code sent-protocol LWS sent-by} and the parameters before what's broken. */
  private boolean repairVia(int from, int to) {
    byte[] b = request.raw;
    if (to - from < 10 || !ViaText.isSip2(b, from)) {
      return false;
    }
    int transport = from + "SIP/2.0/".length();
    int transportTo = RawText.tokenEnd(b, transport, to);
    int host = RawText.skipBlanks(b, transportTo, to);
    int hostTo = UriText.hostEnd(b, host, to);
    if (transportTo == transport || host == transportTo || hostTo == host) {
      return false;
    }
    int end = hostTo < to && b[hostTo] == ':' ? portEnd(b, hostTo, to) : hostTo;
    out.put("Via: ").put(b, from, transportTo).put(' ').put(b, host, end);
    out.put(b, end, parametersEnd(b, end, to)).crlf();
    return true;
  }

  private static int portEnd(byte[] b, int colon, int to) {
    int end = UriText.digitsEnd(b, colon + 1, to);
    return QuickReads.wholeNumber(b, colon + 1, end, 65_535) > 0 ? end : colon;
  }

  private static int parametersEnd(byte[] b, int from, int to) {
    int good = from;
    int n = 0;
    while (good < to && b[good] == ';' && n++ < FEW) {
      int p = RawText.tokenEnd(b, good + 1, to);
      if (p == good + 1) {
        break;
      }
      if (p < to && b[p] == '=') {
        int value = p + 1;
        p = ViaText.valueEnd(b, value, to);
        if (p == value) {
          break;
        }
      }
      good = p;
    }
    return good;
  }

  /** The first that's well-formed of each, in the order of the request. */
  private void writeOthers(String method) {
    EnumSet<HeaderType> missing = EnumSet.copyOf(ONCE);
    for (int i = 0; i < request.count() && !missing.isEmpty(); i++) {
      HeaderType type = request.type(i);
      if (type != null && missing.contains(type) && isWellFormed(type, i)) {
        missing.remove(type);
        copy(i);
      }
    }
    for (HeaderType type : missing) {
      out.put(type.canonicalName()).put(": ");
      if (type == HeaderType.CSEQ) {
        out.put("0 ").put(method);
      } else {
        out.put(type == HeaderType.CALL_ID ? NO_CALL : NOBODY);
      }
      out.crlf();
    }
  }

  /** A line of its own, the name spelled as it was. */
  private void copy(int i) {
    byte[] b = request.raw;
    int value = request.valueFrom(i);
    out.put(b, request.line(i), RawText.firstValue(b, request.line(i), value, false));
    out.put(b, value, request.valueTo(i)).crlf();
  }

  /** Whether the field is all there, something behind it, and every reader takes it. */
  private boolean isWellFormed(HeaderType type, int i) {
    byte[] b = request.raw;
    int from = request.valueFrom(i);
    int to = request.valueTo(i);
    if (to == request.rawLength || hasLoneCr(b, request.line(i), to)) {
      return false;
    }
    boolean address = type == HeaderType.FROM || type == HeaderType.TO;
    if (address && UriText.blankInBrackets(b, from, to) >= 0) {
      return false;
    }
    try {
      HeaderParser.parseList(type, b, from, to, model);
      return true;
    } catch (ParseException e) {
      return false;
    }
  }

  private static boolean hasLoneCr(byte[] b, int from, int to) {
    for (int p = from; p < to; p++) {
      if (b[p] == '\r' && (p + 1 == to || b[p + 1] != '\n')) {
        return true;
      }
    }
    return false;
  }
}
