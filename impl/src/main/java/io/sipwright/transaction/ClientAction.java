package io.sipwright.transaction;

/** What a client machine can ask its driver to do. */
enum ClientAction {
  SEND_REQUEST,
  /** INVITE only: build the ACK on the first time, send it on each. */
  SEND_ACK,
  PASS_UP,
  TELL_TIMEOUT,
  TELL_TRANSPORT_ERROR
}
