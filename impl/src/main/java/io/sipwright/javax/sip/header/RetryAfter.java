package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.header.RetryAfterHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Retry-After = "Retry-After" HCOLON delta-seconds [ comment ] *( SEMI retry-param )} with
 * {@code retry-param = ("duration" EQUAL delta-seconds) / generic-param} (RFC 3261 §20.33).
 *
 * <p>A duration that a peer filled with nonsense counts as absent.
 */
public class RetryAfter extends ParametersHeader implements RetryAfterHeader {
  private static final long serialVersionUID = 1L;

  private long seconds;
  private @Nullable String comment;

  /** With 0 seconds. */
  public RetryAfter() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    seconds = in.number(Ranges.UNSIGNED_32);
    int end = in.position();
    if (in.sws().peek() == '(') {
      comment = in.commentText();
    } else {
      in.position(end);
    }
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(seconds);
    if (comment != null) {
      out.put(' ').putComment(comment);
    }
    parameters.encode(out);
  }

  /** Seconds; {@link Integer#MAX_VALUE} for any from there to 2**32-1, as JAIN's int allows. */
  @Override
  public int getRetryAfter() {
    return Ranges.clamp(seconds);
  }

  /**
   * Sets the time to wait.
   *
   * @param retryAfter seconds
   * @throws InvalidArgumentException if it's below 0
   */
  @Override
  public void setRetryAfter(int retryAfter) throws InvalidArgumentException {
    seconds = Ranges.check(retryAfter, 0, Integer.MAX_VALUE, "Retry-After");
  }

  /** The comment's text, without the parentheses round it; null where there's none. */
  @Override
  public @Nullable String getComment() {
    return comment;
  }

  /** Whether there's a comment. */
  public boolean hasComment() {
    return comment != null;
  }

  /**
   * Sets the comment; {@code ""} takes it away.
   *
   * @param comment the text without the parentheses round it
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setComment(String comment) throws ParseException {
    Checks.text(comment, "comment");
    this.comment = comment.isEmpty() ? null : comment;
  }

  /** How long the callee will be reachable from then on, in seconds; 0 where it's absent. */
  @Override
  public int getDuration() {
    return Ranges.clamp(Math.max(0, numberParameter("duration", Ranges.UNSIGNED_32)));
  }

  @Override
  public void setDuration(int duration) throws InvalidArgumentException {
    setNumberParameter("duration", duration, 0, Integer.MAX_VALUE);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("duration")) {
      checkNumber(name, value, Ranges.UNSIGNED_32);
    }
  }

  /** Equal in seconds, comment and the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetryAfter that
        && seconds == that.seconds
        && Objects.equals(comment, that.comment)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(seconds) * 31 + Objects.hashCode(comment)) * 31 + parameters.hashCode();
  }
}
