package io.sipwright.javax.sip.header;

import io.sipwright.header.AcceptContactHeader;
import io.sipwright.header.AcceptResourcePriorityHeader;
import io.sipwright.header.AnswerModeHeader;
import io.sipwright.header.FlowTimerHeader;
import io.sipwright.header.JoinHeader;
import io.sipwright.header.MinSEHeader;
import io.sipwright.header.PAssertedIdentityHeader;
import io.sipwright.header.PEarlyMediaHeader;
import io.sipwright.header.PMediaAuthorizationHeader;
import io.sipwright.header.PPreferredIdentityHeader;
import io.sipwright.header.PathHeader;
import io.sipwright.header.PermissionMissingHeader;
import io.sipwright.header.PrivAnswerModeHeader;
import io.sipwright.header.PrivacyHeader;
import io.sipwright.header.ReferSubHeader;
import io.sipwright.header.ReferredByHeader;
import io.sipwright.header.RejectContactHeader;
import io.sipwright.header.ReplacesHeader;
import io.sipwright.header.RequestDispositionHeader;
import io.sipwright.header.ResourcePriorityHeader;
import io.sipwright.header.SecurityClientHeader;
import io.sipwright.header.SecurityServerHeader;
import io.sipwright.header.SecurityVerifyHeader;
import io.sipwright.header.ServiceRouteHeader;
import io.sipwright.header.SessionExpiresHeader;
import io.sipwright.header.TargetDialogHeader;
import io.sipwright.header.TriggerConsentHeader;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;

/**
 * The part of the header factory that makes headers of extensions about a call, those in it, and
 * what they want of each other.
 */
abstract class CallHeaderFactory extends CoreHeaderFactory {
  CallHeaderFactory(HeaderModel model) {
    super(model);
  }

  @Override
  public PrivacyHeader createPrivacyHeader(String privacy) throws ParseException {
    PrivacyHeader h = make(PrivacyHeader.class, HeaderType.PRIVACY);
    h.setPrivacy(privacy);
    return h;
  }

  @Override
  public PAssertedIdentityHeader createPAssertedIdentityHeader(Address address) {
    PAssertedIdentityHeader h = make(PAssertedIdentityHeader.class, HeaderType.P_ASSERTED_IDENTITY);
    h.setAddress(address);
    return h;
  }

  @Override
  public PPreferredIdentityHeader createPPreferredIdentityHeader(Address address) {
    PPreferredIdentityHeader h =
        make(PPreferredIdentityHeader.class, HeaderType.P_PREFERRED_IDENTITY);
    h.setAddress(address);
    return h;
  }

  @Override
  public PathHeader createPathHeader(Address address) {
    PathHeader h = make(PathHeader.class, HeaderType.PATH);
    h.setAddress(address);
    return h;
  }

  @Override
  public ServiceRouteHeader createServiceRouteHeader(Address address) {
    ServiceRouteHeader h = make(ServiceRouteHeader.class, HeaderType.SERVICE_ROUTE);
    h.setAddress(address);
    return h;
  }

  @Override
  public SecurityClientHeader createSecurityClientHeader(String mechanism) throws ParseException {
    SecurityClientHeader h = make(SecurityClientHeader.class, HeaderType.SECURITY_CLIENT);
    h.setMechanism(mechanism);
    return h;
  }

  @Override
  public SecurityServerHeader createSecurityServerHeader(String mechanism) throws ParseException {
    SecurityServerHeader h = make(SecurityServerHeader.class, HeaderType.SECURITY_SERVER);
    h.setMechanism(mechanism);
    return h;
  }

  @Override
  public SecurityVerifyHeader createSecurityVerifyHeader(String mechanism) throws ParseException {
    SecurityVerifyHeader h = make(SecurityVerifyHeader.class, HeaderType.SECURITY_VERIFY);
    h.setMechanism(mechanism);
    return h;
  }

  @Override
  public AcceptContactHeader createAcceptContactHeader() {
    AcceptContactHeader h = make(AcceptContactHeader.class, HeaderType.ACCEPT_CONTACT);
    return h;
  }

  @Override
  public RejectContactHeader createRejectContactHeader() {
    RejectContactHeader h = make(RejectContactHeader.class, HeaderType.REJECT_CONTACT);
    return h;
  }

  @Override
  public RequestDispositionHeader createRequestDispositionHeader(String directive)
      throws ParseException {
    RequestDispositionHeader h =
        make(RequestDispositionHeader.class, HeaderType.REQUEST_DISPOSITION);
    h.setDirective(directive);
    return h;
  }

