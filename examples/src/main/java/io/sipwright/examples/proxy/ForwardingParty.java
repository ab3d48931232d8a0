package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.Party;
import io.sipwright.examples.options.ListenAddress;
import java.io.IOException;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ProxyRequireHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A stateful proxy (RFC 3261 §16) that is the registrar of its domains too. Stays on the path of
 * dialogs, rings all contacts of a user at once, and leads from one transport to another (RFC
 * 5658). What comes of one call comes one by one; of different calls at once.
 */
final class ForwardingParty extends Party {
  private static final Set<String> DIALOG_MAKERS =
      Set.of(Request.INVITE, Request.SUBSCRIBE, Request.REFER, Request.NOTIFY);
  private static final int DEFAULT_HOPS = 70;

  private final Agent agent;
  private final Sides sides;
  private final LocationService locations;
  private final Registrar registrar;
  private final Map<String, URI> routes;
  private final Alarms alarms;
  private final ProxyCounts counts;
  private final Consumer<String> problems;

  /** INVITEs that wait for their answer, by what their CANCEL has in common with them. */
  private final Map<String, ResponseContext> ringing = new ConcurrentHashMap<>();

  /** What's to be told goes to the last two: who is where, and what went wrong. */
  ForwardingParty(
      Agent agent,
      Sides sides,
      Map<String, URI> routes,
      Alarms alarms,
      Consumer<String> told,
      Consumer<String> problems) {
    this.agent = agent;
    this.sides = sides;
    this.routes = Map.copyOf(routes);
    this.alarms = alarms;
    this.problems = problems;
    locations = new LocationService();
    registrar = new Registrar(agent, locations, told);
    counts = new ProxyCounts();
  }

  /** Listens on one more address; gives the address with its real port. */
  ListenAddress listen(ListenAddress address) throws IOException {
    SipProvider side = agent.listen(address.transport(), address.host(), address.port(), this);
    sides.add(side);
    return address.withPort(side.getListeningPoint().getPort());
  }

  /** What happened so far. */
  ProxyCounts counts() {
    return counts;
  }

  // --- requests ---

