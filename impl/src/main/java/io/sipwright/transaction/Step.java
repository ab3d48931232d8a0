package io.sipwright.transaction;

import java.util.List;

/**
 * What a machine does on an event.
 *
 * @param next the state it's in from then on
 * @param actions what is to be done, in order; empty where the event means nothing
 */
record Step<S extends MachineState, A>(S next, List<A> actions) {
  static <S extends MachineState, A> Step<S, A> to(S next) {
    return new Step<>(next, List.of());
  }

  static <S extends MachineState, A> Step<S, A> to(S next, A action) {
    return new Step<>(next, List.of(action));
  }

  static <S extends MachineState, A> Step<S, A> to(S next, A first, A second) {
    return new Step<>(next, List.of(first, second));
  }
}
