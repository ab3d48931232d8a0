package io.sipwright.header;

import java.text.ParseException;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that later RFCs gave to SIP URIs, for URIs of any vendor: {@code ob} (RFC 5626 §10)
 * and {@code gr} (RFC 5627 §7).
 */
public final class SipUriParameters {
  private static final String OUTBOUND = "ob";
  private static final String GRUU = "gr";

  private SipUriParameters() {}

  /**
   * Whether the URI has {@code ob}: in Contact, that requests shall come over the flow which the
   * header came over (RFC 5626 §4.3, §5.1).
   */
  public static boolean isOutbound(SipURI uri) {
    return uri.getParameter(OUTBOUND) != null;
  }

  /** Gives the URI {@code ob}, or takes it away. */
  public static void setOutbound(SipURI uri, boolean outbound) {
    if (outbound) {
      set(uri, OUTBOUND, "");
    } else {
      uri.removeParameter(OUTBOUND);
    }
  }

  /** Whether the URI is a GRUU, public or temporary: whether it has {@code gr} (RFC 5627 §3.1). */
  public static boolean isGruu(SipURI uri) {
    return uri.getParameter(GRUU) != null;
  }

  /**
   * Which device of the user a public GRUU leads to; null if it's none, temporary GRUUs included.
   */
  public static @Nullable String instanceOf(SipURI uri) {
    String gr = uri.getParameter(GRUU);
    return gr == null || gr.isEmpty() ? null : gr;
  }

  /**
   * Makes the URI a GRUU.
   *
   * @param instance which device it leads to, as a rule the URN of {@code +sip.instance}; null for
   *     a temporary GRUU, whose user part says that
   * @throws ParseException if the instance holds CR, LF or NUL
   */
  public static void setGruu(SipURI uri, @Nullable String instance) throws ParseException {
    uri.setParameter(GRUU, instance == null ? "" : instance);
  }

  private static void set(SipURI uri, String name, String value) {
    try {
      uri.setParameter(name, value);
    } catch (ParseException e) {
      throw new IllegalArgumentException("URI takes no parameter " + name, e);
    }
  }
}
