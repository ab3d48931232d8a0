package io.sipwright.scenario;

import io.sipwright.javax.sip.SipStackImpl;
import io.sipwright.scenario.Happening.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** A user agent whose program does what its dice say, good and bad. */
final class Peer extends Program {
  private final Plan.Manners manners;
  private final SplittableRandom dice;
  private final Set<Dialog> dialogs = new LinkedHashSet<>();
  private final Map<String, ServerTransaction> invites = new LinkedHashMap<>();
  private final Set<ServerTransaction> open = new LinkedHashSet<>();
  private final List<ClientTransaction> calls = new ArrayList<>();
  private final Set<String> acked = new HashSet<>();
  private int contacts;
  private boolean leaving;

  Peer(World world, String name, Plan.Manners manners, SplittableRandom dice) throws Exception {
    super(world, name, stackOf(world, name));
    this.manners = manners;
    this.dice = dice;
  }

  private static SipStackImpl stackOf(World world, String name) throws Exception {
    return world.stack(name);
  }

  private boolean chance(double share) {
    return share > 0 && dice.nextDouble() < share;
  }

  private int soon() {
    return dice.nextInt(3) == 0 ? 0 : dice.nextInt(2500);
  }

  // --- as caller ---

  /** Makes a call. */
  void call(String uri, String to) {
    attempt(
        () -> {
          Request invite = request("INVITE", uri, to);
          SupportedHeader supported = HEADERS.createSupportedHeader("100rel");
          invite.addHeader(supported);
          ClientTransaction transaction = provider.getNewClientTransaction(invite);
          transaction.sendRequest();
          noteSent(transaction);
          if (chance(manners.cancels())) {
            world.later(dice.nextInt(6000), () -> cancel(transaction));
          }
        });
  }

  /** Sends a request outside of all dialogs. */
  void ask(String uri, String to) {
    attempt(
        () -> {
          String method = List.of("OPTIONS", "MESSAGE", "REGISTER").get(dice.nextInt(3));
          ClientTransaction transaction =
              provider.getNewClientTransaction(request(method, uri, to));
          transaction.sendRequest();
          noteSent(transaction);
        });
  }

  private void cancel(ClientTransaction invite) {
    TransactionState state = invite.getState();
    if (state == TransactionState.CALLING || state == TransactionState.PROCEEDING) {
      attempt(
          () -> {
            ClientTransaction cancel = provider.getNewClientTransaction(invite.createCancel());
            cancel.sendRequest();
            noteSent(cancel);
          });
    }
  }

  @Override
  void onResponse(ResponseEvent event) {
    Response response = event.getResponse();
    int status = response.getStatusCode();
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    Dialog dialog = event.getDialog();
    if (cseq == null || !cseq.getMethod().equals(Request.INVITE) || dialog == null) {
      return;
    }
    dialogs.add(dialog);
    if (status > 100 && status < 200 && response.getHeader(RequireHeader.NAME) != null) {
      prack(dialog, response);
    } else if (status / 100 == 2) {
      onAccepted(event.getClientTransaction() == null, dialog, cseq.getSeqNumber());
    }
  }

  private void prack(Dialog dialog, Response response) {
    attempt(
        () -> {
          Request prack = dialog.createPrack(response);
          ClientTransaction transaction = provider.getNewClientTransaction(prack);
          dialog.sendRequest(transaction);
          noteSent(transaction);
        });
  }

  private void onAccepted(boolean further, Dialog dialog, long seq) {
    boolean again = acked.contains(dialog.getDialogId() + seq);
    if (!again && chance(manners.ackless())) {
      return;
    }
    int when = dice.nextInt(4) == 0 ? dice.nextInt(4000) : 0;
    world.later(when, () -> acknowledge(dialog, seq, further));
    if (further && !again) {
      world.later(when + dice.nextInt(1000), () -> hangUp(dialog));
    } else if (seq == 1) {
      live(dialog, when);
    }
  }

