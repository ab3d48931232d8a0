package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.util.List;
import org.testng.annotations.Test;

/** Which requests a connection takes for lost when it ends, and which for unanswered. */
public class StreamLedgerTest {
  private final StreamMessage request = new StreamMessage(Recorder.request("INFO", ""), null);

  /** The thread that writes may be halted right after, and the event loop reads meanwhile. */
  @Test
  public void request_whose_answer_is_read_before_its_writer_goes_on_is_answered_and_settled() {
    StreamLedger ledger = new StreamLedger();
    ledger.writing(request);
    ledger.settleAll();
    ledger.answered();
    assertEquals(ledger.written(1, true), request.weight());
    assertFalse(ledger.asks());
    assertFalse(ledger.hasUnsettled());
    assertEquals(ledger.giveUp(), List.of());
  }

  @Test
  public void what_is_read_while_a_request_waits_in_a_buffer_does_not_settle_it() {
    StreamLedger ledger = new StreamLedger();
    ledger.writing(request);
    ledger.settleAll();
    assertEquals(ledger.written(1, false), request.weight());
    assertTrue(ledger.asks());
    assertEquals(ledger.giveUp(), List.of(request));
  }

  @Test
  public void what_was_read_before_a_request_was_begun_does_not_settle_it() {
    StreamLedger ledger = new StreamLedger();
    ledger.settleAll();
    ledger.writing(request);
    ledger.written(1, true);
    assertEquals(ledger.giveUp(), List.of(request));
  }
}
