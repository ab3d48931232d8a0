package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import java.util.List;
import org.testng.annotations.Test;

/** The parties, and the simplest things they do. */
public class CallsTest {
  @Test
  public void a_call_is_made_and_ended() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 180, 200).answering("BYE", 200);
      alice.send(alice.request("INVITE", bob));
      calls.run();
      alice
          .lastResponse()
          .getDialog()
          .sendRequest(
              alice
                  .provider()
                  .getNewClientTransaction(alice.lastResponse().getDialog().createRequest("BYE")));
      calls.run();
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE", "200 BYE"));
      assertEquals(bob.heard(), List.of("INVITE", "ACK", "BYE"));
      assertEquals(
          calls.wire(),
          List.of(
              "alice>bob INVITE",
              "bob>alice 180 INVITE",
              "bob>alice 200 INVITE",
              "alice>bob ACK",
              "alice>bob BYE",
              "bob>alice 200 BYE"));
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size(), 1);
      assertEquals(bob.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_request_from_a_wire_end_is_answered_to_where_it_came_from() throws Exception {
    try (Calls calls = new Calls()) {
      calls.party("bob").answering("OPTIONS", 200);
      WireEnd end = calls.wireEnd("end", "udp");
      end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
      calls.run();
      assertEquals(end.heard(), List.of("200 OPTIONS"));
      assertEquals(
          Calls.header(end.last(), "Via"),
          "SIP/2.0/UDP 10.0.0.99;rport=5060;received=10.0.0.2;branch=z9hG4bKwire1");
    }
  }
}
