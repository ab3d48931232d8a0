package io.sipwright.javax.sip.header;

import io.sipwright.header.ReferSubHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Refer-Sub = "Refer-Sub" HCOLON refer-sub-value *(SEMI exten)} with {@code refer-sub-value
 * = "true" / "false"} and {@code exten = generic-param} (RFC 4488 §4).
 */
public class ReferSub extends ParametersHeader implements ReferSubHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private boolean subscription = true;

  /** With the value {@code true}, which is that of a REFER without this header. */
  public ReferSub() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    String word = in.token();
    subscription = Chars.sameIgnoringCase(word, "true");
    if (!subscription && !Chars.sameIgnoringCase(word, "false")) {
      in.position(from);
      throw in.error("expected true or false");
    }
    parameters.parseMore(in, ';');
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(subscription ? "true" : "false");
    parameters.encode(out);
  }

  @Override
  public boolean isSubscription() {
    return subscription;
  }

  @Override
  public void setSubscription(boolean subscription) {
    this.subscription = subscription;
  }

  /** Equal in value and in the set of parameters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReferSub that
        && subscription == that.subscription
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(subscription) * 31 + parameters.hashCode();
  }
}
