package io.sipwright.javax.sip.address;

import io.sipwright.syntax.ByteSink;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * A URI of any scheme (RFC 3261 §19). Subclasses hold the text as it stood on the wire, so that
 * what nobody changed is written back as it came.
 *
 * <p>Any number of threads may read it while none changes it.
 */
public abstract class AbstractUri implements URI {
  private static final long serialVersionUID = 1L;

  /** For subclasses. */
  protected AbstractUri() {}

  /** Writes the URI as it goes on the wire, without angle brackets. */
  public abstract void encode(ByteSink out);

  /** The URI as it goes on the wire, without angle brackets. */
  @Override
  public String toString() {
    ByteSink out = new ByteSink(64);
    encode(out);
    return out.toString();
  }

  /** Deep: nothing that can change is shared with the original. */
  @Override
  public AbstractUri clone() {
    try {
      return (AbstractUri) super.clone(); // strings and numbers only
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public abstract boolean equals(@Nullable Object other);

  @Override
  public abstract int hashCode();
}
