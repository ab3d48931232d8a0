package io.sipwright.examples.demo;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Party;
import io.sipwright.examples.demo.CallFlow.Role;
import java.io.IOException;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A telephone for one call at a time: places it through a proxy, or rings and answers; either side
 * hangs up.
 */
final class Phone extends Party implements AutoCloseable {
  private final Agent agent;
  private final Role role;
  private final String user;
  private final CallFlow flow;
  private volatile @Nullable Call call;

  Phone(Agent agent, Role role, String user, CallFlow flow) {
    this.agent = agent;
    this.role = role;
    this.user = user;
    this.flow = flow;
  }

  /** Listens on a free port of the host. */
  SipProvider listen(String transport, String host) throws IOException {
    SipProvider provider = agent.listen(transport, host, 0, this);
    flow.place(role, provider.getListeningPoint().getPort());
    return provider;
  }

  /** Where this phone is reached, as text. */
  String contact(SipProvider provider) throws Exception {
    return agent.uriOf(provider, user).toString();
  }

  /** Makes ready for the next call: what happens from now on is told through the call returned. */
  Call expectCall(SipProvider provider) {
    Call next = new Call(provider);
    call = next;
    return next;
  }

  /** Calls a user of the demo's domain by way of the proxy. */
  Call place(SipProvider provider, String callee, SipURI proxy) throws Exception {
    Call placed = expectCall(provider);
    Address self =
        agent.addresses().createAddress(agent.addresses().createSipURI(user, DemoCommand.DOMAIN));
    SipURI target = agent.addresses().createSipURI(callee, DemoCommand.DOMAIN);
    Address to = agent.addresses().createAddress(target);
    Request invite = agent.newRequest(Request.INVITE, provider, target, self, to);
    invite.addHeader(agent.headers().createRouteHeader(agent.addresses().createAddress(proxy)));
    agent.describe(invite, provider, user);
    provider.getNewClientTransaction(invite).sendRequest();
    return placed;
  }

  /** Answers a call that rings. */
  void answer(Call ringing) throws Exception {
    ServerTransaction transaction = ringing.ringing.join();
    Response ok = respond(transaction.getRequest(), Response.OK);
    agent.describe(ok, ringing.provider, user);
    transaction.sendResponse(ok);
  }

  /** Hangs up a call that stands. */
  void hangUp(Call standing) throws Exception {
    Dialog dialog = standing.established.join();
    dialog.sendRequest(
        standing.provider.getNewClientTransaction(dialog.createRequest(Request.BYE)));
  }

  @Override
  protected void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    flow.arrived(role, request);
    Call current = call;
    switch (request.getMethod()) {
      case Request.INVITE -> {
        ServerTransaction transaction = transactionOf(event);
        transaction.sendResponse(
            respond(request, current == null ? Response.BUSY_HERE : Response.RINGING));
        if (current != null) {
          current.ringing.complete(transaction);
        }
      }
      case Request.ACK -> {
        if (current != null && event.getDialog() != null) {
          current.established.complete(event.getDialog());
        }
      }
      case Request.BYE -> {
        transactionOf(event).sendResponse(respond(request, Response.OK));
        if (current != null) {
          current.ended.complete(null);
        }
      }
      default -> transactionOf(event).sendResponse(respond(request, Response.METHOD_NOT_ALLOWED));
    }
  }

  @Override
  protected void onResponse(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    flow.arrived(role, response);
    Call current = call;
    if (current == null || response.getStatusCode() < 200) {
      return;
    }
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (response.getStatusCode() >= 300) {
      current.fail(
          cseq.getMethod()
              + " was answered "
              + response.getStatusCode()
              + " "
              + response.getReasonPhrase());
    } else if (cseq.getMethod().equals(Request.INVITE)) {
      Dialog dialog = event.getDialog();
      dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
      current.established.complete(dialog);
    } else {
      current.ended.complete(null);
    }
  }

  @Override
  protected void onTimeout(Transaction transaction) {
    onProblem("got no answer to " + transaction.getRequest().getMethod(), null);
  }

  @Override
  protected void onProblem(String what, @Nullable Exception cause) {
    Call current = call;
    if (current != null) {
      current.fail("the " + role.label() + " " + what + (cause == null ? "" : ": " + cause));
    }
  }

  @Override
  public void close() {
    agent.close();
  }

  /** A response with a tag in To, which every response but 100 needs: RFC 3261 §8.2.6.2. */
  private Response respond(Request request, int status) throws Exception {
    Response response = agent.messages().createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(user + "-" + Integer.toHexString(System.identityHashCode(this)));
    }
    return response;
  }
}
