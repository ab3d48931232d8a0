package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import org.jspecify.annotations.Nullable;

/**
 * Contact with the parameters of later RFCs: features, outbound flows and GRUUs. Every Contact of
 * this stack is one.
 */
public interface SipwrightContactHeader extends ContactHeader, FeatureParameters {
  /**
   * Which of the instance's flows this is, {@code reg-id} (RFC 5626 §4.2); -1 where it's absent or
   * no number from 1 to 2**31-1.
   */
  int getRegId();

  /**
   * Sets {@code reg-id}.
   *
   * @param regId 1 or more
   * @throws InvalidArgumentException if it's below 1
   */
  void setRegId(int regId) throws InvalidArgumentException;

  /**
   * The URN of the device, {@code +sip.instance} without its angle brackets (RFC 5626 §4.1); null
   * where it's absent or not between angle brackets.
   */
  @Nullable String getInstanceId();

  /**
   * Sets the URN of the device: {@code urn:uuid:00000000-0000-1000-8000-000A95A0E128}.
   *
   * @throws ParseException if it's empty or holds what no URI may hold
   */
  void setInstanceId(String urn) throws ParseException;

  /** The public GRUU that a registrar gave (RFC 5627 §5.3); null where it's absent or no URI. */
  @Nullable URI getPublicGruu();

  /** Sets the public GRUU; it's written between quotes. */
  void setPublicGruu(URI gruu);

  /** The temporary GRUU that a registrar gave (RFC 5627 §5.3); null where it's absent or no URI. */
  @Nullable URI getTemporaryGruu();

  /** Sets the temporary GRUU; it's written between quotes. */
  void setTemporaryGruu(URI gruu);
}
