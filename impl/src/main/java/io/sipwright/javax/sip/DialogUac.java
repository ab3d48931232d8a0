package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogRequests;
import io.sipwright.dialog.Dialogs;
import io.sipwright.dialog.PendingOffer;
import io.sipwright.dialog.SubscriptionId;
import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.header.CSeq;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.TaggedHeader;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Destination;
import io.sipwright.locator.NextHop;
import io.sipwright.locator.Target;
import io.sipwright.transaction.Wire;
import java.text.ParseException;
import java.util.List;
import javax.sip.DialogDoesNotExistException;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.header.ContactHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * A dialog as UAC: the requests it makes and sends, and what their responses do to it (RFC 3261
 * §12.1.2, §12.2.1, §13.2.2). Under the dialog's lock.
 */
final class DialogUac {
  private final DialogImpl dialog;
  private final SipProviderImpl provider;

  // Guarded by the dialog.
  private @Nullable DialogForks forks;
  private long reliableInvite = -1;
  private long reliableSeq = -1;

  DialogUac(DialogImpl dialog) {
    this.dialog = dialog;
    provider = dialog.provider();
  }

  // --- responses ---

  /** This dialog, and those beside it that other answers to its request have made. */
  DialogForks forks() {
    synchronized (dialog) {
      DialogForks known = forks;
      if (known == null) {
        known = new DialogForks(dialog);
        forks = known;
      }
      return known;
    }
  }

  /**
   * Takes note of a response.
   *
   * @return whether the listener is to get it: not a 2xx to INVITE that came before, nor a reliable
   *     provisional one that's not the next
   */
  boolean onResponse(ClientTransactionImpl transaction, SipMessage response) {
    synchronized (dialog) {
      boolean invite = transaction.message().method().equals(Request.INVITE);
      if (invite && response.status() < 200 && !isInTurn(response)) {
        return false;
      }
      DialogData data = dialog.data();
      if (invite && dialog.invites().isRepeated2xx(response)) {
        // Changes nothing: the target may have moved on since it came for the first time.
      } else if (data != null) {
        dialog.replace(data.onResponse(response));
      } else if (dialog.isForming(transaction) && !dialog.isTerminated()) {
        if (response.status() >= 300) {
          dialog.terminate();
        } else if (forms(response)
            && !SubscriptionId.isWithoutSubscription(transaction.message(), response)) {
          enter(Dialogs.ofClient(transaction.message(), response, transaction.isSecure()).dialog());
        }
      }
      if (invite && !dialog.invites().onResponse(transaction, response)) {
        return false;
      }
      dialog.invites().passed(false, transaction.message(), response);
      end(transaction, response);
      return true;
    }
  }

  /** Whether a 2xx to an INVITE came before. */
  boolean isRepeated2xx(SipMessage response) {
    if (response.status() / 100 != 2 || !Request.INVITE.equals(response.cseqMethod())) {
      return false;
    }
    synchronized (dialog) {
      return dialog.invites().hasAccepted(response.cseq());
    }
  }

  /**
   * Whether a provisional response is not a reliable one, or the reliable one that's next: others
   * are retransmissions, or come too early (RFC 3262 §4).
   */
  private boolean isInTurn(SipMessage response) {
    long seq = ReliableResponses.seqOf(response);
    if (seq < 0) {
      return true;
    }
    if (reliableInvite == response.cseq() && seq != reliableSeq + 1) {
      return false;
    }
    reliableInvite = response.cseq();
    reliableSeq = seq;
    return true;
  }

  /** A peer of RFC 2543 gives no To tag, and makes a dialog by its 2xx (RFC 3261 §12.1.2). */
  private boolean forms(SipMessage response) {
    return provider.stack().dialogMethods().phaseBy(response) != null;
  }

  private void enter(@Nullable DialogData formed) {
    if (formed != null) {
      dialog.enter(formed);
    }
  }

