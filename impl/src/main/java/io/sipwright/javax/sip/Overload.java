package io.sipwright.javax.sip;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RetryAfter;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.Delivery;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.RandomIds;
import io.sipwright.time.Clock;
import io.sipwright.transaction.FingerprintTable;
import io.sipwright.transaction.TransactionKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What's refused, without a transaction, so that what was begun before can be brought to its end
 * (RFC 3261 §8.2.7, §21.5.4). Knows which requests wait for the listener, too: what's repeated
 * meanwhile is neither refused nor kept.
 */
final class Overload {
  private static final Logger LOG = LoggerFactory.getLogger(Overload.class);
  private static final int RETRY_AFTER_SECONDS = 10;
  private static final long LOG_NANOS = 1_000_000_000;

  /** Less than the shortest T1 that anybody uses. */
  private static final long LEAST_REPEAT_NANOS = 100_000_000;

  /** Why a request isn't taken. */
  enum Reason {
    OVERLOAD,
    QUEUE_FULL,
    TOO_LATE,
    TRANSACTIONS_FULL,
    DIALOGS_FULL,
    TOO_MANY_ROUTES
  }

  private final MessageModel model;
  private final String stackName;

  /** In all refusals: so the ACKs to them are known, and repeated requests get the same one. */
  private final String toTag = RandomIds.next("");

  /** A request that waits for the listener. */
  abstract static class Waiting extends Delivery.Offer {
    final TransactionKey key;

    /** When it began to, by the clock of the stack. */
    final long arrival;

    Waiting(TransactionKey key, long arrival) {
      this.key = key;
      this.arrival = arrival;
    }
  }

  private final FingerprintTable<Waiting> waiting = new FingerprintTable<>();

  /** Of every reason one. */
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  private final AtomicLong lastLogged = new AtomicLong(Long.MIN_VALUE);

  Overload(MessageModel model, String stackName) {
    this.model = model;
    this.stackName = stackName;
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** Whether a request begins something: of a call that goes on, nothing does. */
  static boolean beginsSomething(SipMessage request) {
    String method = request.method();
    return request.toTag() == null && !method.equals(Request.CANCEL) && !method.equals(Request.ACK);
  }

  /** The To tag of all refusals. */
  String toTag() {
    return toTag;
  }

  /** Whether it's an ACK to a refusal, which nobody waits for. */
  boolean isAckToRefusal(SipMessage ack) {
    return toTag.equals(ack.toTag());
  }

  /**
   * A request begins to wait for the listener.
   *
   * @return false if it has done so for a while: this one is repeated. Copies that come at once are
   *     none that a sender's timer makes, and may be meant, as far as nobody has answered the first
   */
  boolean enter(Waiting request) {
    Waiting before = waiting.putIfAbsent(request.key, request);
    return before == null || request.arrival - before.arrival < LEAST_REPEAT_NANOS;
  }

  /** Whether a request of a transaction waits for the listener. */
  boolean isWaiting(TransactionKey key) {
    return waiting.get(key) != null;
  }

  /** The listener, or somebody else, has dealt with it. */
  void leave(Waiting request) {
    waiting.remove(request.key, request);
  }

  /** Forgets what waits. */
  void clear() {
    waiting.clear();
  }

  /** How many were not taken for a reason since the stack was made. */
  long count(Reason reason) {
    return of(reason).sum();
  }

  /** One is not taken. */
  void counted(Reason reason, Clock clock) {
    of(reason).increment();
    tell(reason, clock);
  }

  private LongAdder of(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  /** Answers 503 with Retry-After, of which nothing is kept. */
  void refuse(SipProviderImpl provider, SipCore core, SipMessage request, TransactionKey key) {
    try {
      SipMessage busy = response(request, Response.SERVICE_UNAVAILABLE);
      RetryAfter retryAfter = (RetryAfter) model.header(HeaderType.RETRY_AFTER);
      retryAfter.setRetryAfter(RandomIds.number(1, RETRY_AFTER_SECONDS + 1));
      busy.setHeader(retryAfter);
      provider.outbound().sendResponse(core, busy);
    } catch (SipException | InvalidArgumentException unsendable) {
      LOG.debug("{} can't be answered", key, unsendable);
    }
  }

  /** Answers anything else, of which nothing is kept. */
  void answer(SipProviderImpl provider, SipCore core, SipMessage request, int status) {
    try {
      provider.outbound().sendResponse(core, response(request, status));
    } catch (SipException unsendable) {
      LOG.debug("{} can't be answered", request.method(), unsendable);
    }
  }

  private SipMessage response(SipMessage request, int status) throws SipException {
    SipMessage response = request.createResponse(status);
    if (response.toTag() == null) {
      ServerTransactionImpl.addToTag(response, toTag);
    }
    return response;
  }

  /** Once a second at most. */
  private void tell(Reason reason, Clock clock) {
    long now = clock.nanos();
    long last = lastLogged.get();
    boolean due = last == Long.MIN_VALUE || now - last >= LOG_NANOS;
    if (due && lastLogged.compareAndSet(last, now)) {
      LOG.warn(
          "Stack {} has more to do than it can: {} requests were not taken so far for this reason:"
              + " {}",
          stackName,
          count(reason),
          reason);
    }
  }
}