  private void acknowledge(Dialog dialog, long seq, boolean further) {
    // A further 2xx may be one to an INVITE that has timed out
    boolean alive =
        !further && world.plan.damage() == 0 && dialog.getState() == DialogState.CONFIRMED;
    try {
      Request ack = dialog.createAck(seq);
      dialog.sendAck(ack);
      acked.add(dialog.getDialogId() + seq);
      note(What.DID_ACK, "", ack);
    } catch (Exception e) {
      if (alive) { // and not ended meanwhile, for want of this ACK
        world.fault(name, World.stackTrace(e));
      }
    }
  }

  /** What this side does in an established call. */
  private void live(Dialog dialog, int from) {
    if (chance(manners.changes())) {
      world.later(from + soon(), () -> send(dialog, "INVITE"));
    }
    if (chance(manners.talks())) {
      int count = 1 + dice.nextInt(3);
      for (int i = 0; i < count; i++) {
        world.later(
            from + soon(),
            () -> send(dialog, List.of("INFO", "MESSAGE", "UPDATE").get(dice.nextInt(3))));
      }
    }
    if (chance(manners.hangsUp())) {
      world.later(from + soon() + dice.nextInt(3000), () -> hangUp(dialog));
    }
  }

  private void hangUp(Dialog dialog) {
    send(dialog, "BYE");
  }

  private void send(Dialog dialog, String method) {
    if (dialog.getState() != DialogState.CONFIRMED) {
      return;
    }
    attempt(
        () -> {
          Request request = dialog.createRequest(method);
          if (!method.equals("BYE")) {
            request.setHeader(contact());
          }
          ClientTransaction transaction = provider.getNewClientTransaction(request);
          dialog.sendRequest(transaction);
          noteSent(transaction);
        });
  }

  @Override
  void onSent(ClientTransaction transaction) {
    if (transaction.getRequest().getMethod().equals("INVITE")) {
      calls.add(transaction);
    }
  }

  // --- as callee ---

  @Override
  void onRequest(RequestEvent event) {
    String method = event.getRequest().getMethod();
    if (event.getDialog() != null) {
      dialogs.add(event.getDialog());
    }
    if (method.equals("ACK")) {
      if (event.getDialog() != null
          && ((CSeqHeader) event.getRequest().getHeader("CSeq")).getSeqNumber() == 1) {
        live(event.getDialog(), 0);
      }
      return;
    }
    if (event.getServerTransaction() == null && chance(manners.blind())) {
      return;
    }
    ServerTransaction transaction = open(event);
    if (transaction == null) {
      return;
    }
    open.add(transaction);
    ToHeader to = (ToHeader) event.getRequest().getHeader(ToHeader.NAME);
    if (event.getDialog() == null && to.getTag() != null && !method.equals("CANCEL")) {
      answer(transaction, 481);
    } else if (method.equals("CANCEL")) {
      answer(transaction, 200);
      ServerTransaction invite = invites.get(transaction.getBranchId());
      if (invite != null) {
        answer(invite, 487);
      }
    } else if (!chance(manners.ignores())) {
      if (method.equals("INVITE")) {
        onInvite(transaction);
      } else {
        onOther(transaction);
      }
    }
    if (chance(manners.throwsUp())) {
      throw new IllegalStateException("The listener of the scenario throws");
    }
  }

  private int answerDelay() {
    if (chance(manners.late())) {
      return dice.nextInt(40_000);
    }
    return soon();
  }

  private void onInvite(ServerTransaction transaction) {
    invites.put(transaction.getBranchId(), transaction);
    boolean initial =
        transaction.getDialog() == null
            || transaction.getDialog().getState() != DialogState.CONFIRMED;
    if (transaction.getDialog() != null) {
      dialogs.add(transaction.getDialog());
    }
    int delay = answerDelay();
    if (initial && chance(manners.rings())) {
      int ring = dice.nextInt(delay + 1);
      boolean reliable = chance(manners.reliable());
      world.later(ring, () -> ring(transaction, reliable));
    }
    int status =
        chance(manners.rejects()) ? List.of(302, 404, 486, 503, 603).get(dice.nextInt(5)) : 200;
    world.later(delay, () -> answer(transaction, status));
  }

