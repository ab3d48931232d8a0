package io.sipwright.javax.sip;

import io.sipwright.javax.sip.NextHops.Way;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RetryAfter;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.Located;
import io.sipwright.locator.Target;
import io.sipwright.locator.TargetMemory;
import io.sipwright.stack.RequestWire;
import io.sipwright.stack.SipCore;
import io.sipwright.time.Alarm;
import io.sipwright.transaction.BranchIds;
import io.sipwright.transaction.ClientUser;
import java.io.IOException;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tries the targets of a request one after the other until one answers (RFC 3263 §4.3): each try is
 * a transaction of its own with a branch of its own, and for the program they are all one.
 *
 * <p>A try has failed if it got a 503, if it couldn't be sent, or if its time was over without any
 * response. Once the program has seen a response beyond 100, from which dialogs may have come, what
 * follows is for the program to know.
 */
final class Failover {
  private final ClientTransactionImpl transaction;
  private final SipCore core;
  private final Outbound outbound;
  private final SipMessage request;
  private final List<Target> targets;
  private int next; // touched by one try after the other

  /**
   * Tries that aren't begun.
   *
   * @param request that the first try sends; its Via is made to fit
   * @param targets in order; at least one
   */
  private Failover(
      ClientTransactionImpl transaction, SipCore core, SipMessage request, List<Target> targets) {
    this.transaction = transaction;
    this.core = core;
    this.outbound = transaction.provider().outbound();
    this.request = request;
    this.targets = targets;
  }

  /** What takes part in a transaction: itself, or one of its tries. */
  interface Part {
    /** The transaction that the program knows. */
    ClientTransactionImpl whole();
  }

  /**
   * Sends the request of a transaction its way. Names are looked up meanwhile; what becomes of that
   * is told as an event, unless the program wants to wait.
   *
   * @param routes whether a strict router among its Routes is to be minded
   * @param mayWait whether the caller holds no lock, so that the program may be made to wait
   * @throws SipException if it can't be sent, as far as that's known at once
   */
  static void dispatch(ClientTransactionImpl transaction, Way way, boolean routes, boolean mayWait)
      throws SipException {
    SipCore core = transaction.core();
    Outbound outbound = transaction.provider().outbound();
    SipMessage own = transaction.message();
    SipMessage routed = routes ? outbound.routed(own) : own;
    Target direct = way.direct();
    if (direct != null && !outbound.largeRequests().movesToTcp(routed, way)) {
      transaction.rewrite(routed);
      transaction.start(routed, outbound.wire(core, routed, direct), transaction);
      return;
    }
    outbound.checkTransports(way);
    NextHops hops = outbound.nextHops();
    if (mayWait && transaction.provider().stack().config().locator().waitsForLookup()) {
      begin(transaction, hops.await(core, way), routed);
      return;
    }
    // the program's own message may be changed by the program when this has returned
    SipMessage sent = routed == own ? routed.clone() : routed;
    transaction.waitFor(sent);
    hops.locate(core, way, located -> found(transaction, way, located, sent));
  }

  private static void found(
      ClientTransactionImpl transaction, Way way, Located located, SipMessage sent) {
    try {
      if (located.targets().isEmpty()) {
        String failure = "No server for " + way.host() + ": " + located.failure();
        giveUp(transaction, way, new UnknownHostException(failure));
        return;
      }
      if (!transaction.isEnded()) {
        begin(transaction, located, sent);
      }
    } catch (SipException | RuntimeException e) { // whatever it is, the program is told
      String failure = "Nothing can be sent to " + way.host() + ": " + e.getMessage();
      giveUp(transaction, way, new IOException(failure, e));
    }
  }

  private static void giveUp(ClientTransactionImpl transaction, Way way, IOException cause) {
    transaction.giveUp(() -> transaction.provider().outbound().reportFailure(way, cause));
  }

  private static void begin(ClientTransactionImpl transaction, Located located, SipMessage sent)
      throws SipException {
    SipURI uri = located.uri();
    SipMessage message = sent;
    if (uri != null) { // of a telephone number
      message = sent == transaction.message() ? sent.clone() : sent;
      ((Request) message).setRequestURI(uri);
    }
    transaction.rewrite(message);
    SipCore core = transaction.core();
    LargeRequests large = transaction.provider().outbound().largeRequests();
    List<Target> targets = large.targets(message, located.targets(), core.locator().memory());
    new Failover(transaction, core, message, targets).begin();
  }

