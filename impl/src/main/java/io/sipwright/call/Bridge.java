package io.sipwright.call;

import io.sipwright.ext.ExtendedServerTransaction;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionState;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a back-to-back user agent: two sides, and the requests that are on their way from one
 * to the other. One lock, its own, under which messages are sent.
 */
final class Bridge {
  private static final int UNAVAILABLE = Response.TEMPORARILY_UNAVAILABLE;
  static final Logger LOG = LoggerFactory.getLogger(BackToBack.class);

  private final BackToBack calls;
  private final Leg caller;
  private final Leg called;

  /** The INVITE that begins the call, until it's answered. */
  private @Nullable Relay beginning;

  Bridge(BackToBack calls, SipProvider in, Dialog caller, SipProvider out, Dialog called) {
    this.calls = calls;
    this.caller = new Leg(this, in, caller);
    this.called = new Leg(this, out, called);
  }

  Relay begin(ServerTransaction server, ClientTransaction client) {
    Relay relay = new Relay(caller, called, server, client, new ForkedAnswers(client));
    beginning = relay;
    return relay;
  }

  Leg peerOf(Leg leg) {
    return leg == caller ? called : caller;
  }

  // --- requests ---

  synchronized void onRequest(RequestEvent event, Leg from) {
    try {
      switch (event.getRequest().getMethod()) {
        case Request.ACK -> onAck(event.getRequest(), from);
        case Request.BYE -> onBye(event, from);
        case Request.CANCEL -> onCancel(event);
        case Request.PRACK -> onPrack(event, from);
        default -> relay(event, from);
      }
    } catch (SipException e) {
      LOG.debug("{}: {} could not be relayed", from.dialog, event.getRequest().getMethod(), e);
    }
  }

