package io.sipwright.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is writing, what it has written without a sign of life from the peer since, and
 * who of the two owes the other an answer. Safe for use by several threads.
 *
 * <p>A request stays known for a few seconds after it was written: if the connection ends in that
 * time and nothing was read, it probably didn't get there.
 */
final class StreamLedger {
  /** How many requests are remembered at most. */
  private static final int MOST_UNSETTLED = 256;

  // Guarded by this.
  private final ArrayDeque<StreamMessage> writing = new ArrayDeque<>();
  private final ArrayDeque<StreamMessage> unsettled = new ArrayDeque<>();
  private int round;
  private int owed;
  private int asked;

  /** Whether the peer gave a sign of life since the last message was begun. */
  private boolean heard;

  /** A message is about to be written, behind all that were before. */
  synchronized void writing(StreamMessage message) {
    writing.add(message);
    heard = false;
    if (message.asksForAnswer()) {
      asked++; // the answer may be read before the writing is over
    }
  }

  /** Whether nothing is being written. */
  synchronized boolean isAtRest() {
    return writing.isEmpty();
  }

  /**
   * The first of those being written are.
   *
   * @param atOnce whether the socket took them as soon as they were begun: what was read since may
   *     be the answer. What waited in between may not be on its way yet
   * @return what they {@link StreamMessage#weight weigh} together
   */
  synchronized long written(int count, boolean atOnce) {
    long weight = 0;
    for (int i = 0; i < count; i++) {
      StreamMessage message = writing.poll();
      if (message == null) {
        break; // given up meanwhile
      }
      weight += message.weight();
      if (message.isFinalResponse() && owed > 0) {
        owed--;
      } else if (message.asksForAnswer() && !(atOnce && heard)) {
        if (unsettled.size() == MOST_UNSETTLED) {
          unsettled.remove();
        }
        message.round = round;
        unsettled.add(message);
      }
    }
    return weight;
  }

  /** The connection is over: returns all that isn't settled, the oldest first. */
  synchronized List<StreamMessage> giveUp() {
    List<StreamMessage> rest = new ArrayList<>(unsettled);
    unsettled.clear();
    rest.addAll(writing);
    writing.clear();
    return rest;
  }

  /** The peer gave a sign of life: it got what was written before. */
  synchronized void settleAll() {
    heard = true;
    unsettled.clear();
  }

  /** Whether requests were written lately and nothing was read since. */
  synchronized boolean hasUnsettled() {
    return !unsettled.isEmpty();
  }

  /** Time went on: counts as settled what was unsettled at the last call already. */
  synchronized void settleOld() {
    for (StreamMessage first = unsettled.peek(); isOld(first); first = unsettled.peek()) {
      unsettled.remove();
    }
    round++;
  }

  private boolean isOld(@Nullable StreamMessage message) {
    return message != null && message.round < round;
  }

  /** A request came that the peer may wait to be answered. */
  synchronized void owe() {
    owed++;
  }

  /** A final response came. */
  synchronized void answered() {
    if (asked > 0) {
      asked--;
    }
  }

  /** Whether more requests went out than final responses came. */
  synchronized boolean asks() {
    return asked > 0;
  }

  /** Whether more requests came than final responses went out. */
  synchronized boolean owes() {
    return owed > 0;
  }
}
