package io.sipwright.stack;

import static io.sipwright.stack.ValueKind.CHARSET;
import static io.sipwright.stack.ValueKind.CLIENT_AUTH;
import static io.sipwright.stack.ValueKind.CONCURRENCY;
import static io.sipwright.stack.ValueKind.DNS_ADDRESSES;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.MULTICAST;
import static io.sipwright.stack.ValueKind.NETWORKS;
import static io.sipwright.stack.ValueKind.SWITCH;
import static io.sipwright.stack.ValueKind.TEXT;
import static io.sipwright.stack.ValueKind.WORDS;
import static io.sipwright.stack.ValueKind.limit;
import static io.sipwright.stack.ValueKind.limitByHeap;
import static io.sipwright.stack.ValueKind.number;
import static io.sipwright.stack.ValueKind.tokens;
import static io.sipwright.stack.ValueKind.words;

import io.sipwright.body.BodyLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of configuration properties, a row each. Reading, checking, the warning about unknown
 * keys and {@code docs/properties.md} all come from it. A new property is a row here and an
 * accessor in {@link StackConfig}.
 */
enum ConfigKey {
  STACK_NAME(
      Group.API, Names.API, TEXT, null, "Name of the stack, for people and logs; must be given."),
  IP_ADDRESS(
      Group.API,
      Names.API,
      TEXT,
      null,
      "Default address of listening points made by the deprecated"
          + " `createListeningPoint(port, transport)`, and part of what tells one stack of"
          + " `SipFactory` from another."),
  OUTBOUND_PROXY(
      Group.API,
      Names.API,
      TEXT,
      null,
      "Where requests without a Route go first: `host:port/transport`. A router of one's own gets"
          + " the text as it is."),
  ROUTER_PATH(
      Group.API,
      Names.API,
      TEXT,
      null,
      "Class name of the router, an implementation of `javax.sip.address.Router` with a constructor"
          + " `(SipStack, String outboundProxy)`. Without it Sipwright's own router is used."),
  USE_ROUTER_FOR_ALL_URIS(
      Group.API,
      Names.API,
      FLAG,
      "true",
      "`false` asks the router only about requests whose URI is not a SIP URI."),
  EXTENSION_METHODS(
      Group.API,
      Names.API,
      tokens(':', List.of("ACK", "BYE", "CANCEL", "PRACK")),
      "",
      "Methods that make dialogs besides INVITE, SUBSCRIBE and REFER, as in `FOO:BAR`."),
  RETRANSMISSION_FILTER(
      Group.API,
      Names.API,
      SWITCH,
      "off",
      "`on` makes the stack retransmit 2xx responses and ACKs for the program also where there's"
          + " no dialog, and keeps repeated ones from it."),
  AUTOMATIC_DIALOG_SUPPORT(
      Group.API,
      Names.API,
      SWITCH,
      "on",
      "`off` makes no dialogs but those the program asks for: right for proxies."),
  FORKABLE_EVENTS(
      Group.API,
      Names.API,
      tokens(',', List.of()),
      "",
      "Event packages whose SUBSCRIBE may be answered by NOTIFYs from several places, each a dialog"
          + " of its own. With other packages the first one makes the dialog and the rest are"
          + " answered 481."),

