package io.sipwright.dialog;

import java.util.List;
import java.util.Locale;
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

  /** Reads a header's value; null if a part is missing or stands twice. */
  public static @Nullable DialogReference parse(String value) {
    String[] parts = value.split(";", -1);
    String toTag = null;
    String fromTag = null;
    boolean earlyOnly = false;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String text = equals < 0 ? "" : part.substring(equals + 1).strip();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "to-tag" -> {
          if (toTag != null) {
            return null;
          }
          toTag = text;
        }
        case "from-tag" -> {
          if (fromTag != null) {
            return null;
          }
          fromTag = text;
        }
        case "early-only" -> earlyOnly = true;
        default -> {}
      }
    }
    String callId = parts[0].strip();
    boolean complete = toTag != null && fromTag != null && !toTag.isEmpty() && !fromTag.isEmpty();
    return complete && !callId.isEmpty() && toTag != null && fromTag != null
        ? new DialogReference(callId, toTag, fromTag, earlyOnly)
        : null;
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
