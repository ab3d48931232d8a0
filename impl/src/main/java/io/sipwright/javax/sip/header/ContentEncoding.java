package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.ContentEncodingHeader;

/**
 * {@code Content-Encoding = ( "Content-Encoding" / "e" ) HCOLON content-coding *(COMMA
 * content-coding)} with {@code content-coding = token} (RFC 3261 §20.12).
 */
public class ContentEncoding extends TokenHeader implements ContentEncodingHeader {
  private static final long serialVersionUID = 1L;

  /** Without coding yet. */
  public ContentEncoding() {
    super(NAME, false);
  }

  @Override
  public String getEncoding() {
    return token();
  }

  @Override
  public void setEncoding(String encoding) throws ParseException {
    token(encoding);
  }
}
