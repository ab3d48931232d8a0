package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.Test;

/** Provisional responses that are sent until a PRACK comes (RFC 3262). */
public class ReliableResponsesTest {
  private Party alice;
  private Party bob;
  private ClientTransaction invite;

  private void call(Calls calls, String... supported) throws Exception {
    alice = calls.party("alice");
    bob = calls.party("bob").answering("PRACK", 200);
    bob.on("INVITE", Party::transaction);
    Request request = alice.request("INVITE", bob);
    for (String tag : supported) {
      request.addHeader(Party.HEADERS.createSupportedHeader(tag));
    }
    invite = alice.send(request);
    calls.run(10);
  }

  private ServerTransaction server() throws Exception {
    return bob.stack.runningCore().transactions().table().servers().stream()
        .map(driver -> (ServerTransaction) driver.user())
        .filter(t -> t.getRequest().getMethod().equals("INVITE"))
        .findFirst()
        .orElseThrow();
  }

  /** Answers each reliable response with a PRACK. */
  private void pracking() {
    for (int status : new int[] {180, 183}) {
      alice.on(
          status,
          event -> {
            Dialog dialog = event.getDialog();
            dialog.sendRequest(
                alice.provider().getNewClientTransaction(dialog.createPrack(event.getResponse())));
          });
    }
  }

  private static long rseq(String message) {
    return Long.parseLong(Calls.header(message, "RSeq"));
  }

