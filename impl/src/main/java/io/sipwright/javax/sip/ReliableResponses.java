package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogRequests;
import io.sipwright.dialog.PendingOffer;
import io.sipwright.javax.sip.header.CSeq;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RAck;
import io.sipwright.javax.sip.header.RSeq;
import io.sipwright.javax.sip.header.Require;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.SipCore;
import io.sipwright.syntax.RandomIds;
import io.sipwright.time.Alarm;
import io.sipwright.transaction.Wire;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.Timeout;
import javax.sip.header.OptionTag;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Provisional responses that are sent until a PRACK comes (RFC 3262), one at a time. Locks its
 * dialog.
 */
final class ReliableResponses {
  private static final String OPTION_TAG = "100rel";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final DialogImpl dialog;
  private final SipCore core;
  private @Nullable ServerTransactionImpl invite;
  private long rseq;
  private @Nullable Outstanding outstanding;

  ReliableResponses(DialogImpl dialog) {
    this.dialog = dialog;
    this.core = dialog.core();
  }

  /** Whether a response asks for a PRACK. */
  static boolean isReliable(SipMessage response) {
    return lists(response, HeaderType.REQUIRE) && response.hasHeader(HeaderType.RSEQ);
  }

  /** The RSeq of a response that asks for a PRACK; -1 for others. */
  static long seqOf(SipMessage response) {
    return isReliable(response) && response.peek(HeaderType.RSEQ) instanceof RSeq rseq
        ? rseq.getSeqNumber()
        : -1;
  }

  private static boolean lists(SipMessage message, HeaderType type) {
    if (message.hasHeader(type)) {
      for (SipHeader header : message.peekAll(type)) {
        if (header instanceof OptionTag tag && OPTION_TAG.equalsIgnoreCase(tag.getOptionTag())) {
          return true;
        }
      }
    }
    return false;
  }

  private ServerTransactionImpl pendingInvite() throws SipException {
    ServerTransactionImpl pending = dialog.uas().pendingInvite();
    if (pending == null) {
      throw new SipException(
          "The dialog has no INVITE that came in and waits for its final response");
    }
    if (invite != pending) {
      invite = pending;
      rseq = 0;
    }
    return pending;
  }

  /** RFC 3262 §3. */
  SipMessage create(int status) throws SipException, InvalidArgumentException {
    if (status <= 100 || status >= 200) {
      throw new InvalidArgumentException(
          "A reliable provisional response is 101 to 199, not " + status);
    }
    synchronized (dialog) {
      SipMessage request = pendingInvite().message();
      if (!lists(request, HeaderType.SUPPORTED) && !lists(request, HeaderType.REQUIRE)) {
        throw new SipException("The INVITE doesn't support 100rel");
      }
      SipMessage response = request.createResponse(status);
      try {
        Require require = (Require) dialog.provider().model().header(HeaderType.REQUIRE);
        require.setOptionTag(OPTION_TAG);
        response.addLast(require);
        response.addLast(rseqHeader(nextRseq()));
      } catch (ParseException e) {
        throw new SipException("The response can't be completed", e);
      }
      return response;
    }
  }

  private long nextRseq() {
    return rseq == 0 ? RandomIds.number(1, Integer.MAX_VALUE / 2) : rseq + 1;
  }

  private RSeq rseqHeader(long number) throws InvalidArgumentException {
    RSeq header = (RSeq) dialog.provider().model().header(HeaderType.RSEQ);
    header.setSeqNumber(number);
    return header;
  }

  /** Sends, and sends again at T1, doubling, for 64·T1. */
  void send(SipMessage response) throws SipException {
    synchronized (dialog) {
      ServerTransactionImpl pending = pendingInvite();
      if (!isReliable(response)) {
        throw new SipException(
            "The response lacks Require: 100rel or RSeq: make it by"
                + " createReliableProvisionalResponse");
      }
      if (outstanding != null) {
        throw new SipException(
            "The reliable response before still waits for its PRACK (RFC 3262 §3)");
      }
      Wire wire = pending.wire();
      RSeq header = (RSeq) response.peek(HeaderType.RSEQ);
      if (header == null || wire == null) {
        throw new SipException("The RSeq of the response can't be read");
      }
      long number = header.getSeqNumber();
      if (rseq != 0 && number != rseq + 1) {
        number = rseq + 1;
        try {
          response.setHeader(rseqHeader(number));
        } catch (InvalidArgumentException e) {
          throw new SipException("RSeq is used up", e);
        }
      }
      dialog.uas().respond(pending, response);
      rseq = number;
      Outstanding made = new Outstanding(pending, wire, response, number);
      outstanding = made;
      made.start();
    }
  }

