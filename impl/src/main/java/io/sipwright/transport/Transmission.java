package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Something that was sent on a {@link SimulatedNetwork}.
 *
 * @param at when, since the network was made
 * @param transport "udp" or "tcp"
 * @param from address of the endpoint that sent it
 * @param to address of the endpoint it's meant for
 * @param bytes what was sent; not to be changed
 * @param fate what became of it up to the moment of asking
 */
@SuppressWarnings("ArrayRecordComponent") // Made to be looked at, not to be compared.
public record Transmission(
    Duration at,
    String transport,
    InetSocketAddress from,
    InetSocketAddress to,
    byte[] bytes,
    Fate fate) {
  /** What becomes of something that was sent. */
  public enum Fate {
    UNDER_WAY,
    DELIVERED,
    /** Delivered, and delivered again or about to be. */
    DUPLICATED,
    LOST,
    /** Nothing was open at the address when it arrived. */
    NOBODY_THERE
  }

  /** All of it as text. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  /** Its first line, without the line end: the start line of a message. */
  public String firstLine() {
    return text().lines().findFirst().orElse("");
  }

  /** {@code 0.500 udp 192.0.2.1:5060 > 192.0.2.2:5060 OPTIONS sip:b SIP/2.0 (LOST)}. */
  @Override
  public String toString() {
    long millis = at.toMillis();
    String fraction = Long.toString(1000 + millis % 1000).substring(1);
    return millis / 1000
        + "."
        + fraction
        + " "
        + transport
        + " "
        + Addresses.text(from)
        + " > "
        + Addresses.text(to)
        + " "
        + firstLine()
        + " ("
        + fate
        + ")";
  }
}
