package io.sipwright.transaction;

/** What a server machine can ask its driver to do. */
enum ServerAction {
  /** Send the response that the user just handed in, and keep it. */
  SEND_RESPONSE,
  /** Send what was kept again, if anything was. */
  RESEND,
  /** Send a 100, unless something was sent already. */
  SEND_TRYING,
  /** Take the response and don't send it. */
  WITHHOLD,
  /** INVITE only: tell of the ACK to a final response other than 2xx. */
  TELL_ACK,
  /** INVITE only: pass up an ACK that's the core's. */
  PASS_ACK,
  TELL_TIMEOUT,
  TELL_TRANSPORT_ERROR
}