  /**
   * The first try, with the request itself.
   *
   * @throws SipException if it can't be sent, and there's no other target
   */
  private void begin() throws SipException {
    Target target = targets.get(next++);
    RequestWire wire = outbound.wire(core, request, target);
    transaction.start(request, wire, new Try(target));
  }

  private TargetMemory memory() {
    return core.locator().memory();
  }

  /** Sends to the next target; on the clock's thread, where no lock is held. */
  private void proceed() {
    if (transaction.isEnded() || core.isClosed()) {
      return;
    }
    Target target = targets.get(next++);
    try {
      SipMessage copy = request.clone();
      Via via = (Via) copy.header(HeaderType.VIA);
      if (via == null) {
        throw new SipException("The top Via of the request can't be read");
      }
      via.setBranch(BranchIds.next());
      RequestWire wire = outbound.wire(core, copy, target);
      transaction.moved(copy);
      transaction.start(copy, wire, new Try(target));
    } catch (SipException | ParseException | RuntimeException e) {
      IOException cause = new IOException(e.getMessage(), e);
      if (next < targets.size()) {
        proceed();
      } else {
        transaction.giveUp(() -> outbound.reportFailure(target, cause));
      }
    }
  }

  /** One try: hears of its transaction what the program's would, and passes on what's for it. */
  private final class Try implements ClientUser, Part {
    private final Target target;

    // All under the lock of the try's own driver.
    private boolean over;
    private boolean answered;
    private boolean seen;

    Try(Target target) {
      this.target = target;
    }

    @Override
    public ClientTransactionImpl whole() {
      return transaction;
    }

    @Override
    public void onResponse(SipMessage response) {
      if (over) {
        return;
      }
      answered = true;
      if (response.status() == 503) {
        memory().unavailable(target, retryAfter(response));
        skipSecondBest();
        if (!seen && hasMoved()) {
          return;
        }
      } else {
        memory().answered(target);
      }
      seen |= response.status() > 100;
      transaction.onResponse(response);
    }

    private long retryAfter(SipMessage response) {
      return response.peek(HeaderType.RETRY_AFTER) instanceof RetryAfter header
          ? header.getRetryAfter()
          : -1;
    }

    @Override
    public void onTimeout() {
      if (over) {
        return;
      }
      skipSecondBest();
      if (hasFailed()) {
        return;
      }
      transaction.onTimeout();
    }

    @Override
    public void onTransportError(IOException cause) {
      if (over || hasFailed()) {
        return;
      }
      transaction.onTransportError(cause);
    }

    /** A server that takes connections gets by TCP what's too large for UDP, or not at all. */
    private void skipSecondBest() {
      if (next < targets.size() && LargeRequests.isSecondBest(targets.get(next), target)) {
        next++;
      }
    }

    /** Whether the failure is of no more interest, as the next target's turn has come. */
    private boolean hasFailed() {
      if (answered) {
        return false;
      }
      memory().failed(target);
      return hasMoved();
    }

    private boolean hasMoved() {
      if (next >= targets.size() || !transaction.maySendElsewhere()) {
        return false;
      }
      over = true;
      core.clock().arm(Alarm.of(Failover.this::proceed), 0);
      return true;
    }

    @Override
    public void onTerminated() {
      if (!over) {
        transaction.onTerminated();
      }
    }
  }

  /**
   * A CANCEL for the INVITE as it was sent last: its branch is the INVITE's (RFC 3261 §9.1).
   *
   * @return the same, or a copy
   */
  static SipMessage following(SipMessage cancel, SipMessage invite) throws SipException {
    if (Objects.equals(invite.viaBranch(), cancel.viaBranch())) {
      return cancel;
    }
    Via via = (Via) invite.peek(HeaderType.VIA);
    if (via == null) {
      throw new SipException("The top Via of the INVITE can't be read");
    }
    SipMessage copy = cancel.clone();
    copy.removeFirst("Via");
    copy.addFirst((Via) via.clone());
    return copy;
  }

  /** The transaction of the program that a driver's user belongs to, or null. */
  static @Nullable ClientTransactionImpl transactionOf(ClientUser user) {
    return user instanceof Part part ? part.whole() : null;
  }
}
