package io.sipwright.stack;

import io.sipwright.body.BodyLimits;
import io.sipwright.body.BodyParser;
import io.sipwright.locator.Locator;
import io.sipwright.locator.OutboundProxy;
import io.sipwright.transaction.Timings;
import io.sipwright.transport.AddressRanges;
import io.sipwright.transport.ConnectionPolicy;
import io.sipwright.transport.UdpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a stack is set up: what was read once from the {@link Properties} given to {@code
 * SipFactory.createSipStack}. Immutable. {@code docs/properties.md} says what each value means;
 * times are in the units of the method names, and 0 stands for "no limit" where there can be none.
 *
 * <p>The accessors are for setting things up: what's needed for each message is copied into a field
 * by whoever needs it.
 */
public final class StackConfig {
  private static final Logger LOG = LoggerFactory.getLogger(StackConfig.class);
  private static final UnknownKeys UNKNOWN = new UnknownKeys(LOG::warn);
  private static final String SYSTEM_WIDE = "javax.net.ssl.";
  private static final int LEAST_MESSAGE_LIMIT = 4096;
  private static final int GREATEST_MESSAGE_LIMIT = 64 << 20;

  private final Map<ConfigKey, Object> values = new HashMap<>();
  private final SecureTransports secureTransports;
  private final HabitConfig habits;

  private StackConfig(Properties properties) {
    for (ConfigKey key : ConfigTables.keys()) {
      Object value = read(key, properties);
      if (value != null) {
        values.put(key, value);
      }
    }
    checkOutboundProxy();
    secureTransports = new SecureTransports(this, policy(properties));
    habits = HabitConfig.of(this);
  }

  private static @Nullable ConnectionPolicy policy(Properties properties) {
    return properties.get(TlsProperty.CONNECTION_POLICY.key()) instanceof ConnectionPolicy policy
        ? policy
        : null;
  }

  /**
   * Reads and checks properties, those of their defaults included. Logs a warning about keys nobody
   * knows.
   *
   * @throws IllegalArgumentException if {@code javax.sip.STACK_NAME} is missing or a value can't be
   *     read; the message names the key, the value and what would be right
   */
  public static StackConfig of(Properties properties) {
    UNKNOWN.check(properties);
    return new StackConfig(properties);
  }

  /** The defaults, under a name. */
  public static StackConfig named(String stackName) {
    Properties properties = new Properties();
    properties.setProperty(ApiProperty.STACK_NAME.key(), stackName);
    return of(properties);
  }

