package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.ExtendedIOExceptionEvent;
import io.sipwright.ext.ExtendedIOExceptionEvent.Reason;
import io.sipwright.ext.ExtendedRequestEvent;
import io.sipwright.ext.ExtendedResponseEvent;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What events tell beyond JAIN SIP: where a message came from, and why one wasn't sent. */
public class ExtendedEventsTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static String source(Party party, int request) {
    ExtendedRequestEvent event = (ExtendedRequestEvent) party.requests.get(request);
    return event.getRemoteIpAddress() + ":" + event.getRemotePort();
  }

  private static String answerer(Party party, int response) {
    ExtendedResponseEvent event = (ExtendedResponseEvent) party.responses.get(response);
    return event.getRemoteIpAddress() + ":" + event.getRemotePort();
  }

  @Test
  public void each_event_of_a_call_tells_where_its_message_came_from() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").answering("INVITE", 180, 200).answering("BYE", 200);
    Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(10);
    alice.send(dialog, "BYE");
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "BYE"));
    for (int i = 0; i < 3; i++) {
      assertEquals(source(bob, i), "10.0.0.1:5060");
    }
    for (int i = 0; i < alice.responses.size(); i++) {
      assertEquals(answerer(alice, i), "10.0.0.2:5060");
    }
  }

  @Test
  public void a_cancel_and_the_answer_to_it_tell_it_too() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180).answering("CANCEL", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run(10);
    alice.send(invite.createCancel());
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
    assertEquals(source(bob, 1), "10.0.0.1:5060");
    assertEquals(answerer(alice, 1), "10.0.0.2:5060");
  }

  @Test
  public void the_source_is_that_of_the_packet_and_not_what_a_via_says() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1)); // its Via says 10.0.0.99
    calls.run(10);
    assertEquals(source(bob, 0), "10.0.0.2:5060");
  }

  @Test
  public void stray_responses_tell_it_too() throws Exception {
    Party alice = calls.party("alice", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    WireEnd end = calls.wireEnd("end", "udp");
    alice.provider().sendRequest(alice.request("OPTIONS", "sip:end@10.0.0.2:5060", "udp"));
    calls.run(10);
    end.send("alice", WireEnd.response(200, end.got.get(0)));
    calls.run(10);
    assertNull(alice.responses.get(0).getClientTransaction());
    assertEquals(answerer(alice, 0), "10.0.0.2:5060");
  }

  @Test
  public void over_ipv6_the_address_has_no_brackets() throws Exception {
    Party alice = calls.partyAt("2001:db8::1", "alice");
    Party bob = calls.partyAt("2001:db8::2", "bob").answering("OPTIONS", 200);
    alice.send(alice.request("OPTIONS", bob));
    calls.run(10);
    assertEquals(
        ((ExtendedRequestEvent) bob.lastRequest()).getRemoteIpAddress(), "2001:db8:0:0:0:0:0:1");
  }

  // --- why nothing was sent ---

  @DataProvider
  public Object[][] failures() {
    return new Object[][] {
      {"sip:x@10.0.0.77:5070;transport=tcp", "tcp", Reason.NOT_SENT, "10.0.0.1"},
      {"sip:x@nowhere.test:5060;transport=udp", "udp", Reason.NO_ADDRESS, "10.0.0.1"},
      {"sip:x@nowhere.test", "udp", Reason.NO_ADDRESS, "10.0.0.1"},
    };
  }

  @Test(dataProvider = "failures")
  public void an_error_tells_its_reason(String uri, String transport, Reason reason, String local)
      throws Exception {
    Party alice = calls.party("alice");
    alice.send(alice.request("OPTIONS", uri, transport));
    calls.run(2_000);
    assertEquals(alice.heard(), List.of("I/O error"));
    ExtendedIOExceptionEvent event = (ExtendedIOExceptionEvent) alice.ioExceptions.get(0);
    assertEquals(event.getReason(), reason);
    assertNotNull(event.getCause());
    assertEquals(event.getLocalHost(), local);
    assertEquals(event.getLocalPort(), 5060);
  }

  @Test
  public void a_request_without_transaction_tells_its_reason_too() throws Exception {
    Party alice = calls.party("alice");
    alice.provider().sendRequest(alice.request("OPTIONS", "sip:x@nowhere.test", "udp"));
    calls.run(2_000);
    ExtendedIOExceptionEvent event = (ExtendedIOExceptionEvent) alice.ioExceptions.get(0);
    assertEquals(event.getReason(), Reason.NO_ADDRESS);
  }

  @Test
  public void a_response_whose_connection_is_gone_tells_its_reason() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "tcp");
    end.send(
        "bob",
        WireEnd.request("INVITE", "bob", 1)
            .replace("SIP/2.0/UDP 10.0.0.99;rport", "SIP/2.0/TCP 10.0.0.2:7777"));
    calls.run(10);
    end.closeConnections("bob");
    calls.run(10);
    bob.respond(486);
    calls.run(60_000);
    ExtendedIOExceptionEvent event = (ExtendedIOExceptionEvent) bob.ioExceptions.get(0);
    assertEquals(event.getReason(), Reason.NOT_SENT);
    assertEquals(event.getHost(), "10.0.0.2");
    assertEquals(event.getPort(), 7777);
    assertTrue(event.getTransport().equalsIgnoreCase("tcp"));
  }
}
