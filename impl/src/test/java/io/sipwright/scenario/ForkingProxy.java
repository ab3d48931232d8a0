package io.sipwright.scenario;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.Transaction;
import javax.sip.TransactionState;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that sends requests outside of dialogs to all callees at once, and stays on the route
 * (RFC 3261 §16).
 */
final class ForkingProxy extends Program {
  /** A request and where it went. */
  private static final class Context {
    final ServerTransaction server;
    final List<ClientTransaction> waiting = new ArrayList<>();
    @Nullable Response best;
    boolean accepted;
    boolean cancelled;

    Context(ServerTransaction server) {
      this.server = server;
    }
  }

  private final IdentityHashMap<Transaction, Context> contexts = new IdentityHashMap<>();
  private final Set<Context> all = new LinkedHashSet<>();

  ForkingProxy(World world, String name) throws Exception {
    super(world, name, world.stack(name, "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"));
  }

  // --- requests ---

  @Override
  void onRequest(RequestEvent event) {
    Request request = event.getRequest();
    boolean looped = wasHere(request);
    if (request.getMethod().equals("ACK")) {
      if (!looped) {
        attempt(() -> provider.sendRequest(forwarded(request, null)));
      }
      return;
    }
    ServerTransaction server = open(event);
    if (server == null) {
      return;
    }
    if (looped) {
      attempt(() -> server.sendResponse(MESSAGES.createResponse(482, request)));
      return;
    }
    if (request.getMethod().equals("CANCEL")) {
      attempt(() -> server.sendResponse(MESSAGES.createResponse(200, request)));
      for (Context context : List.copyOf(all)) {
        if (context.server.getBranchId().equals(server.getBranchId())) {
          cancel(context);
        }
      }
      return;
    }
    Context context = new Context(server);
    contexts.put(server, context);
    all.add(context);
    if (request.getHeader(RouteHeader.NAME) != null) {
      forward(context, request, null);
    } else {
      for (Peer callee : world.callees) {
        forward(context, request, callee.uri());
      }
    }
    finishIfDone(context);
  }

  private void forward(Context context, Request request, @Nullable String target) {
    attempt(
        () -> {
          Request copy = forwarded(request, target);
          ClientTransaction client = provider.getNewClientTransaction(copy);
          contexts.put(client, context);
          context.waiting.add(client);
          try {
            client.sendRequest();
          } catch (javax.sip.SipException e) {
            context.waiting.remove(client);
            throw e;
          }
          noteSent(client);
        });
  }

  /** RFC 3261 §16.6. */
  private Request forwarded(Request request, @Nullable String target) throws Exception {
    Request copy = (Request) request.clone();
    if (target != null) {
      copy.setRequestURI(ADDRESSES.createURI(target));
    }
    MaxForwardsHeader hops = (MaxForwardsHeader) copy.getHeader(MaxForwardsHeader.NAME);
    if (hops == null) {
      throw new javax.sip.SipException("The request has no Max-Forwards");
    }
    hops.decrementMaxForwards();
    if (copy.getHeader(RouteHeader.NAME) instanceof RouteHeader route && isMine(route)) {
      copy.removeFirst(RouteHeader.NAME);
    }
    SipURI mine = (SipURI) ADDRESSES.createURI(uri());
    mine.setLrParam();
    RecordRouteHeader record = HEADERS.createRecordRouteHeader(ADDRESSES.createAddress((URI) mine));
    if (!request.getMethod().equals("ACK")) {
      copy.addFirst(record);
    }
    copy.addFirst(HEADERS.createViaHeader(mine.getHost(), 5060, world.plan.transport(), null));
    return copy;
  }

  /**
   * True if a damaged Request-URI or Route led it back to here (RFC 3261 §16.3 step 4). Nothing
   * spirals in a scenario; and where the network doubles what is sent, a loop would double it with
   * each of 70 hops.
   */
  private boolean wasHere(Request request) {
    for (Iterator<?> vias = request.getHeaders(ViaHeader.NAME); vias.hasNext(); ) {
      if (vias.next() instanceof ViaHeader via && via.getHost().equals(world.hostOf(stack))) {
        return true;
      }
    }
    return false;
  }

