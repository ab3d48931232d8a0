package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.VirtualClock;
import io.sipwright.transaction.ClientDriver;
import io.sipwright.transaction.Timings;
import io.sipwright.transaction.TransactionKey;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.ClientTransaction;
import javax.sip.TransactionState;
import org.testng.annotations.Test;

/** What programs ask of transactions while these are moved by other threads. */
public class TransactionLocksTest {
  @Test(timeOut = 30_000)
  public void a_client_transaction_can_end_while_it_is_asked_for_its_timer() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      ClientTransaction options = alice.send(alice.request("OPTIONS", bob));
      ClientTransactionImpl transaction = (ClientTransactionImpl) options;
      ClientDriver driver =
          transaction
              .core()
              .transactions()
              .table()
              .client(TransactionKey.ofClient((SipMessage) options.getRequest()));
      assertNotNull(driver);
      Thread program =
          new Thread(
              () -> {
                options.setRetransmitTimer(200);
                assertEquals(options.getRetransmitTimer(), 200);
              });
      synchronized (driver) { // as the clock's thread has it when a timer fires
        program.start();
        while (program.getState() != Thread.State.BLOCKED) {
          Thread.onSpinWait();
        }
        driver.terminate();
        assertEquals(options.getState(), TransactionState.TERMINATED);
      }
      program.join();
    }
  }

  @Test
  public void alerts_that_were_stopped_before_their_start_never_begin() {
    VirtualClock clock = new VirtualClock();
    AtomicInteger count = new AtomicInteger();
    RetransmitAlerts alerts =
        new RetransmitAlerts(clock, Timings.DEFAULT, () -> count.incrementAndGet());
    alerts.stop(); // the transaction ended while the 2xx was being sent
    alerts.start();
    assertEquals(clock.armed(), 0);
    clock.runUntilIdle();
    assertEquals(count.get(), 0);
  }
}
