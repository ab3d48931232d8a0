package io.sipwright.dialog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last dialogs made by INVITE that ended, to tell one that's over from one that never was (RFC
 * 3891 §3). Safe for use by several threads.
 */
public final class EndedDialogs {
  private static final int SIZE = 256;

  private final AtomicReferenceArray<DialogKey> keys = new AtomicReferenceArray<>(SIZE);
  private final AtomicInteger next = new AtomicInteger();

  /** Nothing ended yet. */
  public EndedDialogs() {}

  /** A dialog made by an INVITE has ended. */
  public void add(DialogKey key) {
    keys.set(Math.floorMod(next.getAndIncrement(), SIZE), key);
  }

  /** Whether a dialog is among the last that ended. */
  public boolean contains(DialogKey key) {
    for (int i = 0; i < SIZE; i++) {
      if (key.equals(keys.get(i))) {
        return true;
      }
    }
    return false;
  }
}