  private boolean isMine(RouteHeader route) {
    return route.getAddress().getURI() instanceof SipURI uri
        && uri.getHost().equals(world.hostOf(stack));
  }

  private void cancel(Context context) {
    if (context.cancelled) {
      return;
    }
    context.cancelled = true;
    for (ClientTransaction client : List.copyOf(context.waiting)) {
      TransactionState state = client.getState();
      boolean pending = state == TransactionState.CALLING || state == TransactionState.PROCEEDING;
      if (pending && client.getRequest().getMethod().equals("INVITE")) {
        attempt(
            () -> {
              ClientTransaction cancel = provider.getNewClientTransaction(client.createCancel());
              cancel.sendRequest();
              noteSent(cancel);
            });
      }
    }
  }

  // --- responses ---

  @Override
  void onResponse(ResponseEvent event) {
    Response response = event.getResponse();
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (cseq == null || cseq.getMethod().equals("CANCEL")) {
      return;
    }
    ClientTransaction client = event.getClientTransaction();
    Context context = client == null ? null : contexts.get(client);
    if (context == null) {
      // A further 2xx, or one that came late (RFC 3261 §16.7 step 10 and RFC 6026 §7.1)
      if (client == null
          && response.getStatusCode() / 100 == 2
          && cseq.getMethod().equals("INVITE")) {
        passOn(response);
      }
      return;
    }
    int status = response.getStatusCode();
    if (status > 100 && status < 200) {
      if (!context.accepted) {
        answer(context, response);
      }
    } else if (status >= 200) {
      context.waiting.remove(client);
      if (status < 300) {
        context.accepted = true;
        answer(context, response);
        cancel(context);
      } else if (context.best == null || status < context.best.getStatusCode()) {
        context.best = response;
      }
      finishIfDone(context);
    }
  }

  /** As the answer of the transaction if that has none yet, and else without it. */
  private void passOn(Response response) {
    Response copy = stripped(response);
    String branch =
        copy.getHeader(ViaHeader.NAME) instanceof ViaHeader via ? via.getBranch() : null;
    for (Context context : all) {
      ServerTransaction server = context.server;
      if (!context.accepted
          && server.getBranchId().equals(branch)
          && server.getRequest().getMethod().equals("INVITE")) {
        context.accepted = true;
        answer(context, response);
        cancel(context);
        return;
      }
    }
    attempt(() -> provider.sendResponse(copy));
  }

  private Response stripped(Response response) {
    Response copy = (Response) response.clone();
    copy.removeFirst(ViaHeader.NAME);
    return copy;
  }

  private void answer(Context context, Response response) {
    attempt(
        () -> {
          Response copy = stripped(response);
          context.server.sendResponse(copy);
          note(Happening.What.DID_ANSWER, key(context.server), copy);
        });
  }

  /** All branches are over without a 2xx: the best answer goes back (RFC 3261 §16.7). */
  private void finishIfDone(Context context) {
    if (!context.waiting.isEmpty() || context.accepted) {
      return;
    }
    context.accepted = true;
    if (context.best != null) {
      answer(context, context.best);
    } else if (context.server.getRequest().getMethod().equals("INVITE")) {
      attempt(
          () ->
              context.server.sendResponse(
                  MESSAGES.createResponse(408, context.server.getRequest())));
    }
    // To others silence is the answer (RFC 4320 §4.2).
  }

  @Override
  void onOver(Transaction transaction) {
    Context context = contexts.remove(transaction);
    if (context != null
        && transaction instanceof ClientTransaction
        && context.waiting.remove(transaction)) {
      finishIfDone(context);
    }
  }

  /** Ends what's still there. */
  void giveUp() {
    for (Context context : all) {
      for (ClientTransaction client : List.copyOf(context.waiting)) {
        if (client.getState() != TransactionState.TERMINATED) {
          end(client);
        }
      }
      TransactionState state = context.server.getState();
      if (state == TransactionState.TRYING || state == TransactionState.PROCEEDING) {
        end(context.server);
      }
    }
  }
}
