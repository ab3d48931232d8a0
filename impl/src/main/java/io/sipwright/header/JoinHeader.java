package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The dialog whose conversation an INVITE shall join (RFC 3911 §7.1). Both tags must be there; a
 * tag {@code 0} stands for none too, that of a peer from before RFC 3261.
 */
public interface JoinHeader extends Header, Parameters {
  /** The name of the header. */
  String NAME = "Join";

  /** The dialog's Call-ID. */
  String getCallId();

  /**
   * Sets the dialog's Call-ID.
   *
   * @throws ParseException if it holds what no Call-ID may hold
   */
  void setCallId(String callId) throws ParseException;

  /** The tag of the receiver's end of the dialog; null where it's absent. */
  @Nullable String getToTag();

  /**
   * Sets that tag.
   *
   * @throws ParseException if it's no token
   */
  void setToTag(String tag) throws ParseException;

  /** The tag of the other end of the dialog; null where it's absent. */
  @Nullable String getFromTag();

  /**
   * Sets that tag.
   *
   * @throws ParseException if it's no token
   */
  void setFromTag(String tag) throws ParseException;
}