  LISTENER_CONCURRENCY(
      Group.LISTENER,
      List.of(
          "io.sipwright.LISTENER_CONCURRENCY",
          "io.sipwright.REENTRANT_LISTENER",
          "gov.nist.javax.sip.REENTRANT_LISTENER"),
      CONCURRENCY,
      "serial",
      "How many calls of the listener run at a time: one (`serial`); one per Call-ID"
          + " (`per-call`); on the I/O thread, for listeners that never block (`inline`)."),
  THREAD_POOL_SIZE(
      Group.LISTENER,
      Names.BOTH,
      limit(100_000, "threads"),
      "0",
      "Most threads that run the listener at a time with `per-call`. Without a limit: virtual"
          + " threads where Java has them, otherwise two for each processor, and"
          + " four at least."),
  CONGESTION_CONTROL_ENABLED(
      Group.LISTENER, Names.BOTH, FLAG, "true", "`false` turns `CONGESTION_CONTROL_TIMEOUT` off."),
  CONGESTION_CONTROL_TIMEOUT(
      Group.LISTENER,
      Names.BOTH,
      limit(3_600_000, "ms"),
      "8000",
      "A request that waited longer than this for the listener is dropped over UDP, where its"
          + " sender repeats it, and answered 503 over streams. `0` turns it off."),
  OVERLOAD_WAIT(
      Group.LISTENER,
      Names.OWN,
      limit(3_600_000, "ms"),
      "8000",
      "While requests wait longer than this for the listener, those that would begin something new"
          + " are answered 503 with Retry-After at once, and those in dialogs go on"
          + " (docs/transports.md). `0` turns it off."),
  DAEMON_THREADS(
      Group.LISTENER, Names.OWN, FLAG, "false", "`true` lets the JVM end while the stack runs."),

  DELIVER_UNSOLICITED_NOTIFY(
      Group.LISTENER,
      Names.BOTH,
      FLAG,
      "false",
      "`true` delivers a NOTIFY that matches no dialog, or no subscription in its dialog; otherwise"
          + " it is answered 481 (RFC 6665 §4.1.3)."),
  PASS_INVITE_NON_2XX_ACK_TO_LISTENER(
      Group.LISTENER,
      Names.BOTH,
      FLAG,
      "false",
      "`true` shows the listener the ACK to a 3xx to 6xx response too, which the transaction"
          + " otherwise absorbs."),
  DELIVER_RETRANSMITTED_ACK_TO_LISTENER(
      Group.LISTENER,
      Names.BOTH,
      FLAG,
      "false",
      "`true` shows the listener each copy of an ACK to a 2xx, not the first alone."),
  DELIVER_REPEATED_2XX(
      Group.LISTENER,
      Names.OWN,
      FLAG,
      "false",
      "`true` shows the listener each copy of a 2xx to INVITE, which it then acknowledges each"
          + " time; otherwise the stack sends the program's ACK again, and shows copies only as"
          + " long as there is none."),
  DELIVER_TERMINATED_EVENT_FOR_ACK(
      Group.LISTENER,
      Names.BOTH,
      FLAG,
      "false",
      "`true` tells the listener of the end of the transaction that comes with an ACK, right after"
          + " the ACK."),
  DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG(
      Group.LISTENER,
      Names.BOTH,
      FLAG,
      "false",
      "`true` tells the listener also of the end of a dialog that never got beyond the null"
          + " state."),

