package io.sipwright.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one configuration property. */
final class ConfigRow {
  private final List<String> names;
  private final ValueKind kind;
  private final @Nullable String defaultText;

  /** Read once: most properties of most stacks aren't set. */
  private final @Nullable Object defaultValue;

  private final String meaning;

  /**
   * @param key the last part of its names
   * @param namesOrPrefixes the name to use, then others that are understood; those that end in a
   *     dot are followed by the key
   * @param defaultText as it would stand in the properties; null: none
   * @param meaning one or two sentences, in Markdown
   */
  ConfigRow(
      String key,
      List<String> namesOrPrefixes,
      ValueKind kind,
      @Nullable String defaultText,
      String meaning) {
    this.names = namesOrPrefixes.stream().map(n -> n.endsWith(".") ? n + key : n).toList();
    this.kind = kind;
    this.defaultText = defaultText;
    this.defaultValue = defaultText == null ? null : kind.read(defaultText);
    this.meaning = meaning;
  }

  /** The name to use, then the {@link #aliases}. */
  List<String> names() {
    return names;
  }

  /** Other names that are understood; of several that are set, the one further ahead wins. */
  List<String> aliases() {
    return names.subList(1, names.size());
  }

  ValueKind kind() {
    return kind;
  }

  /** As it would stand in the properties; null: none. */
  @Nullable String defaultText() {
    return defaultText;
  }

  /** One or two sentences, in Markdown. */
  String meaning() {
    return meaning;
  }

  /**
   * The value of a text, blank ones giving the default.
   *
   * @param name the name it was set by, for the error
   * @throws IllegalArgumentException if it is none; names the key, the value and what would be
   *     right
   */
  @Nullable Object read(String name, @Nullable String text) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty()) {
      return defaultValue;
    }
    Object value = kind.read(stripped);
    if (value == null) {
      throw new IllegalArgumentException(
          name + "=" + stripped + ": should be " + kind.expected().replace("`", ""));
    }
    return value;
  }
}
