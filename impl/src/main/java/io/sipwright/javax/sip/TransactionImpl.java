package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedTransaction;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.ListenerConcurrency;
import io.sipwright.stack.StackConfig;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionStage;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import javax.sip.Dialog;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * What client and server transactions of JAIN SIP have in common. Safe for use by several threads.
 */
public abstract class TransactionImpl implements ExtendedTransaction, SecureTransaction {
  private static final long serialVersionUID = 1L;
  private static final int LEAST_TIMER_D = 32_000;
  static final long NANOS_PER_SECOND = 1_000_000_000;

  private final transient SipProviderImpl provider;

  /** Its request, or a {@link PackedRequest}. */
  private transient volatile Object request;

  /**
   * As it was at the beginning: the request belongs to the program, which may change it. Null once
   * the request was packed unchanged.
   */
  private transient volatile @Nullable String callId;

  private transient volatile @Nullable DialogImpl dialog;
  private transient volatile @Nullable Object applicationData;
  private transient volatile @Nullable Alarm endOfLife;

  TransactionImpl(SipProviderImpl provider, SipMessage request) {
    this.provider = provider;
    this.request = request;
    this.callId = provider.callIdOf(request);
  }

  SipProviderImpl provider() {
    return provider;
  }

  SipMessage message() {
    Object held = request;
    if (held instanceof SipMessage known) {
      return known;
    }
    PackedRequest packed = (PackedRequest) held;
    SipMessage known = packed.get();
    if (known == null) {
      known = packed.copy();
      request = known; // whoever gets it may change it
    }
    return known;
  }

  /** What all its events are ordered by: its Call-ID, if they're ordered by that. */
  String callId() {
    String known = callId;
    if (known != null) {
      return known;
    }
    return isOrderedByCall() ? provider.callIdOf(message()) : "";
  }

  private boolean isOrderedByCall() {
    return provider.stack().config().listenerConcurrency() == ListenerConcurrency.PER_CALL;
  }

  /**
   * Of the request the bytes will do from now on: it forgets what it has read, or where the program
   * has got parts of it, isn't held any more.
   */
  final void packRequest() {
    if (request instanceof SipMessage known) {
      if (known.forget()) {
        callId = null;
        return;
      }
      SipMessage copy = known.packedCopy();
      if (copy != null) {
        request = new PackedRequest(known, copy);
        callId = isOrderedByCall() ? callId : null;
        DialogImpl made = dialog;
        if (made != null) {
          made.forgetFirstRequest(this);
        }
      }
    }
  }

  @Nullable DialogImpl dialog() {
    return dialog;
  }

  void associate(@Nullable DialogImpl dialog) {
    this.dialog = dialog;
  }

  @Override
  public SipProviderImpl getSipProvider() {
    return provider;
  }

  @Override
  public @Nullable Dialog getDialog() {
    return dialog;
  }

  @Override
  public String getBranchId() {
    String branch = message().viaBranch();
    return branch == null ? "" : branch;
  }

  @Override
  public Request getRequest() {
    return (Request) message();
  }

  @Override
  public void setApplicationData(@Nullable Object applicationData) {
    this.applicationData = applicationData;
  }

  /** Survives the transaction's end. */
  @Override
  public @Nullable Object getApplicationData() {
    return applicationData;
  }

  /** T1 of this transaction, in milliseconds. */
  @Override
  public int getRetransmitTimer() {
    return timings().t1();
  }

  /**
   * Sets T1 of this transaction; all its timers that start later follow from it.
   *
   * @param retransmitTimer in milliseconds, 1 or more
   * @throws IllegalArgumentException if it's less
   */
  @Override
  public void setRetransmitTimer(int retransmitTimer) {
    if (retransmitTimer <= 0) {
      throw new IllegalArgumentException(
          "The retransmit timer must be 1 ms or more, and is " + retransmitTimer);
    }
    Timings old = timings();
    setTimings(new Timings(retransmitTimer, Math.max(retransmitTimer, old.t2()), old.t4()));
  }

  @Override
  public void setTimerT2(int millis) {
    Timings old = timings();
    setTimings(new Timings(old.t1(), positive("T2", millis), old.t4()));
  }

  @Override
  public void setTimerT4(int millis) {
    Timings old = timings();
    setTimings(new Timings(old.t1(), old.t2(), positive("T4", millis)));
  }

  /**
   * {@inheritDoc} One that's no INVITE's client transaction has no such timer, and takes no notice.
   */
  @Override
  public void setTimerD(int millis) {
    if (millis < LEAST_TIMER_D) {
      throw new IllegalArgumentException(
          "Timer D must be "
              + LEAST_TIMER_D
              + " ms or more (RFC 3261 §17.1.1.2), and is "
              + millis);
    }
    timerD(millis);
  }

  void timerD(int millis) {}

  static int positive(String timer, int millis) {
    if (millis <= 0) {
      throw new IllegalArgumentException(timer + " must be 1 ms or more, and is " + millis);
    }
    return millis;
  }

  abstract Timings timings();

  abstract void setTimings(Timings timings);

  /** Tells the listener that time ran out; the dialog takes note. */
  abstract void tellTimeout();

  /**
   * Begins the time after which a transaction ends in any case: {@code MAX_TX_LIFETIME_INVITE} or
   * {@code …_NON_INVITE}, if they are set.
   */
  final void limitLife(Clock clock) {
    StackConfig config = provider.stack().config();
    int seconds =
        message().method().equals(Request.INVITE)
            ? config.maxTxLifetimeInviteSeconds()
            : config.maxTxLifetimeNonInviteSeconds();
    if (seconds > 0) {
      Alarm end = Alarm.of(this::outlived);
      endOfLife = end;
      clock.arm(end, seconds * NANOS_PER_SECOND);
    }
  }

  final void stopLifeLimit(Clock clock) {
    Alarm end = endOfLife;
    if (end != null) {
      endOfLife = null;
      clock.disarm(end);
    }
  }

  private void outlived() {
    TransactionState state = getState();
    if (state == TransactionState.CALLING
        || state == TransactionState.TRYING
        || state == TransactionState.PROCEEDING) {
      tellTimeout();
    }
    end();
  }

  /** Ends it at once. */
  abstract void end();

  @Override
  public void terminate() {
    end();
  }

  /** JAIN's name for a stage; its transactions with a 2xx to INVITE are over for the program. */
  static TransactionState jain(TransactionStage stage) {
    return switch (stage) {
      case CALLING -> TransactionState.CALLING;
      case TRYING -> TransactionState.TRYING;
      case PROCEEDING -> TransactionState.PROCEEDING;
      case COMPLETED -> TransactionState.COMPLETED;
      case CONFIRMED -> TransactionState.CONFIRMED;
      case ACCEPTED, TERMINATED -> TransactionState.TERMINATED;
    };
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "["
        + message().method()
        + " "
        + getBranchId()
        + " "
        + getState()
        + "]";
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A transaction can't live outside its stack");
  }
}
