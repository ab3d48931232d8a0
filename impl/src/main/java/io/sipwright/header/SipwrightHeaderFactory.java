package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.HeaderFactory;

/**
 * Makes the headers of this package, beside those of JAIN SIP. What {@code
 * SipFactory.createHeaderFactory()} gives with this stack can be cast to it:
 *
 * <pre>
 * SipwrightHeaderFactory headers =
 *     (SipwrightHeaderFactory) SipFactory.getInstance().createHeaderFactory();
 * request.addHeader(headers.createPrivacyHeader("id"));
 * </pre>
 *
 * <p>Null where something is needed is a {@link NullPointerException}.
 */
public interface SipwrightHeaderFactory extends HeaderFactory {
  // --- the caller's identity and privacy, calls and those in them ---

  /**
   * A Privacy header.
   *
   * @param privacy one value, or several with semicolons between them
   * @throws ParseException if one is no token or stands twice, or {@code none} isn't alone
   */
  PrivacyHeader createPrivacyHeader(String privacy) throws ParseException;
}