  @Override
  protected void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    SipProvider from = (SipProvider) event.getSource();
    switch (request.getMethod()) {
      case Request.ACK -> passAck(request, from);
      case Request.CANCEL -> cancel(event);
      default -> {
        int refusal = refusal(request);
        if (refusal != 0) {
          refuse(event, refusal);
        } else if (request.getMethod().equals(Request.REGISTER)
            && sides.isOurs(request.getRequestURI())) {
          counts.registration();
          transactionOf(event).sendResponse(registrar.answer(request, seconds()));
        } else {
          forward(event, request, from);
        }
      }
    }
  }

  /** An ACK to a 2xx has no transaction, and no answer (§16.11); the stack keeps all others. */
  private void passAck(Request request, SipProvider from) throws Exception {
    Request copy = withoutOurRoutes(request);
    boolean goesOn =
        copy.getHeader(RouteHeader.NAME) != null || !sides.isOurs(copy.getRequestURI());
    if (hops(request) > 0 && goesOn) {
      SipProvider side = sides.towards(nextHop(copy));
      side.sendRequest(stamped(copy, from, side));
    }
  }

  private void cancel(RequestEvent event) throws Exception {
    ServerTransaction server = transactionOf(event);
    ResponseContext context = ringing.get(key(event.getRequest()));
    int status = context == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK;
    server.sendResponse(answer(status, event.getRequest()));
    if (context != null) {
      context.cancel();
    }
  }

  /** What a proxy must check first (§16.3): the status to refuse with, or 0. */
  private static int refusal(Request request) {
    if (!(request.getRequestURI() instanceof SipURI)) {
      return Response.UNSUPPORTED_URI_SCHEME;
    }
    if (hops(request) <= 0) {
      return Response.TOO_MANY_HOPS;
    }
    return request.getHeader(ProxyRequireHeader.NAME) == null ? 0 : Response.BAD_EXTENSION;
  }

  private void refuse(RequestEvent event, int status) throws Exception {
    Request request = event.getRequest();
    Response response = answer(status, request);
    ListIterator<?> asked = request.getHeaders(ProxyRequireHeader.NAME);
    while (status == Response.BAD_EXTENSION && asked.hasNext()) {
      String option = ((ProxyRequireHeader) asked.next()).getOptionTag();
      response.addHeader(agent.headers().createUnsupportedHeader(option));
    }
    transactionOf(event).sendResponse(response);
  }

  private void forward(RequestEvent event, Request request, SipProvider from) throws Exception {
    Request copy = withoutOurRoutes(request);
    List<URI> targets = targets(copy);
    ServerTransaction server = transactionOf(event);
    if (targets.isEmpty()) {
      boolean toUs =
          request.getMethod().equals(Request.OPTIONS)
              && ((SipURI) copy.getRequestURI()).getUser() == null;
      server.sendResponse(answer(toUs ? Response.OK : Response.NOT_FOUND, request));
      return;
    }
    boolean invite = request.getMethod().equals(Request.INVITE);
    ResponseContext context = new ResponseContext(agent, server, alarms);
    if (invite) {
      server.sendResponse(agent.messages().createResponse(Response.TRYING, request));
      ringing.put(key(request), context);
      server.setApplicationData(context);
    }
    counts.forwarded();
    for (URI target : targets) {
      Request branch = (Request) copy.clone();
      branch.setRequestURI((URI) target.clone());
      SipProvider side = sides.towards(nextHop(branch));
      context.forward(side, stamped(branch, from, side));
    }
    context.begun();
  }

  /**
   * Where a request goes (§16.5): the contacts of a user of ours, nowhere if there are none;
   * anybody else by the Request-URI.
   */
  private List<URI> targets(Request request) {
    URI uri = request.getRequestURI();
    if (request.getHeader(RouteHeader.NAME) != null || !sides.isOurs(uri)) {
      return List.of(uri);
    }
    String user = ((SipURI) uri).getUser();
    if (user == null) {
      return List.of();
    }
    URI fixed = routes.get(user);
    return fixed != null
        ? List.of(fixed)
        : locations.of(user, seconds()).stream()
            .map(binding -> binding.contact().getAddress().getURI())
            .toList();
  }

  /** §16.4: Routes that lead to this proxy are done with, both of them where transports change. */
  private Request withoutOurRoutes(Request request) {
    Request copy = (Request) request.clone();
    while (copy.getHeader(RouteHeader.NAME) instanceof RouteHeader route
        && route.getAddress().getURI() instanceof SipURI uri
        && sides.isOurAddress(uri)) {
      copy.removeFirst(RouteHeader.NAME);
    }
    return copy;
  }

  private static URI nextHop(Request request) {
    return request.getHeader(RouteHeader.NAME) instanceof RouteHeader route
        ? route.getAddress().getURI()
        : request.getRequestURI();
  }

  /** §16.6: one hop less, our Record-Route, our Via. The request given becomes the one to send. */
  private Request stamped(Request copy, SipProvider from, SipProvider side) throws Exception {
    copy.setHeader(agent.headers().createMaxForwardsHeader(hops(copy) - 1));
    if (DIALOG_MAKERS.contains(copy.getMethod())) {
      record(copy, from);
      if (side != from) {
        record(copy, side); // each side's answers come to its own address: RFC 5658 §5
      }
    }
    copy.addFirst(agent.newVia(side));
    return copy;
  }

  private void record(Request copy, SipProvider side) throws Exception {
    copy.addFirst(
        agent
            .headers()
            .createRecordRouteHeader(agent.addresses().createAddress(sides.route(side))));
  }

  // --- responses ---

  @Override
  protected void onResponse(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    ClientTransaction client = event.getClientTransaction();
    if (client != null && client.getApplicationData() instanceof ResponseContext context) {
      context.onResponse(client, response);
    } else if (client == null && isLateAnswer(response)) {
      Response copy = ResponseContext.withoutOurVia(response);
      if (copy.getHeader(ViaHeader.NAME) instanceof ViaHeader via) {
        SipProvider side = sides.over(via.getTransport());
        (side == null ? (SipProvider) event.getSource() : side).sendResponse(copy);
      }
    }
  }

  /** A 2xx to INVITE whose transaction is over goes back without one (§16.7). */
  private static boolean isLateAnswer(Response response) {
    return response.getStatusCode() / 100 == 2
        && ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod().equals(Request.INVITE);
  }

  @Override
  protected void onTimeout(Transaction transaction) throws Exception {
    if (transaction instanceof ClientTransaction client
        && client.getApplicationData() instanceof ResponseContext context) {
      context.onTimeout(client);
    }
  }

  /** Transactions end for reasons of all kinds; whoever still waits for an answer has none. */
  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    Transaction transaction =
        event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
    if (!(transaction.getApplicationData() instanceof ResponseContext context)) {
      return;
    }
    try {
      if (transaction instanceof ClientTransaction client) {
        context.onEnd(client);
      } else {
        ringing.remove(key(transaction.getRequest()), context);
      }
    } catch (Exception e) {
      onProblem("could not answer a request that got no answer", e);
    }
  }

  /** What comes of it, the transaction's end tells. */
  @Override
  public void processIOException(IOExceptionEvent event) {
    counts.unreachable();
  }

  @Override
  protected void onProblem(String what, @Nullable Exception cause) {
    counts.problem();
    problems.accept(what + (cause == null ? "" : ": " + cause));
  }

  /** Branch and sent-by: what a CANCEL has of its INVITE (RFC 3261 §17.2.3). */
  private static String key(Request request) {
    ViaHeader via = (ViaHeader) request.getHeader(ViaHeader.NAME);
    return via.getBranch() + " " + via.getHost() + ":" + via.getPort();
  }

  private Response answer(int status, Request request) throws Exception {
    Response response = agent.messages().createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(agent.newTag());
    }
    return response;
  }

  private static int hops(Request request) {
    return request.getHeader(MaxForwardsHeader.NAME) instanceof MaxForwardsHeader header
        ? header.getMaxForwards()
        : DEFAULT_HOPS;
  }

  private static long seconds() {
    return System.nanoTime() / 1_000_000_000;
  }
}
