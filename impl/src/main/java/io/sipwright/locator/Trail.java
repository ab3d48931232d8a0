package io.sipwright.locator;

import io.sipwright.dns.Answer;
import io.sipwright.dns.Dns;
import io.sipwright.dns.Question;
import io.sipwright.locator.Located.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a search asked and decided, in order. */
final class Trail {
  private static final int MOST_STEPS = 500;

  private final Dns dns;

  // Guarded by this: answers to questions asked together may come on several threads.
  private final List<Step> steps = new ArrayList<>();
  private boolean asked;
  private boolean authenticated = true;
  private @Nullable String failure;

  Trail(Dns dns) {
    this.dns = dns;
  }

  /** Asks, and notes the answer before it's told. */
  void ask(String section, Question question, Consumer<Answer> then) {
    dns.ask(
        question,
        answer -> {
          noteAnswer(section, answer);
          then.accept(answer);
        });
  }

  private synchronized void noteAnswer(String section, Answer answer) {
    asked = true;
    authenticated &= answer.authenticated();
    if (answer.failure() != null) {
      failure = answer.failure();
    }
    add(new Step(section, answer.question().toString(), answer));
  }

  synchronized void note(String section, String text) {
    add(new Step(section, text, null));
  }

  private void add(Step step) {
    if (steps.size() < MOST_STEPS) {
      steps.add(step);
    }
  }

  /** Something came from where nobody checks signatures. */
  synchronized void distrust() {
    authenticated = false;
  }

  synchronized boolean isAuthenticated() {
    return asked && authenticated;
  }

  /** The last failure of the DNS, or null. */
  synchronized @Nullable String failure() {
    return failure;
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }
}
