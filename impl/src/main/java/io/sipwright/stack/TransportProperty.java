package io.sipwright.stack;

import static io.sipwright.stack.Names.BOTH;
import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.MULTICAST;
import static io.sipwright.stack.ValueKind.NETWORKS;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.number;
import static io.sipwright.stack.ValueKind.words;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of the transports: sockets and connections. */
enum TransportProperty implements ConfigKey {
  RECEIVE_UDP_BUFFER_SIZE(
      BOTH,
      number(0, 1 << 30, "bytes; 0: the system's default"),
      "4194304",
      "Receive buffer of UDP sockets, as far as the system grants it."),
  SEND_UDP_BUFFER_SIZE(
      BOTH,
      number(0, 1 << 30, "bytes; 0: the system's default"),
      "1048576",
      "Send buffer of UDP sockets, as far as the system grants it."),
  UDP_REQUEST_LIMIT(
      OWN,
      limit(65_535, "bytes"),
      "1300",
      "Longer requests go over TCP in place of UDP where the provider has a listening point for"
          + " TCP, and by UDP only if the connection fails (RFC 3261 §18.1.1). `0` sends them by"
          + " UDP."),
  UDP_SOCKETS(
      OWN,
      number(1, 64, ""),
      "1",
      "Sockets for each UDP listening point, bound to one address by `SO_REUSEPORT` where the"
          + " system has it: peers are spread over them, each with its own buffer and threads."),
  UDP_THREADS(
      OWN,
      number(1, 64, "threads"),
      "1",
      "Threads that receive from each UDP socket. Messages of one peer may overtake each other"
          + " where there's more than one."),
  UDP_DETECT_UNREACHABLE(
      OWN,
      FLAG,
      "false",
      "`true` sends requests through UDP sockets connected to their peers, up to 256, so that an"
          + " ICMP \"port unreachable\" ends a client transaction at once instead of by time-out"
          + " (RFC 3261 §18.4). Needs `SO_REUSEPORT`."),
  UDP_ANSWER_STUN(
      OWN,
      FLAG,
      "true",
      "Whether STUN Binding requests on UDP listening points, the keep-alives of RFC 5626, are"
          + " answered. `false` ignores them."),
  MULTICAST_GROUPS(
      OWN,
      MULTICAST,
      "",
      "Groups that UDP listening points receive from as well, on their own port: numeric addresses"
          + " with `,` between them, such as `224.0.1.75` for registrations (RFC 3261 §10.2.6)."),
  MAX_CONNECTIONS(
      BOTH,
      limit(10_000_000, ""),
      "2048",
      "Most connections at a time, of all stream transports together. One more takes the place of"
          + " one whose peer has sent no whole message yet, or is closed at once"
          + " (docs/security.md)."),
  MAX_CONNECTIONS_PER_SOURCE(
      OWN,
      limit(10_000_000, ""),
      "1024",
      "Most connections at a time that one IPv4 address or IPv6 network of 64 bits has opened. One"
          + " more takes the place of another of the same source that has sent no whole message"
          + " yet, or is closed at once."),
  FIRST_MESSAGE_TIMEOUT(
      OWN,
      limit(3_600_000, "ms"),
      "120000",
      "A connection whose peer has opened it, and sent no whole message within this time, is closed"
          + " unless something was sent on it."),
  CACHE_CLIENT_CONNECTIONS(
      BOTH,
      FLAG,
      "true",
      "`false` closes a connection opened from here when its last transaction has ended, after"
          + " `LINGER_TIMER`."),
  CACHE_SERVER_CONNECTIONS(
      BOTH, FLAG, "true", "`false` does so with connections that peers have opened."),
  LINGER_TIMER(
      BOTH,
      number(0, 86_400, "s"),
      "8",
      "How long a connection that isn't kept stays open for the next transaction."),
  RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT(
      BOTH,
      limit(86_400, "s"),
      "0",
      "A connection that a peer has opened is closed when no message and no keep-alive has come for"
          + " so long, and an `IOExceptionEvent` tells of it. Where a registration has said a"
          + " Flow-Timer, not before that is over and 10 s more (RFC 5626 §5.4)."),
  MIN_KEEPALIVE_TIME_SECONDS(
      BOTH,
      limit(86_400, "s"),
      "0",
      "A keep-alive (double CRLF) that comes sooner after one that was answered isn't."),
  CONNECTION_REUSE(
      OWN,
      words(List.of("tls", "tcp")),
      "",
      "Transports whose connections carry the requests of both sides (RFC 5923): ours say `alias`"
          + " in their Via, and those of others that do are used in the other direction. With `tls`"
          + " peers are asked for their certificates. `tcp` proves nothing: for closed networks."),
  PROXY_PROTOCOL(
      OWN,
      NETWORKS,
      "",
      "Load balancers that begin each connection with a PROXY header (version 1 or 2, of HAProxy"
          + " and others), before TLS and WebSocket too. From them it's required, and its source"
          + " counts as the peer's address; connections of others are taken as they are."),
  CONNECTION_TIMEOUT(
      BOTH, number(1, 600_000, "ms"), "10000", "How long to wait for a connection to be made."),
  READ_TIMEOUT(
      BOTH,
      limit(3_600_000, "ms"),
      "32000",
      "A connection on which a message was begun, and did not come to its end within this time, is"
          + " closed; the same for a TLS record and a WebSocket message."),
  MAX_SOCKET_IDLE_TIME(
      List.of(
          "io.sipwright.MAX_SOCKET_IDLE_TIME",
          "io.sipwright.NIO_MAX_SOCKET_IDLE_TIME",
          "gov.nist.javax.sip.NIO_MAX_SOCKET_IDLE_TIME"),
      limit(Integer.MAX_VALUE, "ms"),
      "120000",
      "A connection on which nothing went either way for this time is closed: after twice this time"
          + " if the peer has sent keep-alives, after ten times if requests wait for their answers,"
          + " and not at all while it's the way to the peer of a dialog (docs/security.md)."),
  MAX_WRITE_QUEUE(
      OWN,
      limit(Integer.MAX_VALUE, "bytes"),
      "1048576",
      "How much may wait to be written on one connection. More fails, and the connection is closed"
          + " if not half of it is gone a second later."),
  ALWAYS_ADD_RPORT(
      BOTH,
      FLAG,
      "false",
      "`true` answers to the port a request came from even if its Via has no `rport`."),
  NEVER_ADD_RECEIVED_RPORT(
      BOTH,
      FLAG,
      "false",
      "`true` never adds `received` or `rport` to a Via (against RFC 3261 §18.2.1).");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  TransportProperty(
      List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
