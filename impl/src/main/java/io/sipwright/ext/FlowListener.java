package io.sipwright.ext;

/** Hears what becomes of a {@link SipFlow}; on the listener's thread, in order with a call. */
public interface FlowListener {
  /**
   * The flow has failed: nothing can be sent on it, or nothing gets through. Told once.
   *
   * @param reason in plain words
   */
  void onFlowFailed(SipFlow flow, String reason);

  /** The peer has answered a keep-alive for the first time: the flow works (RFC 5626 §4.5). */
  default void onFlowAlive(SipFlow flow) {}
}