  AUTOMATIC_DIALOG_ERROR_HANDLING(
      Group.DIALOGS,
      Names.BOTH,
      FLAG,
      "true",
      "`false` leaves it to the program to answer merged requests (482) and what fits no dialog or"
          + " not into its sequence (481, 491, 500)."),
  IS_BACK_TO_BACK_USER_AGENT(
      Group.DIALOGS,
      Names.BOTH,
      FLAG,
      "false",
      "`true` makes INVITEs in a dialog that meet others wait for their turn: the program's are"
          + " sent, and the peer's handed over, when those before have their final response and"
          + " ACK, in place of an exception or a 491 or 500. One of the peer's that met one of ours"
          + " waits for 2 s, then it's answered 491."),
  ANSWER_491_TO_OVERLAPPING_INVITE(
      Group.DIALOGS,
      Names.OWN,
      FLAG,
      "false",
      "`true` answers 491 to an INVITE that comes before the peer's INVITE before it has its final"
          + " response, as an old habit was; RFC 3261 §14.2 wants 500 with Retry-After."),
  LOOSE_DIALOG_VALIDATION(
      Group.DIALOGS,
      Names.BOTH,
      FLAG,
      "false",
      "`true` accepts requests in a dialog whose CSeq number is too low."),
  DIALOGS_END_WITH_SUBSCRIPTIONS(
      Group.DIALOGS,
      Names.OWN,
      FLAG,
      "true",
      "A dialog ends with the last of its usages (RFC 5057): its session, and the subscriptions of"
          + " SUBSCRIBE and REFER, which end by NOTIFY, by failure, or by their time (RFC 6665)."
          + " `false` keeps no count of subscriptions, as an old habit was: a BYE ends the dialog"
          + " whatever there's left, and one without session ends by `delete()`."),
  MAX_DIALOGS(
      Group.DIALOGS,
      Names.OWN,
      limitByHeap(2048, 4_000_000),
      "auto",
      "Most dialogs at a time: further requests that would make one are answered 503, and the"
          + " program gets a `TransactionUnavailableException`."),
  MAX_FORKS(
      Group.DIALOGS,
      Names.OWN,
      number(1, 10_000, "dialogs"),
      "64",
      "Most dialogs that the answers to one INVITE or SUBSCRIBE may make; answers with further To"
          + " tags are dropped."),
  MAX_RECORD_ROUTES(
      Group.DIALOGS,
      Names.OWN,
      number(1, 10_000, "values"),
      "64",
      "Most Record-Route values of a message that makes a dialog: a request with more is answered"
          + " 400, a response dropped."),
  MAX_FORK_TIME_SECONDS(
      Group.DIALOGS,
      Names.BOTH,
      number(0, 86_400, "s"),
      "32",
      "How long after its first 2xx the INVITE's transaction takes those of a fork's other"
          + " branches; less than 64·T1 counts as 64·T1 (RFC 6026)."),
  EARLY_DIALOG_TIMEOUT_SECONDS(
      Group.DIALOGS,
      Names.BOTH,
      number(1, 86_400, "s"),
      "180",
      "How long a dialog may stay early after its last provisional response; then it ends."),

  REMOTE_TAG_REASSIGNMENT_ALLOWED(
      Group.DIALOGS,
      Names.BOTH,
      FLAG,
      "false",
      "`true` takes another To tag in a later response to an INVITE for the same peer's, where the"
          + " dialog is still early, as peers of RFC 2543 may do: the dialog gets that tag. With"
          + " `false` it is another dialog (RFC 3261 §13.2.2.4)."),
  DIALOG_TIMEOUT_FACTOR(
      Group.DIALOGS,
      Names.BOTH,
      number(1, 100_000, ""),
      "64",
      "How many T1 a 2xx to INVITE waits for its ACK, from the peer or from the program; then the"
          + " dialog ends, or an `ExtendedListener` is told. RFC 3261 §13.3.1.4 wants 64."),

