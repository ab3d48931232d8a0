package io.sipwright.javax.sip;

import javax.sip.message.Message;

/** Session descriptions for tests. */
final class Sessions {
  private Sessions() {}

  /** Puts a session description into a message. */
  static <M extends Message> M described(M message) throws Exception {
    message.setContent("v=0\r\n", Party.HEADERS.createContentTypeHeader("application", "sdp"));
    return message;
  }
}
