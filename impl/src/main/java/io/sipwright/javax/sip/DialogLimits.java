package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogTable;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.stack.StackConfig;

/** What peers may make of dialogs: how many, by how many answers, and with how long routes. */
final class DialogLimits {
  private final DialogTable<DialogImpl> dialogs;
  private final int mostDialogs;
  private final int mostForks;
  private final int mostRecordRoutes;

  DialogLimits(StackConfig config, DialogTable<DialogImpl> dialogs) {
    this.dialogs = dialogs;
    mostDialogs = config.maxDialogs();
    mostForks = config.maxForks();
    mostRecordRoutes = config.maxRecordRoutes();
  }

  /** Whether there may be no further dialogs. */
  boolean isFull() {
    return mostDialogs > 0 && dialogs.size() >= mostDialogs;
  }

  /**
   * Whether one more dialog may be made of a request that made some before.
   *
   * @param forks those beside the request's own
   */
  boolean allowsFork(int forks) {
    return forks + 1 < mostForks && !isFull();
  }

  /** Whether a message would make a route set that's too long. */
  boolean hasTooManyRoutes(SipMessage message) {
    return message.hasHeader(HeaderType.RECORD_ROUTE)
        && message.peekAll(HeaderType.RECORD_ROUTE).size() > mostRecordRoutes;
  }
}