  @Test
  public void a_reliable_response_and_its_prack() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      pracking();
      Dialog theirs = server().getDialog();
      Response ringing = theirs.createReliableProvisionalResponse(180);
      theirs.sendReliableProvisionalResponse(ringing);
      assertEquals(theirs.getState(), DialogState.EARLY);
      calls.run(100);
      String sent = calls.text("bob>alice 180 INVITE");
      assertEquals(Calls.header(sent, "Require"), "100rel");
      assertTrue(rseq(sent) >= 1 && rseq(sent) < 1L << 31);
      String prack = calls.text("alice>bob PRACK");
      assertEquals(Calls.header(prack, "RAck"), rseq(sent) + " 1 INVITE");
      assertEquals(Calls.header(prack, "CSeq"), "2 PRACK");
      assertEquals(alice.heard(), List.of("180 INVITE", "200 PRACK"));
      assertEquals(bob.heard(), List.of("INVITE", "PRACK"));
      calls.run(40_000);
      assertEquals(calls.texts("bob>alice 180 INVITE").size(), 1);
      theirs.sendReliableProvisionalResponse(theirs.createReliableProvisionalResponse(183));
      calls.run(100);
      assertEquals(rseq(calls.text("bob>alice 183 INVITE")), rseq(sent) + 1);
      assertEquals(alice.heard(), List.of("180 INVITE", "200 PRACK", "183 INVITE", "200 PRACK"));
    }
  }

  @Test
  public void it_is_sent_again_at_doubling_intervals_and_the_listener_gets_it_once()
      throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      Dialog theirs = server().getDialog();
      theirs.sendReliableProvisionalResponse(theirs.createReliableProvisionalResponse(180));
      calls.run(33_000);
      List<String> times =
          calls.timedWire().stream()
              .filter(line -> line.endsWith("bob>alice 180 INVITE"))
              .map(line -> line.substring(0, line.indexOf(' ')))
              .toList();
      assertEquals(times, List.of("0.010", "0.510", "1.510", "3.510", "7.510", "15.510", "31.510"));
      assertEquals(alice.heard(), List.of("180 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "timeout INVITE"));
      bob.respond(bob.timeouts.get(0).getServerTransaction(), 504);
      calls.run();
      assertEquals(alice.heard(), List.of("180 INVITE", "504 INVITE"));
      calls.runToTheEnd();
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void only_one_may_wait_at_a_time_and_a_final_response_ends_the_wait() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      alice.acknowledging();
      Dialog theirs = server().getDialog();
      theirs.sendReliableProvisionalResponse(theirs.createReliableProvisionalResponse(180));
      Response second = theirs.createReliableProvisionalResponse(183);
      assertThrows(SipException.class, () -> theirs.sendReliableProvisionalResponse(second));
      calls.run(100);
      ServerTransaction server = server();
      Response ok = Party.MESSAGES.createResponse(200, server.getRequest());
      server.sendResponse(ok);
      assertThrows(SipException.class, () -> theirs.createReliableProvisionalResponse(183));
      calls.run(40_000);
      assertEquals(calls.texts("bob>alice 180 INVITE").size(), 1);
      assertEquals(calls.texts("bob>alice 183 INVITE").size(), 0);
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
    }
  }

  @Test
  public void a_prack_that_acknowledges_nothing_is_answered_481() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      Dialog theirs = server().getDialog();
      theirs.sendReliableProvisionalResponse(theirs.createReliableProvisionalResponse(180));
      calls.run(100);
      Dialog ours = invite.getDialog();
      for (int i = 0; i < 2; i++) {
        ours.sendRequest(
            alice
                .provider()
                .getNewClientTransaction(ours.createPrack(alice.responses.get(0).getResponse())));
        calls.run(100);
      }
      assertEquals(alice.heard(), List.of("180 INVITE", "200 PRACK", "481 PRACK"));
      assertEquals(bob.heard(), List.of("INVITE", "PRACK"));
      assertEquals(ours.getState(), DialogState.EARLY, "a PRACK's failure is its own");
    }
  }

  @Test
  public void responses_out_of_their_order_are_not_delivered() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      invite = alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
      calls.run(10);
      for (int rseq : new int[] {7, 7, 9, 8, 6, 9}) {
        end.send(
            "alice",
            WireEnd.response(
                180,
                end.got.get(0),
                "Require: 100rel",
                "RSeq: " + rseq,
                "Contact: <sip:end@10.0.0.2:5060>"));
        calls.run(10);
      }
      end.send("alice", WireEnd.response(181, end.got.get(0)));
      calls.run(10);
      assertEquals(
          alice.responses.stream()
              .map(event -> Calls.header(event.getResponse().toString(), "RSeq"))
              .toList(),
          java.util.Arrays.asList("7", "8", "9", null));
    }
  }

  @Test
  public void errors_of_the_caller() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      Dialog theirs = server().getDialog();
      for (int status : new int[] {99, 100, 200, 700}) {
        assertThrows(
            InvalidArgumentException.class, () -> theirs.createReliableProvisionalResponse(status));
      }
      Response plain = bob.response(183, server().getRequest());
      assertThrows(SipException.class, () -> theirs.sendReliableProvisionalResponse(plain));
      Response reliable = theirs.createReliableProvisionalResponse(183);
      ServerTransaction server = server();
      assertThrows(InvalidArgumentException.class, () -> server.sendResponse(reliable));
      bob.respond(server, 180);
      calls.run(10);
      Dialog ours = invite.getDialog();
      assertThrows(SipException.class, () -> ours.createPrack(alice.lastResponse().getResponse()));
      assertEquals(alice.heard(), List.of("180 INVITE"));
    }
  }

  @Test
  public void an_invite_without_100rel_gets_no_reliable_response() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "timer");
      assertThrows(
          SipException.class, () -> server().getDialog().createReliableProvisionalResponse(183));
    }
  }

  @Test
  public void a_2xx_waits_for_the_prack_of_a_response_with_a_session_description()
      throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      pracking();
      ServerTransaction server = server();
      Dialog theirs = server.getDialog();
      theirs.sendReliableProvisionalResponse(
          Sessions.described(theirs.createReliableProvisionalResponse(183)));
      Response ok = bob.response(200, server.getRequest());
      ok.removeHeader("To");
      ok.addHeader((javax.sip.header.Header) server.getRequest().getHeader("To").clone());
      assertThrows(SipException.class, () -> server.sendResponse(ok));
      calls.run(10);
      server.sendResponse(ok);
      calls.run(10);
      assertEquals(alice.heard(), List.of("183 INVITE", "200 PRACK", "200 INVITE"));
    }
  }

  @Test
  public void a_refusal_need_not_wait_for_the_prack() throws Exception {
    try (Calls calls = new Calls()) {
      call(calls, "100rel");
      ServerTransaction server = server();
      Dialog theirs = server.getDialog();
      theirs.sendReliableProvisionalResponse(
          Sessions.described(theirs.createReliableProvisionalResponse(183)));
      server.sendResponse(Party.MESSAGES.createResponse(486, server.getRequest()));
      calls.run(40_000);
      assertEquals(alice.heard(), List.of("183 INVITE", "486 INVITE"));
      assertEquals(calls.texts("bob>alice 183 INVITE").size(), 1);
    }
  }

  @Test
  public void where_100rel_is_required_no_other_provisional_response_is_sent() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice");
      bob = calls.party("bob");
      Request request = alice.request("INVITE", bob);
      request.addHeader(Party.HEADERS.createRequireHeader("100rel"));
      bob.on("INVITE", Party::transaction);
      alice.send(request);
      calls.run(10);
      ServerTransaction server = server();
      Response ringing = bob.response(180, server.getRequest());
      assertThrows(SipException.class, () -> server.sendResponse(ringing));
      server.sendResponse(bob.response(100, server.getRequest()));
      Dialog theirs = server.getDialog();
      theirs.sendReliableProvisionalResponse(theirs.createReliableProvisionalResponse(180));
      calls.run(10);
      assertEquals(alice.heard(), List.of("100 INVITE", "180 INVITE"));
    }
  }

  @Test
  public void branches_of_a_fork_count_their_reliable_responses_each_for_itself() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice");
      WireEnd end = calls.wireEnd("end", "udp");
      invite = alice.send(alice.request("INVITE", "sip:end@10.0.0.2:5060", "udp"));
      calls.run(10);
      String[][] sent = {{"a", "7"}, {"b", "3"}, {"a", "8"}, {"b", "3"}, {"b", "5"}, {"b", "4"}};
      for (String[] tagAndNumber : sent) {
        end.send(
            "alice",
            WireEnd.response(
                    180,
                    end.got.get(0),
                    "Require: 100rel",
                    "RSeq: " + tagAndNumber[1],
                    "Contact: <sip:end@10.0.0.2:5060>")
                .replace(";tag=end", ";tag=" + tagAndNumber[0]));
        calls.run(10);
      }
      assertEquals(
          alice.responses.stream()
              .map(
                  event ->
                      event.getDialog().getRemoteTag()
                          + Calls.header(event.getResponse().toString(), "RSeq"))
              .toList(),
          List.of("a7", "b3", "a8", "b4"));
      Dialog second = alice.responses.get(1).getDialog();
      second.sendRequest(
          alice
              .provider()
              .getNewClientTransaction(second.createPrack(alice.responses.get(1).getResponse())));
      calls.run(10);
      assertEquals(Calls.header(end.last(), "RAck"), "3 1 INVITE");
      assertTrue(Calls.header(end.last(), "To").endsWith("tag=b"));
    }
  }
}
