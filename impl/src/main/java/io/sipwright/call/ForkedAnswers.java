package io.sipwright.call;

import io.sipwright.ext.ExtendedResponseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one of the answers to an INVITE that was forked, and ends the others: each further 2xx gets
 * its ACK, and its dialog a BYE (RFC 3261 §13.2.2.4). Also for a 2xx that meets the CANCEL, where
 * none is to be kept.
 *
 * <pre>
 * ForkedAnswers answers = new ForkedAnswers(invite);
 * … if (answers.onResponse(event)) { return; }      // first thing in processResponse
 * answers.keepNone();                               // when the INVITE is cancelled
 * </pre>
 *
 * <p>The stack drops further answers when {@code MAX_FORK_TIME_SECONDS} are over. To be used in the
 * turn of the call's events, as a listener is; then it needs no lock.
 */
public final class ForkedAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ForkedAnswers.class);

  /** Completes the ACK to a 2xx that isn't kept. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Puts an answer into the ACK if the 2xx has an offer, that is if the INVITE had none (RFC 3261
     * §13.2.2.4); one that refuses all media will do.
     *
     * @throws Exception is logged, and the ACK sent as it is
     */
    void answer(Response ok, Request ack) throws Exception;
  }

  private final ClientTransaction invite;
  private final Answerer answerer;
  private final List<ClientTransaction> byes = new ArrayList<>(1);
  private boolean none;
  private @Nullable Dialog kept;

  /** For an INVITE that has an offer, so that its answers have none. */
  public ForkedAnswers(ClientTransaction invite) {
    this(invite, (ok, ack) -> {});
  }

  /** For any INVITE. */
  public ForkedAnswers(ClientTransaction invite, Answerer answerer) {
    this.invite = Objects.requireNonNull(invite, "invite");
    this.answerer = Objects.requireNonNull(answerer, "answerer");
    if (!invite.getRequest().getMethod().equals(Request.INVITE)) {
      throw new IllegalArgumentException(
          "Only an INVITE is answered several times, not " + invite.getRequest().getMethod());
    }
  }

  /** Keeps no answer that comes from now on: the INVITE was cancelled, or its call given up. */
  public void keepNone() {
    none = true;
  }

  /**
   * Keeps the answer of this dialog, which may be early still, and no other; in place of the first
   * that comes.
   */
  public void keep(Dialog dialog) {
    kept = Objects.requireNonNull(dialog, "dialog");
  }

  /** The dialog whose answer is kept; null if there's none yet. */
  public @Nullable Dialog kept() {
    return kept;
  }

  /**
   * Takes a response if it's a 2xx to the INVITE which isn't kept, or one to a BYE of its own.
   *
   * @return whether it was taken; the program has nothing to do about it then
   */
  public boolean onResponse(ResponseEvent event) {
    ClientTransaction own = event.getClientTransaction();
    Response response = event.getResponse();
    if (own != null && byes.contains(own)) {
      if (response.getStatusCode() >= 200) {
        byes.remove(own);
      }
      return true;
    }
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    Dialog dialog = event.getDialog();
    boolean ok = response.getStatusCode() / 100 == 2 && Request.INVITE.equals(cseq.getMethod());
    if (!ok || dialog == null || transactionOf(event) != invite) {
      return false;
    }
    if (dialog == kept || (kept == null && !none)) {
      kept = dialog;
      return false;
    }
    end(dialog, response, cseq.getSeqNumber(), ((SipProvider) event.getSource()));
    return true;
  }

  /** Those of its own without answer yet: from now on the caller knows them, and this doesn't. */
  List<ClientTransaction> takeByes() {
    List<ClientTransaction> taken = List.copyOf(byes);
    byes.clear();
    return taken;
  }

  private static @Nullable ClientTransaction transactionOf(ResponseEvent event) {
    return event instanceof ExtendedResponseEvent extended
        ? extended.getOriginalTransaction()
        : event.getClientTransaction();
  }

  private void end(Dialog dialog, Response ok, long cseq, SipProvider provider) {
    try {
      Request ack = dialog.createAck(cseq);
      try {
        answerer.answer(ok, ack);
      } catch (Exception e) { // the program's own
        LOG.warn("{}: the ACK has no answer", dialog, e);
      }
      dialog.sendAck(ack);
      ClientTransaction bye = provider.getNewClientTransaction(dialog.createRequest(Request.BYE));
      byes.add(bye);
      try {
        dialog.sendRequest(bye);
      } catch (SipException e) {
        byes.remove(bye); // nobody answers it
        throw e;
      }
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("{}: could not be ended", dialog, e);
      dialog.delete();
    }
  }
}
