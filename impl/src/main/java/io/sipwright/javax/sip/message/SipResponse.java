package io.sipwright.javax.sip.message;

import java.text.ParseException;
import javax.sip.message.Response;

/** A response (RFC 3261 §7.2); everything else is in {@link SipMessage}. */
public class SipResponse extends SipMessage implements Response {
  private static final long serialVersionUID = 1L;

  /** An empty response, to be filled in. */
  public SipResponse() {}

  @Override
  public final boolean isRequest() {
    return false;
  }

  @Override
  public int getStatusCode() {
    return status();
  }

  /** Sets the status code, and the reason phrase that the RFCs give it. */
  @Override
  public void setStatusCode(int statusCode) throws ParseException {
    setStatus(statusCode);
  }

  /** The reason phrase; null while none was set. */
  @Override
  @SuppressWarnings("NullAway") // JAIN's interfaces don't say what may be null
  public String getReasonPhrase() {
    return reasonPhrase();
  }

  @Override
  public void setReasonPhrase(String reasonPhrase) throws ParseException {
    setReason(reasonPhrase);
  }

  @Override
  public SipResponse clone() {
    return (SipResponse) super.clone();
  }
}
