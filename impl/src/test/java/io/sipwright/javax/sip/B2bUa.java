package io.sipwright.javax.sip;

import io.sipwright.call.BackToBack;
import java.util.ArrayList;
import java.util.List;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;

/** A back-to-back user agent on a party's stack, which calls one target for all. */
final class B2bUa implements SipListener {
  final Party party;
  final BackToBack calls;
  private final String target;

  /** What its {@link BackToBack} didn't take. */
  final List<String> strange = new ArrayList<>();

  private boolean refused;

  final List<Exception> failures = new ArrayList<>();

  B2bUa(Party party, String target, BackToBack.Policy policy) throws Exception {
    this.party = party;
    this.target = target;
    calls = new BackToBack(Party.MESSAGES, policy);
    party.provider().removeSipListener(party);
    party.provider().addSipListener(this);
  }

  @Override
  public void processRequest(RequestEvent event) {
    if (calls.onRequest(event)) {
      return;
    }
    String method = event.getRequest().getMethod();
    if (!method.equals(Request.INVITE)) {
      strange.add(method);
      return;
    }
    try {
      calls.connect(event, Party.ADDRESSES.createURI(target), party.provider());
    } catch (SipException e) {
      refuse(event, e);
    } catch (Exception e) {
      failures.add(e);
    }
  }

  private void refuse(RequestEvent event, SipException cause) {
    try {
      int status = cause.getMessage().contains("Max-Forwards") ? 483 : 500;
      refused = true;
      party.respond(Party.transaction(event), status);
    } catch (Exception e) {
      failures.add(e);
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {
    if (!calls.onResponse(event)) {
      strange.add(Calls.summary(event.getResponse().toString()));
    }
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    if (!calls.onTimeout(event)) {
      strange.add("timeout");
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {}

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    if (!calls.onTransactionTerminated(event) && event.isServerTransaction() && !refused) {
      Request request = event.getServerTransaction().getRequest();
      if (!List.of("CANCEL", "BYE", "ACK").contains(request.getMethod())) {
        strange.add("end of " + request.getMethod());
      }
    }
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    if (!calls.onDialogTerminated(event)) {
      strange.add("end of dialog");
    }
  }
}
