package io.sipwright.locator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for several answers, whatever their order in time, and hands them on in their places. */
final class Gathering<T> {
  private final Consumer<List<T>> then;

  // Guarded by this.
  private final List<@Nullable T> answers;
  private int open;

  /**
   * Waits.
   *
   * @param count how many answers will come; of none it tells at {@link #begun}
   * @param then told once, when all are there
   */
  Gathering(int count, Consumer<List<T>> then) {
    this.then = then;
    answers = new ArrayList<>(Collections.<@Nullable T>nCopies(count, null));
    open = count + 1; // the one who asks
  }

  /** Takes the answer for a place. */
  Consumer<T> place(int index) {
    return answer -> {
      synchronized (this) {
        answers.set(index, answer);
      }
      one();
    };
  }

  /** All has been asked. */
  void begun() {
    one();
  }

  private void one() {
    List<T> all = new ArrayList<>();
    synchronized (this) {
      if (--open > 0) {
        return;
      }
      for (@Nullable T answer : answers) {
        all.add(Objects.requireNonNull(answer));
      }
    }
    then.accept(all);
  }
}