  T1(
      Group.TRANSACTIONS,
      Names.OWN,
      number(1, 60_000, "ms"),
      "500",
      "Estimate of the round-trip time (RFC 3261 §17.1.1.1)."),
  T2(
      Group.TRANSACTIONS,
      Names.OWN,
      number(1, 600_000, "ms"),
      "4000",
      "Longest interval between retransmissions of non-INVITE requests and INVITE responses."),
  T4(
      Group.TRANSACTIONS,
      Names.OWN,
      number(1, 600_000, "ms"),
      "5000",
      "Longest time a message stays in the network."),
  MAX_TX_LIFETIME_INVITE(
      Group.TRANSACTIONS,
      Names.BOTH,
      limit(86_400, "s"),
      "0",
      "An INVITE transaction that is still there after this time ends with a timeout event."),
  MAX_TX_LIFETIME_NON_INVITE(
      Group.TRANSACTIONS, Names.BOTH, limit(86_400, "s"), "0", "The same for the other methods."),
  MAX_LISTENER_RESPONSE_TIME(
      Group.TRANSACTIONS,
      Names.BOTH,
      limit(86_400, "s"),
      "240",
      "A server transaction through which the program has sent nothing at all for this long, not"
          + " even a provisional response, ends with a timeout event; an INVITE is answered 500."),
  MAX_SERVER_TRANSACTIONS(
      Group.TRANSACTIONS,
      Names.BOTH,
      limitByHeap(1024, 8_000_000),
      "auto",
      "Most server transactions at a time; further requests that would make one are answered"
          + " 503."),
  MAX_CLIENT_TRANSACTIONS(
      Group.TRANSACTIONS,
      Names.BOTH,
      limit(100_000_000, ""),
      "0",
      "Most client transactions at a time; the program gets a `TransactionUnavailableException` for"
          + " further ones."),
  RFC_2543_SUPPORT_ENABLED(
      Group.TRANSACTIONS,
      Names.BOTH,
      FLAG,
      "true",
      "Matches requests whose Via branch lacks the cookie `z9hG4bK` by the rules of RFC 2543;"
          + " `false` answers them 400."),
  CANCEL_CLIENT_TRANSACTION_CHECKED(
      Group.TRANSACTIONS,
      Names.BOTH,
      FLAG,
      "true",
      "`false` sends a CANCEL also if the stack knows no INVITE it's for; otherwise that's a"
          + " `SipException`."),
  SERVER_LOOP_DETECTION(
      Group.TRANSACTIONS,
      Names.BOTH,
      FLAG,
      "true",
      "`false` hands merged requests to the program instead of answering 482; providers can be set"
          + " apart by `ExtendedProvider.setLoopDetectionEnabled`."),
  REJECT_STRAY_RESPONSES(
      Group.TRANSACTIONS,
      Names.BOTH,
      FLAG,
      "false",
      "`true` drops responses that fit neither a transaction nor a dialog, instead of delivering"
          + " them; those to requests sent without a transaction are among them."),

