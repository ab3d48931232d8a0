package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** How long a session lives without being refreshed, and who refreshes it (RFC 4028 §4). */
public interface SessionExpiresHeader extends Header, Parameters {
  /** The name of the header. */
  String NAME = "Session-Expires";

  /** The one who sent the request refreshes. */
  String UAC = "uac";

  /** The one who answered refreshes. */
  String UAS = "uas";

  /** Seconds; {@link Integer#MAX_VALUE} for any from there to 2**32-1. */
  int getExpires();

  /**
   * Sets the seconds.
   *
   * @throws InvalidArgumentException if it's below 0
   */
  void setExpires(int seconds) throws InvalidArgumentException;

  /** Who refreshes, {@link #UAC} or {@link #UAS}; null where it's absent or no such word. */
  @Nullable String getRefresher();

  /**
   * Sets who refreshes.
   *
   * @throws ParseException if it's neither {@link #UAC} nor {@link #UAS}
   */
  void setRefresher(String refresher) throws ParseException;
}
