package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import io.sipwright.call.BackToBack;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.header.Header;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;

/** A back-to-back user agent between two parties, for tests of what it relays. */
abstract class TwoSides {
  Calls calls = new Calls();
  Party alice;
  Party bob;
  B2bUa mid;
  ClientTransaction invite;

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  void parties(BackToBack.Policy policy, String... settings) throws Exception {
    alice = calls.party("alice").acknowledging();
    bob = calls.party("bob").acknowledging();
    mid = new B2bUa(calls.party("mid", settings), Party.uri(bob), policy);
    for (Party party : List.of(alice, bob)) {
      party.answering("BYE", 200).answering("INFO", 200).answering("NOTIFY", 200);
    }
  }

  void parties(String... settings) throws Exception {
    parties(new BackToBack.Policy() {}, settings);
  }

  void send(String... namesAndValues) throws Exception {
    Request request = Sessions.described(alice.request("INVITE", mid.party));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.addHeader(header(namesAndValues[i], namesAndValues[i + 1]));
    }
    invite = alice.send(request);
    calls.run(10);
  }

  static Header header(String name, String value) throws Exception {
    return Party.HEADERS.createHeader(name, value);
  }

  /** A call that stands. */
  void called(String... settings) throws Exception {
    parties(settings);
    bob.answering("INVITE", 180, 200);
    send();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  Dialog alices() {
    return invite.getDialog();
  }

  Dialog bobs() {
    return bob.requests.get(0).getServerTransaction() == null
        ? bob.requests.get(1).getDialog()
        : bob.requests.get(0).getDialog();
  }

  static String last(List<String> texts) {
    return texts.get(texts.size() - 1);
  }

  /** All is over, on all three stacks. */
  void over() {
    calls.runToTheEnd();
    for (Party party : List.of(alice, bob, mid.party)) {
      party.stack.statistics().forEach((what, n) -> assertEquals((int) n, 0, party.name + what));
    }
    assertEquals(mid.calls.toString(), "BackToBack[0 dialogs, 0 transactions]");
    assertEquals(mid.failures, List.of());
    assertEquals(mid.strange.toString(), "[]", "all of it is its own");
  }

  /** With the tag that the stack gives. */
  static void answer(ServerTransaction server, int status) throws Exception {
    server.sendResponse(Party.MESSAGES.createResponse(status, server.getRequest()));
  }
}
