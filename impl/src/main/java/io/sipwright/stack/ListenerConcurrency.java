package io.sipwright.stack;

/** How many calls of the program's listener may run at a time, and on which threads. */
public enum ListenerConcurrency {
  /** One at a time, whatever calls the events belong to: what programs for JAIN SIP expect. */
  SERIAL,
  /** One at a time for each Call-ID, in order; different calls at once. */
  PER_CALL,
  /** On the I/O thread that read the message: only for a listener that never blocks. */
  INLINE
}