  RECEIVE_UDP_BUFFER_SIZE(
      Group.TRANSPORT,
      Names.BOTH,
      number(0, 1 << 30, "bytes; 0: the system's default"),
      "4194304",
      "Receive buffer of UDP sockets, as far as the system grants it."),
  SEND_UDP_BUFFER_SIZE(
      Group.TRANSPORT,
      Names.BOTH,
      number(0, 1 << 30, "bytes; 0: the system's default"),
      "1048576",
      "Send buffer of UDP sockets, as far as the system grants it."),
  UDP_REQUEST_LIMIT(
      Group.TRANSPORT,
      Names.OWN,
      limit(65_535, "bytes"),
      "1300",
      "Longer requests go over TCP in place of UDP where the provider has a listening point for"
          + " TCP, and by UDP only if the connection fails (RFC 3261 §18.1.1). `0` sends them by"
          + " UDP."),
  UDP_SOCKETS(
      Group.TRANSPORT,
      Names.OWN,
      number(1, 64, ""),
      "1",
      "Sockets for each UDP listening point, bound to one address by `SO_REUSEPORT` where the"
          + " system has it: peers are spread over them, each with its own buffer and threads."),
  UDP_THREADS(
      Group.TRANSPORT,
      Names.OWN,
      number(1, 64, "threads"),
      "1",
      "Threads that receive from each UDP socket. Messages of one peer may overtake each other"
          + " where there's more than one."),
  UDP_DETECT_UNREACHABLE(
      Group.TRANSPORT,
      Names.OWN,
      FLAG,
      "false",
      "`true` sends requests through UDP sockets connected to their peers, up to 256, so that an"
          + " ICMP \"port unreachable\" ends a client transaction at once instead of by time-out"
          + " (RFC 3261 §18.4). Needs `SO_REUSEPORT`."),
  UDP_ANSWER_STUN(
      Group.TRANSPORT,
      Names.OWN,
      FLAG,
      "true",
      "Whether STUN Binding requests on UDP listening points, the keep-alives of RFC 5626, are"
          + " answered. `false` ignores them."),
  MULTICAST_GROUPS(
      Group.TRANSPORT,
      Names.OWN,
      MULTICAST,
      "",
      "Groups that UDP listening points receive from as well, on their own port: numeric addresses"
          + " with `,` between them, such as `224.0.1.75` for registrations (RFC 3261 §10.2.6)."),
  MAX_CONNECTIONS(
      Group.TRANSPORT,
      Names.BOTH,
      limit(10_000_000, ""),
      "2048",
      "Most connections at a time, of all stream transports together. One more takes the place of"
          + " one whose peer has sent no whole message yet, or is closed at once"
          + " (docs/security.md)."),
  MAX_CONNECTIONS_PER_SOURCE(
      Group.TRANSPORT,
      Names.OWN,
      limit(10_000_000, ""),
      "1024",
      "Most connections at a time that one IPv4 address or IPv6 network of 64 bits has opened. One"
          + " more takes the place of another of the same source that has sent no whole message"
          + " yet, or is closed at once."),
  FIRST_MESSAGE_TIMEOUT(
      Group.TRANSPORT,
      Names.OWN,
      limit(3_600_000, "ms"),
      "120000",
      "A connection whose peer has opened it, and sent no whole message within this time, is closed"
          + " unless something was sent on it."),
  CACHE_CLIENT_CONNECTIONS(
      Group.TRANSPORT,
      Names.BOTH,
      FLAG,
      "true",
      "`false` closes a connection opened from here when its last transaction has ended, after"
          + " `LINGER_TIMER`."),
  CACHE_SERVER_CONNECTIONS(
      Group.TRANSPORT,
      Names.BOTH,
      FLAG,
      "true",
      "`false` does so with connections that peers have opened."),
  LINGER_TIMER(
      Group.TRANSPORT,
      Names.BOTH,
      number(0, 86_400, "s"),
      "8",
      "How long a connection that isn't kept stays open for the next transaction."),
  RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT(
      Group.TRANSPORT,
      Names.BOTH,
      limit(86_400, "s"),
      "0",
      "A connection that a peer has opened is closed when no message and no keep-alive has come for"
          + " so long, and an `IOExceptionEvent` tells of it. With Outbound it's the Flow-Timer and"
          + " some seconds more (RFC 5626 §5.4)."),
  MIN_KEEPALIVE_TIME_SECONDS(
      Group.TRANSPORT,
      Names.BOTH,
      limit(86_400, "s"),
      "0",
      "A keep-alive (double CRLF) that comes sooner after one that was answered isn't."),
  CONNECTION_REUSE(
      Group.TRANSPORT,
      Names.OWN,
      words(List.of("tls", "tcp")),
      "",
      "Transports whose connections carry the requests of both sides (RFC 5923): ours say `alias`"
          + " in their Via, and those of others that do are used in the other direction. With `tls`"
          + " peers are asked for their certificates. `tcp` proves nothing: for closed networks."),
  PROXY_PROTOCOL(
      Group.TRANSPORT,
      Names.OWN,
      NETWORKS,
      "",
      "Load balancers that begin each connection with a PROXY header (version 1 or 2, of HAProxy"
          + " and others), before TLS and WebSocket too. From them it's required, and its source"
          + " counts as the peer's address; connections of others are taken as they are."),
  CONNECTION_TIMEOUT(
      Group.TRANSPORT,
      Names.BOTH,
      number(1, 600_000, "ms"),
      "10000",
      "How long to wait for a connection to be made."),
  READ_TIMEOUT(
      Group.TRANSPORT,
      Names.BOTH,
      limit(3_600_000, "ms"),
      "32000",
      "A connection on which a message was begun, and did not come to its end within this time, is"
          + " closed; the same for a TLS record and a WebSocket message."),
  MAX_SOCKET_IDLE_TIME(
      Group.TRANSPORT,
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
      Group.TRANSPORT,
      Names.OWN,
      limit(Integer.MAX_VALUE, "bytes"),
      "1048576",
      "How much may wait to be written on one connection. More fails, and the connection is closed"
          + " if not half of it is gone a second later."),
  ALWAYS_ADD_RPORT(
      Group.TRANSPORT,
      Names.BOTH,
      FLAG,
      "false",
      "`true` answers to the port a request came from even if its Via has no `rport`."),
  NEVER_ADD_RECEIVED_RPORT(
      Group.TRANSPORT,
      Names.BOTH,
      FLAG,
      "false",
      "`true` never adds `received` or `rport` to a Via (against RFC 3261 §18.2.1)."),

