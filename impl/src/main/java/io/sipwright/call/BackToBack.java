package io.sipwright.call;

import io.sipwright.ext.ExtendedResponseEvent;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.URI;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a back-to-back user agent: ties the dialog with the caller to the one with who's
 * called, and relays between them what either says. Each side has Call-ID, tags, numbers, routes
 * and Contact of its own; bodies and all other headers are taken over.
 *
 * <pre>
 * BackToBack calls = new BackToBack(messages, new BackToBack.Policy() {});
 *
 * public void processRequest(RequestEvent event) {
 *   if (calls.onRequest(event)) { return; }
 *   if (event.getRequest().getMethod().equals(Request.INVITE)) {
 *     calls.connect(event, target, provider);
 *   } …
 * }
 * </pre>
 *
 * <p>and likewise in {@code processResponse}, {@code processTimeout}, {@code
 * processTransactionTerminated} and {@code processDialogTerminated}: whatever isn't of its calls is
 * the program's. docs/b2bua.md tells what becomes of each message.
 *
 * <p>Safe for use by several threads: the two sides of a call are two calls to the stack, and may
 * be told of at the same time.
 */
public final class BackToBack {
  /**
   * What a program may want to be otherwise. All of it does nothing by default. Called in the midst
   * of a call's work and, but for the first INVITE, under its lock: so it must not wait for what
   * another thread does about the same call, nor for a lock that's held while {@link #peerOf} is
   * called.
   */
  public interface Policy {
    /**
     * Changes a request before it's sent on, ACK, BYE and CANCEL included.
     *
     * @throws Exception is logged, and the request sent on as it is
     */
    default void adapt(Request received, Request onward) throws Exception {}

    /**
     * Changes a response before it's sent on.
     *
     * @throws Exception is logged, and the response sent on as it is
     */
    default void adapt(Response received, Response onward) throws Exception {}

    /**
     * The status to send on in place of a failure: by default 403 in place of a challenge (401,
     * 407), which is meant for us and not for the other side, and 500 in place of 503, which would
     * say that it's us who can't be reached (RFC 3261 §16.7).
     *
     * @param request of the side that the status is for
     * @param status 300 to 699
     */
    default int statusFor(Request request, int status) {
      return switch (status) {
        case Response.UNAUTHORIZED, Response.PROXY_AUTHENTICATION_REQUIRED -> Response.FORBIDDEN;
        case Response.SERVICE_UNAVAILABLE -> Response.SERVER_INTERNAL_ERROR;
        default -> status;
      };
    }
  }

  private final Onward onward;
  private final Policy policy;
  private final Map<Dialog, Leg> legs = new ConcurrentHashMap<>();
  private final Map<Transaction, Relay> relays = new ConcurrentHashMap<>();

  /** Client transactions of our own, whose answers are of no interest. */
  private final Set<Transaction> own = ConcurrentHashMap.newKeySet();

