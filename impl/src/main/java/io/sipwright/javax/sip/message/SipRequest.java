package io.sipwright.javax.sip.message;

import java.text.ParseException;
import javax.sip.address.URI;
import javax.sip.message.Request;

/** A request (RFC 3261 §7.1); everything else is in {@link SipMessage}. */
public class SipRequest extends SipMessage implements Request {
  private static final long serialVersionUID = 1L;

  /** An empty request, to be filled in. */
  public SipRequest() {}

  @Override
  public final boolean isRequest() {
    return true;
  }

  /** The method, interned; null while none was set. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public String getMethod() {
    return start().method();
  }

  /** Sets the method; a CSeq that's there follows. */
  @Override
  public void setMethod(String method) throws ParseException {
    setRequestMethod(method);
  }

  /** The Request-URI itself, not a copy; null while none was set. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public URI getRequestURI() {
    return requestUri();
  }

  @Override
  public void setRequestURI(URI requestUri) {
    setRequestUri(requestUri);
  }

  @Override
  public SipRequest clone() {
    return (SipRequest) super.clone();
  }
}
