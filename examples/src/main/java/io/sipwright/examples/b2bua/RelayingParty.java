package io.sipwright.examples.b2bua;

import io.sipwright.call.BackToBack;
import io.sipwright.examples.Agent;
import io.sipwright.examples.options.ListenAddress;
import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.URI;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers each call by calling a target, and relays what either side says. */
final class RelayingParty implements SipListener {
  private final Agent agent;
  private final URI target;
  private final Consumer<String> log;
  private final BackToBack calls;
  private final LongAdder begun = new LongAdder();
  private final LongAdder refused = new LongAdder();

  RelayingParty(Agent agent, URI target, Consumer<String> log) {
    this.agent = agent;
    this.target = target;
    this.log = log;
    calls = new BackToBack(agent.messages(), new BackToBack.Policy() {});
  }

  /** Listens on one more address; gives the address with its real port. */
  ListenAddress listen(ListenAddress address) throws IOException {
    SipProvider side = agent.listen(address.transport(), address.host(), address.port(), this);
    return address.withPort(side.getListeningPoint().getPort());
  }

  /** What happened so far, in one line. */
  String summary() {
    return begun.sum() + " calls relayed, " + refused.sum() + " requests refused";
  }

  @Override
  public void processRequest(RequestEvent event) {
    if (calls.onRequest(event)) {
      return; // within one of the calls
    }
    Request request = event.getRequest();
    try {
      switch (request.getMethod()) {
        case Request.INVITE -> connect(event);
        case Request.OPTIONS -> answer(event, Response.OK);
        case Request.ACK -> {} // of a call that's over
        default -> answer(event, Response.METHOD_NOT_ALLOWED);
      }
    } catch (SipException | ParseException | InvalidArgumentException e) {
      log.accept("could not handle " + request.getMethod() + ": " + e.getMessage());
    }
  }

  private void connect(RequestEvent event)
      throws SipException, ParseException, InvalidArgumentException {
    try {
      calls.connect(event, target, (SipProvider) event.getSource());
      begun.increment();
    } catch (SipException e) {
      log.accept("a call could not be relayed: " + e.getMessage());
      answer(event, Response.SERVER_INTERNAL_ERROR);
    }
  }

  private void answer(RequestEvent event, int status)
      throws SipException, ParseException, InvalidArgumentException {
    SipProvider side = (SipProvider) event.getSource();
    ServerTransaction known = event.getServerTransaction();
    ServerTransaction server =
        known != null ? known : side.getNewServerTransaction(event.getRequest());
    Response response = agent.messages().createResponse(status, event.getRequest());
    if (status >= Response.BAD_REQUEST) {
      refused.increment();
      response.addHeader(agent.headers().createAllowHeader("INVITE, OPTIONS"));
    }
    server.sendResponse(response);
  }

  @Override
  public void processResponse(ResponseEvent event) {
    calls.onResponse(event);
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    calls.onTimeout(event);
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    calls.onTransactionTerminated(event);
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    calls.onDialogTerminated(event);
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    log.accept("sending to " + event.getHost() + ":" + event.getPort() + " failed");
  }
}
