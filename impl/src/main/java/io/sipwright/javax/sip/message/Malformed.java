package io.sipwright.javax.sip.message;

import org.jspecify.annotations.Nullable;

/** A message off the wire that can't be taken, with the status to answer. */
@SuppressWarnings("DoNotCallSuggester")
public final class Malformed implements Parsed {
  /** The status to answer with: 400, 505 or 513; 0 to drop it. */
  public int status() {
    throw new UnsupportedOperationException();
  }

  /** What's wrong, in plain words. */
  public String reason() {
    throw new UnsupportedOperationException();
  }

  /** Where, in bytes from the start of the message. */
  public int offset() {
    throw new UnsupportedOperationException();
  }

  /** The method, as far as it could be read; interned. */
  public @Nullable String method() {
    throw new UnsupportedOperationException();
  }

  /** The Call-ID, as far as it could be read. */
  public @Nullable String callId() {
    throw new UnsupportedOperationException();
  }

  /**
   * The answer, or null if there's none to be sent: for responses, ACK, status 0 and messages
   * without Via.
   */
  public @Nullable SipMessage createResponse(MessageModel model) {
    throw new UnsupportedOperationException();
  }
}
