package io.sipwright.examples.load;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.Party;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A user agent client that places calls: INVITE, ACK, talk for a while, BYE. Every call ends, by an
 * alarm of this program's own if nothing else ends it.
 */
final class CallingParty extends Party implements AutoCloseable {
  private static final String USER = "uac";

  /** How long a failed call may still have something to say: 64·T1 (RFC 3261 §17.1.1.2). */
  private static final Duration UNANSWERED = Duration.ofSeconds(32);

  private final Agent agent;
  private final PhoneLines lines;
  private final SipURI target;
  private final Address to;
  private final Duration hold;
  private final Duration patience;
  private final Alarms alarms;
  private final Consumer<String> problems;
  private final CallResults results = new CallResults();
  private final Map<String, OutgoingCall> calls = new ConcurrentHashMap<>();

  /**
   * Listens on a free port, or on one for each call.
   *
   * @param host the address of ours that the target can reach
   * @param linePerCall whether each call has a listening point, and so a connection, of its own
   * @param patience how long to wait for the answer to INVITE, and to BYE
   */
  CallingParty(
      Agent agent,
      String transport,
      String host,
      boolean linePerCall,
      SipURI target,
      Duration hold,
      Duration patience,
      Alarms alarms,
      Consumer<String> problems)
      throws Exception {
    this.agent = agent;
    this.target = target;
    this.hold = hold;
    this.patience = patience;
    this.alarms = alarms;
    this.problems = problems;
    lines =
        linePerCall
            ? PhoneLines.separate(agent, transport, host, this, this::onProblem)
            : PhoneLines.shared(agent, transport, host, this);
    to = agent.addresses().createAddress(target);
  }

  /** What happened so far. */
  CallResults results() {
    return results;
  }

  /** Places a call. Whatever goes wrong becomes the end of the call. */
  void place() {
    results.placed();
    OutgoingCall call = null;
    try {
      SipProvider line = lines.take();
      Request invite =
          agent.newRequest(
              Request.INVITE,
              line,
              (SipURI) target.clone(),
              agent.addresses().createAddress(agent.uriOf(line, USER)),
              (Address) to.clone());
      agent.describe(invite, line, USER);
      call = new OutgoingCall(callIdOf(invite), line);
      calls.put(call.callId, call);
      ClientTransaction transaction = line.getNewClientTransaction(invite);
      synchronized (call) {
        call.invite = transaction;
        call.dialog = transaction.getDialog();
        call.sentAt = System.nanoTime();
        OutgoingCall waiting = call;
        call.alarm = alarms.after(patience, () -> giveUp(waiting));
      }
      transaction.sendRequest();
    } catch (Exception e) {
      if (call == null) {
        results.failed(reason("INVITE could not be made", e));
      } else {
        fail(call, reason("INVITE could not be sent", e));
      }
    }
  }

  @Override
  protected void onResponse(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    OutgoingCall call = calls.get(callIdOf(response));
    if (cseq.getMethod().equals(Request.INVITE)) {
      onInviteResponse(call, response, cseq, event.getDialog());
    } else if (cseq.getMethod().equals(Request.BYE)
        && call != null
        && response.getStatusCode() >= 200) {
      onByeResponse(call, response);
    }
  }

  private void onInviteResponse(
      @Nullable OutgoingCall call, Response response, CSeqHeader cseq, @Nullable Dialog dialog)
      throws Exception {
    int status = response.getStatusCode();
    if (call == null) { // over already: the 2xx again, whose ACK was lost, or a late one
      if (status >= 200 && status < 300 && dialog != null) {
        results.repeated();
        dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
      }
      return;
    }
    synchronized (call) {
      if (status < 200) {
        call.ringing = true;
      } else if (status >= 300) {
        fail(call, "INVITE was answered " + status + " " + response.getReasonPhrase());
      } else if (dialog == null) {
        fail(call, "INVITE was answered " + status + ", but made no dialog");
      } else {
        dialog.sendAck(dialog.createAck(cseq.getSeqNumber()));
        if (call.state == OutgoingCall.State.CALLING) {
          results.answered(System.nanoTime() - call.sentAt);
          call.state = OutgoingCall.State.TALKING;
          call.dialog = dialog;
          if (hold.isZero()) {
            hangUp(call);
          } else {
            rearm(call, hold, () -> hangUp(call));
          }
        } else {
          results.repeated();
        }
      }
    }
  }

  private void onByeResponse(OutgoingCall call, Response response) {
    synchronized (call) {
      if (call.state == OutgoingCall.State.HANGING_UP && response.getStatusCode() < 300) {
        results.hungUp(System.nanoTime() - call.sentAt);
      }
    }
    if (response.getStatusCode() < 300) {
      complete(call);
    } else {
      fail(call, "BYE was answered " + response.getStatusCode() + " " + response.getReasonPhrase());
    }
  }

