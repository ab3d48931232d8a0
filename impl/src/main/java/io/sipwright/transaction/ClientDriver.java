package io.sipwright.transaction;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client transaction: sends a request until it's answered, and passes up the answers (RFC 3261
 * §17.1).
 *
 * <p>Life: {@link #of}, settings if any, {@link TransactionTable#add(ClientDriver)}, {@link
 * #start}, {@link #receive} for each response that matches, and in the end {@link
 * ClientUser#onTerminated}.
 */
public abstract sealed class ClientDriver extends Driver<ClientAction>
    permits InviteClientDriver, NonInviteClientDriver {
  private final ClientUser user;
  private final long cseq;
  private final @Nullable String fromTag;

  // Guarded by this.
  private byte @Nullable [] request;
  private long timeoutMillis = Timer.NEVER;

  ClientDriver(
      SipMessage request, byte[] encoded, Wire wire, ClientUser user, TransactionLayer layer) {
    super(TransactionKey.ofClient(request), wire, layer);
    this.request = encoded;
    this.user = user;
    cseq = request.cseq();
    fromTag = request.fromTag();
  }

  /**
   * A transaction that isn't started yet.
   *
   * @param request of any method but ACK, with a branch in its top Via, which stays the caller's
   * @param encoded what is sent, and sent again; not changed by anybody afterwards
   * @param wire where to
   * @param user told of what happens
   */
  public static ClientDriver of(
      SipMessage request, byte[] encoded, Wire wire, ClientUser user, TransactionLayer layer) {
    return switch (request.method()) {
      case "INVITE" -> new InviteClientDriver(request, encoded, wire, user, layer);
      case "ACK" -> throw new IllegalArgumentException("There's no client transaction for ACK");
      default -> new NonInviteClientDriver(request, encoded, wire, user, layer);
    };
  }

  /** Who started it. */
  public final ClientUser user() {
    return user;
  }

  /**
   * Sets how long to wait for an answer in place of 64·T1 (Timer B or F); before the start.
   *
   * @param millis positive
   */
  public final synchronized void setTimeoutMillis(long millis) {
    timeoutMillis = millis;
  }

  /**
   * Sends the request and starts the timers. If the wire fails at once, the user is told before
   * this returns.
   *
   * @throws IllegalStateException if it was started or terminated before
   */
  public final synchronized void start() {
    if (stage() != null) {
      throw new IllegalStateException("A transaction is started once; this one is " + stage());
    }
    begin();
  }

  /**
   * Takes a response that the table matched to this transaction. One with another CSeq or From tag
   * than the request isn't an answer to it, whatever its branch says, and is dropped.
   */
  public final synchronized void receive(SipMessage response) {
    if (stage() != null && response.cseq() == cseq && Objects.equals(response.fromTag(), fromTag)) {
      received(response);
    }
  }

  /** Enters the first state and sends. */
  abstract void begin();

  abstract void received(SipMessage response);

  /** The request as it's sent; null once it's not needed any more. */
  final byte @Nullable [] request() {
    return request;
  }

  final void forgetRequest() {
    request = null;
  }

  /** Makes the ACK if there's none yet, and sends it. */
  abstract void sendAck(@Nullable SipMessage response);

  @Override
  long first(Timer timer) {
    boolean ownTimeout = timeoutMillis != Timer.NEVER && (timer == Timer.B || timer == Timer.F);
    return ownTimeout ? timeoutMillis : super.first(timer);
  }

  @Override
  final void perform(
      ClientAction action, @Nullable SipMessage response, @Nullable IOException cause) {
    switch (action) {
      case SEND_REQUEST -> {
        byte[] bytes = request;
        if (bytes != null) {
          send(bytes);
        }
      }
      case SEND_ACK -> sendAck(response);
      case PASS_UP -> user.onResponse(Objects.requireNonNull(response));
      case TELL_TIMEOUT -> user.onTimeout();
      case TELL_TRANSPORT_ERROR -> user.onTransportError(Objects.requireNonNull(cause));
    }
  }

  @Override
  final void leave(TransactionTable table) {
    request = null;
    table.remove(this);
    user.onTerminated();
  }
}
