package io.sipwright.javax.sip;

import io.sipwright.ext.StackStatistics;
import io.sipwright.stack.SipCore;
import io.sipwright.transport.ConnectionFigures;
import io.sipwright.transport.ConnectionLimit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@link SipStackImpl#getStatistics} and {@link SipStackImpl#statistics} tell. */
final class Figures {
  private Figures() {}

  static StackStatistics of(SipStackImpl stack) {
    SipCore core = stack.core();
    StackStatistics.Refusals refusals = refusals(stack, core);
    if (core == null) {
      return new StackStatistics(
          0, 0, stack.dialogs().size(), 0, 0, 0, connections(ConnectionFigures.NONE), refusals);
    }
    return new StackStatistics(
        core.transactions().table().clientCount(),
        core.transactions().table().serverCount(),
        stack.dialogs().size(),
        core.armedTimers(),
        core.delivery().backlog(),
        core.delivery().heldBytes(),
        connections(core.connectionFigures()),
        refusals);
  }

  private static StackStatistics.Connections connections(ConnectionFigures all) {
    return new StackStatistics.Connections(
        all.open(),
        all.waitingBytes(),
        all.reached(ConnectionLimit.CONNECTIONS),
        all.reached(ConnectionLimit.CONNECTIONS_PER_SOURCE),
        all.reached(ConnectionLimit.DISPLACED),
        all.reached(ConnectionLimit.HANDSHAKE_TIME),
        all.reached(ConnectionLimit.FIRST_MESSAGE_TIME),
        all.reached(ConnectionLimit.SILENCE),
        all.reached(ConnectionLimit.MESSAGE_TIME),
        all.reached(ConnectionLimit.PROXY_HEADER),
        all.reached(ConnectionLimit.IDLE_TIME),
        all.reached(ConnectionLimit.MESSAGE_SIZE),
        all.reached(ConnectionLimit.WRITE_QUEUE));
  }

  private static StackStatistics.Refusals refusals(SipStackImpl stack, @Nullable SipCore core) {
    Overload overload = stack.requests().overload();
    return new StackStatistics.Refusals(
        core == null ? 0 : core.unreadableMessages(),
        core == null ? 0 : core.brokenStreams(),
        overload.count(Overload.Reason.OVERLOAD),
        overload.count(Overload.Reason.QUEUE_FULL),
        overload.count(Overload.Reason.TOO_LATE),
        overload.count(Overload.Reason.TRANSACTIONS_FULL),
        overload.count(Overload.Reason.DIALOGS_FULL),
        overload.count(Overload.Reason.TOO_MANY_ROUTES));
  }

  /** The most used ones by name. */
  static Map<String, Integer> byName(StackStatistics all) {
    Map<String, Integer> figures = new TreeMap<>();
    figures.put("dialogs", all.dialogs());
    figures.put("refused", (int) Math.min(Integer.MAX_VALUE, all.refusals().shed()));
    figures.put("clientTransactions", all.clientTransactions());
    figures.put("serverTransactions", all.serverTransactions());
    figures.put("timers", all.timers());
    figures.put("backlog", all.callsWaiting());
    figures.put("connections", all.connections().open());
    return figures;
  }
}
