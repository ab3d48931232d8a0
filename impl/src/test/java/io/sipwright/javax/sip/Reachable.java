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
 * the provider and the core, which all dialogs share.
 */
final class Reachable {
  private static final Set<String> SHARED =
      Set.of("SipProviderImpl", "SipStackImpl", "SipCore", "MessageModel", "VirtualClock");

  private final List<Class<?>> unwanted = new ArrayList<>();

  Reachable(String... unwanted) throws ClassNotFoundException {
    for (String name : unwanted) {
      this.unwanted.add(Class.forName(name));
    }
  }

  /** The paths of the unwanted objects that can be reached from one. */
  List<String> from(Object start) throws IllegalAccessException {
    record Step(Object object, String path) {}
    List<String> found = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Step> next = new ArrayDeque<>(List.of(new Step(start, "")));
    while (!next.isEmpty()) {
      Step step = next.remove();
      Object object = step.object();
      if (!seen.add(object)) {
        continue;
      }
      if (unwanted.stream().anyMatch(type -> type.isInstance(object))) {
        found.add(step.path());
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
