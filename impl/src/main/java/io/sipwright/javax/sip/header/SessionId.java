package io.sipwright.javax.sip.header;

import io.sipwright.header.SessionIdHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code session-id = "Session-ID" HCOLON session-id-value} (RFC 7989 §5).
 *
 * <pre>
 * session-id-value = local-uuid *(SEMI sess-id-param)
 * local-uuid       = sess-uuid / nil
 * sess-uuid        = 32(DIGIT / %x61-66)  ;32 chars of [0-9a-f]
 * sess-id-param    = remote-param / logme-param / generic-param
 * remote-param     = "remote" EQUAL ( sess-uuid / nil )
 * </pre>
 *
 * <p>Without {@code remote} it's the form of RFC 7329. Capital digits are read, and become small.
 */
public class SessionId extends ParametersHeader implements SessionIdHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private static final int DIGITS = 32;
  private static final String REMOTE = "remote";

  private String localUuid = NIL;

  /** Without value yet. */
  public SessionId() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    in.skip(Chars.HEX);
    if (in.position() != from + DIGITS || in.at(Chars.TOKEN)) {
      throw in.error("expected a UUID of 32 hexadecimal digits");
    }
    localUuid = small(in.text(from, in.position()), in, from);
    from = in.position();
    parameters.parseMore(in, ';');
    String remote = parameters.get(REMOTE);
    if (remote != null && isUuid(remote)) {
      String lower = small(remote, in, from);
      if (!lower.equals(remote)) {
        parameters.set(REMOTE, lower);
      }
    }
  }

  private static String small(String uuid, Scanner in, int at) throws SyntaxException {
    String lower = Chars.lower(uuid);
    if (!uuid.equals(lower)) {
      in.beyondGrammar("capital digit in a UUID", at);
    }
    return lower;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(localUuid);
    parameters.encode(out);
  }

  private static String check(String uuid, String what) throws SyntaxException {
    if (!isUuid(Objects.requireNonNull(uuid, what))) {
      throw new SyntaxException(
          what + " UUID '" + Checks.visible(uuid) + "' is not 32 hexadecimal digits", 0);
    }
    return Chars.lower(uuid);
  }

  private static boolean isUuid(String text) {
    return text.length() == DIGITS && Chars.all(text, Chars.HEX);
  }

  @Override
  public String getLocalUuid() {
    return localUuid;
  }

  @Override
  public void setLocalUuid(String localUuid) throws ParseException {
    this.localUuid = check(localUuid, "local");
  }

  @Override
  public @Nullable String getRemoteUuid() {
    String remote = parameters.get(REMOTE);
    return remote != null && isUuid(remote) ? Chars.lower(remote) : null;
  }

  @Override
  public void setRemoteUuid(String remoteUuid) throws ParseException {
    parameters.set(REMOTE, check(remoteUuid, REMOTE));
  }

  @Override
  public boolean isLogMe() {
    return parameters.has("logme");
  }

  @Override
  public void setLogMe(boolean logMe) {
    flag("logme", logMe);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase(REMOTE)) {
      check(value, REMOTE);
    }
  }

  /** Equal in UUID and parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionId that
        && localUuid.equals(that.localUuid)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return localUuid.hashCode() * 31 + parameters.hashCode();
  }
}