  private void onOther(ServerTransaction transaction) {
    int delay = answerDelay();
    if (chance(0.2) && delay > 0) {
      world.later(dice.nextInt(delay), () -> answer(transaction, 183));
    }
    int status = chance(manners.errs()) ? 408 : chance(manners.rejects()) ? 488 : 200;
    world.later(delay, () -> answer(transaction, status));
  }

  private void ring(ServerTransaction transaction, boolean reliable) {
    Dialog dialog = transaction.getDialog();
    if (transaction.getState() != TransactionState.PROCEEDING) {
      return;
    }
    if (!reliable || dialog == null || dialog.getState() == null) {
      answer(transaction, 180);
      return;
    }
    attempt(
        () -> {
          Response response = dialog.createReliableProvisionalResponse(183);
          response.setHeader(contact());
          dialog.sendReliableProvisionalResponse(response);
          note(What.DID_ANSWER, key(transaction), response);
        });
  }

  private static boolean isOver(ServerTransaction transaction) {
    TransactionState state = transaction.getState();
    return state != TransactionState.TRYING && state != TransactionState.PROCEEDING;
  }

  private void answer(ServerTransaction transaction, int status) {
    if (isOver(transaction)) {
      return;
    }
    try {
      respond(transaction, status);
    } catch (Exception e) {
      if (world.plan.transport().equals("udp")) {
        world.fault(name, World.stackTrace(e));
      }
    }
    if (status >= 200 && chance(manners.twice())) {
      int when = List.of(0, 0, dice.nextInt(3000), dice.nextInt(30_000)).get(dice.nextInt(4));
      world.later(when, () -> answerAgain(transaction));
      if (status >= 300 && transaction.getRequest().getMethod().equals("INVITE")) {
        world.later(when, () -> answerAgain(transaction, 200));
      }
    }
  }

  private void respond(ServerTransaction transaction, int status)
      throws SipException, InvalidArgumentException, java.text.ParseException {
    Response response = MESSAGES.createResponse(status, transaction.getRequest());
    if (status > 100 && status < 300 && transaction.getRequest().getMethod().equals("INVITE")) {
      response.setHeader(contact());
    }
    transaction.sendResponse(response);
    note(What.DID_ANSWER, key(transaction), response);
  }

  /** Against the rules: the stack must refuse it. */
  private void answerAgain(ServerTransaction transaction) {
    boolean invite = transaction.getRequest().getMethod().equals("INVITE");
    int status = List.of(180, 500, invite ? 404 : 200, invite ? 300 : 408).get(dice.nextInt(4));
    answerAgain(transaction, status);
  }

  private void answerAgain(ServerTransaction transaction, int status) {
    try {
      transaction.sendResponse(MESSAGES.createResponse(status, transaction.getRequest()));
      world.fault(name, "a " + status + " after the final response was accepted");
    } catch (SipException e) {
      // as it should be
    } catch (Exception e) {
      world.fault(name, World.stackTrace(e));
    }
  }

  /** A Contact that differs each time, so that targets can be told apart. */
  private ContactHeader contact() {
    return contact(";n=" + contacts++);
  }

  private Request request(String method, String uri, String to) throws Exception {
    Request request = newRequest(method, uri, to);
    request.setHeader(contact());
    return request;
  }

  // --- the end ---

  /** Ends what's there the way a program should. */
  void hangUpAll() {
    leaving = true;
    calls.forEach(this::cancel);
    List.copyOf(dialogs).forEach(this::hangUp);
  }

  /** Ends what's still there. */
  void giveUp() {
    for (ServerTransaction transaction : open) {
      if (!isOver(transaction)) {
        end(transaction);
      }
    }
    for (ClientTransaction call : calls) {
      if (call.getState() == TransactionState.PROCEEDING) {
        end(call);
      }
    }
    for (Dialog dialog : dialogs) {
      if (dialog.getState() != DialogState.TERMINATED) {
        note(What.DID_END, "", null);
        dialog.delete();
      }
    }
  }

  boolean isLeaving() {
    return leaving;
  }

  @Nullable Dialog anyDialog() {
    return dialogs.isEmpty() ? null : dialogs.iterator().next();
  }
}
