package io.sipwright.javax.sip;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds out what a dialog keeps alive: follows the fields of the stack's own objects, but not into
 * the provider, the core and others that all dialogs share.
 */
final class Reachable {
  private static final Set<String> SHARED =
      Set.of(
          "SipProviderImpl",
          "SipStackImpl",
          "SipCore",
          "MessageModel",
          "VirtualClock",
          "TransactionLayer",
          "Timings",
          "Traits",
          "DatagramFlow",
          "DirectWire");

  private final List<Class<?>> unwanted = new ArrayList<>();

  Reachable(String... unwanted) throws ClassNotFoundException {
    for (String name : unwanted) {
      this.unwanted.add(Class.forName(name));
    }
  }

  private record Step(Object object, String path) {}

  /** The paths of the unwanted objects that can be reached from one. */
  List<String> from(Object start) throws IllegalAccessException {
    return walk(start).stream()
        .filter(step -> unwanted.stream().anyMatch(type -> type.isInstance(step.object())))
        .map(Step::path)
        .toList();
  }

  /**
   * The classes of all that can be reached from one and isn't shared, itself included, in
   * alphabetical order.
   */
  static List<String> classes(Object start) throws Exception {
    return new Reachable()
        .walk(start).stream()
            .map(Step::object)
            .filter(object -> !(object instanceof Enum<?>))
            .filter(object -> !(object instanceof String text && text == text.intern()))
            .map(object -> object.getClass().getSimpleName())
            .filter(name -> !SHARED.contains(name))
            .sorted()
            .toList();
  }

  private List<Step> walk(Object start) throws IllegalAccessException {
    List<Step> found = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Step> next = new ArrayDeque<>(List.of(new Step(start, "")));
    while (!next.isEmpty()) {
      Step step = next.remove();
      Object object = step.object();
      if (!seen.add(object)) {
        continue;
      }
      found.add(step);
      if (unwanted.stream().anyMatch(type -> type.isInstance(object))) {
        continue;
      }
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        if (!type.getName().startsWith("io.sipwright.") || SHARED.contains(type.getSimpleName())) {
          continue;
        }
        for (Field field : type.getDeclaredFields()) {
          if (field.getType().isPrimitive() || Modifier.isStatic(field.getModifiers())) {
            continue;
          }
          field.setAccessible(true);
          Object value = field.get(object);
          if (value != null) {
            next.add(new Step(value, step.path() + "/" + field.getName()));
          }
        }
      }
    }
    return found;
  }
}