  /**
   * What a response does to the usages, the last of which takes the dialog along: a final one to
   * BYE ends the session, unless it's a challenge, and so does a 481 to what belongs to the session
   * (RFC 3261 §12.2.1.2, RFC 5057 §5.1).
   */
  private void end(ClientTransactionImpl transaction, SipMessage response) {
    SipMessage request = transaction.message();
    dialog.usages().onResponse(request, response);
    DialogData data = dialog.data();
    if (DialogData.isEndOfBye(response)) {
      dialog.usages().byeAnswered();
    } else if (response.status() == 481 && data != null && !dialog.isForming(transaction)) {
      boolean session = data.method().equals(Request.INVITE);
      switch (request.method()) {
        case Request.INVITE, Request.UPDATE -> {
          if (session) {
            dialog.usages().sessionLost();
          }
        }
        case Request.SUBSCRIBE, Request.NOTIFY -> {
          if (!session && !dialog.usages().areTracked()) {
            dialog.terminate();
          }
        }
        default -> {}
      }
    }
  }

  /**
   * The forming request failed, or its transaction is over: what's still early of its dialogs ends
   * (RFC 3261 §13.2.2.4).
   */
  void endEarly(ClientTransactionImpl transaction) {
    List<DialogImpl> all;
    synchronized (dialog) {
      if (!dialog.isForming(transaction)) {
        return;
      }
      all = forks == null ? List.of() : forks.all();
      dialog.terminateUnlessConfirmed();
    }
    for (DialogImpl fork : all) {
      fork.terminateUnlessConfirmed();
    }
  }

  /** No answer came, or the request couldn't be sent. */
  void onNoAnswer(ClientTransactionImpl transaction) {
    endEarly(transaction);
    synchronized (dialog) {
      dialog.invites().over(transaction);
      dialog.invites().failed(true, transaction.message());
      dialog.usages().onNoAnswer(transaction.message());
    }
  }

  /** The transaction is over: what's held of it is dropped, by the dialogs that forked too. */
  void onTerminated(ClientTransactionImpl transaction) {
    endEarly(transaction);
    List<DialogImpl> all = List.of();
    synchronized (dialog) {
      if (dialog.isForming(transaction)) {
        all = forks == null ? List.of() : forks.takeAll();
      }
      release(transaction);
    }
    for (DialogImpl fork : all) {
      fork.uac().release(transaction);
    }
  }

  private void release(ClientTransactionImpl transaction) {
    synchronized (dialog) {
      dialog.invites().over(transaction);
      dialog.invites().failed(true, transaction.message());
      dialog.invites().forget(transaction);
      dialog.release(transaction);
    }
  }

  // --- requests ---

  /** A request is about to be sent by its transaction. */
  void beforeSending(ClientTransactionImpl transaction) {
    synchronized (dialog) {
      dialog.rememberContact(transaction.message());
      if (transaction.message().method().equals(Request.INVITE)) {
        dialog.invites().sent(transaction);
      }
      dialog.invites().passed(true, transaction.message());
      dialog.usages().sent(transaction.message());
    }
  }

  SipMessage createRequest(String method) throws SipException {
    if (method.equals(Request.PRACK)) {
      throw new SipException("A PRACK is made by createPrack from the response it acknowledges");
    }
    DialogData now;
    Address contact;
    synchronized (dialog) {
      now = dialog.established();
      contact = dialog.localContact();
    }
    SipMessage request = DialogRequests.createRequest(now, method, provider.model());
    ListeningPointImpl point = address(now, request);
    if (point != null && !method.equals(Request.BYE)) {
      ContactHeader header = point.createContactHeader();
      if (contact != null) {
        header.setAddress((Address) contact.clone());
      }
      request.addLast(header);
    }
    return request;
  }

