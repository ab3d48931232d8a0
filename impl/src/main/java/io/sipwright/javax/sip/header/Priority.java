package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.PriorityHeader;

/**
 * {@code Priority = "Priority" HCOLON priority-value} with {@code priority-value = "emergency" /
 * "urgent" / "normal" / "non-urgent" / other-priority} (RFC 3261 §20.26).
 */
public class Priority extends TokenHeader implements PriorityHeader {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public Priority() {
    super(NAME, false);
  }

  @Override
  public String getPriority() {
    return token();
  }

  /**
   * Sets the priority: any token.
   *
   * @throws ParseException if it's no token
   */
  @Override
  public void setPriority(String priority) throws ParseException {
    token(priority);
  }
}
