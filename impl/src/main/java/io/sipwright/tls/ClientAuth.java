package io.sipwright.tls;

/** Whether peers that connect have to show a certificate (mutual TLS). */
public enum ClientAuth {
  /** They are not asked for one. */
  OFF,
  /** They are asked; one that is shown must be valid, and none is fine too. */
  WANTED,
  /** Without a valid one the handshake fails. */
  NEEDED
}
