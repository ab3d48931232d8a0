package io.sipwright.stack;

import static io.sipwright.stack.Names.BOTH;
import static io.sipwright.stack.Names.OWN;
import static io.sipwright.stack.ValueKind.CONCURRENCY;
import static io.sipwright.stack.ValueKind.FLAG;
import static io.sipwright.stack.ValueKind.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of the listener: its threads, its load, and what it gets to see. */
enum ListenerProperty implements ConfigKey {
  LISTENER_CONCURRENCY(
      List.of(
          "io.sipwright.LISTENER_CONCURRENCY",
          "io.sipwright.REENTRANT_LISTENER",
          "gov.nist.javax.sip.REENTRANT_LISTENER"),
      CONCURRENCY,
      "serial",
      "How many calls of the listener run at a time: one (`serial`); one per Call-ID"
          + " (`per-call`); on the I/O thread, for listeners that never block (`inline`)."),
  THREAD_POOL_SIZE(
      BOTH,
      limit(100_000, "threads"),
      "0",
      "Most threads that run the listener at a time with `per-call`. Without a limit: virtual"
          + " threads where Java has them, otherwise two for each processor, and"
          + " four at least."),
  CONGESTION_CONTROL_ENABLED(BOTH, FLAG, "true", "`false` turns `CONGESTION_CONTROL_TIMEOUT` off."),
  CONGESTION_CONTROL_TIMEOUT(
      BOTH,
      limit(3_600_000, "ms"),
      "8000",
      "A request that waited longer than this for the listener is dropped over UDP, where its"
          + " sender repeats it, and answered 503 over streams. `0` turns it off."),
  OVERLOAD_WAIT(
      OWN,
      limit(3_600_000, "ms"),
      "8000",
      "While requests wait longer than this for the listener, those that would begin something new"
          + " are answered 503 with Retry-After at once, and those in dialogs go on"
          + " (docs/transports.md). `0` turns it off."),
  DAEMON_THREADS(OWN, FLAG, "false", "`true` lets the JVM end while the stack runs."),
  DELIVER_UNSOLICITED_NOTIFY(
      BOTH,
      FLAG,
      "false",
      "`true` delivers a NOTIFY that matches no dialog, or no subscription in its dialog; otherwise"
          + " it is answered 481 (RFC 6665 §4.1.3)."),
  PASS_INVITE_NON_2XX_ACK_TO_LISTENER(
      BOTH,
      FLAG,
      "false",
      "`true` shows the listener the ACK to a 3xx to 6xx response too, which the transaction"
          + " otherwise absorbs."),
  DELIVER_RETRANSMITTED_ACK_TO_LISTENER(
      BOTH,
      FLAG,
      "false",
      "`true` shows the listener each copy of an ACK to a 2xx, not the first alone."),
  DELIVER_REPEATED_2XX(
      OWN,
      FLAG,
      "false",
      "`true` shows the listener each copy of a 2xx to INVITE, which it then acknowledges each"
          + " time; otherwise the stack sends the program's ACK again, and shows copies only as"
          + " long as there is none."),
  DELIVER_TERMINATED_EVENT_FOR_ACK(
      BOTH,
      FLAG,
      "false",
      "`true` tells the listener of the end of the transaction that comes with an ACK, right after"
          + " the ACK."),
  DELIVER_TERMINATED_EVENT_FOR_NULL_DIALOG(
      BOTH,
      FLAG,
      "false",
      "`true` tells the listener also of the end of a dialog that never got beyond the null"
          + " state.");

  @SuppressWarnings("ImmutableEnumChecker") // nothing of a row changes
  private final ConfigRow row;

  ListenerProperty(
      List<String> names, ValueKind kind, @Nullable String defaultText, String meaning) {
    row = new ConfigRow(name(), names, kind, defaultText, meaning);
  }

  @Override
  public ConfigRow row() {
    return row;
  }
}