  private void relay(RequestEvent event, Leg from) throws SipException {
    Request received = event.getRequest();
    ServerTransaction server = BackToBack.serverOf(event);
    Leg to = from.peer();
    if (to.over) {
      refuse(server, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
      return;
    }
    try {
      Request onward = to.dialog.createRequest(received.getMethod());
      calls.onward().take(received, onward);
      if (received.getMethod().equals(Request.NOTIFY)) {
        Onward.translate(onward, from);
      }
      send(received, onward, server, from, to, to.dialog);
      if (received.getMethod().equals(Request.REFER)) {
        to.referred(numberOf(onward), numberOf(received));
      }
    } catch (SipException e) {
      LOG.debug("{}: {} can't be sent now", to.dialog, received.getMethod(), e);
      refuse(server, unsent(received));
    }
  }

  /** What changes a session has met another one on its way; the sender tries again (§14.1). */
  private static int unsent(Request received) {
    return switch (received.getMethod()) {
      case Request.INVITE, Request.UPDATE -> Response.REQUEST_PENDING;
      default -> Response.SERVER_INTERNAL_ERROR;
    };
  }

  private void send(
      Request received, Request onward, ServerTransaction server, Leg from, Leg to, Dialog dialog)
      throws SipException {
    calls.adapt(received, onward);
    ClientTransaction client = to.provider.getNewClientTransaction(onward);
    Relay relay = new Relay(from, to, server, client, null);
    calls.add(relay);
    try {
      dialog.sendRequest(client);
    } catch (SipException e) {
      calls.remove(relay);
      throw e;
    }
  }

  private static long numberOf(Request request) {
    return ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber();
  }

  private void onAck(Request ack, Leg from) throws SipException {
    from.awaitsAck = false;
    try {
      acknowledge(from.peer(), ack);
    } finally { // a side that can't be reached doesn't keep this one from its end
      if (from.byeWaits) {
        from.byeWaits = false;
        hangUp(from);
      }
    }
  }

  /** The ACK that's owed to a side, if there's one; without a body if there's nobody to give it. */
  private void acknowledge(Leg to, @Nullable Request ack) throws SipException {
    if (to.owesAck < 0) {
      return;
    }
    try {
      Request onward = to.dialog.createAck(to.owesAck);
      to.owesAck = -1;
      if (ack != null) {
        calls.onward().take(ack, onward);
        calls.adapt(ack, onward);
      }
      to.dialog.sendAck(onward);
    } catch (InvalidArgumentException e) {
      throw new SipException(e.getMessage(), e);
    }
  }

  private void onBye(RequestEvent event, Leg from) throws SipException {
    try {
      answer(BackToBack.serverOf(event), Response.OK);
    } finally { // whether its sender hears of it or not
      from.over = true;
      end(from.peer(), event.getRequest());
    }
  }

  /** Whoever called gets its 487 at once; what else is cancelled gets what the other side says. */
  private void onCancel(RequestEvent event) throws SipException {
    ServerTransaction cancel = BackToBack.serverOf(event);
    answer(cancel, Response.OK);
    Relay relay =
        cancel instanceof ExtendedServerTransaction extended
            ? calls.relayOf(extended.getCanceledInviteTransaction())
            : null;
    if (relay == null || relay.answered) {
      return;
    }
    if (relay.isInitial()) {
      giveUp(relay, Response.REQUEST_TERMINATED, event.getRequest());
    } else {
      cancel(relay, event.getRequest());
    }
  }

  /** RFC 3262: the PRACK of one side acknowledges the other side's response. */
  private void onPrack(RequestEvent event, Leg from) throws SipException {
    ServerTransaction server = BackToBack.serverOf(event);
    Leg.Reliable pending = from.reliable;
    from.reliable = null;
    if (pending == null) {
      refuse(server, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
      return;
    }
    try {
      Request onward = pending.dialog().createPrack(pending.response());
      calls.onward().take(event.getRequest(), onward);
      send(event.getRequest(), onward, server, from, from.peer(), pending.dialog());
    } catch (SipException e) {
      LOG.debug("{}: no PRACK could be sent", pending.dialog(), e);
      refuse(server, Response.SERVER_INTERNAL_ERROR);
    }
  }

  // --- responses ---

  synchronized void onResponse(ResponseEvent event, Relay relay) {
    Response response = event.getResponse();
    int status = response.getStatusCode();
    Dialog dialog = event.getDialog();
    if (relay.isInitial() && dialog != null && isAlive(dialog)) {
      calls.add(dialog, relay.to); // whether it's kept or not, its end is for us
    }
    if (relay.answers != null && relay.answers.onResponse(event)) {
      relay.answers.takeByes().forEach(calls::own);
      return; // one of several answers that isn't kept
    }
    if (status < 200) {
      if (status > 100 && relay.isInvite()) {
        onProvisional(event, relay);
      }
    } else if (!relay.answered) {
      relay.answered = true;
      if (status < 300 && relay.isInvite()) {
        onAccepted(event, relay);
      } else {
        answer(relay, response);
        if (relay.isInitial()) {
          fail();
        }
      }
    }
  }

  private static boolean isAlive(Dialog dialog) {
    DialogState state = dialog.getState();
    return state != null && state != DialogState.TERMINATED;
  }

  private void onProvisional(ResponseEvent event, Relay relay) {
    Response response = event.getResponse();
    Dialog dialog = event.getDialog();
    boolean main = dialog == null || dialog == relay.to.dialog;
    if (dialog != null && relay.isInitial() && relay.to.dialog.getState() == null) {
      relay.to.dialog = dialog;
      main = true;
    }
    try {
      if (!OptionTags.isReliable(response)) {
        if (!relay.answered) {
          sendProvisional(relay, response, main);
        }
      } else if (main
          && !relay.answered
          && dialog != null
          && OptionTags.takesReliable(relay.server.getRequest())) {
        sendReliably(relay, response, dialog);
      } else if (dialog != null) { // of another branch, or of no use any more
        acknowledgeProvisional(relay, response, dialog);
        if (!relay.answered) {
          sendProvisional(relay, response, false);
        }
      }
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("{}: {} could not be relayed", relay.from.dialog, response.getStatusCode(), e);
    }
  }

  /** The caller hears of one session at a time: those of other branches come without theirs. */
  private void sendProvisional(Relay relay, Response received, boolean withBody)
      throws SipException, InvalidArgumentException {
    Request request = relay.server.getRequest();
    Response onward = calls.onward().response(received, received.getStatusCode(), request);
    if (!withBody) {
      onward.removeContent();
    }
    calls.adapt(received, onward);
    relay.server.sendResponse(onward);
  }

  private void sendReliably(Relay relay, Response received, Dialog dialog)
      throws SipException, InvalidArgumentException {
    Response onward = relay.from.dialog.createReliableProvisionalResponse(received.getStatusCode());
    calls.onward().take(received, onward);
    calls.adapt(received, onward);
    relay.from.reliable = new Leg.Reliable(received, dialog);
    relay.from.dialog.sendReliableProvisionalResponse(onward);
  }

  private void acknowledgeProvisional(Relay relay, Response response, Dialog dialog)
      throws SipException {
    ClientTransaction prack =
        relay.to.provider.getNewClientTransaction(dialog.createPrack(response));
    calls.sendOwn(prack, dialog);
  }

  private void onAccepted(ResponseEvent event, Relay relay) {
    Dialog dialog = event.getDialog();
    if (relay.isInitial()) {
      beginning = null;
      if (dialog != null) {
        relay.to.dialog = dialog;
      }
    }
    relay.to.owesAck = numberOf(relay.client.getRequest());
    relay.from.awaitsAck = answer(relay, event.getResponse());
    if (!relay.from.awaitsAck && relay.isInitial()) { // its transaction has ended meanwhile
      relay.from.over = true;
      refuse(relay.server, Response.SERVER_INTERNAL_ERROR);
      end(relay.to, null);
    } else if (!relay.from.awaitsAck) {
      try {
        acknowledge(relay.to, null);
      } catch (SipException e) {
        LOG.debug("{}: no ACK could be sent", relay.to.dialog, e);
      }
    }
  }

  /** Sends a final response on; tells whether it could be sent. */
  private boolean answer(Relay relay, Response received) {
    Request request = relay.server.getRequest();
    int status = received.getStatusCode();
    int mapped = status < 300 ? status : calls.policy().statusFor(request, status);
    try {
      Response onward = calls.onward().response(received, mapped, request);
      if (status < 300 && refreshesTarget(request.getMethod())) {
        onward.setHeader(contactOf(relay.from));
      }
      calls.adapt(received, onward);
      relay.server.sendResponse(onward);
      return true;
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("{}: {} could not be relayed", relay.from.dialog, status, e);
      return false;
    }
  }

  private static boolean refreshesTarget(String method) {
    return switch (method) {
      case Request.INVITE, Request.UPDATE, Request.SUBSCRIBE, Request.REFER -> true;
      default -> false;
    };
  }

  private static ContactHeader contactOf(Leg leg) throws SipException {
    return Onward.contact(
        leg.provider,
        leg.dialog.getRemoteTarget() == null ? null : leg.dialog.getRemoteTarget().getURI());
  }

  /** There's no call: dialogs that never got a state end without a word. */
  private void fail() {
    beginning = null;
    caller.over = true;
    called.over = true;
    calls.forgetUnformed(caller.dialog);
    calls.forgetUnformed(called.dialog);
  }

  // --- time-outs and ends ---

  synchronized void onTimeout(Relay relay, boolean server) {
    if (relay.answered) {
      return;
    }
    if (server) { // no PRACK came (RFC 3262 §3)
      giveUp(relay, Response.SERVER_INTERNAL_ERROR, null);
    } else if (relay.client.getState() != TransactionState.TERMINATED) {
      cancel(relay, null); // it rang until it expired
    } else {
      relay.answered = true;
      if (relay.isInvite()) {
        refuse(relay.server, Response.REQUEST_TIMEOUT);
      } else {
        end(relay.server); // a 408 would come too late (RFC 4320 §4.2)
      }
      if (relay.isInitial()) {
        fail();
      }
    }
  }

  private static void end(ServerTransaction unanswered) {
    try {
      unanswered.terminate();
    } catch (javax.sip.ObjectInUseException e) {
      LOG.debug("{} goes on", unanswered, e);
    }
  }

  /** The transaction towards the other side is over: if nothing came, it couldn't be sent. */
  synchronized void onClientOver(Relay relay) {
    if (!relay.answered) {
      relay.answered = true;
      refuse(relay.server, Response.SERVER_INTERNAL_ERROR);
      if (relay.isInitial()) {
        fail();
      }
    } else if (relay.isInitial()) {
      calls.forgetUnformed(called.dialog); // where it was cancelled
    }
  }

  synchronized void onDialogOver(Leg leg, Dialog dialog) {
    if (leg.dialog == dialog) {
      leg.over = true;
      leg.byeWaits = false;
      end(leg.peer(), null);
    }
  }

  /** Ends a side because the other one has ended. */
  private void end(Leg leg, @Nullable Request cause) {
    if (leg.over) {
      return;
    }
    leg.over = true;
    Relay relay = beginning;
    if (relay != null) {
      giveUp(relay, leg == caller ? UNAVAILABLE : Response.REQUEST_TERMINATED, cause);
      return;
    }
    if (leg.dialog.getState() != DialogState.CONFIRMED) {
      return;
    }
    leg.cause = cause;
    if (leg.awaitsAck) {
      leg.byeWaits = true;
      return;
    }
    hangUp(leg);
  }

  private void hangUp(Leg leg) {
    try {
      acknowledge(leg, null);
      sendBye(leg);
    } catch (SipException e) {
      LOG.debug("{}: no BYE could be sent", leg.dialog, e);
      leg.dialog.delete();
    }
  }

  private void sendBye(Leg leg) throws SipException {
    Request bye = leg.dialog.createRequest(Request.BYE);
    Request cause = leg.cause;
    if (cause != null) {
      calls.onward().take(cause, bye);
      calls.adapt(cause, bye);
    }
    calls.sendOwn(leg.provider.getNewClientTransaction(bye), leg.dialog);
  }

  /** Answers an INVITE that the other side hasn't answered, and cancels it there. */
  private void giveUp(Relay relay, int status, @Nullable Request cause) {
    relay.answered = true;
    if (relay.answers != null) {
      relay.answers.keepNone();
      beginning = null;
      caller.over = true;
      called.over = true;
    }
    refuse(relay.server, status);
    cancel(relay, cause);
    calls.forgetUnformed(caller.dialog);
  }

  private void cancel(Relay relay, @Nullable Request cause) {
    try {
      Request cancel = relay.client.createCancel();
      if (cause != null && cause.getMethod().equals(Request.CANCEL)) {
        calls.onward().take(cause, cancel);
        calls.adapt(cause, cancel);
      }
      calls.sendCancel(relay.to.provider.getNewClientTransaction(cancel));
    } catch (SipException e) {
      LOG.debug("{}: nothing is left to cancel", relay.to.dialog, e);
    }
  }

  private void refuse(ServerTransaction server, int status) {
    try {
      answer(server, status);
    } catch (SipException e) {
      LOG.debug("{}: {} could not be sent", server, status, e);
    }
  }

  private void answer(ServerTransaction server, int status) throws SipException {
    try {
      server.sendResponse(calls.onward().response(status, server.getRequest()));
    } catch (InvalidArgumentException e) {
      throw new SipException(e.getMessage(), e);
    }
  }
}
