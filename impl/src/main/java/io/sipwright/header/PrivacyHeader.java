package io.sipwright.header;

import java.text.ParseException;
import java.util.List;
import javax.sip.header.Header;

/** What a privacy service shall hide of this message's sender (RFC 3323 §4.2). */
public interface PrivacyHeader extends Header {
  /** The name of the header. */
  String NAME = "Privacy";

  /** Hide what in headers tells of the user (RFC 3323 §4.2). */
  String HEADER = "header";

  /** Hide where the session's media come from (RFC 3323 §4.2). */
  String SESSION = "session";

  /** Do in the network what the user agent couldn't hide itself (RFC 3323 §4.2). */
  String USER = "user";

  /** Hide nothing (RFC 3323 §4.2). */
  String NONE = "none";

  /** Refuse the request rather than leave anything of this undone (RFC 3323 §4.2). */
  String CRITICAL = "critical";

  /** Keep the asserted identity inside the trust domain (RFC 3325 §9.3). */
  String ID = "id";

  /** Keep the history of retargeting inside the trust domain (RFC 7044 §5.1). */
  String HISTORY = "history";

  /** The privacy wanted, semicolons between several: {@code "user;id"}; {@code ""} if unset. */
  String getPrivacy();

  /**
   * Sets the privacy wanted.
   *
   * @param privacy one value, or several with semicolons between them
   * @throws ParseException if one is no token or stands twice, or {@code none} isn't alone
   */
  void setPrivacy(String privacy) throws ParseException;

  /** The single values in order; a copy that can't be changed. */
  List<String> getPrivacyValues();

  /** Whether a value is among them, in any case. */
  boolean hasPrivacy(String value);
}
