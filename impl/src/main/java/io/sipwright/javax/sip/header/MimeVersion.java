package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.header.MimeVersionHeader;
import org.jspecify.annotations.Nullable;

/** {@code MIME-Version = "MIME-Version" HCOLON 1*DIGIT "." 1*DIGIT} (RFC 3261 §20.24). */
public class MimeVersion extends SipHeader implements MimeVersionHeader {
  private static final long serialVersionUID = 1L;

  private int major = 1;
  private int minor;

  /** Version 1.0. */
  public MimeVersion() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    major = (int) in.number(Integer.MAX_VALUE);
    in.expect('.');
    minor = (int) in.number(Integer.MAX_VALUE);
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(major).put('.').put(minor);
  }

  @Override
  public int getMajorVersion() {
    return major;
  }

  @Override
  public void setMajorVersion(int majorVersion) throws InvalidArgumentException {
    major = (int) Ranges.check(majorVersion, 0, Integer.MAX_VALUE, "major MIME version");
  }

  @Override
  public int getMinorVersion() {
    return minor;
  }

  @Override
  public void setMinorVersion(int minorVersion) throws InvalidArgumentException {
    minor = (int) Ranges.check(minorVersion, 0, Integer.MAX_VALUE, "minor MIME version");
  }

  /** Equal in both numbers. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MimeVersion that && major == that.major && minor == that.minor;
  }

  @Override
  public int hashCode() {
    return major * 31 + minor;
  }
}
