package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A program on a stack of its own: keeps all events, and answers as it's told. What a script throws
 * is kept for {@link #assertNothingFailed}.
 */
final class Party implements SipListener {
  /** What to do about a request. */
  interface RequestScript {
    void run(RequestEvent event) throws Exception;
  }

  /** What to do about a response. */
  interface ResponseScript {
    void run(ResponseEvent event) throws Exception;
  }

  /** What to do about a time-out. */
  interface TimeoutScript {
    void run(TimeoutEvent event) throws Exception;
  }

  static final AddressFactory ADDRESSES = new AddressFactoryImpl();
  static final HeaderFactory HEADERS = new HeaderFactoryImpl();
  static final MessageFactory MESSAGES = new MessageFactoryImpl();

  private static final AtomicInteger TAGS = new AtomicInteger();

  final String name;
  final String address;
  final int port;
  final SipStackImpl stack;
  private volatile @Nullable SipProviderImpl provider;

  // Live tests wait for these, each of which is behind its entry in the log.
  final List<RequestEvent> requests = new CopyOnWriteArrayList<>();
  final List<ResponseEvent> responses = new CopyOnWriteArrayList<>();
  final List<TimeoutEvent> timeouts = new CopyOnWriteArrayList<>();
  final List<IOExceptionEvent> ioExceptions = new CopyOnWriteArrayList<>();
  final List<TransactionTerminatedEvent> endedTransactions = new CopyOnWriteArrayList<>();
  final List<DialogTerminatedEvent> endedDialogs = new CopyOnWriteArrayList<>();

  private final List<ServerTransaction> answered = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Map<String, RequestScript> requestScripts = new ConcurrentHashMap<>();
  private final Map<Integer, ResponseScript> responseScripts = new ConcurrentHashMap<>();
  private volatile @Nullable RequestScript anyRequest;
  private volatile @Nullable ResponseScript anyResponse;
  private volatile @Nullable TimeoutScript timeoutScript;
  private final Map<String, String> toTags = new HashMap<>();

  /** A party without listening point. */
  Party(String name, String address, int port, SipStackImpl stack) {
    this.name = name;
    this.address = address;
    this.port = port;
    this.stack = stack;
  }

  /** Sends through another provider from now on, which it's no listener of by itself. */
  void use(SipProvider other) {
    provider = (SipProviderImpl) other;
  }

  /** Opens its port for a transport: of the provider, which is made with the first one. */
  ListeningPoint listen(String transport) throws Exception {
    ListeningPoint point = stack.createListeningPoint(address, port, transport);
    if (provider == null) {
      provider = (SipProviderImpl) stack.createSipProvider(point);
      provider.addSipListener(this);
    } else {
      provider.addListeningPoint(point);
    }
    return point;
  }

  SipProviderImpl provider() {
    return Objects.requireNonNull(provider, "listen first");
  }

  // --- scripts ---

  /** Runs a script for each request of a method; in place of any earlier one. */
  Party on(String method, RequestScript script) {
    requestScripts.put(method, script);
    return this;
  }

  /** Runs a script for each response of a status; in place of any earlier one. */
  Party on(int status, ResponseScript script) {
    responseScripts.put(status, script);
    return this;
  }

  /** Runs a script for each request that has none of its own. */
  Party onAnyRequest(RequestScript script) {
    anyRequest = script;
    return this;
  }

  /** Runs a script for each response that has none of its own. */
  Party onAnyResponse(ResponseScript script) {
    anyResponse = script;
    return this;
  }

  Party onTimeout(TimeoutScript script) {
    timeoutScript = script;
    return this;
  }

  /** Answers each request of a method with these, one right after the other. */
  Party answering(String method, int... statuses) {
    return on(
        method,
        event -> {
          ServerTransaction transaction = transaction(event);
          for (int status : statuses) {
            respond(transaction, status);
          }
        });
  }

  /** Acknowledges each 2xx to an INVITE through its dialog. */
  Party acknowledging() {
    return on(200, this::acknowledge);
  }

  void acknowledge(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    if (Calls.summary(response.toString()).endsWith("INVITE")) {
      Dialog dialog = event.getDialog();
      dialog.sendAck(
          dialog.createAck(
              ((javax.sip.header.CSeqHeader) response.getHeader("CSeq")).getSeqNumber()));
    }
  }

  /** The address as it stands in URIs. */
  String host() {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }

  // --- requests ---

  /** The URI that leads to another party over UDP, or over what's in its parameters. */
  static String uri(Party to, String... parameters) {
    StringBuilder uri = new StringBuilder("sip:" + to.name + "@" + to.host() + ":" + to.port);
    for (String parameter : parameters) {
      uri.append(';').append(parameter);
    }
    return uri.toString();
  }

  /** A request outside any dialog, over UDP, with Contact. */
  Request request(String method, Party to) throws Exception {
    return request(method, uri(to), "udp");
  }

  /** A request outside any dialog. */
  Request request(String method, String uri, String transport) throws Exception {
    Address to = ADDRESSES.createAddress(ADDRESSES.createURI("sip:someone@test"));
    Address from = ADDRESSES.createAddress(ADDRESSES.createURI("sip:" + name + "@test"));
    ViaHeader via = HEADERS.createViaHeader(host(), port, transport, null);
    Request request =
        MESSAGES.createRequest(
            ADDRESSES.createURI(uri),
            method,
            provider().getNewCallId(),
            HEADERS.createCSeqHeader(1L, method),
            HEADERS.createFromHeader(from, name + TAGS.incrementAndGet()),
            HEADERS.createToHeader(to, null),
            new ArrayList<>(List.of(via)),
            HEADERS.createMaxForwardsHeader(70));
    request.addHeader(contact());
    return request;
  }

  /** A Contact that leads here over UDP. */
  ContactHeader contact() throws Exception {
    return HEADERS.createContactHeader(
        ADDRESSES.createAddress(ADDRESSES.createURI("sip:" + name + "@" + host() + ":" + port)));
  }

  /** Sends a request through a client transaction of its own. */
  ClientTransaction send(Request request) throws Exception {
    ClientTransaction transaction = provider().getNewClientTransaction(request);
    transaction.sendRequest();
    return transaction;
  }

  /** Sends a request within a dialog. */
  ClientTransaction send(Dialog dialog, Request request) throws Exception {
    ClientTransaction transaction = provider().getNewClientTransaction(request);
    dialog.sendRequest(transaction);
    return transaction;
  }

  /** Sends the request that a dialog makes for a method. */
  ClientTransaction send(Dialog dialog, String method) throws Exception {
    return send(dialog, dialog.createRequest(method));
  }

  // --- responses ---

  /** The server transaction of an event, or a new one. */
  static ServerTransaction transaction(RequestEvent event) throws Exception {
    ServerTransaction known = event.getServerTransaction();
    return known != null
        ? known
        : ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
  }

  /** A response with Contact, and with the one To tag for this call if the status is over 100. */
  Response response(int status, Request request) throws Exception {
    Response response = MESSAGES.createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (status > 100 && to.getTag() == null) {
      String callId = request.getHeader("Call-ID").toString();
      to.setTag(toTags.computeIfAbsent(callId, id -> name + TAGS.incrementAndGet()));
    }
    response.setHeader(contact());
    return response;
  }

  /** Answers through a transaction. */
  void respond(ServerTransaction transaction, int status) throws Exception {
    answered.remove(transaction);
    answered.add(transaction);
    transaction.sendResponse(response(status, transaction.getRequest()));
  }

  /** Answers the last request that came, through its transaction or a new one. */
  ServerTransaction respond(int status) throws Exception {
    ServerTransaction transaction = transaction(lastRequest());
    respond(transaction, status);
    return transaction;
  }

  /** The server transaction that was last answered through. */
  ServerTransaction lastServerTransaction() {
    return answered.get(answered.size() - 1);
  }

  /** The last server transaction of a method that was answered through. */
  ServerTransaction serverTransactionOf(String method) {
    for (int i = answered.size() - 1; i >= 0; i--) {
      if (answered.get(i).getRequest().getMethod().equals(method)) {
        return answered.get(i);
      }
    }
    throw new AssertionError("No " + method + " was answered by " + name);
  }

  // --- what came ---

  /**
   * The requests, responses, time-outs and I/O errors in their order: {@code INVITE}, {@code 180
   * INVITE}, {@code timeout INVITE}, {@code retransmit INVITE}, {@code I/O error}.
   */
  List<String> heard() {
    return List.copyOf(log);
  }

  RequestEvent lastRequest() {
    return requests.get(requests.size() - 1);
  }

  ResponseEvent lastResponse() {
    return responses.get(responses.size() - 1);
  }

  /** What scripts have thrown; may be cleared. */
  List<Throwable> failures() {
    return failures;
  }

  void assertNothingFailed() {
    if (!failures.isEmpty()) {
      throw new AssertionError("A script of " + name + " failed", failures.get(0));
    }
    assertEquals(failures, List.of());
  }

  @Override
  public void processRequest(RequestEvent event) {
    log.add(event.getRequest().getMethod());
    requests.add(event);
    run(
        () -> {
          RequestScript script = requestScripts.get(event.getRequest().getMethod());
          script = script == null ? anyRequest : script;
          if (script != null) {
            script.run(event);
          }
        });
  }

  @Override
  public void processResponse(ResponseEvent event) {
    log.add(Calls.summary(event.getResponse().toString()));
    responses.add(event);
    run(
        () -> {
          ResponseScript script = responseScripts.get(event.getResponse().getStatusCode());
          script = script == null ? anyResponse : script;
          if (script != null) {
            script.run(event);
          }
        });
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    timeouts.add(event);
    Transaction transaction =
        event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
    log.add(
        (event.getTimeout() == javax.sip.Timeout.RETRANSMIT ? "retransmit " : "timeout ")
            + transaction.getRequest().getMethod());
    run(
        () -> {
          TimeoutScript script = timeoutScript;
          if (script != null) {
            script.run(event);
          }
        });
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    log.add("I/O error");
    ioExceptions.add(event);
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    endedTransactions.add(event);
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    endedDialogs.add(event);
  }

  private interface Script {
    void run() throws Exception;
  }

  private void run(Script script) {
    try {
      script.run();
    } catch (Exception | Error e) {
      failures.add(e);
    }
  }
}
