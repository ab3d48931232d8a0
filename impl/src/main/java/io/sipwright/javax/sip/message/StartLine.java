package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.address.AbstractUri;
import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import io.sipwright.syntax.Utf8;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Request-Line = Method SP Request-URI SP SIP-Version CRLF} or {@code Status-Line =
 * SIP-Version SP Status-Code SP Reason-Phrase CRLF} (RFC 3261 §7.1, §7.2): slices of the received
 * bytes until something is changed.
 */
final class StartLine implements Cloneable {
  private static final String SIP_2_0 = "SIP/2.0";

  private @Nullable String method;
  private int status;
  private @Nullable URI uri;
  private @Nullable String reason;

  /** Where the Request-URI or the Reason-Phrase stands. */
  private int from;

  private int to;

  /**
   * Where the line ends, its CRLF included; negative if the line has to be written anew, 0 if it
   * never was on the wire.
   */
  private int end;

  /** Whether it came with blanks where the grammar has none: not to be passed on. */
  private boolean untidy;

  /** Whether something was set. */
  private boolean changed;

  /** Nothing known yet. */
  StartLine() {}

  static StartLine request(String method, int uriFrom, int uriTo, int end, boolean untidy) {
    StartLine line = new StartLine();
    line.untidy = untidy;
    line.method = method;
    line.from = uriFrom;
    line.to = uriTo;
    line.end = end;
    return line;
  }

  static StartLine response(int status, int reasonFrom, int reasonTo, int end, boolean untidy) {
    StartLine line = new StartLine();
    line.untidy = untidy;
    line.status = status;
    line.from = reasonFrom;
    line.to = reasonTo;
    line.end = end;
    return line;
  }

  /** Of parts that were written apart, each null where it's unknown, and status 0. */
  static StartLine of(
      @Nullable String method,
      @Nullable String uri,
      int status,
      @Nullable String reason,
      AddressModel model)
      throws ParseException {
    StartLine line = new StartLine();
    line.method = method == null ? null : Checks.token(method, "method").intern();
    line.uri = uri == null ? null : Uris.parse(new Scanner(uri), model);
    line.reason = reason == null ? null : Checks.text(reason, "reason phrase");
    line.status = status;
    return line;
  }

  /** Whether the received bytes are what will be sent. */
  boolean isRaw() {
    return end > 0;
  }

  private void touch() {
    end = -Math.abs(end);
  }

  private void change() {
    changed = true;
    touch();
  }

  /**
   * Whether the received bytes are what will be sent, although somebody who could have changed the
   * Request-URI may have got it.
   *
   * @param scratch what's written behind its end is taken off again
   */
  boolean isAsCame(byte[] raw, AddressModel model, ByteSink scratch) {
    return isRaw() || (end < 0 && !changed && isUriAsCame(raw, model, scratch));
  }

  /** Whether the Request-URI, if there is an object of it, is written as it came. */
  private boolean isUriAsCame(byte[] raw, AddressModel model, ByteSink scratch) {
    if (uri == null || to == from) {
      return uri == null;
    }
    int start = scratch.length();
    Uris.encode(uri, scratch);
    int written = scratch.length();
    boolean same = scratch.isSame(start, written, raw, from, to);
    if (!same) {
      try {
        Uris.encode(Uris.parse(new Scanner(raw, from, to), model), scratch);
        same = scratch.isSame(start, written, scratch.array(), written, scratch.length());
      } catch (ParseException e) {
        throw new AssertionError("it was read before", e);
      }
    }
    scratch.length(start);
    return same;
  }

  /** Whether there's not even a method or a status. */
  boolean isEmpty() {
    return method == null && status == 0 && uri == null;
  }

  @Nullable String method() {
    return method;
  }

  void setMethod(@Nullable String method) throws SyntaxException {
    if (method == null) {
      throw new IllegalArgumentException("method is null");
    }
    this.method = Checks.token(method, "method").intern();
    change();
  }

  int status() {
    return status;
  }

  /** Sets the status, and its phrase where none of the program's own stands there. */
  void setStatus(int status, byte[] raw) throws SyntaxException {
    if (status < 100 || status > 699) {
      throw new SyntaxException("status code " + status + " is not from 100 to 699", 0);
    }
    String old = reason(raw);
    if (old == null || old.equals(ReasonPhrases.of(this.status))) {
      reason = ReasonPhrases.of(status);
    }
    this.status = status;
    change();
  }

  @Nullable String reason(byte[] raw) {
    if (reason == null && end != 0 && status > 0) {
      reason = Utf8.text(raw, from, to);
    }
    return reason;
  }

  void setReason(@Nullable String reason) throws SyntaxException {
    if (reason == null) {
      throw new IllegalArgumentException("reason phrase is null");
    }
    this.reason = Checks.text(reason, "reason phrase");
    change();
  }

  /** The Request-URI; null if there's none or it can't be parsed. */
  @Nullable URI uri(byte[] raw, AddressModel model, boolean mayBeChanged) {
    if (uri == null && end != 0 && status == 0) {
      try {
        uri = Uris.parse(new Scanner(raw, from, to), model);
      } catch (ParseException e) {
        return null; // only in a message that the parser didn't take
      }
    }
    if (mayBeChanged) {
      touch();
    }
    return uri;
  }

  void setUri(URI uri) {
    if (uri == null) {
      throw new NullPointerException("Request-URI is null");
    }
    if (!(uri instanceof AbstractUri) && Chars.hasLineBreakOrNul(uri.toString())) {
      throw new IllegalArgumentException("Request-URI holds CR, LF or NUL");
    }
    this.uri = uri;
    from = 0;
    to = 0;
    change();
  }

  /** The scheme in lower case; null if there's no URI. */
  @Nullable String uriScheme(byte[] raw) {
    if (uri != null) {
      return uri.getScheme();
    }
    if (end == 0 || status > 0) {
      return null;
    }
    int colon = from;
    while (colon < to && raw[colon] != ':') {
      colon++;
    }
    return Chars.lower(Scanner.interned(raw, from, colon));
  }

  /** Writes the line with its CRLF, of a message that isn't sent as it came. */
  void encode(ByteSink out, byte[] raw, AddressModel model) {
    if (!untidy && isAsCame(raw, model, out)) {
      out.put(raw, 0, Math.abs(end));
      return;
    }
    if (status > 0) {
      String phrase = reason(raw);
      out.put(SIP_2_0).put(' ').put(status).put(' ').put(phrase == null ? "" : phrase).crlf();
      return;
    }
    out.put(method == null ? "" : method).put(' ');
    if (uri == null || isUriAsCame(raw, model, out)) {
      out.put(raw, from, to);
    } else {
      Uris.encode(uri, out);
    }
    out.put(' ').put(SIP_2_0).crlf();
  }

  /** A copy that shares nothing that can change. */
  @Override
  public StartLine clone() {
    try {
      StartLine copy = (StartLine) super.clone();
      copy.uri = uri == null ? null : (URI) uri.clone();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
