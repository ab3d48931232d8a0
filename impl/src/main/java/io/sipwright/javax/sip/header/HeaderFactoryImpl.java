package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import javax.sip.header.AcceptEncodingHeader;
import javax.sip.header.AcceptHeader;
import javax.sip.header.AcceptLanguageHeader;
import javax.sip.header.AlertInfoHeader;
import javax.sip.header.AllowHeader;
import javax.sip.header.AuthenticationInfoHeader;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CallInfoHeader;
import javax.sip.header.ErrorInfoHeader;
import javax.sip.header.Header;
import javax.sip.header.InReplyToHeader;
import javax.sip.header.MimeVersionHeader;
import javax.sip.header.OrganizationHeader;
import javax.sip.header.PriorityHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.header.ProxyRequireHeader;
import javax.sip.header.ReasonHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.SIPETagHeader;
import javax.sip.header.SIPIfMatchHeader;
import javax.sip.header.ServerHeader;
import javax.sip.header.SubjectHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.header.UnsupportedHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.header.WarningHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes headers for programs. Null where something is needed is a {@link NullPointerException}, a
 * number out of range an {@link InvalidArgumentException}, and a text that the header's grammar
 * doesn't have, or that holds CR, LF or NUL, a {@link ParseException}.
 */
public class HeaderFactoryImpl extends NetworkHeaders {
  private static final String SCHEME = "scheme";

  /** Makes Sipwright's own header objects. */
  public HeaderFactoryImpl() {
    this(HeaderModel.DEFAULT);
  }

  /** Makes the header objects of a model. */
  public HeaderFactoryImpl(HeaderModel model) {
    super(model);
  }

  /**
   * A header with one value. The name may be compact and in any case; one that isn't in {@link
   * HeaderType} gives a {@link javax.sip.header.ExtensionHeader}.
   *
   * @throws ParseException if the name is no token, the value breaks the header's grammar, or more
   *     than one value is given
   */
  @Override
  public Header createHeader(String name, String value) throws ParseException {
    Checks.token(name, "header name");
    return HeaderParser.parse(name, Checks.text(value, name), model);
  }

  /**
   * The headers of a whole field {@code Name: value, value}, a line end behind it allowed, of a
   * name whose grammar has a list; in a list of their own that may be changed.
   *
   * @throws ParseException if there's no name and colon, the header has no list, or a value breaks
   *     its grammar
   */
  @Override
  public List<Header> createHeaders(String headers) throws ParseException {
    int end = headers.length();
    while (end > 0 && " \t\r\n".indexOf(headers.charAt(end - 1)) >= 0) {
      end--;
    }
    String field = Checks.text(headers.substring(0, end), "header field");
    int colon = field.indexOf(':');
    if (colon < 0) {
      throw new SyntaxException("expected a header name and ':' in '" + field + "'", end);
    }
    String name = field.substring(0, colon).stripTrailing();
    HeaderType type = HeaderType.of(Checks.token(name, "header name"));
    if (type == null || type.shape() != HeaderType.Shape.LIST) {
      throw new SyntaxException(name + " has no list of values, createHeader makes one", 0);
    }
    return new ArrayList<>(HeaderParser.parseList(name, field.substring(colon + 1), model));
  }

  @Override
  public AcceptEncodingHeader createAcceptEncodingHeader(String encoding) throws ParseException {
    AcceptEncodingHeader h = make(AcceptEncodingHeader.class, HeaderType.ACCEPT_ENCODING);
    h.setEncoding(encoding);
    return h;
  }

  @Override
  public AcceptHeader createAcceptHeader(String contentType, String contentSubType)
      throws ParseException {
    AcceptHeader h = make(AcceptHeader.class, HeaderType.ACCEPT);
    h.setContentType(contentType);
    h.setContentSubType(contentSubType);
    return h;
  }

  @Override
  public AcceptLanguageHeader createAcceptLanguageHeader(Locale language) {
    AcceptLanguageHeader h = make(AcceptLanguageHeader.class, HeaderType.ACCEPT_LANGUAGE);
    h.setAcceptLanguage(language);
    return h;
  }

  @Override
  public AlertInfoHeader createAlertInfoHeader(URI alertInfo) {
    AlertInfoHeader h = make(AlertInfoHeader.class, HeaderType.ALERT_INFO);
    h.setAlertInfo(alertInfo);
    return h;
  }

  @Override
  public AllowHeader createAllowHeader(String method) throws ParseException {
    AllowHeader h = make(AllowHeader.class, HeaderType.ALLOW);
    h.setMethod(method);
    return h;
  }

  @Override
  public AuthenticationInfoHeader createAuthenticationInfoHeader(String response)
      throws ParseException {
    AuthenticationInfoHeader h =
        make(AuthenticationInfoHeader.class, HeaderType.AUTHENTICATION_INFO);
    h.setResponse(response);
    return h;
  }

  @Override
  public AuthorizationHeader createAuthorizationHeader(String scheme) throws ParseException {
    AuthorizationHeader h = make(AuthorizationHeader.class, HeaderType.AUTHORIZATION);
    h.setScheme(Checks.token(scheme, SCHEME));
    return h;
  }

  @Override
  public CallInfoHeader createCallInfoHeader(URI callInfo) {
    CallInfoHeader h = make(CallInfoHeader.class, HeaderType.CALL_INFO);
    h.setInfo(callInfo);
    return h;
  }

