package io.sipwright.dialog;

import io.sipwright.javax.sip.message.SipMessage;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods whose requests make dialogs: INVITE (RFC 3261 §12.1), SUBSCRIBE (RFC 6665 §4.4.1),
 * REFER (RFC 3515 §2.4.4), and what {@code javax.sip.EXTENSION_METHODS} adds.
 */
public final class DialogMethods {
  private final Set<String> methods = new HashSet<>(Set.of("INVITE", "SUBSCRIBE", "REFER"));

  /** The three and further ones. */
  public DialogMethods(Collection<String> extensionMethods) {
    methods.addAll(extensionMethods);
  }

  /** Whether a request of a method can make a dialog. */
  public boolean forms(String method) {
    return methods.contains(method);
  }

  /**
   * The phase of the dialog that a response makes or confirms by its method and status alone: early
   * by 101 to 199 with a To tag, except for SUBSCRIBE and REFER, which make no early dialogs;
   * confirmed by 2xx. Null if it makes none.
   */
  public DialogData.@Nullable Phase phaseBy(SipMessage response) {
    String method = response.cseqMethod();
    if (method == null || !forms(method)) {
      return null;
    }
    int status = response.status();
    if (status / 100 == 2) {
      return DialogData.Phase.CONFIRMED;
    }
    boolean early =
        status > 100
            && status < 200
            && response.toTag() != null
            && !method.equals("SUBSCRIBE")
            && !method.equals("REFER");
    return early ? DialogData.Phase.EARLY : null;
  }
}
