package io.sipwright.locator;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.syntax.Chars;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a response: RFC 3261 §18.2.2 with RFC 3581 §4. Over a stream transport the
 * connection that the request came on goes first, while it's open; what's here is for when it
 * isn't.
 */
public final class ResponseRoute {
  private ResponseRoute() {}

  /**
   * What the top Via says.
   *
   * @param transport of the sent-protocol, in any case
   * @param host of sent-by
   * @param port of sent-by, or -1
   * @param maddr or null
   * @param received or null
   * @param hasRport whether {@code rport} stands there, filled in or not
   * @param rport its value, or -1
   */
  public record TopVia(
      String transport,
      String host,
      int port,
      @Nullable String maddr,
      @Nullable String received,
      boolean hasRport,
      int rport) {
    /** Of a message; null if it has no Via that can be read. */
    public static @Nullable TopVia of(SipMessage message) {
      String transport = message.viaTransport();
      String host = message.viaHost();
      if (transport == null || host == null) {
        return null;
      }
      return new TopVia(
          transport,
          host,
          message.viaPort(),
          message.viaMaddr(),
          message.viaReceived(),
          message.viaHasRport(),
          message.viaRport());
    }

    /**
     * What sent-by says, for a response that couldn't be sent where the request came from (RFC 3263
     * §5): the Via's transport, and its port if it has one. Null if it names no place at all.
     */
    public @Nullable Destination sentBy() {
      return host.isEmpty() || port > 65535
          ? null
          : new Destination(host, port > 0 ? port : -1, Chars.lower(transport), false);
    }
  }

  /**
   * The targets to try, in order, without repetitions; their hosts may be names. Empty if there's
   * no Via that can be read.
   *
   * @param source where the request came from if that's known: stands in for {@code received} and
   *     {@code rport} where the Via has none
   */
  public static List<Target> of(SipMessage response, @Nullable InetSocketAddress source) {
    TopVia via = TopVia.of(response);
    return via == null ? List.of() : of(via, source);
  }

  /** As {@link #of(SipMessage, InetSocketAddress)}. */
  public static List<Target> of(TopVia via, @Nullable InetSocketAddress source) {
    String transport = Chars.lower(via.transport);
    Target sentBy = target(via.host, via.port, transport);
    if (transport.equals("udp")) {
      if (isGiven(via.maddr)) {
        return listOf(target(via.maddr, via.port, transport), null);
      }
      String seenAt = seenAt(via, source);
      int rport = rport(via, source);
      if (seenAt != null && rport > 0) {
        // RFC 3581 §4: there and nowhere else, for only there is the NAT open.
        return listOf(target(seenAt, rport, transport), null);
      }
      return seenAt == null
          ? listOf(sentBy, null)
          : listOf(target(seenAt, via.port, transport), sentBy);
    }
    String seenAt = seenAt(via, source);
    return seenAt == null
        ? listOf(sentBy, null)
        : listOf(target(seenAt, via.port, transport), sentBy);
  }

  private static @Nullable String seenAt(TopVia via, @Nullable InetSocketAddress source) {
    if (isGiven(via.received)) {
      return via.received;
    }
    return source == null || source.getAddress() == null
        ? null
        : source.getAddress().getHostAddress();
  }

  private static int rport(TopVia via, @Nullable InetSocketAddress source) {
    if (!via.hasRport || via.rport > 0) {
      return via.hasRport ? via.rport : -1;
    }
    return source == null ? -1 : source.getPort();
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  /** Null where a peer's Via names no place at all. */
  private static @Nullable Target target(@Nullable String host, int port, String transport) {
    return host == null || host.isEmpty() || port > 65535
        ? null
        : Target.withDefaultPort(host, port, transport);
  }

  private static List<Target> listOf(@Nullable Target first, @Nullable Target second) {
    if (first == null || first.equals(second)) {
      return second == null ? List.of() : List.of(second);
    }
    return second == null ? List.of(first) : List.of(first, second);
  }
}
