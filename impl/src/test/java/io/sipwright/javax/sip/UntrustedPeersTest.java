package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.List;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** What a stack must not believe: neither peers nor the program's own request object. */
public class UntrustedPeersTest {
  @Test
  public void a_received_that_came_along_does_not_send_responses_elsewhere() throws Exception {
    try (Calls calls = new Calls()) {
      calls.party("bob").answering("OPTIONS", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      WireEnd victim = calls.wireEnd("victim", "udp");
      String own = calls.address("end").getAddress().getHostAddress();
      end.send(
          "bob",
          WireEnd.request("OPTIONS", "bob", 1)
              .replace("10.0.0.99;rport;", own + ":5060;received=10.0.0.3;"));
      calls.run();
      assertEquals(victim.heard(), List.of());
      assertEquals(end.heard(), List.of("200 OPTIONS"));
    }
  }

  @Test
  public void the_answer_to_what_cannot_be_read_goes_back_where_it_came_from() throws Exception {
    try (Calls calls = new Calls()) {
      calls.party("bob");
      WireEnd end = calls.wireEnd("end", "udp");
      end.send(
          "bob",
          WireEnd.request("OPTIONS", "bob", 1).replaceFirst("CSeq: .*", "CSeq: many OPTIONS"));
      calls.run();
      String answer = calls.text("bob>end 400 OPTIONS");
      String own = calls.address("end").getAddress().getHostAddress();
      assertTrue(Calls.header(answer, "Via").contains("received=" + own), answer);
    }
  }

  @Test
  public void the_100_is_made_from_the_request_as_it_came() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      bob.on(
          Request.INVITE,
          event -> { // a proxy that forwards the very object it got
            Party.transaction(event);
            Request request = event.getRequest();
            request.removeFirst(ViaHeader.NAME);
            request.setHeader(Party.HEADERS.createCallIdHeader("other@leg"));
          });
      Request invite = alice.request(Request.INVITE, bob);
      alice.send(invite);
      calls.run();
      String trying = calls.text("bob>alice 100 INVITE");
      assertEquals(
          Calls.header(trying, "Call-ID"),
          ((CallIdHeader) invite.getHeader(CallIdHeader.NAME)).getCallId());
      assertEquals(
          Calls.header(trying, "Via"), Calls.header(calls.texts("alice>bob INVITE").get(0), "Via"));
    }
  }

  @Test
  public void the_events_of_a_transaction_keep_their_order_whatever_becomes_of_the_request()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob");
      Request options = alice.request(Request.OPTIONS, bob);
      String callId = ((CallIdHeader) options.getHeader(CallIdHeader.NAME)).getCallId();
      TransactionImpl transaction = (TransactionImpl) alice.send(options);
      options.setHeader(Party.HEADERS.createCallIdHeader("another@one"));
      assertEquals(transaction.callId(), callId);
    }
  }
}
