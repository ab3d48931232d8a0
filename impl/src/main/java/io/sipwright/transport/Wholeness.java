package io.sipwright.transport;

/** Knows whether what arrived so far ends within something that has to come to its end. */
interface Wholeness {
  /** Whether a message, or whatever is counted here, has begun that isn't complete. */
  boolean midMessage();

  /** Number of those that came whole so far. */
  long messages();
}
