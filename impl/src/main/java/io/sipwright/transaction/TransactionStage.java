package io.sipwright.transaction;

/** The states of all four machines, as their users see them (RFC 3261 §17, RFC 6026 §7). */
public enum TransactionStage {
  /** INVITE client: sent, nothing came back yet. */
  CALLING,
  /** Non-INVITE client: sent, nothing came back yet. Non-INVITE server: nothing sent yet. */
  TRYING,
  /** A provisional response went by; an INVITE server starts here. */
  PROCEEDING,
  /** A final response went by; to an INVITE, one other than 2xx. */
  COMPLETED,
  /** INVITE server: the ACK to a final response other than 2xx came. */
  CONFIRMED,
  /** A 2xx to an INVITE went by, and others may follow (RFC 6026). */
  ACCEPTED,
  /** Over. */
  TERMINATED
}
