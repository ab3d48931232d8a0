package io.sipwright.scenario;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Watches which events the four machines meet in which states, from outside of their package. */
final class Machines implements AutoCloseable {
  private final Set<String> met = new TreeSet<>();
  private final Set<String> all = new TreeSet<>();
  private final Map<Map<Object, Object>, Map<Object, Object>> originals = new HashMap<>();

  /** Watches from now on. */
  Machines() {
    for (String machine :
        List.of("InviteClient", "InviteServer", "NonInviteClient", "NonInviteServer")) {
      Map<Object, Object> steps = stepsOf(machine);
      originals.put(steps, new HashMap<>(steps));
      for (Map.Entry<Object, Object> row : steps.entrySet()) {
        row.setValue(watched(machine + " " + row.getKey(), (Map<?, ?>) row.getValue()));
      }
    }
  }

  /** Leaves the machines as they were. */
  @Override
  public void close() {
    originals.forEach((steps, rows) -> steps.putAll(rows));
  }

  /** What wasn't met so far, as {@code machine STATE EVENT}. */
  Set<String> missed() {
    Set<String> missed = new TreeSet<>(all);
    missed.removeAll(met);
    return missed;
  }

  private static Map<Object, Object> stepsOf(String machine) {
    try {
      return Flaw.stepsOf(machine);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The machines are built otherwise than this knows", e);
    }
  }

  /** The same row, which notes what it's asked. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private Map<?, ?> watched(String state, Map row) {
    for (Object event : row.keySet()) {
      all.add(state + " " + event);
    }
    return new Row(state, row);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final class Row extends EnumMap {
    private static final long serialVersionUID = 1L;
    private final String state;

    @SuppressWarnings("EnumMapCapacity")
    private final transient EnumMap<?, Boolean> noted;

    Row(String state, Map row) {
      super(row);
      this.state = state;
      noted = new EnumMap(row);
      noted.clear();
    }

    @Override
    public Object get(Object event) {
      if (!noted.containsKey(event)) {
        ((EnumMap) noted).put((Enum) event, true);
        met.add(state + " " + event);
      }
      return super.get(event);
    }
  }
}