  @Override
  public ErrorInfoHeader createErrorInfoHeader(URI errorInfo) {
    ErrorInfoHeader h = make(ErrorInfoHeader.class, HeaderType.ERROR_INFO);
    h.setErrorInfo(errorInfo);
    return h;
  }

  @Override
  public InReplyToHeader createInReplyToHeader(String callId) throws ParseException {
    InReplyToHeader h = make(InReplyToHeader.class, HeaderType.IN_REPLY_TO);
    h.setCallId(callId);
    return h;
  }

  @Override
  public MimeVersionHeader createMimeVersionHeader(int majorVersion, int minorVersion)
      throws InvalidArgumentException {
    MimeVersionHeader h = make(MimeVersionHeader.class, HeaderType.MIME_VERSION);
    h.setMajorVersion(majorVersion);
    h.setMinorVersion(minorVersion);
    return h;
  }

  @Override
  public OrganizationHeader createOrganizationHeader(String organization) throws ParseException {
    OrganizationHeader h = make(OrganizationHeader.class, HeaderType.ORGANIZATION);
    h.setOrganization(organization);
    return h;
  }

  @Override
  public PriorityHeader createPriorityHeader(String priority) throws ParseException {
    PriorityHeader h = make(PriorityHeader.class, HeaderType.PRIORITY);
    h.setPriority(priority);
    return h;
  }

  @Override
  public ProxyAuthenticateHeader createProxyAuthenticateHeader(String scheme)
      throws ParseException {
    ProxyAuthenticateHeader h = make(ProxyAuthenticateHeader.class, HeaderType.PROXY_AUTHENTICATE);
    h.setScheme(Checks.token(scheme, SCHEME));
    return h;
  }

  @Override
  public ProxyAuthorizationHeader createProxyAuthorizationHeader(String scheme)
      throws ParseException {
    ProxyAuthorizationHeader h =
        make(ProxyAuthorizationHeader.class, HeaderType.PROXY_AUTHORIZATION);
    h.setScheme(Checks.token(scheme, SCHEME));
    return h;
  }

  @Override
  public ProxyRequireHeader createProxyRequireHeader(String optionTag) throws ParseException {
    ProxyRequireHeader h = make(ProxyRequireHeader.class, HeaderType.PROXY_REQUIRE);
    h.setOptionTag(optionTag);
    return h;
  }

  @Override
  public ReasonHeader createReasonHeader(String protocol, int cause, @Nullable String text)
      throws InvalidArgumentException, ParseException {
    ReasonHeader h = make(ReasonHeader.class, HeaderType.REASON);
    h.setProtocol(protocol);
    h.setCause(cause);
    if (text != null) {
      h.setText(text);
    }
    return h;
  }

  @Override
  public RequireHeader createRequireHeader(String optionTag) throws ParseException {
    RequireHeader h = make(RequireHeader.class, HeaderType.REQUIRE);
    h.setOptionTag(optionTag);
    return h;
  }

  @Override
  public ServerHeader createServerHeader(List product) throws ParseException {
    ServerHeader h = make(ServerHeader.class, HeaderType.SERVER);
    h.setProduct(product);
    return h;
  }

  @Override
  public SubjectHeader createSubjectHeader(String subject) throws ParseException {
    SubjectHeader h = make(SubjectHeader.class, HeaderType.SUBJECT);
    h.setSubject(subject);
    return h;
  }

  @Override
  public SupportedHeader createSupportedHeader(String optionTag) throws ParseException {
    SupportedHeader h = make(SupportedHeader.class, HeaderType.SUPPORTED);
    h.setOptionTag(optionTag);
    return h;
  }

  @Override
  public UnsupportedHeader createUnsupportedHeader(String optionTag) throws ParseException {
    UnsupportedHeader h = make(UnsupportedHeader.class, HeaderType.UNSUPPORTED);
    h.setOptionTag(optionTag);
    return h;
  }

  @Override
  public UserAgentHeader createUserAgentHeader(List product) throws ParseException {
    UserAgentHeader h = make(UserAgentHeader.class, HeaderType.USER_AGENT);
    h.setProduct(product);
    return h;
  }

  @Override
  public WWWAuthenticateHeader createWWWAuthenticateHeader(String scheme) throws ParseException {
    WWWAuthenticateHeader h = make(WWWAuthenticateHeader.class, HeaderType.WWW_AUTHENTICATE);
    h.setScheme(Checks.token(scheme, SCHEME));
    return h;
  }

  @Override
  public WarningHeader createWarningHeader(String agent, int code, String comment)
      throws InvalidArgumentException, ParseException {
    WarningHeader h = make(WarningHeader.class, HeaderType.WARNING);
    h.setAgent(agent);
    h.setCode(code);
    h.setText(comment);
    return h;
  }

  @Override
  public SIPETagHeader createSIPETagHeader(String etag) throws ParseException {
    SIPETagHeader h = make(SIPETagHeader.class, HeaderType.SIP_ETAG);
    h.setETag(etag);
    return h;
  }

  @Override
  public SIPIfMatchHeader createSIPIfMatchHeader(String etag) throws ParseException {
    SIPIfMatchHeader h = make(SIPIfMatchHeader.class, HeaderType.SIP_IF_MATCH);
    h.setETag(etag);
    return h;
  }
}
