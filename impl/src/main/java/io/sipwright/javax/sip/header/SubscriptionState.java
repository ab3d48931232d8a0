package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.SubscriptionStateHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Subscription-State = "Subscription-State" HCOLON substate-value *( SEMI subexp-params )}
 * (RFC 6665 §8.2.3, §8.4).
 *
 * <pre>
 * subexp-params = ("reason" EQUAL event-reason-value) / ("expires" EQUAL delta-seconds)
 *                 / ("retry-after" EQUAL delta-seconds) / generic-param
 * </pre>
 *
 * <p>A number that a peer filled with nonsense counts as absent.
 */
public class SubscriptionState extends TokenParametersHeader implements SubscriptionStateHeader {
  private static final long serialVersionUID = 1L;

  /** Without state yet. */
  public SubscriptionState() {
    super(NAME);
  }

  /** {@code "active"}, {@code "pending"}, {@code "terminated"} or another word, as it stands. */
  @Override
  public String getState() {
    return token();
  }

  @Override
  public void setState(String state) throws ParseException {
    token(state, "subscription state");
  }

  /** Why, or null where it's absent. */
  @Override
  public @Nullable String getReasonCode() {
    return parameters.get("reason");
  }

  /**
   * Sets why.
   *
   * @throws ParseException if it's no token; take it away with {@code removeParameter("reason")}
   */
  @Override
  public void setReasonCode(String reasonCode) throws ParseException {
    setTokenParameter("reason", reasonCode);
  }

  /** Seconds, {@link Integer#MAX_VALUE} for any from there to 2**32-1; -1 where it's absent. */
  @Override
  public int getExpires() {
    return Ranges.clamp(numberParameter("expires", Ranges.UNSIGNED_32));
  }

  @Override
  public void setExpires(int expires) throws InvalidArgumentException {
    setNumberParameter("expires", expires, 0, Integer.MAX_VALUE);
  }

  /** Seconds, {@link Integer#MAX_VALUE} for any from there to 2**32-1; -1 where it's absent. */
  @Override
  public int getRetryAfter() {
    return Ranges.clamp(numberParameter("retry-after", Ranges.UNSIGNED_32));
  }

  @Override
  public void setRetryAfter(int retryAfter) throws InvalidArgumentException {
    setNumberParameter("retry-after", retryAfter, 0, Integer.MAX_VALUE);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "reason" -> Checks.token(value, "reason");
      case "expires", "retry-after" -> checkNumber(name, value, Ranges.UNSIGNED_32);
      default -> {}
    }
  }
}