  SERVICE_RECORDS(
      Group.LOCATOR,
      Names.OWN,
      FLAG,
      "true",
      "`false` asks the DNS for addresses only, and not for NAPTR and SRV records."),
  DNS_SERVERS(
      Group.LOCATOR,
      Names.OWN,
      DNS_ADDRESSES,
      "",
      "Name servers to ask, in this order, as in `192.0.2.53, [2001:db8::53]:5353`; and nobody"
          + " else. Without them those of the operating system, and for names they don't know the"
          + " system's own look-up."),
  DNS_TIMEOUT(
      Group.LOCATOR,
      Names.OWN,
      number(1, 60_000, "ms"),
      "2000",
      "How long to wait for a name server's answer before the next try."),
  DNS_TRIES(
      Group.LOCATOR,
      Names.OWN,
      number(1, 20, ""),
      "3",
      "How often a question is asked, all name servers taken together."),
  DNS_CACHE_SIZE(
      Group.LOCATOR,
      Names.OWN,
      number(0, 10_000_000, "records"),
      "20000",
      "Most records, and answers without any, that are remembered until their TTL is over."),
  ENUM_SUFFIX(
      Group.LOCATOR,
      Names.OWN,
      TEXT,
      null,
      "Turns on ENUM (RFC 6116): the domain that numbers of `tel` URIs are looked up under, as in"
          + " `e164.arpa`."),
  FAILED_TARGET_HOLD_TIME(
      Group.LOCATOR,
      Names.OWN,
      limit(3_600_000, "ms"),
      "60000",
      "How long a server that failed is tried last, where there are others. `0` turns the memory"
          + " off, but for Retry-After."),
  WAIT_FOR_LOOKUP(
      Group.LOCATOR,
      Names.OWN,
      FLAG,
      "false",
      "`true` makes `sendRequest` wait for the DNS, and throw a `SipException` if there's no"
          + " server, for programs that expect that; otherwise it returns at once, and a failure"
          + " comes as an `IOExceptionEvent`. Not to be used with an `inline` listener."),
  ADDRESS_RESOLVER(
      Group.LOCATOR,
      Names.OWN,
      TEXT,
      null,
      "Class name of an `io.sipwright.locator.AddressResolver` with a public constructor without"
          + " arguments, which may replace each hop."),
  TLS_KEY_STORE(
      Group.TLS,
      Names.ownAnd("TLS_KEY_STORE", "javax.net.ssl.keyStore"),
      TEXT,
      null,
      "File with our keys and certificates, PKCS #12 or JKS; certificates in it are trusted too"
          + " where no trust store is named."),
  TLS_KEY_STORE_TYPE(
      Group.TLS,
      Names.ownAnd("TLS_KEY_STORE_TYPE", "javax.net.ssl.keyStoreType"),
      TEXT,
      null,
      "`PKCS12`, `JKS`, …; found out from the file if not given."),
  TLS_KEY_STORE_PASSWORD(
      Group.TLS,
      Names.ownAnd("TLS_KEY_STORE_PASSWORD", "javax.net.ssl.keyStorePassword"),
      TEXT,
      null,
      "Of the store and the keys in it."),
  TLS_CERTIFICATES(
      Group.TLS,
      Names.OWN,
      WORDS,
      "",
      "PEM files, each with a certificate of ours and then those of its issuers."),
  TLS_PRIVATE_KEYS(
      Group.TLS,
      Names.OWN,
      WORDS,
      "",
      "PEM files with the keys, in the order of `TLS_CERTIFICATES`; not needed where a key is in"
          + " the same file as its certificate."),
  TLS_PRIVATE_KEY_PASSWORD(
      Group.TLS, Names.OWN, TEXT, null, "Of the keys in PEM files, if they are encrypted."),
  TLS_TRUST_STORE(
      Group.TLS,
      Names.ownAnd("TLS_TRUST_STORE", "javax.net.ssl.trustStore"),
      TEXT,
      null,
      "File with the certificates to trust; otherwise those that Java trusts."),
  TLS_TRUST_STORE_TYPE(
      Group.TLS,
      Names.ownAnd("TLS_TRUST_STORE_TYPE", "javax.net.ssl.trustStoreType"),
      TEXT,
      null,
      "`PKCS12`, `JKS`, …; found out from the file if not given."),
  TLS_TRUST_STORE_PASSWORD(
      Group.TLS,
      Names.ownAnd("TLS_TRUST_STORE_PASSWORD", "javax.net.ssl.trustStorePassword"),
      TEXT,
      null,
      "Of the trust store."),
  TLS_TRUSTED_CERTIFICATES(
      Group.TLS, Names.OWN, WORDS, "", "PEM files with certificates to trust, in place of Java's."),
  TLS_VERIFY_PEERS(
      Group.TLS,
      Names.OWN,
      FLAG,
      "true",
      "`false` takes any certificate of anybody: for closed networks and tests only."),
  TLS_CLIENT_AUTH(
      Group.TLS,
      Names.ownAnd("TLS_CLIENT_AUTH", "gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE"),
      CLIENT_AUTH,
      "off",
      "Whether peers that connect are asked for a certificate, and need one."),
  TLS_PROTOCOLS(
      Group.TLS,
      Names.ownAnd("TLS_PROTOCOLS", "gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS"),
      WORDS,
      "TLSv1.3 TLSv1.2",
      "Versions to offer and accept. Older ones may stand in the list and are left out (RFC"
          + " 8996)."),
  TLS_CIPHER_SUITES(
      Group.TLS,
      Names.ownAnd("TLS_CIPHER_SUITES", "gov.nist.javax.sip.ENABLED_CIPHER_SUITES"),
      WORDS,
      "",
      "Cipher suites by their standard names, the best first; Java's choice if not given. Those"
          + " without encryption or authentication are left out."),
  TLS_HANDSHAKE_TIMEOUT(
      Group.TLS,
      Names.ownAnd("TLS_HANDSHAKE_TIMEOUT", "gov.nist.javax.sip.SSL_HANDSHAKE_TIMEOUT"),
      number(1, 600_000, "ms"),
      "10000",
      "How long the TLS handshake may take, and the one of a WebSocket after it."),
  TLS_RELOAD_SECONDS(
      Group.TLS,
      Names.OWN,
      limit(86_400, "s"),
      "60",
      "How often to look whether files of keys or trust changed; then new connections use the new"
          + " ones. `0` for never."),
  CONNECTION_POLICY(
      Group.TLS,
      Names.OWN,
      TEXT,
      null,
      "The program's say about who may connect: an `io.sipwright.transport.ConnectionPolicy`, or"
          + " the name of such a class with a constructor without arguments."),
  WEBSOCKET_PATH(
      Group.TLS,
      Names.OWN,
      TEXT,
      null,
      "The path of WebSockets: the only one our servers take, and what our clients ask for. Without"
          + " it any, and `/`."),
  WEBSOCKET_ORIGINS(
      Group.TLS,
      Names.OWN,
      WORDS,
      "",
      "Web sites whose scripts may connect, as in `https://example.com`; if not given: all."),
  WEBSOCKET_PING_SECONDS(
      Group.TLS,
      Names.OWN,
      limit(86_400, "s"),
      "50",
      "After so long a silence a WebSocket is pinged, and after as long again closed. `0` for"
          + " never."),

