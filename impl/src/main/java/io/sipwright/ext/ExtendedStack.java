package io.sipwright.ext;

import java.time.Duration;
import java.util.Collection;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** A stack, beyond JAIN SIP. */
public interface ExtendedStack extends SipStack {
  /** The dialogs that are early or confirmed at this moment; a copy. */
  Collection<Dialog> getDialogs();

  /** Figures about this stack at this moment: what it holds, what it refused, and why. */
  StackStatistics getStatistics();

  /**
   * The dialog that an INVITE with {@code Replaces} is to take the place of, or what to answer
   * instead (RFC 3891 §3). Whether the sender may replace it, is for the program to decide.
   */
  DialogMatch findReplaced(Request invite);

  /**
   * The dialog that an INVITE with {@code Join} is to be joined with, or what to answer instead
   * (RFC 3911 §4). Whether the sender may join it, is for the program to decide.
   */
  DialogMatch findJoined(Request invite);

  /**
   * The flow that a request came on, to be kept with a registration, or put into a Path (RFC 5626
   * §5.1, §6). Copies of a request have none.
   *
   * @return null if the message didn't come to this stack
   */
  @Nullable SipFlow flowOf(Message message);

  /**
   * What the first Route of a request that came has to do with flows (RFC 5626 §5.3): whether it's
   * to be forwarded, or answered 403 or 430. For edge proxies, before they take their Route off.
   *
   * @throws SipException if the stack isn't running
   */
  FlowMatch findFlow(Request request) throws SipException;

  /**
   * Runs a task of the program's later, on the thread of the listener and in order with the events
   * of a call. On a stack with virtual time, that is the stack's time.
   *
   * @param callId the Call-ID that the task belongs to
   * @param delay zero or more
   * @return what can cancel it
   * @throws SipException if the stack isn't running
   */
  ScheduledTask schedule(String callId, Duration delay, Runnable task) throws SipException;

  /** A task that waits for its time. */
  interface ScheduledTask {
    /** Takes it back; no effect once it runs, or ran. */
    void cancel();
  }
}
