package io.sipwright.examples.load;

import io.sipwright.examples.Agent;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipListener;
import javax.sip.SipProvider;

/**
 * Where calls leave from: one listening point for all of them, or one for each. A stack keeps one
 * connection to each peer for each listening point, so the latter means a connection for each call.
 */
interface PhoneLines extends AutoCloseable {
  /**
   * The line for a call that's about to be placed.
   *
   * @throws IOException if no port can be had
   */
  SipProvider take() throws IOException;

  /** A call is over, and nothing more will be sent for it. */
  void giveBack(SipProvider line);

  /** Ends nothing but the work that's waiting: the stack takes its listening points with it. */
  @Override
  void close();

  /** One for all calls, on a free port. */
  static PhoneLines shared(Agent agent, String transport, String host, SipListener listener)
      throws IOException {
    SipProvider one = agent.listen(transport, host, 0, listener);
    return new PhoneLines() {
      @Override
      public SipProvider take() {
        return one;
      }

      @Override
      public void giveBack(SipProvider line) {}

      @Override
      public void close() {}
    };
  }

  /**
   * One for each call, on free ports.
   *
   * @param problems is told what went wrong when a line was taken down
   */
  static PhoneLines separate(
      Agent agent,
      String transport,
      String host,
      SipListener listener,
      BiConsumer<String, Exception> problems) {
    // Of its own, because it may have to wait for the peer to close the connection too.
    ExecutorService takingDown = Executors.newSingleThreadExecutor();
    return new PhoneLines() {
      @Override
      public SipProvider take() throws IOException {
        return agent.listen(transport, host, 0, listener);
      }

      @Override
      public void giveBack(SipProvider line) {
        takingDown.execute(() -> takeDown(line));
      }

      private void takeDown(SipProvider line) {
        ListeningPoint point = line.getListeningPoint();
        line.removeSipListener(listener);
        try {
          agent.stack().deleteSipProvider(line);
          agent.stack().deleteListeningPoint(point);
        } catch (ObjectInUseException e) {
          problems.accept("could not take down a line", e);
        }
      }

      @Override
      public void close() {
        takingDown.shutdownNow();
      }
    };
  }
}
