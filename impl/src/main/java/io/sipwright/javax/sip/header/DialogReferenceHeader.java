package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** {@code callid *(SEMI param)} with two tags among the parameters: a dialog's name. */
public abstract class DialogReferenceHeader extends ParametersHeader {
  private static final long serialVersionUID = 1L;

  private final String oneTag;
  private final String otherTag;
  private String callId = "";

  /** A header of a name and the names of its two tags, without Call-ID yet. */
  protected DialogReferenceHeader(String name, String oneTag, String otherTag) {
    super(name);
    this.oneTag = oneTag;
    this.otherTag = otherTag;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    callId = CallId.read(in);
    int[] repeated = {0};
    if (in.acceptSeparator(';')) {
      parameters.parseSeparated(
          in,
          ';',
          name -> {
            repeated[0] += isTag(name) ? 1 : 0;
            return name;
          });
    }
    if (repeated[0] > 0) { // exactly one of each: RFC 3891 §6.1, RFC 3911 §7.1, RFC 4538 §7
      throw in.error(getName() + " has a tag twice");
    }
    for (String tag : new String[] {oneTag, otherTag}) {
      String value = parameters.get(tag);
      if (value == null || !Chars.isToken(value)) {
        throw in.error(getName() + " needs a " + tag);
      }
    }
  }

  private boolean isTag(String name) {
    return Chars.sameIgnoringCase(name, oneTag) || Chars.sameIgnoringCase(name, otherTag);
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(callId);
    parameters.encode(out);
  }

  /** The dialog's Call-ID; {@code ""} before it's set. */
  public String getCallId() {
    return callId;
  }

  /**
   * Sets the dialog's Call-ID.
   *
   * @throws ParseException if it holds what no Call-ID may hold
   */
  public void setCallId(String callId) throws ParseException {
    this.callId = CallId.check(callId);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (isTag(name)) {
      Checks.token(value, name);
    }
  }

  /** Equal in name, in Call-ID byte by byte, and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DialogReferenceHeader that
        && getName().equals(that.getName())
        && callId.equals(that.callId)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return callId.hashCode() * 31 + parameters.hashCode();
  }
}
