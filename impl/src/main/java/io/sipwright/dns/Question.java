package io.sipwright.dns;

import io.sipwright.syntax.Chars;

/**
 * What is asked.
 *
 * @param name in lower case and without a dot at its end, whatever was given; always taken as
 *     absolute
 * @param type of the records
 */
public record Question(String name, RecordType type) {
  /** Brings the name into its one form (RFC 4343). */
  public Question {
    String lower = Chars.lower(name);
    name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** {@code example.com NAPTR}. */
  @Override
  public String toString() {
    return name + ' ' + type;
  }
}