  /**
   * Puts in the Via of the listening point that a request will use; null if there's none at all.
   */
  private @Nullable ListeningPointImpl address(DialogData now, SipMessage request)
      throws SipException {
    Target target = target(now, request);
    ListeningPointImpl point = provider.pointFor(target == null ? null : target.transport());
    if (point != null) {
      request.addFirst(point.createViaHeader());
    }
    return point;
  }

  /** Where a request of the dialog goes by itself; null if that's for a router to say. */
  private static @Nullable Target target(DialogData now, SipMessage request) throws SipException {
    Destination destination =
        now.goesByRequestUri() ? NextHop.ofRequestUri(request) : NextHop.of(request, null);
    return destination == null ? null : destination.target();
  }

  /** Where a request of the dialog goes. */
  private Way way(DialogData now, SipMessage request) throws SipException {
    NextHops hops = provider.outbound().nextHops();
    Destination strict = now.goesByRequestUri() ? NextHop.ofRequestUri(request) : null;
    return strict == null ? hops.of(request) : Way.to(hops.resolved(strict));
  }

  /** The way of a request of the dialog that nobody repeats. */
  private Wire wire(DialogData now, SipMessage request) throws SipException {
    return provider.outbound().wire(dialog.core(), request, way(now, request));
  }

  /** For programs that want to wait: outside the lock, so that what's found is in the cache. */
  private void waitForLookup(SipMessage request) throws SipException {
    if (!provider.stack().config().locator().waitsForLookup()) {
      return;
    }
    DialogData now = dialog.established();
    SipMessage copy = request.clone();
    complete(now, copy);
    Way way = way(now, copy);
    if (way.direct() == null) {
      provider.outbound().nextHops().await(dialog.core(), way);
    }
  }

  void send(ClientTransactionImpl transaction) throws SipException {
    transaction.checkUnsent();
    SipMessage request = transaction.message();
    String method = request.method();
    if (method.equals(Request.CANCEL)) {
      throw new SipException("A CANCEL is sent by its own transaction, not by the dialog");
    }
    synchronized (dialog) {
      InviteQueue queue = dialog.invites().queue();
      if (method.equals(Request.INVITE)) {
        if (queue != null && dialog.invites().isBusy()) {
          dialog.established();
          transaction.associate(dialog);
          queue.add(transaction);
          return;
        }
        if (dialog.invites().isPending()) {
          throw new SipException(
              "An INVITE of this dialog is in progress: another one must wait for its final"
                  + " response (RFC 3261 §14.1)");
        }
      }
      sendNow(transaction);
    }
  }

  /** Sends a request that nothing is in the way of; under the lock. */
  void sendNow(ClientTransactionImpl transaction) throws SipException {
    SipMessage request = transaction.message();
    String method = request.method();
    boolean invite = method.equals(Request.INVITE);
    waitForLookup(request);
    synchronized (dialog) {
      DialogData before = dialog.established();
      boolean offers = PendingOffer.hasSession(request);
      if (method.equals(Request.UPDATE) && offers && dialog.invites().offer() != null) {
        throw new SipException(
            "An UPDATE with an offer must wait: the offer of "
                + dialog.invites().offer()
                + " has no answer yet (RFC 3311 §5.1)");
      }
      complete(before, request);
      ServerTransactionImpl theirs = dialog.invites().theirsPending();
      DialogData after = before.onRequestSent(request);
      dialog.replace(theirs == null ? after : after.onRequestSentWhile(theirs.message(), request));
      transaction.associate(dialog);
      if (invite) {
        dialog.rememberContact(request);
        dialog.invites().sent(transaction);
      }
      dialog.invites().passed(true, request);
      dialog.usages().sent(request);
      try {
        Failover.dispatch(transaction, way(before, request), false, false);
      } catch (SipException e) {
        dialog.replace(before);
        dialog.invites().over(transaction);
        dialog.invites().failed(true, request);
        throw e;
      }
    }
  }

