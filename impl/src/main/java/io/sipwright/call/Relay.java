package io.sipwright.call;

import javax.sip.ClientTransaction;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** A request that's relayed: came in on one side, went out on the other. Guarded by the bridge. */
final class Relay {
  final Leg from;
  final Leg to;
  final ServerTransaction server;
  final ClientTransaction client;

  /** Of the INVITE that begins a call; null for others. */
  final @Nullable ForkedAnswers answers;

  /** Whether the final response was sent. */
  boolean answered;

  Relay(
      Leg from,
      Leg to,
      ServerTransaction server,
      ClientTransaction client,
      @Nullable ForkedAnswers answers) {
    this.from = from;
    this.to = to;
    this.server = server;
    this.client = client;
    this.answers = answers;
  }

  boolean isInvite() {
    return server.getRequest().getMethod().equals(Request.INVITE);
  }

  boolean isInitial() {
    return answers != null;
  }
}
