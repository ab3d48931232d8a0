package io.sipwright.stack;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.To;
import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Locator;
import io.sipwright.locator.ResponseRoute;
import io.sipwright.locator.Target;
import io.sipwright.syntax.RandomIds;
import io.sipwright.time.Clock;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.ServerDriver;
import io.sipwright.transaction.TransactionKey;
import io.sipwright.transaction.TransactionLayer;
import io.sipwright.transaction.TransactionTable;
import io.sipwright.transaction.Wire;
import io.sipwright.transport.ConnectionFigures;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.SilentPeerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One run of a stack, from its start to its stop: what's shared by all that comes in and goes out.
 *
 * <p>Inbound: bytes become a message (or are refused), the top Via is stamped, a transaction takes
 * the message or the user gets it. No listener runs here, and nothing blocks.
 */
public final class SipCore implements Inbound, AutoCloseable {
  private static final String ACK = "ACK";

  private final StackConfig config;
  private final StackEnvironment environment;
  private final CoreUser user;
  private final MessageModel model;
  private final MessageParser parser;
  private final TransactionLayer transactions;
  private final Delivery delivery;
  private final WireLog wireLog;
  private final DirectWires directWires;
  private final GlanceRefusals refusals;

  /** Whether responses get what their requests ask for, neither more nor less. */
  private final boolean glances;

  private final boolean rfc2543Support;
  private final InvalidHosts invalidHosts = new InvalidHosts();
  private final Flows flows;
  private final ConnectionUse connectionUse;
  private final ConnectionReuse connectionReuse;
  private final LongAdder unreadable = new LongAdder();
  private final LongAdder brokenStreams = new LongAdder();

  /** In all refusals: so the ACKs to them are known, and repeated requests get the same one. */
  private final String refusalTag = RandomIds.next("");

  private volatile boolean closed;

  /** A core that has no endpoint yet. */
  public SipCore(
      StackConfig config, StackEnvironment environment, MessageModel model, CoreUser user) {
    this.config = config;
    this.environment = environment;
    this.model = model;
    this.user = user;
    Limits limits =
        new Limits(
            config.maxMessageSize(),
            config.maxHeaderCount(),
            config.maxHeaderLine(),
            config.maxHeaderValues());
    MessageParser usual = new MessageParser(model, limits, config.strictParsing());
    parser = config.habits().bodyIsRestOfDatagram() ? usual.takingRestForBody() : usual;
    TransactionTable table =
        new TransactionTable(config.maxClientTransactions(), config.maxServerTransactions());
    transactions = new TransactionLayer(environment.clock(), config.timings(), table);
    LoadGauge gauge = new LoadGauge(environment.clock(), config.overloadWaitMillis());
    delivery = new Delivery(config.listenerConcurrency(), environment.workers(), gauge);
    connectionReuse = config.connectionReuse();
    connectionUse = new ConnectionUse(config.connections(), environment.clock());
    flows = new Flows(environment.clock());
    rfc2543Support = config.rfc2543Support();
    wireLog = new WireLog(config.stackName(), config.logMessageContent());
    directWires = new DirectWires(wireLog);
    refusals = new GlanceRefusals(directWires, table, user, wireLog);
    glances = !config.alwaysAddRport() && !config.neverAddReceivedRport();
  }

  /** Clock, timings and table of the transactions. */
  public TransactionLayer transactions() {
    return transactions;
  }

  /** Where all that the application sees goes through. */
  public Delivery delivery() {
    return delivery;
  }

  /** The clock. */
  public Clock clock() {
    return environment.clock();
  }

