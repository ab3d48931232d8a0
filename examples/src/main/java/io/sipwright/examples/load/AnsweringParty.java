package io.sipwright.examples.load;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.Party;
import io.sipwright.examples.Sdp;
import io.sipwright.examples.options.ListenAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.header.AllowHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A user agent server that says yes: answers calls after ringing for a while, and OPTIONS,
 * REGISTER, re-INVITE, CANCEL and BYE. Never blocks, and keeps no lock, so that any number of
 * events may come at once.
 */
final class AnsweringParty extends Party {
  private static final List<String> ALLOWED =
      List.of(
          Request.INVITE,
          Request.ACK,
          Request.CANCEL,
          Request.BYE,
          Request.OPTIONS,
          Request.REGISTER);
  private static final Set<String> KNOWN =
      Set.of(
          Request.INFO,
          Request.MESSAGE,
          Request.NOTIFY,
          Request.PRACK,
          Request.PUBLISH,
          Request.REFER,
          Request.SUBSCRIBE,
          Request.UPDATE);
  private static final int DEFAULT_EXPIRES = 3600;

  /**
   * What answers of one provider share: never changed once made, so one object serves all of them.
   */
  private record Face(ContactHeader contact, String sdp) {}

  private final Agent agent;
  private final Duration ring;
  private final Alarms alarms;
  private final Consumer<String> problems;
  private final CallCounts counts = new CallCounts();
  private final Map<SipProvider, Face> faces = new ConcurrentHashMap<>();
  private final List<AllowHeader> allow = new ArrayList<>();
  private final ContentTypeHeader sdpType;

  AnsweringParty(Agent agent, Duration ring, Alarms alarms, Consumer<String> problems)
      throws Exception {
    this.agent = agent;
    this.ring = ring;
    this.alarms = alarms;
    this.problems = problems;
    for (String method : ALLOWED) {
      allow.add(agent.headers().createAllowHeader(method));
    }
    sdpType = agent.headers().createContentTypeHeader("application", "sdp");
  }

  /** Listens on one more address; gives the address with its real port. */
  ListenAddress listen(ListenAddress address) throws IOException {
    SipProvider provider = agent.listen(address.transport(), address.host(), address.port(), this);
    return address.withPort(provider.getListeningPoint().getPort());
  }

  /** What happened so far. */
  CallCounts counts() {
    return counts;
  }

  @Override
  protected void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    switch (request.getMethod()) {
      case Request.INVITE -> onInvite(event);
      case Request.ACK -> {}
      case Request.BYE -> onBye(event);
      case Request.CANCEL -> onCancel(event);
      case Request.OPTIONS -> {
        counts.otherRequest();
        reply(event, allowing(respond(request, Response.OK, agent.newTag())));
      }
      case Request.REGISTER -> {
        counts.otherRequest();
        reply(event, registered(request));
      }
      default -> {
        counts.otherRequest();
        boolean known = KNOWN.contains(request.getMethod());
        int status = known ? Response.METHOD_NOT_ALLOWED : Response.NOT_IMPLEMENTED;
        reply(event, allowing(respond(request, status, agent.newTag())));
      }
    }
  }

  private void onInvite(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    SipProvider provider = (SipProvider) event.getSource();
    ServerTransaction transaction = transactionOf(event);
    if (((ToHeader) request.getHeader(ToHeader.NAME)).getTag()
        != null) { // a re-INVITE: RFC 3261 §14.2
      transaction.sendResponse(accepted(request, provider, agent.newTag()));
      return;
    }
    IncomingCall call = new IncomingCall(provider, transaction, agent.newTag());
    counts.began();
    transaction.getDialog().setApplicationData(call);
    if (ring.isZero()) {
      answer(call);
      return;
    }
    transaction.sendResponse(respond(request, Response.RINGING, call.tag));
    call.alarm = alarms.after(ring, () -> answerLater(call));
  }

  private void answer(IncomingCall call) throws Exception {
    if (call.answer()) {
      call.invite.sendResponse(accepted(call.invite.getRequest(), call.provider, call.tag));
    }
  }

  private void answerLater(IncomingCall call) {
    try {
      answer(call);
    } catch (Exception e) {
      if (call.end()) {
        counts.failed();
      }
      onProblem("could not answer a call", e);
    }
  }

  private void onBye(RequestEvent event) throws Exception {
    IncomingCall call = callOf(event.getDialog());
    boolean first = call != null && call.end();
    reply(event, respond(event.getRequest(), Response.OK, agent.newTag()));
    if (first) {
      counts.completed();
    }
  }

  /** The CANCEL is answered in any case; the INVITE only if it still rings (RFC 3261 §9.2). */
  private void onCancel(RequestEvent event) throws Exception {
    IncomingCall call = callOf(event.getDialog());
    reply(
        event, respond(event.getRequest(), Response.OK, call == null ? agent.newTag() : call.tag));
    if (call != null && call.refuse()) {
      call.invite.sendResponse(
          respond(call.invite.getRequest(), Response.REQUEST_TERMINATED, call.tag));
      counts.cancelled();
    }
  }

  @Override
  protected void onResponse(ResponseEvent event) {
    // This program sends no requests: a response is a stray one.
  }

  @Override
  protected void onTimeout(Transaction transaction) {
    fail(callOf(transaction.getDialog()));
  }

  @Override
  protected void onDialogEnd(DialogTerminatedEvent event) {
    fail(callOf(event.getDialog()));
  }

  @Override
  protected void onProblem(String what, @Nullable Exception cause) {
    counts.problem();
    problems.accept(what + (cause == null ? "" : ": " + cause));
  }

  /** A call whose dialog or transaction ended before anybody hung up has failed. */
  private void fail(@Nullable IncomingCall call) {
    if (call != null && call.end()) {
      counts.failed();
    }
  }

  private static @Nullable IncomingCall callOf(@Nullable Dialog dialog) {
    return dialog != null && dialog.getApplicationData() instanceof IncomingCall call ? call : null;
  }

  private static void reply(RequestEvent event, Response response) throws Exception {
    transactionOf(event).sendResponse(response);
  }

  private Response accepted(Request request, SipProvider provider, String tag) throws Exception {
    Face face = faces.get(provider);
    if (face == null) {
      String host = provider.getListeningPoint().getIPAddress();
      ContactHeader contact =
          agent
              .headers()
              .createContactHeader(agent.addresses().createAddress(agent.uriOf(provider, "uas")));
      face = new Face(contact, Sdp.audio(host));
      faces.put(provider, face);
    }
    Response response = respond(request, Response.OK, tag);
    response.setHeader(face.contact);
    response.setContent(face.sdp, sdpType);
    return response;
  }

  /** Echoes what was registered: RFC 3261 §10.3 step 8, without keeping it. */
  private Response registered(Request request) throws Exception {
    Response response = respond(request, Response.OK, agent.newTag());
    ListIterator<?> contacts = request.getHeaders(ContactHeader.NAME);
    while (contacts.hasNext()) {
      response.addHeader((Header) ((ContactHeader) contacts.next()).clone());
    }
    ExpiresHeader asked = (ExpiresHeader) request.getHeader(ExpiresHeader.NAME);
    response.setHeader(
        agent.headers().createExpiresHeader(asked == null ? DEFAULT_EXPIRES : asked.getExpires()));
    return response;
  }

  private Response allowing(Response response) throws Exception {
    for (AllowHeader header : allow) {
      response.addHeader(header);
    }
    return response;
  }

  /** A response, with the tag in To unless there is one. */
  private Response respond(Request request, int status, String tag) throws Exception {
    Response response = agent.messages().createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(tag);
    }
    return response;
  }
}