  /** Tags, number and routes are the dialog's; routes that the program put in stay. */
  private static void complete(DialogData now, SipMessage request) throws SipException {
    try {
      setTag((TaggedHeader) request.header(HeaderType.FROM), now.localTag(), "From");
      setTag((TaggedHeader) request.header(HeaderType.TO), now.remoteTag(), "To");
      CSeq cseq = (CSeq) request.header(HeaderType.CSEQ);
      if (cseq == null) {
        throw new SipException("The request has no CSeq");
      }
      cseq.setSeqNumber(Math.max(now.localSeq(), 0) + 1);
      if (!request.hasHeader(HeaderType.ROUTE) && !now.goesByRequestUri()) {
        for (RouteHeader route : now.routeSet()) {
          request.addLast((RouteHeader) route.clone());
        }
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The request doesn't fit the dialog: " + e.getMessage(), e);
    }
  }

  private static void setTag(@Nullable TaggedHeader header, @Nullable String tag, String name)
      throws SipException, ParseException {
    if (header == null) {
      throw new SipException("The request has no " + name);
    }
    if (tag != null && !tag.equals(header.getTag())) {
      header.setTag(tag);
    }
  }

  /**
   * A BYE that nobody waits for, ready to be sent.
   *
   * @param sender sends it
   */
  void sendBye(InviteUsage.ByeSender sender) throws SipException {
    DialogData now = dialog.established();
    SipMessage bye = DialogRequests.createRequest(now, Request.BYE, provider.model());
    address(now, bye);
    provider.outbound().prepareUnattended(bye);
    sender.send(bye, wire(now, bye));
  }

  // --- ACK and PRACK ---

  SipMessage createAck(long cseq) throws InvalidArgumentException, SipException {
    DialogData now;
    SipMessage invite;
    synchronized (dialog) {
      now = dialog.established();
      if (!dialog.invites().hasAccepted(cseq)) {
        if (cseq <= 0 || cseq > Integer.MAX_VALUE) {
          throw new InvalidArgumentException("CSeq number " + cseq + " is not in 1 to 2147483647");
        }
        throw new SipException("No INVITE of this dialog with CSeq " + cseq + " got a 2xx");
      }
      invite = dialog.invites().request(cseq);
    }
    SipMessage ack = DialogRequests.createAck(now, cseq, invite, provider.model());
    address(now, ack);
    return ack;
  }

  void sendAck(SipMessage ack) throws SipException {
    if (!ack.method().equals(Request.ACK)) {
      throw new SipException("sendAck sends ACK, not " + ack.method());
    }
    provider.stack().runningCore();
    DialogData now;
    synchronized (dialog) {
      now = dialog.established();
    }
    if (!now.callId().equals(ack.callId())) {
      throw new SipException("The ACK's Call-ID is not that of the dialog");
    }
    provider.outbound().prepare(ack);
    Wire wire = wire(now, ack);
    byte[] bytes = ack.encoded();
    acked(ack.cseq(), bytes, wire);
    provider.outbound().send(dialog.core(), wire, bytes, now.callId());
  }

  /** The program's ACK to the 2xx of an INVITE, kept for further copies of the 2xx. */
  void acked(long cseq, byte[] ack, Wire wire) {
    synchronized (dialog) {
      dialog.invites().acked(cseq, ack, wire);
    }
  }

  /**
   * A 2xx came that no transaction knows: whether it's one that was acknowledged before, and is
   * again.
   */
  boolean ackAgain(long cseq) {
    synchronized (dialog) {
      return dialog.invites().ackAgain(cseq);
    }
  }

  SipMessage createPrack(SipMessage response) throws DialogDoesNotExistException, SipException {
    DialogData now;
    synchronized (dialog) {
      now = dialog.data();
      if (now == null || dialog.isTerminated()) {
        throw new DialogDoesNotExistException("The dialog is not established, or terminated");
      }
    }
    SipMessage prack = ReliableResponses.prack(now, response, provider.model());
    address(now, prack);
    return prack;
  }
}
