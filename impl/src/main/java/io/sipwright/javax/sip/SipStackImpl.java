package io.sipwright.javax.sip;

import io.sipwright.body.BodyParser;
import io.sipwright.dialog.DialogMethods;
import io.sipwright.dialog.DialogTable;
import io.sipwright.ext.DialogMatch;
import io.sipwright.ext.ExtendedStack;
import io.sipwright.ext.FlowMatch;
import io.sipwright.ext.SipFlow;
import io.sipwright.ext.StackStatistics;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Abilities;
import io.sipwright.locator.AddressResolver;
import io.sipwright.locator.Located;
import io.sipwright.stack.SipCore;
import io.sipwright.stack.SocketEnvironment;
import io.sipwright.stack.StackConfig;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.syntax.Chars;
import io.sipwright.time.Alarm;
import io.sipwright.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TooManyListenersException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;
import javax.sip.address.Router;
import javax.sip.address.URI;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The stack: what {@code SipFactory.createSipStack} makes.
 *
 * <p>Making one binds and starts nothing. The first listening point, or {@link #start()}, starts
 * it; {@link #stop()} ends its threads, frees its ports and forgets its listening points,
 * providers, transactions and dialogs; after that it may be started again. Safe for use by several
 * threads.
 */
public class SipStackImpl implements ExtendedStack {
  private final StackConfig config;
  private final StackEnvironment.Factory environments;
  private final MessageModel model;
  private final BodyParser bodyParser;
  private final Router router;
  private final RequestIntake requests;
  private final ResponseIntake responses = new ResponseIntake(this);
  private final ListeningPoints listeningPoints = new ListeningPoints();
  private final List<SipProviderImpl> providers = new CopyOnWriteArrayList<>();
  private final DialogTable<DialogImpl> dialogs = new DialogTable<>();
  private final DialogWays dialogWays = new DialogWays(dialogs);
  private final CallControl callControl = new CallControl(dialogs);
  private final OngoingRequests ongoing = new OngoingRequests();
  private final MovedInvites movedInvites = new MovedInvites();
  private final Subscriptions subscriptions;
  private final RetransmissionFilter retransmissionFilter;
  private final DialogMethods dialogMethods;
  private final DialogLimits dialogLimits;
  private volatile @Nullable SipCore core;
  private volatile @Nullable AddressResolver addressResolver;

  /**
   * A stack on this machine's sockets.
   *
   * @param properties {@code javax.sip.STACK_NAME} at least; all are in docs/properties.md
   * @throws PeerUnavailableException if a property has a value that can't be used; the message says
   *     which and why
   */
  public SipStackImpl(Properties properties) throws PeerUnavailableException {
    this(properties, SocketEnvironment::new);
  }

  /**
   * A stack on any environment: with virtual time and a simulated network, whole calls are tested
   * in milliseconds.
   */
  public SipStackImpl(Properties properties, StackEnvironment.Factory environments)
      throws PeerUnavailableException {
    Objects.requireNonNull(properties, "properties");
    try {
      config = StackConfig.of(properties);
    } catch (IllegalArgumentException e) {
      throw new PeerUnavailableException(e.getMessage(), e);
    }
    this.environments = environments;
    model = new MessageModel(config.maxHeaderParameters());
    bodyParser = config.bodyParser();
    dialogMethods = new DialogMethods(config.extensionMethods());
    dialogLimits = new DialogLimits(config, dialogs);
    requests = new RequestIntake(this);
    retransmissionFilter = new RetransmissionFilter(config.retransmissionFilter());
    subscriptions = new Subscriptions(config.forkableEvents());
    router = ProgramClasses.router(this);
    addressResolver = ProgramClasses.addressResolver(config);
  }

  /**
   * Gives the last word on where requests go to the program, or takes it back.
   *
   * @param resolver null for none
   */
  public void setAddressResolver(@Nullable AddressResolver resolver) {
    addressResolver = resolver;
  }

  @Nullable AddressResolver addressResolver() {
    return addressResolver;
  }

  /**
   * Finds the servers of a URI, as the stack does for requests: for proxies and other programs that
   * want to choose for themselves (RFC 3263 §4). Only transports of listening points that have a
   * provider count.
   *
   * @param uri SIP, SIPS, or tel where ENUM is set up
   * @param then told once: of the targets in the order to try them, or why there are none; before
   *     this returns where nothing has to be waited for, otherwise on a thread of the stack, which
   *     must not be held up
   * @throws SipException if the stack isn't running
   */
  public void locate(URI uri, Consumer<Located> then) throws SipException {
    SipCore running = runningCore();
    Abilities able = new NextHops(this).abilities();
    running.locator().locate(uri, able, new SplittableRandom(), then);
  }

  MovedInvites movedInvites() {
    return movedInvites;
  }

  StackConfig config() {
    return config;
  }

  MessageModel model() {
    return model;
  }

  /** What reads the bodies of messages as this stack's properties say. */
  public BodyParser bodyParser() {
    return bodyParser;
  }

  RequestIntake requests() {
    return requests;
  }

  ResponseIntake responses() {
    return responses;
  }

  ListeningPoints listeningPoints() {
    return listeningPoints;
  }

  DialogTable<DialogImpl> dialogs() {
    return dialogs;
  }

  DialogLimits dialogLimits() {
    return dialogLimits;
  }

  CallControl callControl() {
    return callControl;
  }

  @Override
  public Collection<Dialog> getDialogs() {
    return List.copyOf(dialogs.all());
  }

  @Override
  public DialogMatch findReplaced(Request invite) {
    return callControl.replacedBy(invite, model());
  }

  @Override
  public DialogMatch findJoined(Request invite) {
    return callControl.joinedBy(invite, model());
  }

  @Override
  public @Nullable SipFlow flowOf(Message message) {
    Objects.requireNonNull(message, "message");
    return message instanceof SipMessage ours ? ProgramFlow.of(this, ours.attachment()) : null;
  }

  @Override
  public FlowMatch findFlow(Request request) throws SipException {
    Objects.requireNonNull(request, "request");
    return request instanceof SipMessage ours
        ? FlowRoutes.match(this, ours)
        : new FlowMatch(FlowMatch.Kind.NONE, null);
  }

  @Override
  public ScheduledTask schedule(String callId, Duration delay, Runnable task) throws SipException {
    Objects.requireNonNull(callId, "callId");
    Objects.requireNonNull(task, "task");
    SipCore running = runningCore();
    Alarm alarm = Alarm.of(() -> running.delivery().submit(callId, task));
    running.clock().arm(alarm, delay.toNanos());
    return () -> running.clock().disarm(alarm);
  }

  OngoingRequests ongoing() {
    return ongoing;
  }

  RetransmissionFilter retransmissionFilter() {
    return retransmissionFilter;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** The running core, or null when the stack is stopped or was never started. */
  @Nullable SipCore core() {
    return core;
  }

  /** The running core. */
  SipCore runningCore() throws SipException {
    SipCore running = core;
    if (running == null) {
      throw new SipException("Stack " + config.stackName() + " is not running");
    }
    return running;
  }

  /** The provider that gets what comes in at an endpoint; null if there's none (any more). */
  @Nullable SipProviderImpl provider(Endpoint endpoint) {
    ListeningPointImpl point = listeningPoints.at(endpoint);
    return point == null ? null : point.provider();
  }

  DialogMethods dialogMethods() {
    return dialogMethods;
  }

  boolean makesDialogs(String method) {
    return dialogMethods.forms(method);
  }

  /** Whether a host and port are those of one of the listening points. */
  boolean isOwn(@Nullable String host, int port) {
    return listeningPoints.haveName(host, port);
  }

  @Override
  public StackStatistics getStatistics() {
    return Figures.of(this);
  }

  /**
   * Some of {@link #getStatistics()} by name: {@code clientTransactions}, {@code
   * serverTransactions}, {@code dialogs}, {@code connections}, {@code timers}, {@code backlog}
   * (calls with events waiting for the listener); and {@code refused}, how many requests were shed
   * because there was too much to do.
   */
  public Map<String, Integer> statistics() {
    return Figures.byName(getStatistics());
  }

  @Override
  public synchronized void start() throws SipException {
    ensureCore();
  }

  private SipCore ensureCore() {
    SipCore running = core;
    if (running == null) {
      running =
          new SipCore(config, environments.create(config), model, new Intakes(this, dialogWays));
      core = running;
    }
    return running;
  }

  /**
   * Reads the keys and certificates of TLS again, after their files were replaced. Connections and
   * calls that stand go on; connections opened from now on use the new ones.
   *
   * @throws SipException if they can't be read, or the stack is not running; the message says why,
   *     and those of before stay in use
   */
  public void reloadKeys() throws SipException {
    try {
      runningCore().reloadKeys();
    } catch (IOException e) {
      throw new SipException(e.getMessage(), e);
    }
  }

  /** Harmless when called again. May be called from within the listener. */
  @Override
  public synchronized void stop() {
    SipCore running = core;
    core = null;
    if (running == null) {
      return;
    }
    running.close();
    for (SipProviderImpl provider : providers) {
      provider.close();
    }
    providers.clear();
    listeningPoints.clear();
    dialogs.clear();
    ongoing.clear();
    requests.overload().clear();
    movedInvites.clear();
    dialogWays.clear();
    subscriptions.clear();
    retransmissionFilter.clear();
  }

  /**
   * {@inheritDoc}
   *
   * @throws TransportNotSupportedException for an unknown transport, or if there's no {@code
   *     javax.sip.IP_ADDRESS}
   */
  @Override
  public ListeningPoint createListeningPoint(int port, String transport)
      throws TransportNotSupportedException, InvalidArgumentException {
    String address = config.ipAddress();
    if (address == null) {
      throw new TransportNotSupportedException(
          "The stack has no javax.sip.IP_ADDRESS: name one with createListeningPoint(address, port,"
              + " transport)");
    }
    return createListeningPoint(address, port, transport);
  }

  /**
   * Binds an address and receives from then on. The same address, port and transport again give the
   * same object.
   *
   * @param transport "udp", "tcp", "tls", "ws" or "wss", in any case
   * @throws TransportNotSupportedException for any other transport, SCTP (RFC 4168) among them
   * @throws InvalidArgumentException if the port is not in 1 to 65535, or the address can't be
   *     bound
   */
  @Override
  public synchronized ListeningPoint createListeningPoint(
      String ipAddress, int port, String transport)
      throws TransportNotSupportedException, InvalidArgumentException {
    Objects.requireNonNull(ipAddress, "ipAddress");
    String lower = Chars.lower(Objects.requireNonNull(transport, "transport"));
    if (port <= 0 || port > 65535) {
      throw new InvalidArgumentException("Port " + port + " is not in 1 to 65535");
    }
    ListeningPointImpl known = listeningPoints.at(ipAddress, port, lower);
    if (known != null) {
      return known;
    }
    boolean started = core != null;
    SipCore running = ensureCore();
    try {
      if (!running.supports(lower)) {
        throw new TransportNotSupportedException(ListeningPointImpl.unsupported(transport));
      }
      InetSocketAddress local = new InetSocketAddress(InetAddress.getByName(ipAddress), port);
      ListeningPointImpl point =
          new ListeningPointImpl(ipAddress, running.open(lower, local), model, running.clock());
      listeningPoints.add(point);
      return point;
    } catch (UnknownHostException e) {
      throw new InvalidArgumentException(ipAddress + " is not an address of this machine", e);
    } catch (IOException e) {
      throw new InvalidArgumentException(e.getMessage(), e);
    } finally {
      if (!started && listeningPoints.isEmpty()) {
        stop(); // nothing was bound: leave no thread behind
      }
    }
  }

  /**
   * Frees the port; its provider has one listening point less. Harmless for one that was deleted
   * before.
   */
  @Override
  public synchronized void deleteListeningPoint(ListeningPoint listeningPoint)
      throws ObjectInUseException {
    ListeningPointImpl point = listeningPoints.known(listeningPoint);
    if (point == null) {
      return;
    }
    SipProviderImpl provider = point.provider();
    if (provider != null) {
      provider.detach(point);
    }
    listeningPoints.remove(point);
    point.endpoint().close();
  }

  @Override
  public Iterator<ListeningPointImpl> getListeningPoints() {
    return listeningPoints.iterator();
  }

  @Override
  public synchronized SipProvider createSipProvider(ListeningPoint listeningPoint)
      throws ObjectInUseException {
    ListeningPointImpl point = listeningPoints.known(listeningPoint);
    if (point == null) {
      throw new ObjectInUseException(
          "The listening point is not one of this stack: " + listeningPoint);
    }
    if (point.provider() != null) {
      throw new ObjectInUseException("The listening point has a provider already: " + point);
    }
    SipProviderImpl provider = new SipProviderImpl(this, point);
    point.attachTo(provider);
    providers.add(provider);
    return provider;
  }

  /**
   * Deletes a provider; its listening points stay, without one. Harmless for one that was deleted
   * before.
   *
   * @throws ObjectInUseException while a listener is attached
   */
  @Override
  public synchronized void deleteSipProvider(SipProvider sipProvider) throws ObjectInUseException {
    Objects.requireNonNull(sipProvider, "sipProvider");
    if (!(sipProvider instanceof SipProviderImpl provider) || !providers.contains(provider)) {
      return;
    }
    if (provider.listener() != null) {
      throw new ObjectInUseException("A listener is attached to the provider: remove it first");
    }
    provider.close();
    providers.remove(provider);
  }

  @Override
  public Iterator<SipProviderImpl> getSipProviders() {
    return List.copyOf(providers).iterator();
  }

  /** Checks that all providers of the stack have one listener at most. */
  synchronized void checkListener(SipListener listener) throws TooManyListenersException {
    for (SipProviderImpl provider : providers) {
      SipListener other = provider.listener();
      if (other != null && other != listener) {
        throw new TooManyListenersException("The stack has another listener already: " + other);
      }
    }
  }

  @Override
  public String getStackName() {
    return config.stackName();
  }

  @Override
  public @Nullable String getIPAddress() {
    return config.ipAddress();
  }

  @Override
  public Router getRouter() {
    return router;
  }

  @Override
  @Deprecated
  public boolean isRetransmissionFilterActive() {
    return config.retransmissionFilter();
  }
}
