package io.sipwright.examples.demo;

import java.util.concurrent.CompletableFuture;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;

/**
 * What one phone knows of one call. Each step is a future; all that still wait fail when something
 * goes wrong.
 */
final class Call {
  /** At the callee: the INVITE is here and rings. */
  final CompletableFuture<ServerTransaction> ringing = new CompletableFuture<>();

  /** The call stands: the caller has sent its ACK, the callee has received it. */
  final CompletableFuture<Dialog> established = new CompletableFuture<>();

  /** The call is over: BYE has been received, or its 200. */
  final CompletableFuture<Void> ended = new CompletableFuture<>();

  final SipProvider provider;

  Call(SipProvider provider) {
    this.provider = provider;
  }

  /** Gives up on the call; the reason reaches whoever waits for the next step. */
  void fail(String reason) {
    IllegalStateException failure = new IllegalStateException(reason);
    ringing.completeExceptionally(failure);
    established.completeExceptionally(failure);
    ended.completeExceptionally(failure);
  }
}
