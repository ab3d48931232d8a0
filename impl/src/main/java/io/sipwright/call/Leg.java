package io.sipwright.call;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.sip.Dialog;
import javax.sip.SipProvider;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call that's relayed: a dialog, and what it owes or waits for. Guarded by the
 * bridge.
 */
final class Leg {
  /** References that are remembered, of REFERs that were relayed to this side. */
  private static final int MOST_REFERS = 100;

  /** A reliable provisional response of the other side that waits for this side's PRACK. */
  record Reliable(Response response, Dialog dialog) {}

  final Bridge bridge;
  final SipProvider provider;

  /** On the side that's called, that of the answer which was first, or is kept. */
  Dialog dialog;

  /** Of the INVITE to this side that got a 2xx and no ACK yet; -1: none. */
  long owesAck = -1;

  /** Whether a 2xx was sent to this side that has no ACK yet. */
  boolean awaitsAck;

  /** Whether a BYE is due as soon as that ACK has come (RFC 3261 §15). */
  boolean byeWaits;

  /** What the BYE is copied from; null for one of our own. */
  @Nullable Request cause;

  /** Nothing is relayed to this side any more. */
  boolean over;

  @Nullable Reliable reliable;

  private @Nullable Map<Long, Long> refers;

  Leg(Bridge bridge, SipProvider provider, Dialog dialog) {
    this.bridge = bridge;
    this.provider = provider;
    this.dialog = dialog;
  }

  Leg peer() {
    return bridge.peerOf(this);
  }

  /** A REFER was relayed to this side: its number here, and that on the other side. */
  void referred(long here, long there) {
    if (refers == null) {
      refers = new LinkedHashMap<>(2);
    }
    refers.put(here, there);
    if (refers.size() > MOST_REFERS) {
      refers.remove(refers.keySet().iterator().next());
    }
  }

  /** The number on the other side of a REFER that has this one here; null if there's none. */
  @Nullable Long numberThere(long here) {
    return refers == null ? null : refers.get(here);
  }
}
