package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server transaction: sends responses, and repeats them as needed (RFC 3261 §17.2).
 *
 * <p>Life: {@link #of}, {@link TransactionTable#add(ServerDriver)}, then {@link #respond} by its
 * user, {@link #receiveRetransmission} and {@link #ack} for the requests that match it, and in the
 * end {@link ServerUser#onTerminated}. Of a response only the bytes are kept, and those no longer
 * than they may be sent again.
 */
public abstract sealed class ServerDriver extends Driver<ServerAction>
    permits InviteServerDriver, NonInviteServerDriver {
  private final ServerUser user;

  // Guarded by this.
  private byte @Nullable [] last;
  private short lastStatus;
  private boolean errorTold;
  private @Nullable Supplier<byte[]> trying;

  ServerDriver(TransactionKey key, Wire wire, ServerUser user, TransactionLayer layer) {
    super(key, wire, layer);
    this.user = user;
  }

  /**
   * A transaction for a request, in its first state. It does nothing by itself yet, so one that
   * {@link TransactionTable#add(ServerDriver)} refuses can simply be dropped.
   *
   * @param key the request's, by {@link TransactionKey#ofServer}
   * @param wire the way back
   * @param user told of what happens
   */
  public static ServerDriver of(
      TransactionKey key, Wire wire, ServerUser user, TransactionLayer layer) {
    return key.method().equals("INVITE")
        ? new InviteServerDriver(key, wire, user, layer)
        : new NonInviteServerDriver(key, wire, user, layer);
  }

  /** Who answers it. */
  public final ServerUser user() {
    return user;
  }

  /**
   * Sends a 100 by itself unless something is sent before (RFC 3261 §17.2.1: for an INVITE after
   * 200 ms; RFC 4320 §4.1: for others after {@link Timings#untilT2}). No effect once something was
   * sent.
   *
   * @param millis after how long
   * @param trying makes the 100, called under the transaction's lock
   */
  public final synchronized void sendTryingAfter(long millis, Supplier<byte[]> trying) {
    if (last == null && current().lasting() == Timer.TRYING) {
      this.trying = trying;
      startLasting(millis);
    }
  }

  /**
   * Sends a response. A 2xx to an INVITE may be handed in again while the state is {@link
   * TransactionStage#ACCEPTED}, and is sent again. A 408 to anything but INVITE is taken as the
   * final response but not sent (RFC 4320 §4.2).
   *
   * @param response says the status
   * @param encoded what is sent, and kept; not changed by anybody afterwards
   * @throws IllegalStateException if no response may follow what was sent; nothing is sent then
   */
  public final synchronized void respond(SipMessage response, byte[] encoded) {
    int status = response.status();
    Step<?, ServerAction> step = status < 100 || status > 699 ? null : stepFor(status);
    if (step == null || step.actions().isEmpty()) {
      throw new IllegalStateException(refusal(status));
    }
    if (trying != null) {
      trying = null;
      if (step.next() == current()) {
        stopLasting();
      }
    }
    last = encoded;
    lastStatus = (short) status;
    errorTold = false;
    responding(response);
    carryOut(step, null, null);
    if (stage() == TransactionStage.ACCEPTED) {
      forgetResponse();
    }
  }

  /** The request came again. It's answered as the state wants it, and never passed up. */
  public abstract void receiveRetransmission();

  /**
   * An ACK came that matches: quenches a final response other than 2xx; after a 2xx it's passed on.
   */
  public abstract void ack(SipMessage ack);

  /** The step for a response from the user, which enters nothing yet. */
  abstract Step<?, ServerAction> stepFor(int status);

  /** A response that is in order is about to be sent. */
  abstract void responding(SipMessage response);

  final void forgetResponse() {
    last = null;
  }

  @Override
  final void perform(ServerAction action, @Nullable SipMessage ack, @Nullable IOException cause) {
    switch (action) {
      case SEND_RESPONSE, RESEND -> {
        byte[] bytes = last;
        if (bytes != null) {
          send(bytes);
        }
      }
      case SEND_TRYING -> sendTrying();
      case WITHHOLD -> last = null;
      case TELL_ACK -> {
        last = null;
        user.onAck(Objects.requireNonNull(ack));
      }
      case PASS_ACK -> user.onAckTo2xx(Objects.requireNonNull(ack));
      case TELL_TIMEOUT -> user.onTimeout();
      case TELL_TRANSPORT_ERROR -> {
        if (!errorTold) {
          errorTold = true;
          user.onTransportError(Objects.requireNonNull(cause));
        }
      }
    }
  }

  @Override
  void leave(TransactionTable table) {
    last = null;
    trying = null;
    table.remove(this);
    user.onTerminated();
  }

  private void sendTrying() {
    Supplier<byte[]> maker = trying;
    trying = null;
    if (maker != null && last == null) {
      byte[] bytes = maker.get();
      last = bytes;
      lastStatus = 100;
      send(bytes);
    }
  }

  private String refusal(int status) {
    if (status < 100 || status > 699) {
      return "A status is between 100 and 699: " + status;
    }
    if (stage() == TransactionStage.TERMINATED) {
      return "The transaction is over: a " + status + " can't be sent through it any more";
    }
    return "The final response "
        + lastStatus
        + " was sent: "
        + (status < 200 ? "the provisional response " : "another final response, ")
        + status
        + (status < 200 ? " can't follow it" : ", can't follow it");
  }
}