  /** Number of armed timers. */
  public int armedTimers() {
    return environment.armedTimers();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** How many messages could not be read. */
  public long unreadableMessages() {
    return unreadable.sum();
  }

  /** How many connections were closed because what came could not be cut into messages. */
  public long brokenStreams() {
    return brokenStreams.sum();
  }

  /** Figures about connections. */
  public ConnectionFigures connectionFigures() {
    return environment.network().figures();
  }

  /** Whether a transport ("udp", …, in lower case) can be opened. */
  public boolean supports(String transport) {
    return environment.network().supports(transport);
  }

  /** Binds an address and receives from then on. */
  public Endpoint open(String transport, InetSocketAddress local) throws IOException {
    return environment.network().open(transport, local, this);
  }

  /**
   * Reads keys and certificates again, for connections that are opened from now on.
   *
   * @throws IOException if they can't be read; those of before stay in use then
   */
  public void reloadKeys() throws IOException {
    environment.network().reloadKeys();
  }

  /**
   * The WebSocket that leads to a host in {@code .invalid}, which nothing else does (RFC 7118
   * Appendix B.1).
   *
   * @return null if it's another host, or its WebSocket is closed or was never seen
   */
  public @Nullable Flow webSocketTo(String host) {
    return InvalidHosts.isInvalid(host) ? invalidHosts.flowTo(host) : null;
  }

  /** Tokens, keep-alives and ends of flows. */
  public Flows flows() {
    return flows;
  }

  /** Which transactions use which connections. */
  public ConnectionUse connectionUse() {
    return connectionUse;
  }

  /** The way of a request over a flow, and over no other. */
  public RequestWire wireOver(Flow flow, Target target) {
    return new RequestWire(flow, target, environment.locator(), wireLog);
  }

  /** The way of a request to a target. */
  public RequestWire wireTo(Endpoint endpoint, Target target) {
    RequestWire wire = new RequestWire(endpoint, target, environment.locator(), wireLog);
    return connectionReuse.covers(endpoint.transport()) ? wire.sharing() : wire;
  }

  /**
   * The way back of responses to a request, or of a response by its own top Via.
   *
   * @param arrival what the request came on; null if that's not known
   * @return null if there's no Via that can be read
   */
  public @Nullable Wire wireBack(Endpoint endpoint, @Nullable Flow arrival, SipMessage message) {
    Wire direct = arrival == null ? null : directWires.back(arrival, message);
    if (direct != null) {
      return direct;
    }
    ResponseRoute.TopVia via = ResponseRoute.TopVia.of(message);
    return via == null
        ? null
        : new ResponseWire(endpoint, arrival, via, environment.locator(), wireLog);
  }

  /** Finds servers and hosts. */
  public Locator locator() {
    return environment.locator();
  }

  @Override
  public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
    delivery.beginIo();
    try {
      wireLog.received(flow, buffer, offset, length);
      if (glances && delivery.isBehind() && refusals.refuse(flow, buffer, offset, length)) {
        return;
      }
      Parsed parsed = parser.parse(buffer, offset, length, !flow.endpoint().delimitsMessages());
      if (parsed instanceof Malformed malformed) {
        refuse(flow, malformed);
        return;
      }
      SipMessage message = (SipMessage) parsed;
      if (flow.endpoint().reliable() && flow.endpoint().delimitsMessages()) { // a WebSocket
        invalidHosts.learn(flow, message);
      }
      if (message.isRequest()) {
        message.attach(flow); // the way back of its responses
        onRequest(flow, message);
      } else {
        message.attach(flow.remote()); // not a way back: it isn't where this response goes next
        onResponse(flow, message);
      }
    } finally {
      delivery.endIo();
    }
  }

  private void onRequest(Flow flow, SipMessage request) {
    if (request.method().equals(ACK) && refusalTag.equals(request.toTag())) {
      return; // to a refusal: nobody waits for it
    }
    stamp(flow, request);
    connectionReuse.learn(flow, request);
    TransactionKey key = TransactionKey.ofServer(request);
    if (key.isLegacy() && !rfc2543Support) {
      refuse(flow, request, "The branch of the Via should begin with z9hG4bK");
    } else if (!absorbed(request, key)) {
      user.onRequest(flow, request, key);
    }
  }

  private void refuse(Flow flow, SipMessage request, String reason) {
    Wire way = wireBack(flow.endpoint(), flow, request);
    if (way != null && !request.method().equals(ACK)) {
      SipMessage response = tagged(request.createResponse(400, reason));
      way.send(response.encoded(), cause -> wireLog.failed(flow, cause));
    }
  }

  /** With a To tag, as every response but a 100 has (RFC 3261 §8.2.6.2, §8.2.7). */
  private SipMessage tagged(SipMessage refusal) {
    if (refusal.toTag() == null && refusal.header(HeaderType.TO) instanceof To to) {
      try {
        to.setTag(refusalTag);
      } catch (ParseException e) {
        throw new AssertionError("a token", e);
      }
    }
    return refusal;
  }

  /**
   * Whether a server transaction knew the request: as a retransmission, or as the ACK to its final
   * response. To be asked again when the request's turn in the delivery has come: the transaction
   * may have been made meanwhile.
   */
  public boolean absorbed(SipMessage request, TransactionKey key) {
    ServerDriver driver = transactions.table().server(key);
    if (driver == null) {
      return false;
    }
    if (request.method().equals("ACK")) {
      driver.ack(request);
    } else {
      driver.receiveRetransmission();
    }
    return true;
  }

