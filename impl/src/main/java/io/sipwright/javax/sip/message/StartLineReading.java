package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.UriText;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** Reads the start line of a message. */
final class StartLineReading {
  private static final String SIP_VERSION = "SIP/2.0";

  private StartLineReading() {}

  /** In any case, but written in capitals (RFC 3261 §7.1). */
  private static boolean isVersion2(byte[] b, int from, int to) {
    return RawText.sameIgnoringCase(b, from, to, SIP_VERSION);
  }

  /**
   * {@code SIP-Version SP Status-Code SP Reason-Phrase} (RFC 3261 §7.2); null if it's none, which
   * the reading then knows.
   *
   * @param behind where the next line begins
   */
  static @Nullable StartLine statusLine(Reading reading, int to, int behind) {
    byte[] b = reading.b;
    boolean strict = reading.parser.strict;
    int digits = 8;
    int digitsTo = UriText.digitsEnd(b, Math.min(digits, to), to);
    boolean ok =
        to >= 11
            && isVersion2(b, 0, 7)
            && b[7] == ' '
            && digitsTo - digits == 3
            && (digitsTo < to ? b[digitsTo] == ' ' : !strict);
    int code = ok ? QuickReads.wholeNumber(b, digits, digitsTo, 699) : -1;
    if (code < 100) {
      reading.bad("Malformed status line", 0);
      return null;
    }
    if (strict) {
      StrictChecks.reasonPhrase(reading, digitsTo, to);
    }
    boolean untidy = digitsTo == to || !RawText.same(b, 0, 7, SIP_VERSION);
    return StartLine.response(code, Math.min(digitsTo + 1, to), to, behind, untidy);
  }

  /**
   * {@code Method SP Request-URI SP SIP-Version} (RFC 3261 §7.1); null if it's none, which the
   * reading then knows.
   *
   * @param behind where the next line begins
   */
  static @Nullable StartLine requestLine(Reading reading, int lineTo, int behind) {
    byte[] b = reading.b;
    boolean strict = reading.parser.strict;
    int to = strict ? lineTo : RawText.trimEnd(b, 0, lineTo);
    int methodTo = RawText.tokenEnd(b, 0, to);
    int version = to;
    while (version > methodTo && b[version - 1] != ' ' && b[version - 1] != '\t') {
      version--;
    }
    if (methodTo == 0 || methodTo == to || !isBlank(b, methodTo, strict)) {
      reading.noMessage();
      return null;
    }
    String method = Scanner.interned(b, 0, methodTo);
    reading.method(method);
    int uri = strict ? methodTo + 1 : RawText.skipBlanks(b, methodTo, to);
    int uriTo = strict ? version - 1 : RawText.trimEnd(b, Math.min(uri, version), version);
    if (!isVersion2(b, version, to)) {
      if (to - version > 4 && RawText.sameIgnoringCase(b, version, version + 4, "SIP/")) {
        reading.fail(505, "Unknown SIP version", version);
      } else {
        reading.bad("Malformed request line, no SIP version", version);
      }
      return null;
    }
    if (uriTo <= uri || !isUri(reading, uri, uriTo) || !isBlank(b, version - 1, strict)) {
      reading.bad("Malformed Request-URI", uri);
      return null;
    }
    // Method SP Request-URI SP SIP-Version: what else there is are blanks (RFC 4475 §3.1.2.9).
    boolean untidy =
        lineTo != methodTo + 1 + uriTo - uri + 1 + SIP_VERSION.length()
            || !RawText.same(b, version, to, SIP_VERSION);
    return StartLine.request(method, uri, uriTo, behind, untidy);
  }

  private static boolean isBlank(byte[] b, int at, boolean strict) {
    return b[at] == ' ' || (!strict && b[at] == '\t');
  }

  private static boolean isUri(Reading reading, int from, int to) {
    byte[] b = reading.b;
    boolean strict = reading.parser.strict;
    if (!strict && UriText.uriEnd(b, from, to, false) == to) {
      return true;
    }
    Scanner in = new Scanner(b, from, to);
    if (strict) {
      in.strict();
    }
    try {
      Uris.parse(in, reading.parser.model);
      return in.atEnd() && !(strict && hasHeaders(b, from, to));
    } catch (ParseException e) {
      return false;
    }
  }

  /** Headers in a Request-URI are not allowed (RFC 3261 §19.1.1, table 1). */
  private static boolean hasHeaders(byte[] b, int from, int to) {
    for (int p = from; p < to; p++) {
      if (b[p] == '?') {
        return RawText.sameIgnoringCase(b, from, from + 3, "sip");
      }
    }
    return false;
  }
}