  MAX_MESSAGE_SIZE(
      Group.MESSAGES,
      Names.BOTH,
      limit(Integer.MAX_VALUE, "bytes"),
      "1048576",
      "Longest message taken from a stream; less than 4096 counts as 4096, no limit as 64 MiB."),
  MAX_HEADER_COUNT(
      Group.MESSAGES,
      Names.OWN,
      number(16, 100_000, ""),
      "512",
      "Most header fields in a message."),
  MAX_HEADER_LINE(
      Group.MESSAGES,
      Names.OWN,
      number(256, 63_999, "bytes"),
      "16384",
      "Longest header field or start line."),
  MAX_HEADER_VALUES(
      Group.MESSAGES,
      Names.OWN,
      number(16, 1_000_000, ""),
      "64",
      "Most header lines and values of lists in a message, besides one for each 32 bytes of header"
          + " lines: every one costs memory, however short it is."),
  MAX_HEADER_PARAMETERS(
      Group.MESSAGES,
      Names.OWN,
      number(16, 32_000, ""),
      "256",
      "Most parameters of one header field value; one with more counts as malformed."),
  MAX_BODY_PARTS(
      Group.MESSAGES,
      Names.OWN,
      number(1, 100_000, ""),
      "128",
      "Most parts of a multipart body, those of its parts included."),
  MAX_BODY_NESTING(
      Group.MESSAGES,
      Names.OWN,
      number(1, BodyLimits.MAX_NESTING, ""),
      "8",
      "How deep multiparts may lie within each other."),
  DEFAULT_CHARSET(
      Group.MESSAGES,
      Names.OWN,
      CHARSET,
      "UTF-8",
      "What text in a body is read as, by `io.sipwright.body`, if its sender doesn't say; GB28181"
          + " gear means `GB2312`."),
  COMPUTE_CONTENT_LENGTH_FROM_MESSAGE_BODY(
      Group.MESSAGES,
      Names.BOTH,
      FLAG,
      "false",
      "`true` takes all that follows the headers in a datagram for its body, whatever"
          + " Content-Length says, for peers that miscount; RFC 3261 §18.3 wants what's beyond"
          + " Content-Length dropped, and a datagram that's too short refused."),
  STRICT_PARSING(
      Group.MESSAGES,
      Names.OWN,
      FLAG,
      "false",
      "`true` refuses what breaks the grammar and is forgiven otherwise, with reason and place;"
          + " docs/parsing.md has the list."),
  LOG_MESSAGE_CONTENT(
      Group.MESSAGES,
      Names.BOTH,
      FLAG,
      "true",
      "`false` leaves bodies out of what the logger `io.sipwright.wire` shows at DEBUG.");

