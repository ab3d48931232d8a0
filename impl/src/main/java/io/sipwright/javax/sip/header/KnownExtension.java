package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.ExtensionHeader;

/**
 * A header that Sipwright knows and JAIN SIP has no interface for. To programs that know nothing of
 * {@code io.sipwright.header} it's what JAIN SIP makes of such headers, an {@link ExtensionHeader}
 * with its value as text.
 */
public interface KnownExtension extends ExtensionHeader {
  /**
   * Sets the whole value as text.
   *
   * @throws ParseException if it breaks the header's grammar; then nothing is changed
   */
  @Override
  default void setValue(String value) throws ParseException {
    ((SipHeader) this).replaceValue(value);
  }
}
