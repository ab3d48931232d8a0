package io.sipwright.scenario;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A flaw put into one of the four machines: another step in place of the right one, until it's
 * closed.
 */
final class Flaw implements AutoCloseable {
  private final Map<Object, Object> steps;
  private final Object state;
  private final Object right;

  /**
   * Puts it in.
   *
   * @param where machine, state and event: {@code InviteClient CALLING TIMER_A}
   * @param step the next state, and actions behind it: {@code CALLING SEND_REQUEST}
   */
  Flaw(String where, String step) {
    String[] words = where.split(" ");
    String[] wrong = step.split(" ");
    try {
      steps = stepsOf(words[0]);
      state = constant(words[0] + "$State", words[1]);
      right = steps.get(state);
      List<Object> actions = new ArrayList<>();
      String kind = words[0].endsWith("Client") ? "ClientAction" : "ServerAction";
      for (int i = 1; i < wrong.length; i++) {
        actions.add(constant(kind, wrong[i]));
      }
      Constructor<?> made = type("Step").getDeclaredConstructors()[0];
      made.setAccessible(true);
      @SuppressWarnings({"unchecked", "rawtypes"})
      Map<Object, Object> row = new EnumMap((Map) right);
      Object event = constant(words[0] + "$Event", words[2]);
      row.put(event, made.newInstance(constant(words[0] + "$State", wrong[0]), actions));
      steps.put(state, row);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The machines are built otherwise than this knows", e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("io.sipwright.transaction." + name);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object constant(String type, String name) throws ClassNotFoundException {
    return Enum.valueOf((Class) type(type), name);
  }

  /** The steps of a machine by state, each a map by event. */
  @SuppressWarnings("unchecked")
  static Map<Object, Object> stepsOf(String machine) throws ReflectiveOperationException {
    Field figure = type(machine).getDeclaredField("FIGURE");
    figure.setAccessible(true);
    Field steps = figure.getType().getDeclaredField("steps");
    steps.setAccessible(true);
    return (Map<Object, Object>) steps.get(figure.get(null));
  }

  @Override
  public void close() {
    steps.put(state, right);
  }
}
