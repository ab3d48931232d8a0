package io.sipwright.stack;

import java.util.List;

/** Names of properties; those that end in a dot are followed by the name of their row. */
final class Names {
  /** {@code javax.sip.X}. */
  static final List<String> API = List.of("javax.sip.");

  /** {@code io.sipwright.X}. */
  static final List<String> OWN = List.of("io.sipwright.");

  /** {@code io.sipwright.X} with the alias {@code gov.nist.javax.sip.X}. */
  static final List<String> BOTH = List.of("io.sipwright.", "gov.nist.javax.sip.");

  private Names() {}

  /** {@code io.sipwright.X} with another alias. */
  static List<String> ownAnd(String name, String alias) {
    return List.of("io.sipwright." + name, alias);
  }
}
