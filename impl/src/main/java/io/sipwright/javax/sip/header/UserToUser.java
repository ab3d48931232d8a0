package io.sipwright.javax.sip.header;

import io.sipwright.header.UserToUserHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * {@code UUI = "User-to-User" HCOLON uui-value *(COMMA uui-value)} (RFC 7433 §4.1).
 *
 * <pre>
 * uui-value  = uui-data *(SEMI uui-param)
 * uui-data   = token / quoted-string
 * uui-param  = pkg-param / cont-param / enc-param / generic-param
 * pkg-param  = "purpose" EQUAL token
 * cont-param = "content" EQUAL token
 * enc-param  = "encoding" EQUAL ( token / "hex" )
 * </pre>
 */
public class UserToUser extends TokenOrTextHeader implements UserToUserHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without value yet. */
  public UserToUser() {
    super(NAME);
  }

  @Override
  public String getData() {
    return text();
  }

  @Override
  public void setData(String data) throws ParseException {
    text(data);
  }

  @Override
  public byte @Nullable [] getBytes() {
    String encoding = getEncoding();
    if ((encoding != null && !encoding.equalsIgnoreCase(HEX))
        || text().length() % 2 != 0
        || !Chars.all(text(), Chars.HEX)) {
      return null;
    }
    return HexFormat.of().parseHex(text());
  }

  @Override
  public void setBytes(byte[] bytes) {
    try {
      text(HexFormat.of().formatHex(bytes));
      parameters.set("encoding", HEX);
    } catch (ParseException e) {
      throw new AssertionError(e); // digits are a token
    }
  }

  @Override
  public @Nullable String getPurpose() {
    return parameters.get("purpose");
  }

  @Override
  public void setPurpose(String purpose) throws ParseException {
    setTokenParameter("purpose", purpose);
  }

  @Override
  public @Nullable String getContent() {
    return parameters.get("content");
  }

  @Override
  public void setContent(String content) throws ParseException {
    setTokenParameter("content", content);
  }

  @Override
  public @Nullable String getEncoding() {
    return parameters.get("encoding");
  }

  @Override
  public void setEncoding(String encoding) throws ParseException {
    setTokenParameter("encoding", encoding);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "purpose", "content", "encoding" -> Checks.token(value, name);
      default -> {}
    }
  }
}
