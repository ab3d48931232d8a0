package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** Who sent the REFER that made the sender send this request (RFC 3892 §3). */
public interface ReferredByHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "Referred-By";

  /**
   * The Content-ID, without angle brackets, of the body part in which the referrer signed this;
   * null where there's none.
   */
  @Nullable String getContentId();

  /**
   * Sets the Content-ID of the body part that the referrer signed.
   *
   * @param contentId {@code left@right}, without angle brackets
   * @throws ParseException if it's none, or holds what a header may not hold
   */
  void setContentId(String contentId) throws ParseException;
}
