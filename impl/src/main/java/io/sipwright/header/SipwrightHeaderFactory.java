package io.sipwright.header;

import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.header.HeaderFactory;

/**
 * Makes the headers of this package, beside those of JAIN SIP. What {@code
 * SipFactory.createHeaderFactory()} gives with this stack can be cast to it:
 *
 * <pre>
 * SipwrightHeaderFactory headers =
 *     (SipwrightHeaderFactory) SipFactory.getInstance().createHeaderFactory();
 * request.addHeader(headers.createPrivacyHeader("id"));
 * </pre>
 *
 * <p>Null where something is needed is a {@link NullPointerException}.
 */
public interface SipwrightHeaderFactory extends HeaderFactory, NetworkHeaderFactory {
  // --- the caller's identity and privacy, calls and those in them ---

  /**
   * A Privacy header.
   *
   * @param privacy one value, or several with semicolons between them
   * @throws ParseException if one is no token or stands twice, or {@code none} isn't alone
   */
  PrivacyHeader createPrivacyHeader(String privacy) throws ParseException;

  /** A P-Asserted-Identity header. */
  PAssertedIdentityHeader createPAssertedIdentityHeader(Address address);

  /** A P-Preferred-Identity header. */
  PPreferredIdentityHeader createPPreferredIdentityHeader(Address address);

  /** A Path header; its URI should have {@code lr}. */
  PathHeader createPathHeader(Address address);

  /** A Service-Route header; its URI should have {@code lr}. */
  ServiceRouteHeader createServiceRouteHeader(Address address);

  /**
   * A Security-Client header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  SecurityClientHeader createSecurityClientHeader(String mechanism) throws ParseException;

  /**
   * A Security-Server header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  SecurityServerHeader createSecurityServerHeader(String mechanism) throws ParseException;

  /**
   * A Security-Verify header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  SecurityVerifyHeader createSecurityVerifyHeader(String mechanism) throws ParseException;

  /** An Accept-Contact header without features yet. */
  AcceptContactHeader createAcceptContactHeader();

  /** A Reject-Contact header without features yet. */
  RejectContactHeader createRejectContactHeader();

  /**
   * A Request-Disposition header with one directive, or several with commas between them.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  RequestDispositionHeader createRequestDispositionHeader(String directive) throws ParseException;

  /**
   * A Replaces header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  ReplacesHeader createReplacesHeader(String callId, String toTag, String fromTag)
      throws ParseException;

  /**
   * A Join header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  JoinHeader createJoinHeader(String callId, String toTag, String fromTag) throws ParseException;

  /**
   * A Target-Dialog header; remote and local are those of the one who sends it.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  TargetDialogHeader createTargetDialogHeader(String callId, String remoteTag, String localTag)
      throws ParseException;

  /** A Referred-By header. */
  ReferredByHeader createReferredByHeader(Address address);

  /**
   * A Session-Expires header without refresher.
   *
   * @throws InvalidArgumentException if the number is below 0
   */
  SessionExpiresHeader createSessionExpiresHeader(int seconds) throws InvalidArgumentException;

  /**
   * A Min-SE header.
   *
   * @throws InvalidArgumentException if the number is below 0
   */
  MinSEHeader createMinSEHeader(int seconds) throws InvalidArgumentException;

  /**
   * A Resource-Priority header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  ResourcePriorityHeader createResourcePriorityHeader(String namespace, String priority)
      throws ParseException;

  /**
   * An Accept-Resource-Priority header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  AcceptResourcePriorityHeader createAcceptResourcePriorityHeader(String namespace, String priority)
      throws ParseException;

  /** A Refer-Sub header. */
  ReferSubHeader createReferSubHeader(boolean subscription);

  /**
   * A P-Early-Media header with one parameter, or several with commas between them.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  PEarlyMediaHeader createPEarlyMediaHeader(String parameter) throws ParseException;

  /**
   * A P-Media-Authorization header; the token is of hexadecimal digits.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  PMediaAuthorizationHeader createPMediaAuthorizationHeader(String token) throws ParseException;

  /** A Permission-Missing header. */
  PermissionMissingHeader createPermissionMissingHeader(Address address);

  /** A Trigger-Consent header. */
  TriggerConsentHeader createTriggerConsentHeader(Address address);

  /**
   * An Answer-Mode header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  AnswerModeHeader createAnswerModeHeader(String mode) throws ParseException;

  /**
   * A Priv-Answer-Mode header.
   *
   * @throws ParseException if a text is not what the header's grammar has there
   */
  PrivAnswerModeHeader createPrivAnswerModeHeader(String mode) throws ParseException;

  /**
   * A Flow-Timer header.
   *
   * @throws InvalidArgumentException if the number is below 0
   */
  FlowTimerHeader createFlowTimerHeader(int seconds) throws InvalidArgumentException;
}
