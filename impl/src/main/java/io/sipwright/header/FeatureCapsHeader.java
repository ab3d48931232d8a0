package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy or another entity on the way can do, as feature-capability indicators (RFC 6809
 * §6.2). Names are given without their {@code +}: {@code sip.pns}, {@code g.3gpp.srvcc}.
 */
public interface FeatureCapsHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Feature-Caps";

  /**
   * The value of an indicator without quotes, {@code ""} if it has none; null if it's not there.
   */
  @Nullable String getFeature(String name);

  /**
   * Sets an indicator; null or {@code ""} makes one without value.
   *
   * @throws ParseException if the name is none, or the value holds CR, LF or NUL
   */
  void setFeature(String name, @Nullable String value) throws ParseException;

  /** Whether an indicator is there, with or without value. */
  boolean hasFeature(String name);

  /** The push service that is supported, {@code sip.pns}; null if not said (RFC 8599 §8.2). */
  @Nullable String getPushService();

  /** The server's public key, {@code sip.vapid}; null if not said (RFC 8599 §8.3). */
  @Nullable String getVapidKey();

  /**
   * How many seconds before the binding ends a REGISTER is expected, {@code sip.pnsreg}; -1 if not
   * said (RFC 8599 §8.4).
   */
  int getPushRegisterSeconds();

  /** What stands for the binding in mid-dialog requests, {@code sip.pnspurr} (RFC 8599 §8.6). */
  @Nullable String getPushReference();
}