  private final Group group;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // kinds hold final fields only
  private final ValueKind kind;

  private final @Nullable String defaultText;

  /** Read once: most properties of most stacks aren't set. */
  @SuppressWarnings("ImmutableEnumChecker") // kinds give values that nobody can change
  private final @Nullable Object defaultValue;

  private final String meaning;

  ConfigKey(
      Group group,
      List<String> namesOrPrefixes,
      ValueKind kind,
      @Nullable String defaultText,
      String meaning) {
    this.group = group;
    this.names = namesOrPrefixes.stream().map(n -> n.endsWith(".") ? n + name() : n).toList();
    this.kind = kind;
    this.defaultText = defaultText;
    this.defaultValue = defaultText == null ? null : kind.read(defaultText);
    this.meaning = meaning;
  }

  Group group() {
    return group;
  }

  /** The name to use. */
  String key() {
    return names.get(0);
  }

  /** Other names that are understood; of several that are set, the one further ahead wins. */
  List<String> aliases() {
    return names.subList(1, names.size());
  }

  /** {@link #key} and {@link #aliases}. */
  List<String> names() {
    return names;
  }

  ValueKind kind() {
    return kind;
  }

  /** As it would stand in the properties; null: none. */
  @Nullable String defaultText() {
    return defaultText;
  }

  /** One or two sentences, in Markdown. */
  String meaning() {
    return meaning;
  }

  /**
   * The value of a text, blank ones giving the default.
   *
   * @param name the name it was set by, for the error
   * @throws IllegalArgumentException if it is none; names the key, the value and what would be
   *     right
   */
  @Nullable Object read(String name, @Nullable String text) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty()) {
      return defaultValue;
    }
    Object value = kind.read(stripped);
    if (value == null) {
      throw new IllegalArgumentException(
          name + "=" + stripped + ": should be " + kind.expected().replace("`", ""));
    }
    return value;
  }
}
