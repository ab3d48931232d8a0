package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.header.WarningHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Warning = "Warning" HCOLON warning-value *(COMMA warning-value)} (RFC 3261 §20.43).
 *
 * <pre>
 * warning-value = warn-code SP warn-agent SP warn-text
 * warn-code     = 3DIGIT
 * warn-agent    = hostport / pseudonym
 * warn-text     = quoted-string
 * pseudonym     = token
 * </pre>
 */
public class Warning extends SipHeader implements WarningHeader {
  private static final long serialVersionUID = 1L;

  private static final int LOWEST = 100;
  private static final int HIGHEST = 999;

  private int code = MISCELLANEOUS_WARNING;
  private String agent = "";
  private String text = "";

  /** Of code 399, agent and text to be set. */
  public Warning() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    code = (int) in.number(HIGHEST);
    if (code < LOWEST || in.position() != from + 3) {
      in.position(from);
      throw in.error("expected a warning code of three digits");
    }
    space(in);
    from = in.position();
    readAgent(in);
    agent = in.text(from, in.position());
    space(in);
    text = in.quotedString();
  }

  private static void space(Scanner in) throws SyntaxException {
    int from = in.position();
    if (in.sws().position() == from) {
      throw in.error("expected a space");
    }
    if (in.position() > from + 1 || in.array()[from] != ' ') {
      in.beyondGrammar("more white space than one space", from);
    }
  }

  /** {@code hostport / pseudonym}: a token has every character of a host name or IPv4 address. */
  private static void readAgent(Scanner in) throws SyntaxException {
    int from = in.position();
    if (in.peek() == '[') {
      in.host();
    } else {
      in.token();
    }
    if (in.accept(':')) {
      int colon = in.position() - 1;
      in.position(from);
      if (in.isStrict() && !in.host().isEmpty() && in.position() < colon) {
        throw in.error("unexpected character in a host");
      }
      in.position(colon + 1);
      in.port();
    }
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(code).put(' ').put(agent).put(' ').putQuoted(text);
  }

  @Override
  public int getCode() {
    return code;
  }

  /**
   * Sets the code.
   *
   * @throws InvalidArgumentException if it isn't 100 to 999
   */
  @Override
  public void setCode(int code) throws InvalidArgumentException {
    this.code = (int) Ranges.check(code, LOWEST, HIGHEST, "warning code");
  }

  /** The host, with its port if there's one, or the pseudonym of who added the warning. */
  @Override
  public String getAgent() {
    return agent;
  }

  /**
   * Sets the agent.
   *
   * @throws ParseException if it's neither {@code host[:port]} nor a token
   */
  @Override
  public void setAgent(String agent) throws ParseException {
    Scanner in = new Scanner(Checks.text(agent, "warning agent"));
    readAgent(in);
    if (!in.atEnd()) {
      throw in.error("warning agent '" + agent + "' is neither host and port nor a token");
    }
    this.agent = agent;
  }

  /** The text, without quotes. */
  @Override
  public String getText() {
    return text;
  }

  /**
   * Sets the text.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setText(String text) throws ParseException {
    this.text = Checks.text(text, "warning text");
  }

  /** Equal in code, agent (whatever its case) and text. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Warning that
        && code == that.code
        && agent.equalsIgnoreCase(that.agent)
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(code, Chars.lower(agent), text);
  }
}