  /**
   * No calls yet.
   *
   * @param messages of the stack
   */
  public BackToBack(MessageFactory messages, Policy policy) {
    this.onward = new Onward(Objects.requireNonNull(messages, "messages"));
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  // --- beginning ---

  /**
   * Calls a target for the sender of an INVITE, and ties the two.
   *
   * @param event an INVITE outside of any dialog that isn't answered yet
   * @param target whom to call
   * @param out the provider to call with; that of the event or another one
   * @throws SipException if it can't be sent on; then the INVITE is still to be answered, for
   *     example 483 if its Max-Forwards is used up
   */
  public void connect(RequestEvent event, URI target, SipProvider out) throws SipException {
    connect(event, onward.invite(event.getRequest(), target, out), out);
  }

  /**
   * The INVITE that {@link #connect(RequestEvent, URI, SipProvider)} would send, to be completed by
   * the program and handed to {@link #connect(RequestEvent, Request, SipProvider)}.
   *
   * @throws SipException if there's none
   */
  public Request onwardInvite(Request invite, URI target, SipProvider out) throws SipException {
    return onward.invite(invite, target, out);
  }

  /** As {@link #connect(RequestEvent, URI, SipProvider)}, with an INVITE of the program's own. */
  public void connect(RequestEvent event, Request invite, SipProvider out) throws SipException {
    SipProvider in = (SipProvider) event.getSource();
    adapt(event.getRequest(), invite);
    ServerTransaction server = serverOf(event);
    Dialog called = null;
    Relay relay = null;
    Dialog caller = dialogOf(in, server);
    try {
      ClientTransaction client = out.getNewClientTransaction(invite);
      called = dialogOf(out, client);
      Bridge bridge = new Bridge(this, in, caller, out, called);
      relay = bridge.begin(server, client);
      legs.put(caller, relay.from);
      legs.put(called, relay.to);
      add(relay);
      client.sendRequest();
    } catch (SipException e) {
      forget(caller);
      if (called != null) {
        forget(called);
      }
      if (relay != null) {
        remove(relay);
      }
      throw e;
    }
  }

  private static Dialog dialogOf(SipProvider provider, Transaction transaction)
      throws SipException {
    Dialog dialog = transaction.getDialog();
    return dialog == null ? provider.getNewDialog(transaction) : dialog;
  }

  static ServerTransaction serverOf(RequestEvent event) throws SipException {
    ServerTransaction known = event.getServerTransaction();
    try {
      return known != null
          ? known
          : ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
    } catch (TransactionAlreadyExistsException | TransactionUnavailableException e) {
      throw new SipException("The request can't be answered: " + e.getMessage(), e);
    }
  }

  /** The dialog of the other side; null if the dialog is none of its calls, or that has ended. */
  public @Nullable Dialog peerOf(Dialog dialog) {
    Leg leg = legs.get(dialog);
    if (leg == null) {
      return null;
    }
    synchronized (leg.bridge) {
      Dialog peer = leg.peer().dialog;
      return legs.containsKey(peer) ? peer : null;
    }
  }

  /** How many dialogs are tied: two for a call, and more while it's forked. */
  public int size() {
    return legs.size();
  }

  /** How many dialogs and transactions it knows of: none when all calls are over. */
  @Override
  public String toString() {
    return "BackToBack["
        + legs.size()
        + " dialogs, "
        + (relays.size() + own.size())
        + " transactions]";
  }

  // --- what the program shows it ---

  /** Relays a request of its calls; false for others. */
  public boolean onRequest(RequestEvent event) {
    Dialog dialog = event.getDialog();
    Leg leg = dialog == null ? null : legs.get(dialog);
    if (leg == null) {
      return false;
    }
    leg.bridge.onRequest(event, leg);
    return true;
  }

  /** Relays a response of its calls; false for others. */
  public boolean onResponse(ResponseEvent event) {
    ClientTransaction client = event.getClientTransaction();
    if (client == null && event instanceof ExtendedResponseEvent extended) {
      client = extended.getOriginalTransaction();
    }
    if (client == null) {
      return false;
    }
    Relay relay = relays.get(client);
    if (relay == null) {
      return own.contains(client);
    }
    relay.to.bridge.onResponse(event, relay);
    return true;
  }

  /** Answers where the other side didn't; false for what's none of its calls. */
  public boolean onTimeout(TimeoutEvent event) {
    Transaction transaction =
        event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
    Relay relay = relays.get(transaction);
    if (relay == null) {
      return own.contains(transaction);
    }
    relay.to.bridge.onTimeout(relay, event.isServerTransaction());
    return true;
  }

  /** Answers what couldn't be sent on; false for what's none of its calls. */
  public boolean onTransactionTerminated(TransactionTerminatedEvent event) {
    Transaction transaction =
        event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
    Relay relay = relays.remove(transaction);
    if (relay == null) {
      return own.remove(transaction);
    }
    if (!event.isServerTransaction()) {
      relay.to.bridge.onClientOver(relay);
    }
    return true;
  }

  /** Ends the other side; false for what's none of its calls. */
  public boolean onDialogTerminated(DialogTerminatedEvent event) {
    Leg leg = legs.remove(event.getDialog());
    if (leg == null) {
      return false;
    }
    leg.bridge.onDialogOver(leg, event.getDialog());
    return true;
  }

  // --- for bridges ---

  Onward onward() {
    return onward;
  }

  Policy policy() {
    return policy;
  }

  void adapt(Request received, Request sent) {
    try {
      policy.adapt(received, sent);
    } catch (Exception e) { // the program's own
      Bridge.LOG.warn("{} could not be changed", sent.getMethod(), e);
    }
  }

  void adapt(Response received, Response sent) {
    try {
      policy.adapt(received, sent);
    } catch (Exception e) { // the program's own
      Bridge.LOG.warn("{} could not be changed", sent.getStatusCode(), e);
    }
  }

  void add(Dialog dialog, Leg leg) {
    legs.putIfAbsent(dialog, leg);
  }

  private void forget(Dialog dialog) {
    legs.remove(dialog);
  }

  /** One in the null state ends without an event. */
  void forgetUnformed(Dialog dialog) {
    if (dialog.getDialogId() == null) {
      legs.remove(dialog);
    }
  }

  void add(Relay relay) {
    relays.put(relay.server, relay);
    relays.put(relay.client, relay);
  }

  void remove(Relay relay) {
    relays.remove(relay.server);
    relays.remove(relay.client);
  }

  @Nullable Relay relayOf(@Nullable Transaction transaction) {
    return transaction == null ? null : relays.get(transaction);
  }

  /** Sends a request whose answer is of no interest, in a dialog. */
  void sendOwn(ClientTransaction transaction, Dialog dialog) throws SipException {
    own.add(transaction);
    try {
      dialog.sendRequest(transaction);
    } catch (SipException e) {
      own.remove(transaction); // of whose end nobody tells
      throw e;
    }
  }

  /** Sends a CANCEL. */
  void sendCancel(ClientTransaction cancel) throws SipException {
    own.add(cancel);
    try {
      cancel.sendRequest();
    } catch (SipException e) {
      own.remove(cancel);
      throw e;
    }
  }

  /** One that was sent just now, and whose answer is of no interest. */
  void own(ClientTransaction transaction) {
    own.add(transaction);
  }
}
