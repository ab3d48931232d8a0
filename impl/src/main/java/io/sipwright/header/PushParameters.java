package io.sipwright.header;

import java.text.ParseException;
import java.util.Objects;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a SIP URI by which a push notification service reaches a user agent (RFC 8599
 * §8.7): in the URI of a REGISTER's Contact.
 *
 * <pre>
 * pn-provider = "pn-provider" [EQUAL pvalue]
 * pn-param    = "pn-param" EQUAL pvalue
 * pn-prid     = "pn-prid" EQUAL pvalue
 * pn-purr     = "pn-purr" EQUAL pvalue
 * </pre>
 */
public final class PushParameters {
  private static final String PROVIDER = "pn-provider";
  private static final String PARAM = "pn-param";
  private static final String PRID = "pn-prid";
  private static final String PURR = "pn-purr";

  private final String provider;
  private final @Nullable String param;
  private final @Nullable String prid;
  private final @Nullable String purr;

  /**
   * What a user agent registers with.
   *
   * @param provider the push service, {@code apns}, {@code fcm}, {@code webpush} or another; {@code
   *     ""} asks the network which it supports (RFC 8599 §4.1.5)
   * @param param further data for the service, as it defines; null for none
   * @param prid the id by which the service knows the user agent; null for none
   */
  public PushParameters(String provider, @Nullable String param, @Nullable String prid) {
    this(provider, param, prid, null);
  }

  private PushParameters(
      String provider, @Nullable String param, @Nullable String prid, @Nullable String purr) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.param = param;
    this.prid = prid;
    this.purr = purr;
  }

  /** Those of a URI; null if it has no {@code pn-provider} and no {@code pn-purr}. */
  public static @Nullable PushParameters of(SipURI uri) {
    String provider = uri.getParameter(PROVIDER);
    String purr = uri.getParameter(PURR);
    if (provider == null && purr == null) {
      return null;
    }
    return new PushParameters(
        provider == null ? "" : provider, uri.getParameter(PARAM), uri.getParameter(PRID), purr);
  }

  /**
   * Puts them into a URI, in the place of those that it had.
   *
   * @throws ParseException if one holds CR, LF or NUL; the URI is then as it was
   */
  public void putInto(SipURI uri) throws ParseException {
    SipURI copy = (SipURI) uri.clone();
    put(copy);
    put(uri);
  }

  private void put(SipURI uri) throws ParseException {
    if (provider.isEmpty() && purr != null) {
      uri.removeParameter(PROVIDER);
    } else {
      uri.setParameter(PROVIDER, provider);
    }
    put(uri, PARAM, param);
    put(uri, PRID, prid);
    put(uri, PURR, purr);
  }

  private static void put(SipURI uri, String name, @Nullable String value) throws ParseException {
    if (value == null) {
      uri.removeParameter(name);
    } else {
      uri.setParameter(name, value);
    }
  }

  /** The same with a {@code pn-purr}, which stands for the binding in mid-dialog requests. */
  public PushParameters withPurr(@Nullable String purr) {
    return new PushParameters(provider, param, prid, purr);
  }

  /** The push service; {@code ""} if none is named. */
  public String provider() {
    return provider;
  }

  /** Further data for the service; null if there's none. */
  public @Nullable String param() {
    return param;
  }

  /** The id by which the service knows the user agent; null if there's none. */
  public @Nullable String prid() {
    return prid;
  }

  /** What stands for the binding in mid-dialog requests (RFC 8599 §6.2); null if there's none. */
  public @Nullable String purr() {
    return purr;
  }

  /** Whether a notification can be asked for with these: service and id are there. */
  public boolean canNotify() {
    return !provider.isEmpty() && prid != null && !prid.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PushParameters that
        && provider.equals(that.provider)
        && Objects.equals(param, that.param)
        && Objects.equals(prid, that.prid)
        && Objects.equals(purr, that.purr);
  }

  @Override
  public int hashCode() {
    return Objects.hash(provider, param, prid, purr);
  }

  /** As the parameters would stand in a URI, without escapes. */
  @Override
  public String toString() {
    StringBuilder sb = new StringBuilder();
    if (!provider.isEmpty() || purr == null) {
      sb.append(';').append(PROVIDER);
      append(sb, "", provider.isEmpty() ? null : provider);
    }
    append(sb, ';' + PARAM, param);
    append(sb, ';' + PRID, prid);
    append(sb, ';' + PURR, purr);
    return sb.toString();
  }

  private static void append(StringBuilder sb, String name, @Nullable String value) {
    if (value != null) {
      sb.append(name).append('=').append(value);
    }
  }
}
