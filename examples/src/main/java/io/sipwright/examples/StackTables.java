package io.sipwright.examples;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import javax.sip.SipStack;

/**
 * How many transactions, dialogs and timers a stack holds. The API has no question for that; a
 * stack answers it if it has a public method {@code Map<String, Integer> statistics()}.
 */
public record StackTables(int transactions, int dialogs, int timers) {
  /** Asks a stack; empty if it does not tell. */
  public static Optional<StackTables> of(SipStack stack) {
    try {
      if (!(stack.getClass().getMethod("statistics").invoke(stack) instanceof Map<?, ?> answer)) {
        return Optional.empty();
      }
      return Optional.of(
          new StackTables(
              number(answer, "clientTransactions") + number(answer, "serverTransactions"),
              number(answer, "dialogs"),
              number(answer, "timers")));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Optional.empty();
    }
  }

  private static int number(Map<?, ?> answer, String key) {
    return answer.get(key) instanceof Integer number ? number : 0;
  }

  @Override
  public String toString() {
    return "transactions=" + transactions + " dialogs=" + dialogs + " timers=" + timers;
  }
}
