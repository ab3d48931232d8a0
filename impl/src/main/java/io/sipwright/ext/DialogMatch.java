package io.sipwright.ext;

import javax.sip.Dialog;
import org.jspecify.annotations.Nullable;

/**
 * What an INVITE with {@code Replaces} (RFC 3891) or {@code Join} (RFC 3911) leads to.
 *
 * @param dialog the dialog that's meant; null if there's none that may be
 * @param status what to answer where there's no dialog: 400, 481, 486 or 603; 0 if there's one, or
 *     the request has no such header
 */
public record DialogMatch(@Nullable Dialog dialog, int status) {
  /** The request has no such header. */
  public static final DialogMatch NOT_ASKED_FOR = new DialogMatch(null, 0);

  /** A dialog that may be replaced or joined. */
  public static DialogMatch of(Dialog dialog) {
    return new DialogMatch(dialog, 0);
  }

  /** No such dialog, and how to answer. */
  public static DialogMatch refused(int status) {
    return new DialogMatch(null, status);
  }
}
