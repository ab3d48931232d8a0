package io.sipwright.dialog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dialog that {@code Replaces} (RFC 3891 §6.1) or {@code Join} (RFC 3911 §7.1) names: {@code
 * callid *(SEMI to-tag / from-tag / early-flag / generic-param)}.
 *
 * @param callId the Call-ID
 * @param toTag the tag of the side that's asked
 * @param fromTag the tag of the other side
 * @param earlyOnly whether a confirmed dialog isn't meant
 */
public record DialogReference(String callId, String toTag, String fromTag, boolean earlyOnly) {
  /** What stands for the tag of a peer of RFC 2543 that gives none. */
  private static final String NO_TAG = "0";

  /** What a header says; null if it lacks a part. */
  public static @Nullable DialogReference of(
      String callId, @Nullable String toTag, @Nullable String fromTag, boolean earlyOnly) {
    return callId.isEmpty() || toTag == null || fromTag == null
        ? null
        : new DialogReference(callId, toTag, fromTag, earlyOnly);
  }

  /**
   * The identifiers of the dialogs that may be meant: more than one where a tag is {@code 0}, which
   * stands for none too (RFC 3891 §6.1).
   */
  public List<DialogKey> keys() {
    DialogKey literal = new DialogKey(callId, toTag, fromTag);
    boolean noTo = toTag.equals(NO_TAG);
    boolean noFrom = fromTag.equals(NO_TAG);
    if (noTo && noFrom) {
      return List.of(
          literal,
          new DialogKey(callId, null, fromTag),
          new DialogKey(callId, toTag, null),
          new DialogKey(callId, null, null));
    }
    if (noTo || noFrom) {
      return List.of(literal, new DialogKey(callId, noTo ? null : toTag, noFrom ? null : fromTag));
    }
    return List.of(literal);
  }
}
