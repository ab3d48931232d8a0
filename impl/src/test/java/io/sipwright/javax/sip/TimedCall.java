package io.sipwright.javax.sip;

import io.sipwright.call.SessionTimer;
import io.sipwright.call.SessionTimerRules;
import io.sipwright.header.SipwrightHeaderFactory;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A call whose two sides have session timers, for tests of those. */
abstract class TimedCall {
  static final SipwrightHeaderFactory HEADERS = (SipwrightHeaderFactory) Party.HEADERS;

  /** A party with a session timer. */
  static final class Side implements SessionTimer.User {
    final Party party;
    final SessionTimer timer;
    final List<String> expired = new ArrayList<>();
    final boolean knowsTimers;

    Side(Party party, SessionTimerRules rules, boolean knowsTimers, String allow) throws Exception {
      this.party = party;
      this.knowsTimers = knowsTimers;
      timer = new SessionTimer(party.provider(), HEADERS, rules, this);
      party.onAnyResponse(this::onResponse);
      party.onTimeout(event -> timer.onTimeout(event));
      for (String method : List.of("INVITE", "UPDATE")) {
        party.on(method, event -> onRequest(event, allow));
      }
      party.answering("BYE", 200);
    }

    void onResponse(ResponseEvent event) throws Exception {
      if (knowsTimers && timer.onResponse(event)) {
        return;
      }
      Request again = knowsTimers ? timer.retry(event) : null;
      if (again != null) {
        party.send(again);
      } else {
        if (event.getResponse().getStatusCode() == 200) {
          party.acknowledge(event);
        }
      }
    }

    void onRequest(RequestEvent event, String allow) throws Exception {
      ServerTransaction transaction = Party.transaction(event);
      Request request = event.getRequest();
      Response refusal = knowsTimers ? timer.refuse(request, Party.MESSAGES) : null;
      if (refusal != null) {
        transaction.sendResponse(refusal);
        return;
      }
      Response ok = party.response(200, request);
      ok.addHeader(Party.HEADERS.createAllowHeader(allow));
      if (knowsTimers) {
        timer.answer(request, ok, transaction.getDialog());
      }
      transaction.sendResponse(ok);
    }

    @Override
    public void refresh(Request request) {}

    @Override
    public void onExpired(Dialog dialog) {
      expired.add(dialog.getState().toString());
    }
  }

  Side alice;
  Side bob;
  Dialog ours;

  void call(Calls calls, SessionTimerRules alices, SessionTimerRules bobs, String allow)
      throws Exception {
    call(calls, alices, bobs, allow, true, true);
  }

  void call(
      Calls calls,
      SessionTimerRules alices,
      SessionTimerRules bobs,
      String allow,
      boolean aliceKnows,
      boolean bobKnows)
      throws Exception {
    alice = new Side(calls.party("alice"), alices, aliceKnows, allow);
    bob = new Side(calls.party("bob"), bobs, bobKnows, allow);
    Request invite = alice.party.request("INVITE", bob.party);
    if (aliceKnows) {
      alice.timer.offer(invite);
    }
    ours = alice.party.send(invite).getDialog();
    calls.run(10);
  }

  static SessionTimerRules rules(int interval, int minimum, boolean peerRefreshes) {
    return new SessionTimerRules(interval, minimum, peerRefreshes);
  }

  static String last(List<String> all, String name) {
    return Calls.header(all.get(all.size() - 1), name);
  }
}