  @Override
  public ReplacesHeader createReplacesHeader(String callId, String toTag, String fromTag)
      throws ParseException {
    ReplacesHeader h = make(ReplacesHeader.class, HeaderType.REPLACES);
    h.setCallId(callId);
    h.setToTag(toTag);
    h.setFromTag(fromTag);
    return h;
  }

  @Override
  public JoinHeader createJoinHeader(String callId, String toTag, String fromTag)
      throws ParseException {
    JoinHeader h = make(JoinHeader.class, HeaderType.JOIN);
    h.setCallId(callId);
    h.setToTag(toTag);
    h.setFromTag(fromTag);
    return h;
  }

  @Override
  public TargetDialogHeader createTargetDialogHeader(
      String callId, String remoteTag, String localTag) throws ParseException {
    TargetDialogHeader h = make(TargetDialogHeader.class, HeaderType.TARGET_DIALOG);
    h.setCallId(callId);
    h.setRemoteTag(remoteTag);
    h.setLocalTag(localTag);
    return h;
  }

  @Override
  public ReferredByHeader createReferredByHeader(Address address) {
    ReferredByHeader h = make(ReferredByHeader.class, HeaderType.REFERRED_BY);
    h.setAddress(address);
    return h;
  }

  @Override
  public SessionExpiresHeader createSessionExpiresHeader(int seconds)
      throws InvalidArgumentException {
    SessionExpiresHeader h = make(SessionExpiresHeader.class, HeaderType.SESSION_EXPIRES);
    h.setExpires(seconds);
    return h;
  }

  @Override
  public MinSEHeader createMinSEHeader(int seconds) throws InvalidArgumentException {
    MinSEHeader h = make(MinSEHeader.class, HeaderType.MIN_SE);
    h.setExpires(seconds);
    return h;
  }

  @Override
  public ResourcePriorityHeader createResourcePriorityHeader(String namespace, String priority)
      throws ParseException {
    ResourcePriorityHeader h = make(ResourcePriorityHeader.class, HeaderType.RESOURCE_PRIORITY);
    h.setResourcePriority(namespace, priority);
    return h;
  }

  @Override
  public AcceptResourcePriorityHeader createAcceptResourcePriorityHeader(
      String namespace, String priority) throws ParseException {
    AcceptResourcePriorityHeader h =
        make(AcceptResourcePriorityHeader.class, HeaderType.ACCEPT_RESOURCE_PRIORITY);
    h.setResourcePriority(namespace, priority);
    return h;
  }

  @Override
  public ReferSubHeader createReferSubHeader(boolean subscription) {
    ReferSubHeader h = make(ReferSubHeader.class, HeaderType.REFER_SUB);
    h.setSubscription(subscription);
    return h;
  }

  @Override
  public PEarlyMediaHeader createPEarlyMediaHeader(String parameter) throws ParseException {
    PEarlyMediaHeader h = make(PEarlyMediaHeader.class, HeaderType.P_EARLY_MEDIA);
    h.setEarlyMedia(parameter);
    return h;
  }

  @Override
  public PMediaAuthorizationHeader createPMediaAuthorizationHeader(String token)
      throws ParseException {
    PMediaAuthorizationHeader h =
        make(PMediaAuthorizationHeader.class, HeaderType.P_MEDIA_AUTHORIZATION);
    h.setToken(token);
    return h;
  }

  @Override
  public PermissionMissingHeader createPermissionMissingHeader(Address address) {
    PermissionMissingHeader h = make(PermissionMissingHeader.class, HeaderType.PERMISSION_MISSING);
    h.setAddress(address);
    return h;
  }

  @Override
  public TriggerConsentHeader createTriggerConsentHeader(Address address) {
    TriggerConsentHeader h = make(TriggerConsentHeader.class, HeaderType.TRIGGER_CONSENT);
    h.setAddress(address);
    return h;
  }

  @Override
  public AnswerModeHeader createAnswerModeHeader(String mode) throws ParseException {
    AnswerModeHeader h = make(AnswerModeHeader.class, HeaderType.ANSWER_MODE);
    h.setMode(mode);
    return h;
  }

  @Override
  public PrivAnswerModeHeader createPrivAnswerModeHeader(String mode) throws ParseException {
    PrivAnswerModeHeader h = make(PrivAnswerModeHeader.class, HeaderType.PRIV_ANSWER_MODE);
    h.setMode(mode);
    return h;
  }

  @Override
  public FlowTimerHeader createFlowTimerHeader(int seconds) throws InvalidArgumentException {
    FlowTimerHeader h = make(FlowTimerHeader.class, HeaderType.FLOW_TIMER);
    h.setFlowTimer(seconds);
    return h;
  }
}
