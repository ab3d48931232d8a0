package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@code im} or {@code pres} URI: {@code im:alice@example.com} (RFC 3860 §A.2, RFC 3859 §A.2).
 *
 * <pre>
 * IM-URI  = "im:" [ to ] [ headers ]
 * to      = mailbox
 * headers = "?" header *( "&amp;" header )
 * header  = hname "=" hvalue
 * </pre>
 *
 * <p>A text behind {@code im:} or {@code pres:} without user and domain is kept, as a {@link
 * GenericUri}.
 */
public class MailboxUri extends GenericUri {
  private static final long serialVersionUID = 1L;

  /** A URI with nothing in it yet. */
  public MailboxUri() {}

  /** Whether what stands between two places is a mailbox, with headers or without. */
  static boolean fits(byte[] b, int from, int to) {
    int at = -1;
    int i = from;
    while (i < to && b[i] != '?') {
      if (b[i] == '@') {
        at = i;
      }
      i++;
    }
    return at > from && at + 1 < i;
  }

  @Override
  void parseBody(Scanner in, String scheme, int end) throws SyntaxException {
    if (!fits(in.array(), in.position(), end)) {
      throw in.error("expected user and domain");
    }
    super.parseBody(in, scheme, end);
  }

  /** Up to the headers. */
  private String to() {
    String data = getSchemeData();
    int question = data.indexOf('?');
    return question < 0 ? data : data.substring(0, question);
  }

  private String headers() {
    String data = getSchemeData();
    int question = data.indexOf('?');
    return question < 0 ? "" : data.substring(question + 1);
  }

  /** The local part of the mailbox, escapes resolved. */
  public String getUser() {
    String to = to();
    return Escapes.resolve(to.substring(0, Math.max(0, to.lastIndexOf('@'))));
  }

  /** The domain of the mailbox, as it stands. */
  public String getHost() {
    String to = to();
    return to.substring(to.lastIndexOf('@') + 1);
  }

  /** The value of a header without escapes; null if there's none of this name. */
  public @Nullable String getHeader(String name) {
    return RawPairs.get(headers(), '&', Objects.requireNonNull(name, "name"));
  }

  /** The names of the headers in order; a copy that can't be changed. */
  public Iterator<String> getHeaderNames() {
    return RawPairs.names(headers(), '&');
  }

  @Override
  public MailboxUri clone() {
    return (MailboxUri) super.clone();
  }

  /**
   * The domain has no case, the local part has (RFC 2822 §3.4.1 leaves it to the domain); headers
   * count as they stand.
   */
  @Override
  String normalForm() {
    String data = NormalForm.escapes(getSchemeData(), true);
    int end = data.indexOf('?');
    end = end < 0 ? data.length() : end;
    int at = data.lastIndexOf('@', end) + 1;
    return data.substring(0, at) + Chars.lower(data.substring(at, end)) + data.substring(end);
  }
}
