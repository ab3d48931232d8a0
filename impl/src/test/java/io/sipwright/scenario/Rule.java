package io.sipwright.scenario;

/**
 * Something that must hold in every scenario. Looks at each thing that happens, in order, and keeps
 * its own idea of how things should be, from the messages and the program's acts alone.
 */
abstract class Rule {
  /** Told of a breach. */
  interface Court {
    void breach(Rule rule, Happening happening, String why);
  }

  private Court court = (rule, happening, why) -> {};

  void answerTo(Court judge) {
    court = judge;
  }

  final void breach(Happening happening, String why) {
    court.breach(this, happening, why);
  }

  /** Something happened. */
  abstract void on(Happening happening);

  /** All is over, at a time in nanoseconds. */
  void atEnd(Happening last) {}

  static boolean isProxy(String who) {
    return who.startsWith("proxy");
  }
}
