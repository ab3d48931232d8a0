package io.sipwright.transaction;

import io.sipwright.time.Clock;

/**
 * What the transactions of one stack share.
 *
 * @param clock rings their timers
 * @param timings what a transaction's timers follow from, unless it's given others
 * @param table where they're found; each takes itself out at its end
 */
public record TransactionLayer(Clock clock, Timings timings, TransactionTable table) {}
