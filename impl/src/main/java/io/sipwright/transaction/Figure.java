package io.sipwright.transaction;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** A machine's transitions, worked out once for all, so that a step allocates nothing. */
final class Figure<S extends Enum<S> & MachineState, E extends Enum<E>, A> {
  private final Map<S, Map<E, Step<S, A>>> steps;

  /** Asks the function about each event in each state. */
  Figure(Class<S> states, Class<E> events, BiFunction<S, E, Step<S, A>> step) {
    steps = new EnumMap<>(states);
    for (S state : states.getEnumConstants()) {
      Map<E, Step<S, A>> row = new EnumMap<>(events);
      for (E event : events.getEnumConstants()) {
        row.put(event, step.apply(state, event));
      }
      steps.put(state, row);
    }
  }

  Step<S, A> step(S state, E event) {
    return Objects.requireNonNull(Objects.requireNonNull(steps.get(state)).get(event));
  }
}
