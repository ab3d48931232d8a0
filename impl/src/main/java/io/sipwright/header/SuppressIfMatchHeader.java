package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/**
 * Asks a notifier for no NOTIFY, or for one without body, if the state is still the one that an
 * entity tag names (RFC 5839 §7.3).
 */
public interface SuppressIfMatchHeader extends Header {
  /** The name of the header. */
  String NAME = "Suppress-If-Match";

  /** Whatever the state is (RFC 5839 §6.2, §6.3). */
  String ANY = "*";

  /** The entity tag, or {@code *}; {@code ""} before it's set. */
  String getETag();

  /**
   * Sets the entity tag, or {@code *}.
   *
   * @throws ParseException if it's no token
   */
  void setETag(String etag) throws ParseException;

  /** Whether it's {@code *}. */
  boolean isAny();
}
