package io.sipwright.stack;

/**
 * A configuration property: a row in one of the tables that {@link ConfigTables} lists. Reading,
 * checking, the warning about unknown keys and {@code docs/properties.md} all come from them. A new
 * property is a row there and an accessor in {@link StackConfig}.
 */
sealed interface ConfigKey
    permits ApiProperty,
        ListenerProperty,
        DialogProperty,
        TransactionProperty,
        TransportProperty,
        LocatorProperty,
        TlsProperty,
        MessageProperty {
  /** What is known of it. */
  ConfigRow row();

  /** The name to use. */
  default String key() {
    return row().names().get(0);
  }
}
