package io.sipwright.dialog;

import io.sipwright.javax.sip.message.SipMessage;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Dialogs by their identifiers. Safe for use by several threads.
 *
 * @param <D> whatever stands for a dialog
 */
public final class DialogTable<D> {
  private final ConcurrentHashMap<DialogKey, D> dialogs = new ConcurrentHashMap<>();

  /** The dialog of a key, or null. */
  public @Nullable D find(DialogKey key) {
    return dialogs.get(key);
  }

  /**
   * The dialog that a request from the wire belongs to (RFC 3261 §12.2.2), or null: always null for
   * a request without To tag, which is outside of all dialogs.
   */
  public @Nullable D findForRequest(SipMessage request) {
    DialogKey key = request.toTag() == null ? null : DialogKey.asServer(request);
    return key == null ? null : dialogs.get(key);
  }

  /** The dialog that a response from the wire belongs to, or null. */
  public @Nullable D findForResponse(SipMessage response) {
    DialogKey key = DialogKey.asClient(response);
    return key == null ? null : dialogs.get(key);
  }

  /**
   * Enters a dialog unless there's one of the key; gives back that one, or null if it's entered.
   */
  public @Nullable D putIfAbsent(DialogKey key, D dialog) {
    return dialogs.putIfAbsent(key, dialog);
  }

  /** Takes a dialog out, if it's the one that the key leads to; tells whether it was. */
  public boolean remove(DialogKey key, D dialog) {
    return dialogs.remove(key, dialog);
  }

  /** Takes all of them out. */
  public void clear() {
    dialogs.clear();
  }

  /** How many there are. */
  public int size() {
    return dialogs.size();
  }

  /** All of them, as they come and go. */
  public Collection<D> all() {
    return Collections.unmodifiableCollection(dialogs.values());
  }
}
