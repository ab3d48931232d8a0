package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Tells which messages belong to one session, across B2BUAs (RFC 7989 §5). UUIDs are 32 hexadecimal
 * digits in lower case, without hyphens.
 */
public interface SessionIdHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Session-ID";

  /** The UUID of a side that is not known yet. */
  String NIL = "00000000000000000000000000000000";

  /** The UUID of the sender's side; {@link #NIL} before it's set. */
  String getLocalUuid();

  /**
   * Sets the UUID of the sender's side.
   *
   * @throws ParseException if it isn't 32 hexadecimal digits; capital ones become small
   */
  void setLocalUuid(String localUuid) throws ParseException;

  /**
   * The UUID of the other side; null if it's absent, as from older equipment (RFC 7329), or no
   * UUID.
   */
  @Nullable String getRemoteUuid();

  /**
   * Sets the UUID of the other side.
   *
   * @throws ParseException if it isn't 32 hexadecimal digits; capital ones become small
   */
  void setRemoteUuid(String remoteUuid) throws ParseException;

  /** Whether the message is marked to be logged (RFC 8497 §6). */
  boolean isLogMe();

  /** Marks the message to be logged, or not. */
  void setLogMe(boolean logMe);
}