  private void hangUp(OutgoingCall call) {
    synchronized (call) {
      Dialog dialog = call.dialog;
      if (call.state != OutgoingCall.State.TALKING || dialog == null) {
        return;
      }
      call.state = OutgoingCall.State.HANGING_UP;
      rearm(call, patience, () -> fail(call, "BYE was not answered in time"));
      try {
        ClientTransaction bye =
            call.line.getNewClientTransaction(dialog.createRequest(Request.BYE));
        call.sentAt = System.nanoTime();
        dialog.sendRequest(bye);
      } catch (SipException e) {
        fail(call, reason("BYE could not be sent", e));
      }
    }
  }

  /** Nobody answered for too long: cancels the call if it rings. */
  private void giveUp(OutgoingCall call) {
    synchronized (call) {
      if (call.state != OutgoingCall.State.CALLING) {
        return;
      }
      ClientTransaction invite = call.invite;
      fail(call, "INVITE was not answered in time");
      if (call.ringing && invite != null) {
        try {
          call.line.getNewClientTransaction(invite.createCancel()).sendRequest();
        } catch (SipException e) {
          onProblem("could not cancel a call", e);
        }
      }
    }
  }

  /** The other side may hang up first; anything else it could ask for is not there. */
  @Override
  protected void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    if (request.getMethod().equals(Request.ACK)) {
      return;
    }
    boolean bye = request.getMethod().equals(Request.BYE);
    Response response =
        agent.messages().createResponse(bye ? Response.OK : Response.NOT_ACCEPTABLE_HERE, request);
    transactionOf(event).sendResponse(response);
    OutgoingCall call = calls.get(callIdOf(request));
    if (bye && call != null) {
      complete(call);
    }
  }

  @Override
  protected void onTimeout(Transaction transaction) {
    Request request = transaction.getRequest();
    OutgoingCall call = calls.get(callIdOf(request));
    if (call != null) {
      fail(call, request.getMethod() + " was not answered in time");
    }
  }

  @Override
  protected void onDialogEnd(DialogTerminatedEvent event) {
    CallIdHeader callId = event.getDialog().getCallId();
    OutgoingCall call = callId == null ? null : calls.get(callId.getCallId());
    if (call == null) {
      return;
    }
    synchronized (call) {
      // The end of a dialog is told beside the answer to BYE or INVITE, which says more.
      if (call.state == OutgoingCall.State.TALKING) {
        fail(call, "the dialog ended before anybody hung up");
      }
    }
  }

  /**
   * One message did not get out. The event does not tell which, but all go to one place: one call
   * fails.
   */
  @Override
  public void processIOException(IOExceptionEvent event) {
    String reason =
        "no way to " + event.getHost() + ":" + event.getPort() + " over " + event.getTransport();
    for (OutgoingCall call : calls.values()) {
      synchronized (call) {
        boolean waiting = call.state == OutgoingCall.State.CALLING && !call.ringing;
        if ((waiting || call.state == OutgoingCall.State.HANGING_UP) && fail(call, reason)) {
          return;
        }
      }
    }
  }

  @Override
  protected void onProblem(String what, @Nullable Exception cause) {
    problems.accept(reason(what, cause));
  }

  @Override
  public void close() {
    lines.close();
  }

  private void complete(OutgoingCall call) {
    if (end(call)) {
      results.completed();
      lines.giveBack(call.line);
    }
  }

  /** True if that was the end of the call; false if it was over already. */
  private boolean fail(OutgoingCall call, String reason) {
    boolean ends = end(call);
    if (ends) {
      results.failed(reason);
      synchronized (call) {
        call.alarm = alarms.after(UNANSWERED, () -> lines.giveBack(call.line));
      }
    }
    return ends;
  }

  /** True for the first caller. */
  private boolean end(OutgoingCall call) {
    synchronized (call) {
      if (call.state == OutgoingCall.State.ENDED) {
        return false;
      }
      call.state = OutgoingCall.State.ENDED;
      if (call.alarm != null) {
        call.alarm.cancel(false);
      }
      calls.remove(call.callId);
      return true;
    }
  }

  private void rearm(OutgoingCall call, Duration delay, Runnable action) {
    if (call.alarm != null) {
      call.alarm.cancel(false);
    }
    call.alarm = alarms.after(delay, action);
  }

  private static String callIdOf(Message message) {
    return message.getHeader(CallIdHeader.NAME) instanceof CallIdHeader header
        ? header.getCallId()
        : "";
  }

  private static String reason(String what, @Nullable Exception cause) {
    if (cause == null) {
      return what;
    }
    String detail = cause.getMessage();
    return what + ": " + (detail == null ? cause.getClass().getSimpleName() : detail);
  }
}