  /** RFC 3261 §18.2.1 and RFC 3581 §4. */
  private void stamp(Flow flow, SipMessage request) {
    boolean wantsRport = request.viaHasRport() || config.alwaysAddRport();
    if (config.neverAddReceivedRport()) {
      return;
    }
    InetSocketAddress source = flow.remote();
    String address = flow.endpoint().reliable() ? numeric(source) : directWires.of(flow).address();
    // A "received" that came along says nothing: responses would go wherever the sender likes.
    boolean sameHost = request.viaReceived() == null && sameHost(request.viaHost(), address);
    if (wantsRport || !sameHost) {
      request.stampVia(
          sameHost && !wantsRport ? null : address, wantsRport ? source.getPort() : -1);
    }
  }

  /** An address as a number, for IPv6 without brackets and zone. */
  static String numeric(InetSocketAddress source) {
    String address = source.getAddress().getHostAddress();
    int scope = address.indexOf('%');
    return scope < 0 ? address : address.substring(0, scope);
  }

  /** Whether the host of a Via is a numeric address. */
  private static boolean sameHost(@Nullable String host, String address) {
    return host != null
        && (host.startsWith("[") ? Addresses.same(host, address) : host.equals(address));
  }

  private void onResponse(Flow flow, SipMessage response) {
    ClientDriver driver = transactions.table().client(TransactionKey.ofClient(response));
    if (driver != null) {
      driver.receive(response);
    } else {
      user.onStrayResponse(flow, response);
    }
  }

  /** Answers what can't be read, statelessly, where enough of it could be read to do so. */
  private void refuse(Flow flow, Malformed malformed) {
    unreadable.increment();
    wireLog.refused(flow, malformed);
    SipMessage response = malformed.createResponse(model);
    if (response == null || isCopy(response, malformed.method())) {
      return;
    }
    tagged(response);
    stamp(flow, response); // with what the request's Via would have got
    Wire way = wireBack(flow.endpoint(), flow, response);
    if (way != null) {
      way.send(response.encoded(), cause -> wireLog.failed(flow, cause));
    } else {
      flow.send(
          response.encoded(), cause -> wireLog.failed(flow, cause)); // the Via is what's broken
    }
  }

  /**
   * Whether what can't be read is a damaged copy of a request that came whole, and got or will get
   * its answer: the client would take the refusal for it (RFC 3261 §17.1.3), by the branch and the
   * method in CSeq.
   */
  private boolean isCopy(SipMessage refusal, @Nullable String method) {
    return isKnown(TransactionKey.ofAnswered(refusal, refusal.method()))
        || (method != null && isKnown(TransactionKey.ofAnswered(refusal, method)));
  }

  private boolean isKnown(TransactionKey key) {
    return !key.isLegacy() && (transactions.table().server(key) != null || user.isWaiting(key));
  }

  @Override
  public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
    brokenStreams.increment();
    wireLog.broken(flow, reason);
    Parsed parsed = parser.parse(buffer, offset, length, true);
    if (parsed instanceof Malformed malformed) {
      SipMessage response = malformed.createResponse(reason, model);
      if (response != null && !isCopy(response, malformed.method())) {
        flow.send(tagged(response).encoded(), null);
      }
    } else if (parsed instanceof SipMessage message
        && message.isRequest()
        && !message.method().equals(ACK)) {
      flow.send(tagged(message.createResponse(400, reason)).encoded(), null);
    }
  }

  @Override
  public void onClosed(Flow flow, @Nullable IOException cause) {
    wireLog.closed(flow, cause);
    invalidHosts.closed(flow);
    flows.closed(flow, cause);
    connectionUse.closed(flow);
    if (cause != null && cause.getCause() instanceof SilentPeerException silent) {
      user.onSilentPeer(flow, silent);
    }
  }

  @Override
  public boolean isNeeded(Flow flow) {
    return flows.isKept(flow) || user.isNeeded(flow);
  }

  /**
   * Ends everything: no event, no transaction, no timer, no thread, no port is left when this
   * returns.
   */
  @Override
  public void close() {
    closed = true;
    delivery.close();
    transactions.table().clients().forEach(ClientDriver::terminate);
    transactions.table().servers().forEach(ServerDriver::terminate);
    environment.close();
  }
}
