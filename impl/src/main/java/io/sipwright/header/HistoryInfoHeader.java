package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import javax.sip.header.ReasonHeader;
import org.jspecify.annotations.Nullable;

/** A target that the request was sent to, and how it came to be one (RFC 7044 §5). */
public interface HistoryInfoHeader extends HeaderAddress, Parameters, Header {
  /** The name of the header. */
  String NAME = "History-Info";

  /** The place in the tree of targets: {@code 1.2.1}; null if it's absent or no such place. */
  @Nullable String getIndex();

  /**
   * Sets the place in the tree of targets.
   *
   * @throws ParseException if it isn't numbers with dots between them
   */
  void setIndex(String index) throws ParseException;

  /** The index of the target that this is a contact of ({@code rc}); null if it's none. */
  @Nullable String getRegisteredContact();

  /**
   * Says that this is a contact of the target of an index; takes {@code mp} and {@code np} away.
   *
   * @throws ParseException if it isn't numbers with dots between them
   */
  void setRegisteredContact(String index) throws ParseException;

  /**
   * The index of the target that was mapped to another user, here ({@code mp}); null if it's none.
   */
  @Nullable String getMappedFrom();

  /**
   * Says that the target of an index was mapped to this one, of another user; takes {@code rc} and
   * {@code np} away.
   *
   * @throws ParseException if it isn't numbers with dots between them
   */
  void setMappedFrom(String index) throws ParseException;

  /** The index of the target that is sent on unchanged, here ({@code np}); null if it's none. */
  @Nullable String getUnchangedFrom();

  /**
   * Says that the target of an index was sent on unchanged; takes {@code rc} and {@code mp} away.
   *
   * @throws ParseException if it isn't numbers with dots between them
   */
  void setUnchangedFrom(String index) throws ParseException;

  /** Why the target was left, out of the URI's headers; null if there's none that can be read. */
  @Nullable ReasonHeader getReason();

  /**
   * Puts why the target was left into the URI's headers.
   *
   * @throws ParseException if the URI is no SIP URI, which has no headers
   */
  void setReason(ReasonHeader reason) throws ParseException;

  /**
   * What shall be hidden of this entry, out of the URI's headers: {@code history}; null if none.
   */
  @Nullable String getPrivacy();

  /**
   * Puts what shall be hidden of this entry into the URI's headers.
   *
   * @throws ParseException if it's no token, or the URI is no SIP URI, which has no headers
   */
  void setPrivacy(String privacy) throws ParseException;
}
