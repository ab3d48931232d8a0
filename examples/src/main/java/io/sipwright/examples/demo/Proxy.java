package io.sipwright.examples.demo;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Party;
import io.sipwright.examples.demo.CallFlow.Role;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A stateful proxy (RFC 3261 §16) that stays on the path of the calls it forwards. It knows where a
 * user is by a table, and forks nothing. Calls are hung up, not cancelled, in the demo: it does not
 * forward CANCEL.
 */
final class Proxy extends Party implements AutoCloseable {
  private final Agent agent;
  private final CallFlow flow;
  private final Map<String, String> locations = new ConcurrentHashMap<>();

  Proxy(Agent agent, CallFlow flow) {
    this.agent = agent;
    this.flow = flow;
  }

  /** Listens on a free port of the host. */
  SipProvider listen(String transport, String host) throws IOException {
    SipProvider provider = agent.listen(transport, host, 0, this);
    flow.place(Role.PROXY, provider.getListeningPoint().getPort());
    return provider;
  }

  /**
   * The URI that leads requests through this proxy, for a Route or Record-Route header (RFC 3261
   * §16.6 step 4).
   */
  SipURI route(SipProvider provider) throws Exception {
    SipURI self = agent.uriOf(provider, null);
    self.setLrParam();
    return self;
  }

  /** Tells where a user's calls go: a request for {@code user} is sent on to {@code contact}. */
  void locate(String user, String contact) {
    locations.put(user, contact);
  }

  @Override
  protected void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    flow.arrived(Role.PROXY, request);
    SipProvider provider = (SipProvider) event.getSource();
    if (request
        .getMethod()
        .equals(Request.ACK)) { // an ACK to a 2xx has no transaction: RFC 3261 §16.11
      provider.sendRequest(forwarded(request, provider));
      return;
    }
    ServerTransaction server = transactionOf(event);
    if (maxForwards(request) == 0) {
      server.sendResponse(agent.messages().createResponse(Response.TOO_MANY_HOPS, request));
      return;
    }
    if (request.getMethod().equals(Request.INVITE)) {
      server.sendResponse(agent.messages().createResponse(Response.TRYING, request));
    }
    if (target(request) == null) {
      server.sendResponse(agent.messages().createResponse(Response.NOT_FOUND, request));
      return;
    }
    ClientTransaction client = provider.getNewClientTransaction(forwarded(request, provider));
    client.setApplicationData(server);
    client.sendRequest();
  }

  @Override
  protected void onResponse(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    flow.arrived(Role.PROXY, response);
    if (response.getStatusCode() == Response.TRYING) {
      return; // each hop says 100 for itself: RFC 3261 §16.7 step 5
    }
    Response upstream = (Response) response.clone();
    upstream.removeFirst(ViaHeader.NAME);
    if (serverOf(event.getClientTransaction()) instanceof ServerTransaction server) {
      server.sendResponse(upstream);
    } else {
      ((SipProvider) event.getSource()).sendResponse(upstream);
    }
  }

  @Override
  protected void onTimeout(Transaction transaction) throws Exception {
    if (transaction instanceof ClientTransaction
        && serverOf(transaction) instanceof ServerTransaction server) {
      server.sendResponse(
          agent.messages().createResponse(Response.REQUEST_TIMEOUT, server.getRequest()));
    }
  }

  @Override
  protected void onProblem(String what, @Nullable Exception cause) {
    flow.remark("the proxy " + what + (cause == null ? "" : ": " + cause));
  }

  @Override
  public void close() {
    agent.close();
  }

  /** The copy of a request that goes on: RFC 3261 §16.6. */
  private Request forwarded(Request request, SipProvider provider) throws Exception {
    Request copy = (Request) request.clone();
    if (topRouteIs(copy, provider.getListeningPoint())) {
      copy.removeFirst(RouteHeader.NAME);
    }
    URI target = target(request);
    if (target != null) {
      copy.setRequestURI(target);
    }
    copy.setHeader(agent.headers().createMaxForwardsHeader(maxForwards(request) - 1));
    if (request.getMethod().equals(Request.INVITE)) {
      copy.addFirst(
          agent
              .headers()
              .createRecordRouteHeader(agent.addresses().createAddress(route(provider))));
    }
    copy.addFirst(agent.newVia(provider));
    return copy;
  }

  /**
   * Where a request goes: a user of the demo's domain by the table, anybody else by the
   * Request-URI; null if unknown.
   */
  private @Nullable URI target(Request request) throws Exception {
    if (request.getRequestURI() instanceof SipURI uri && uri.getHost().equals(DemoCommand.DOMAIN)) {
      String contact = locations.get(uri.getUser());
      return contact == null ? null : agent.addresses().createURI(contact);
    }
    return request.getRequestURI();
  }

  private static boolean topRouteIs(Request request, ListeningPoint point) {
    return request.getHeader(RouteHeader.NAME) instanceof RouteHeader route
        && route.getAddress().getURI() instanceof SipURI uri
        && uri.getHost().equals(point.getIPAddress())
        && uri.getPort() == point.getPort();
  }

  private static int maxForwards(Request request) {
    return request.getHeader(MaxForwardsHeader.NAME) instanceof MaxForwardsHeader header
        ? header.getMaxForwards()
        : 70;
  }

  private static @Nullable Object serverOf(@Nullable Transaction client) {
    return client == null ? null : client.getApplicationData();
  }
}
