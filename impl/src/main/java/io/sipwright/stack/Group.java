package io.sipwright.stack;

/** Chapters of the documentation of properties. */
enum Group {
  API("Properties of the JAIN SIP API"),
  LISTENER("The listener and its threads"),
  DIALOGS("Dialogs"),
  TRANSACTIONS("Transactions"),
  TRANSPORT("Transport"),
  LOCATOR("Locating servers"),
  TLS("TLS and WebSocket"),
  MESSAGES("Messages and logging");

  final String title;

  Group(String title) {
    this.title = title;
  }
}
