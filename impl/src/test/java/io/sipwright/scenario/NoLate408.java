package io.sipwright.scenario;

/** Nobody sends a 408 to anything but INVITE (RFC 4320 §4.2). */
final class NoLate408 extends Rule {
  @Override
  void on(Happening h) {
    if (h.what() == Happening.What.SENT && h.facts().status() == 408 && !h.facts().is("INVITE")) {
      breach(h, "a 408 to " + h.facts().method());
    }
  }
}
