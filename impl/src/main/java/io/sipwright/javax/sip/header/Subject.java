package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.SubjectHeader;

/** {@code Subject = ( "Subject" / "s" ) HCOLON [TEXT-UTF8-TRIM]} (RFC 3261 §20.36). */
public class Subject extends TextHeader implements SubjectHeader {
  private static final long serialVersionUID = 1L;

  /** With an empty value. */
  public Subject() {
    super(NAME);
  }

  @Override
  public String getSubject() {
    return text();
  }

  /**
   * Sets the text, possibly empty.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  @Override
  public void setSubject(String subject) throws ParseException {
    text(subject);
  }
}
