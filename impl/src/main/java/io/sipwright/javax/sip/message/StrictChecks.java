package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.IdentityValueHeader;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.RawText;
import io.sipwright.syntax.SyntaxException;
import io.sipwright.syntax.Utf8;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What strict parsing asks of headers beyond what every message must keep. */
final class StrictChecks {
  private StrictChecks() {}

  /** Every header must keep its grammar, whether somebody needs it or not. */
  static void header(Reading reading, @Nullable HeaderType type, int value, int to) {
    byte[] b = reading.b;
    for (int p = value; p < to; p++) {
      boolean control = (b[p] >= 0 && b[p] < ' ' && !RawText.isBlank(b[p])) || b[p] == 0x7f;
      if (control && b[p - 1] != '\\') {
        reading.bad("Control character in a header", p);
      }
    }
    int noText = Utf8.firstError(b, value, to);
    if (noText >= 0) {
      reading.bad("Text that is no UTF-8 in a header", noText);
    }
    if (type == null) {
      return;
    }
    if (!type.isMultiple() && reading.fields.find(type, 0) < reading.fields.count() - 1) {
      reading.bad("More than one " + type.canonicalName(), value);
    }
    try {
      HeaderParser.checkStrictly(type, b, value, to, reading.parser.model);
    } catch (SyntaxException e) {
      reading.bad(
          "Malformed " + type.canonicalName() + ": " + e.what(), value + e.getErrorOffset());
    } catch (ParseException e) {
      reading.bad("Malformed " + type.canonicalName(), value);
    }
  }

  /**
   * {@code Reason-Phrase = *(reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP /
   * HTAB)} (RFC 3261 §25.1).
   */
  static void reasonPhrase(Reading reading, int from, int to) {
    byte[] b = reading.b;
    int p = Escapes.skip(b, from, to, Chars.USER);
    while (p < to && (b[p] < 0 || b[p] == ':' || b[p] == '@' || b[p] == ' ' || b[p] == '\t')) {
      p = Escapes.skip(b, p + 1, to, Chars.USER);
    }
    int noText = Utf8.firstError(b, from, p);
    if (noText >= 0 || p < to) {
      reading.bad("Malformed reason phrase", noText >= 0 ? noText : p);
    }
  }

  /** One message has one of them, or two that stand together. */
  static void identities(Reading reading, HeaderType type) {
    HeaderFields fields = reading.fields;
    int first = fields.find(type, 0);
    if (first >= 0) {
      SipHeader[] all = fields.all(type, type.canonicalName(), false, reading.parser.model);
      if (!IdentityValueHeader.mayStandTogether(List.of(all))) {
        reading.bad(
            type.canonicalName() + " is not one URI, or a SIP and a tel URI", fields.line(first));
      }
    }
  }
}
