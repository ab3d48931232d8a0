package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/** Data that the network passes from user to user (RFC 7433 §4.1). */
public interface UserToUserHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "User-to-User";

  /** The encoding that means two hexadecimal digits a byte. */
  String HEX = "hex";

  /** The data as it stands, without quotes; {@code ""} before it's set. */
  String getData();

  /**
   * Sets the data as it is to stand.
   *
   * @throws ParseException if it holds CR, LF or NUL
   */
  void setData(String data) throws ParseException;

  /**
   * The bytes that the data stands for: of hexadecimal digits if that's the {@code encoding}, or if
   * there's none; null if it's something else.
   */
  byte @Nullable [] getBytes();

  /** Sets the data to the hexadecimal digits of some bytes, and the encoding to {@code hex}. */
  void setBytes(byte[] bytes);

  /** The package that the data belongs to; none means {@code isdn-uui}; null if not said. */
  @Nullable String getPurpose();

  /**
   * Sets the {@code purpose} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setPurpose(String purpose) throws ParseException;

  /** What the data contains; null if not said. */
  @Nullable String getContent();

  /**
   * Sets the {@code content} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setContent(String content) throws ParseException;

  /** How the data is encoded; null if not said. */
  @Nullable String getEncoding();

  /**
   * Sets the {@code encoding} parameter.
   *
   * @throws ParseException if it is no token
   */
  void setEncoding(String encoding) throws ParseException;
}
