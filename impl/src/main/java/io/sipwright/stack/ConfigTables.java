package io.sipwright.stack;

import java.util.List;

/** The tables of configuration properties: one for each chapter of {@code docs/properties.md}. */
final class ConfigTables {
  /** Properties that belong together. */
  record Chapter(String title, List<? extends ConfigKey> keys) {
    private Chapter(String title, ConfigKey... keys) {
      this(title, List.of(keys));
    }
  }

  /** In the order of the documentation. */
  static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter("Properties of the JAIN SIP API", ApiProperty.values()),
          new Chapter("The listener and its threads", ListenerProperty.values()),
          new Chapter("Dialogs", DialogProperty.values()),
          new Chapter("Transactions", TransactionProperty.values()),
          new Chapter("Transport", TransportProperty.values()),
          new Chapter("Locating servers", LocatorProperty.values()),
          new Chapter("TLS and WebSocket", TlsProperty.values()),
          new Chapter("Messages and logging", MessageProperty.values()));

  private static final List<ConfigKey> KEYS =
      CHAPTERS.stream().<ConfigKey>flatMap(chapter -> chapter.keys().stream()).toList();

  private ConfigTables() {}

  /** All properties, in the order of the documentation. */
  static List<ConfigKey> keys() {
    return KEYS;
  }
}