  /** A router of the program's own may want the proxy in a form of its own. */
  private void checkOutboundProxy() {
    String proxy = outboundProxy();
    if (proxy != null && routerPath() == null) {
      try {
        OutboundProxy.parse(proxy);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            ApiProperty.OUTBOUND_PROXY.key() + "=" + proxy + ": " + e.getMessage(), e);
      }
    }
  }

  private static @Nullable Object read(ConfigKey key, Properties properties) {
    for (String name : key.row().names()) {
      String text = text(properties, name);
      if (text != null && !text.isBlank()) {
        return key.row().read(name, text);
      }
    }
    if (key == ApiProperty.STACK_NAME) {
      throw new IllegalArgumentException(
          key.key() + " is missing: every stack must be given a name by this property");
    }
    for (String name : key.row().names()) {
      if (name.startsWith(SYSTEM_WIDE)) { // the JVM's own, where the stack has none
        return key.row().read(name, System.getProperty(name));
      }
    }
    return key.row().read(key.key(), null);
  }

  /** Programs put numbers and booleans as objects too. */
  private static @Nullable String text(Properties properties, String name) {
    String text = properties.getProperty(name);
    Object raw = text == null ? properties.get(name) : null;
    return raw == null ? text : raw.toString();
  }

  /** Habits of the old reference stack that the program asked for. */
  public HabitConfig habits() {
    return habits;
  }

  boolean flag(ConfigKey key) {
    return (Boolean) present(key);
  }

  int number(ConfigKey key) {
    return (Integer) present(key);
  }

  @SuppressWarnings("unchecked") // the kind of these rows makes lists of String
  List<String> words(ConfigKey key) {
    return (List<String>) present(key);
  }

  @Nullable String text(ConfigKey key) {
    return (String) values.get(key);
  }

  Object present(ConfigKey key) {
    return Objects.requireNonNull(values.get(key));
  }

  /** How servers are located. */
  @SuppressWarnings("unchecked") // the kind of this row makes a list of addresses
  public LocatorConfig locator() {
    return new LocatorConfig(
        new Locator.Settings(
            flag(LocatorProperty.SERVICE_RECORDS),
            text(LocatorProperty.ENUM_SUFFIX),
            number(LocatorProperty.FAILED_TARGET_HOLD_TIME)),
        (List<InetSocketAddress>) present(LocatorProperty.DNS_SERVERS),
        number(LocatorProperty.DNS_TIMEOUT),
        number(LocatorProperty.DNS_TRIES),
        number(LocatorProperty.DNS_CACHE_SIZE),
        flag(LocatorProperty.WAIT_FOR_LOOKUP),
        text(LocatorProperty.ADDRESS_RESOLVER));
  }

  /** {@code javax.sip.STACK_NAME}; never empty. */
  public String stackName() {
    return (String) present(ApiProperty.STACK_NAME);
  }

  /** {@code javax.sip.IP_ADDRESS}, or null. */
  public @Nullable String ipAddress() {
    return text(ApiProperty.IP_ADDRESS);
  }

  /** {@code javax.sip.OUTBOUND_PROXY} as it was given, or null. */
  public @Nullable String outboundProxy() {
    return text(ApiProperty.OUTBOUND_PROXY);
  }

  /** {@code javax.sip.ROUTER_PATH}: a class name, or null for our own router. */
  public @Nullable String routerPath() {
    return text(ApiProperty.ROUTER_PATH);
  }

  /** Whether the router is asked about SIP URIs too. */
  public boolean useRouterForAllUris() {
    return flag(ApiProperty.USE_ROUTER_FOR_ALL_URIS);
  }

  /** Methods that make dialogs besides INVITE, SUBSCRIBE and REFER. */
  public List<String> extensionMethods() {
    return words(ApiProperty.EXTENSION_METHODS);
  }

  /** Whether 2xx and ACK are retransmitted for the program. */
  public boolean retransmissionFilter() {
    return flag(ApiProperty.RETRANSMISSION_FILTER);
  }

  /** Whether dialogs are made without being asked for. */
  public boolean automaticDialogSupport() {
    return flag(ApiProperty.AUTOMATIC_DIALOG_SUPPORT);
  }

  /** Event packages whose subscriptions fork. */
  public List<String> forkableEvents() {
    return words(ApiProperty.FORKABLE_EVENTS);
  }

  /** How the listener is called. */
  public ListenerConcurrency listenerConcurrency() {
    return (ListenerConcurrency) present(ListenerProperty.LISTENER_CONCURRENCY);
  }

  /** Most threads that run the listener, or 0: as many as suit the machine. */
  public int threadPoolSize() {
    return number(ListenerProperty.THREAD_POOL_SIZE);
  }

  /** After how long a request that waits for the listener is dropped, or 0: never. */
  public int congestionControlTimeoutMillis() {
    return flag(ListenerProperty.CONGESTION_CONTROL_ENABLED)
        ? number(ListenerProperty.CONGESTION_CONTROL_TIMEOUT)
        : 0;
  }

  /** After how long a wait for the listener new requests are refused, or 0: never. */
  public int overloadWaitMillis() {
    return number(ListenerProperty.OVERLOAD_WAIT);
  }

  /** Whether the JVM may end while the stack runs. */
  public boolean daemonThreads() {
    return flag(ListenerProperty.DAEMON_THREADS);
  }

  /** Whether a NOTIFY that matches no dialog is delivered. */
  public boolean deliverUnsolicitedNotify() {
    return flag(ListenerProperty.DELIVER_UNSOLICITED_NOTIFY);
  }

  /** Whether the listener sees ACKs to 3xx to 6xx. */
  public boolean passInviteNon2xxAckToListener() {
    return flag(ListenerProperty.PASS_INVITE_NON_2XX_ACK_TO_LISTENER);
  }

  /** Whether the end of a dialog in the null state makes an event. */
  public boolean deliverTerminatedEventForNullDialog() {
    return flag(ListenerProperty.DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG);
  }

  /** Whether the stack answers 481, 482, 491, 500 for the program. */
  public boolean automaticDialogErrorHandling() {
    return flag(DialogProperty.AUTOMATIC_DIALOG_ERROR_HANDLING);
  }

  /** Whether re-INVITEs wait for the one before. */
  public boolean backToBackUserAgent() {
    return flag(DialogProperty.IS_BACK_TO_BACK_USER_AGENT);
  }

  /** Whether an INVITE that overtakes another one of the peer gets 491 and not 500. */
  public boolean answers491ToOverlappingInvite() {
    return flag(DialogProperty.ANSWER_491_TO_OVERLAPPING_INVITE);
  }

  /** Whether requests in a dialog with too low a CSeq number are accepted. */
  public boolean looseDialogValidation() {
    return flag(DialogProperty.LOOSE_DIALOG_VALIDATION);
  }

  /** How long the INVITE's transaction takes 2xx of other branches. */
  public int maxForkTimeSeconds() {
    return number(DialogProperty.MAX_FORK_TIME_SECONDS);
  }

  /** How long a dialog may stay early after its last provisional response. */
  public int earlyDialogTimeoutSeconds() {
    return number(DialogProperty.EARLY_DIALOG_TIMEOUT_SECONDS);
  }

  /** Whether a dialog without session ends with its last subscription. */
  public boolean dialogsEndWithSubscriptions() {
    return flag(DialogProperty.DIALOGS_END_WITH_SUBSCRIPTIONS);
  }

  /** Most dialogs, or 0: no limit. */
  public int maxDialogs() {
    return number(DialogProperty.MAX_DIALOGS);
  }

  /** Most dialogs that the answers to one request may make. */
  public int maxForks() {
    return number(DialogProperty.MAX_FORKS);
  }

  /** Most Record-Route values of a message that makes a dialog. */
  public int maxRecordRoutes() {
    return number(DialogProperty.MAX_RECORD_ROUTES);
  }

  /** Whether a CANCEL needs an INVITE that's known. */
  public boolean cancelClientTransactionChecked() {
    return flag(TransactionProperty.CANCEL_CLIENT_TRANSACTION_CHECKED);
  }

  /** Whether merged requests are answered by the stack. */
  public boolean serverLoopDetection() {
    return flag(TransactionProperty.SERVER_LOOP_DETECTION);
  }

  /** Whether the listener gets copies of an ACK to a 2xx. */
  public boolean deliverRetransmittedAck() {
    return flag(ListenerProperty.DELIVER_RETRANSMITTED_ACK_TO_LISTENER);
  }

  /** Whether the listener is told of the end of an ACK's transaction. */
  public boolean deliverTerminatedEventForAck() {
    return flag(ListenerProperty.DELIVER_TERMINATED_EVENT_FOR_ACK);
  }

  /** T1, T2 and T4. */
  public Timings timings() {
    return new Timings(
        number(TransactionProperty.T1),
        number(TransactionProperty.T2),
        number(TransactionProperty.T4));
  }

  /** Longest life of an INVITE transaction, or 0: no limit. */
  public int maxTxLifetimeInviteSeconds() {
    return number(TransactionProperty.MAX_TX_LIFETIME_INVITE);
  }

  /** Longest life of another transaction, or 0: no limit. */
  public int maxTxLifetimeNonInviteSeconds() {
    return number(TransactionProperty.MAX_TX_LIFETIME_NON_INVITE);
  }

  /** Most server transactions, or 0: no limit. */
  public int maxServerTransactions() {
    return number(TransactionProperty.MAX_SERVER_TRANSACTIONS);
  }

  /** Most client transactions, or 0: no limit. */
  public int maxClientTransactions() {
    return number(TransactionProperty.MAX_CLIENT_TRANSACTIONS);
  }

  /** Whether branches without the cookie are matched as RFC 2543 says. */
  public boolean rfc2543Support() {
    return flag(TransactionProperty.RFC_2543_SUPPORT_ENABLED);
  }

  /** Whether responses that match neither a transaction nor a dialog are dropped. */
  public boolean rejectStrayResponses() {
    return flag(TransactionProperty.REJECT_STRAY_RESPONSES);
  }

  /** Longest request sent by UDP if there's TCP, in bytes, or 0: any. */
  public int udpRequestLimit() {
    return number(TransportProperty.UDP_REQUEST_LIMIT);
  }

  /** How UDP sockets are opened, and what's done with what they receive. */
  @SuppressWarnings("unchecked") // the kind of the last row makes a list of addresses
  public UdpSettings udp() {
    return UdpSettings.DEFAULT
        .withBuffers(
            number(TransportProperty.RECEIVE_UDP_BUFFER_SIZE),
            number(TransportProperty.SEND_UDP_BUFFER_SIZE))
        .withReceivers(number(TransportProperty.UDP_SOCKETS), number(TransportProperty.UDP_THREADS))
        .withDetectUnreachable(flag(TransportProperty.UDP_DETECT_UNREACHABLE))
        .withAnswerStun(flag(TransportProperty.UDP_ANSWER_STUN))
        .withMulticastGroups((List<InetAddress>) present(TransportProperty.MULTICAST_GROUPS));
  }

  /** Most connections, or 0: no limit. */
  public int maxConnections() {
    return number(TransportProperty.MAX_CONNECTIONS);
  }

  /** Most connections from one address, or 0: no limit. */
  public int maxConnectionsPerSource() {
    return number(TransportProperty.MAX_CONNECTIONS_PER_SOURCE);
  }

  /** How long a peer that has connected may take to its first message, or 0: for ever. */
  public int firstMessageTimeoutMillis() {
    return number(TransportProperty.FIRST_MESSAGE_TIMEOUT);
  }

  /** How long connections live, and who stands before us. */
  public ConnectionConfig connections() {
    return new ConnectionConfig(
        flag(TransportProperty.CACHE_CLIENT_CONNECTIONS),
        flag(TransportProperty.CACHE_SERVER_CONNECTIONS),
        number(TransportProperty.LINGER_TIMER),
        number(TransportProperty.RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT),
        number(TransportProperty.MIN_KEEPALIVE_TIME_SECONDS),
        (AddressRanges) present(TransportProperty.PROXY_PROTOCOL));
  }

  /** Which connections are used in both directions. */
  public ConnectionReuse connectionReuse() {
    return new ConnectionReuse(words(TransportProperty.CONNECTION_REUSE));
  }

  /** How long to wait for a connection. */
  public int connectionTimeoutMillis() {
    return number(TransportProperty.CONNECTION_TIMEOUT);
  }

  /** How long a begun message may take to its end, or 0: for ever. */
  public int readTimeoutMillis() {
    return number(TransportProperty.READ_TIMEOUT);
  }

  /** How long a connection may be idle, or 0: for ever. */
  public int maxSocketIdleTimeMillis() {
    return number(TransportProperty.MAX_SOCKET_IDLE_TIME);
  }

  /** How much may wait to be written on one connection, in bytes. */
  public int maxWriteQueue() {
    int size = number(TransportProperty.MAX_WRITE_QUEUE);
    return size == 0 ? Integer.MAX_VALUE : size;
  }

  /** Whether responses go to the source port even without {@code rport}. */
  public boolean alwaysAddRport() {
    return flag(TransportProperty.ALWAYS_ADD_RPORT);
  }

  /** Whether {@code received} and {@code rport} are never added. */
  public boolean neverAddReceivedRport() {
    return flag(TransportProperty.NEVER_ADD_RECEIVED_RPORT);
  }

  /** TLS and WebSocket. */
  public SecureTransports secureTransports() {
    return secureTransports;
  }

  /** Longest message from a stream, in bytes; between 4 KiB and 64 MiB. */
  public int maxMessageSize() {
    int size = number(MessageProperty.MAX_MESSAGE_SIZE);
    return size == 0
        ? GREATEST_MESSAGE_LIMIT
        : Math.max(LEAST_MESSAGE_LIMIT, Math.min(GREATEST_MESSAGE_LIMIT, size));
  }

  /** Most header fields in a message. */
  public int maxHeaderCount() {
    return number(MessageProperty.MAX_HEADER_COUNT);
  }

  /** Longest header field, in bytes. */
  public int maxHeaderLine() {
    return number(MessageProperty.MAX_HEADER_LINE);
  }

  /** Most header lines and values, besides one for each 32 bytes of header lines. */
  public int maxHeaderValues() {
    return number(MessageProperty.MAX_HEADER_VALUES);
  }

  /** Most parameters of one header. */
  public int maxHeaderParameters() {
    return number(MessageProperty.MAX_HEADER_PARAMETERS);
  }

  /** A parser of bodies with the limits, the default charset and the strictness. */
  public BodyParser bodyParser() {
    BodyLimits limits =
        new BodyLimits(
            number(MessageProperty.MAX_BODY_PARTS), number(MessageProperty.MAX_BODY_NESTING));
    return new BodyParser(
        limits, (Charset) present(MessageProperty.DEFAULT_CHARSET), strictParsing());
  }

  /** Whether every break of the grammar fails a message. */
  public boolean strictParsing() {
    return flag(MessageProperty.STRICT_PARSING);
  }

  /** Whether the wire log shows bodies. */
  public boolean logMessageContent() {
    return flag(MessageProperty.LOG_MESSAGE_CONTENT);
  }
}