  /**
   * Whether RFC 3262 §3 lets a response to the INVITE go out now.
   *
   * @param own the dialog's reliable responses, if it has any
   * @throws SipException for a 2xx while a reliable response with a session description waits for
   *     its PRACK, and for an unreliable provisional response where the INVITE requires 100rel
   */
  static void checkMayFollow(
      @Nullable ReliableResponses own, SipMessage request, SipMessage response)
      throws SipException {
    int status = response.status();
    Outstanding waiting = own == null ? null : own.outstanding;
    if (status / 100 == 2 && waiting != null && waiting.hasSession) {
      throw new SipException(
          "A 2xx must wait for the PRACK of the reliable response with a session description before"
              + " (RFC 3262 §3)");
    }
    if (status > 100
        && status < 200
        && !isReliable(response)
        && lists(request, HeaderType.REQUIRE)) {
      throw new SipException(
          "The INVITE requires 100rel: a provisional response to it is made by"
              + " Dialog.createReliableProvisionalResponse and sent by"
              + " sendReliableProvisionalResponse (RFC 3262 §3)");
    }
  }

  /** Whether a PRACK acknowledges what was sent. */
  boolean onPrack(SipMessage prack) {
    Outstanding waiting = outstanding;
    if (waiting == null
        || !(prack.peek(HeaderType.RACK) instanceof RAck rack)
        || rack.getRSequenceNumber() != waiting.number
        || rack.getCSeqNumber() != waiting.transaction.message().cseq()
        || !Request.INVITE.equals(rack.getMethod())) {
      return false;
    }
    stop();
    return true;
  }

  void stop() {
    if (outstanding != null) {
      outstanding.stop();
      outstanding = null;
    }
  }

  /** The transaction of an INVITE is over. */
  void forget(ServerTransactionImpl transaction) {
    if (invite == transaction) {
      invite = null;
    }
    if (outstanding != null && outstanding.transaction == transaction) {
      stop();
    }
  }

  /** The PRACK for a response (RFC 3262 §4). */
  static SipMessage prack(DialogData dialog, SipMessage response, MessageModel model)
      throws SipException {
    if (!isReliable(response)
        || !(response.peek(HeaderType.RSEQ) instanceof RSeq rseq)
        || !(response.peek(HeaderType.CSEQ) instanceof CSeq cseq)) {
      throw new SipException(
          "A PRACK is for a reliable response, with Require: 100rel, RSeq and CSeq");
    }
    if (!cseq.getMethod().equals(Request.INVITE)) {
      throw new SipException("A PRACK is for a response to INVITE, not to " + cseq.getMethod());
    }
    SipMessage prack = DialogRequests.createRequest(dialog, Request.PRACK, model);
    try {
      RAck rack = (RAck) model.header(HeaderType.RACK);
      rack.setRSequenceNumber(rseq.getSeqNumber());
      rack.setCSeqNumber((int) cseq.getSeqNumber());
      rack.setMethod(cseq.getMethod());
      prack.addLast(rack);
    } catch (InvalidArgumentException | ParseException e) {
      throw new SipException("The RAck can't be made: " + e.getMessage(), e);
    }
    return prack;
  }

  /** A response that waits for its PRACK. */
  private final class Outstanding extends Alarm {
    private final ServerTransactionImpl transaction;
    private final Wire wire;
    private final byte[] bytes;
    private final long number;
    private final boolean hasSession;
    private long intervalMillis;
    private long elapsedMillis;

    Outstanding(ServerTransactionImpl transaction, Wire wire, SipMessage response, long number) {
      this.transaction = transaction;
      this.wire = wire;
      this.bytes = response.encoded();
      this.hasSession = PendingOffer.hasSession(response);
      this.number = number;
    }

    void start() {
      intervalMillis = transaction.timings().t1();
      core.clock().arm(this, intervalMillis * NANOS_PER_MILLI);
    }

    void stop() {
      core.clock().disarm(this);
    }

    @Override
    protected void ring() {
      synchronized (dialog) {
        if (outstanding != this) {
          return;
        }
        elapsedMillis += intervalMillis;
        if (elapsedMillis >= 64L * transaction.timings().t1()) {
          outstanding = null; // the program should refuse the INVITE with a 5xx (RFC 3262 §3)
          transaction.deliverTimeout(Timeout.TRANSACTION);
          return;
        }
        intervalMillis =
            Math.min(2 * intervalMillis, 64L * transaction.timings().t1() - elapsedMillis);
        wire.send(bytes, cause -> {});
        core.clock().arm(this, intervalMillis * NANOS_PER_MILLI);
      }
    }
  }
}
