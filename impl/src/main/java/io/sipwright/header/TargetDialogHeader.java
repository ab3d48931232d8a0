package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A dialog that the sender of a request knows of and shares with its recipient: a reason to be
 * trusted with it (RFC 4538 §7). Local and remote are those of the sender.
 */
public interface TargetDialogHeader extends Header, Parameters {
  /** The name of the header. */
  String NAME = "Target-Dialog";

  /** The dialog's Call-ID. */
  String getCallId();

  /**
   * Sets the dialog's Call-ID.
   *
   * @throws ParseException if it holds what no Call-ID may hold
   */
  void setCallId(String callId) throws ParseException;

  /** The tag of the dialog's other end, as the request's sender sees it; null where it's absent. */
  @Nullable String getRemoteTag();

  /**
   * Sets that tag.
   *
   * @throws ParseException if it's no token
   */
  void setRemoteTag(String tag) throws ParseException;

  /** The tag of the sender's end of the dialog; null where it's absent. */
  @Nullable String getLocalTag();

  /**
   * Sets that tag.
   *
   * @throws ParseException if it's no token
   */
  void setLocalTag(String tag) throws ParseException;
}
