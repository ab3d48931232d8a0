package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.OrganizationHeader;

/** {@code Organization = "Organization" HCOLON [TEXT-UTF8-TRIM]} (RFC 3261 §20.25). */
public class Organization extends TextHeader implements OrganizationHeader {
  private static final long serialVersionUID = 1L;

  /** With an empty value. */
  public Organization() {
    super(NAME);
  }

  @Override
  public String getOrganization() {
    return text();
  }

  /**
   * Sets the text, possibly empty.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setOrganization(String organization) throws ParseException {
    text(organization);
  }
}
