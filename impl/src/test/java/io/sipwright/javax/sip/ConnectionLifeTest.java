package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.ExtendedIOExceptionEvent;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Flow;
import java.net.InetAddress;
import java.net.Socket;
import javax.sip.ClientTransaction;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** When connections are closed, by the properties that old programs set. */
public class ConnectionLifeTest {
  private static final String OLD = "gov.nist.javax.sip.";

  private static Flow arrival(Party party) {
    return (Flow) ((SipMessage) party.lastRequest().getRequest()).attachment();
  }

  private static void options(Party from, Party to) throws Exception {
    from.send(from.request("OPTIONS", Party.uri(to, "transport=tcp"), "tcp"));
  }

  @DataProvider
  public static Object[][] sides() {
    return new Object[][] {
      {OLD + "CACHE_CLIENT_CONNECTIONS", OLD + "MAX_CONNECTIONS"},
      {OLD + "MAX_CONNECTIONS", OLD + "CACHE_SERVER_CONNECTIONS"},
    };
  }

  /** The setting of one side, and a harmless one of the other. */
  private static String[] setting(String key) {
    return new String[] {key, key.contains("CACHE") ? "false" : "1000"};
  }

  @Test(dataProvider = "sides")
  public void connection_is_closed_a_while_after_its_last_transaction(
      String ofClient, String ofServer) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", setting(ofClient));
      Party bob = calls.party("bob", setting(ofServer)).answering("OPTIONS", 200);
      options(alice, bob);
      calls.run(7_000);
      Flow first = arrival(bob);
      assertTrue(first.isOpen());
      options(alice, bob); // within the 8 s: over the same
      calls.run(7_900);
      assertEquals(arrival(bob), first);
      assertTrue(first.isOpen());
      calls.run(200);
      assertFalse(first.isOpen());
      options(alice, bob);
      calls.run();
      assertFalse(arrival(bob).equals(first));
      assertEquals(alice.heard().size(), 3);
      calls.run(60_000);
      assertEquals(alice.stack.core().connectionUse().size(), 0);
      assertEquals(bob.stack.core().connectionUse().size(), 0);
    }
  }

  @Test
  public void transaction_that_goes_on_keeps_its_connection() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice =
          calls.party(
              "alice", OLD + "CACHE_CLIENT_CONNECTIONS", "false", OLD + "LINGER_TIMER", "1");
      Party bob =
          calls
              .party("bob", OLD + "CACHE_SERVER_CONNECTIONS", "false", OLD + "LINGER_TIMER", "1")
              .answering("INVITE", 180)
              .answering("OPTIONS", 200);
      ClientTransaction invite =
          alice.send(alice.request("INVITE", Party.uri(bob, "transport=tcp"), "tcp"));
      calls.run();
      options(alice, bob);
      calls.run(100_000);
      Flow flow = (Flow) ((SipMessage) bob.requests.get(0).getRequest()).attachment();
      assertTrue(flow.isOpen());
      bob.respond(bob.serverTransactionOf("INVITE"), 486);
      calls.run(500);
      assertTrue(flow.isOpen());
      calls.run(3_000);
      assertFalse(flow.isOpen());
      assertEquals(invite.getState(), javax.sip.TransactionState.TERMINATED);
    }
  }

  @Test
  public void connections_are_kept_by_default() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("OPTIONS", 200);
      options(alice, bob);
      calls.run(3_600_000);
      assertTrue(arrival(bob).isOpen());
      assertEquals(alice.stack.core().connectionUse().size(), 0);
    }
  }

  @Test
  public void silent_peer_makes_an_event() throws Exception {
    Party bob = Live.party(OLD + "RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT", "1");
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), bob.port)) {
      silent.setSoTimeout(20_000);
      assertEquals(silent.getInputStream().read(), -1);
      Live.await("the event", () -> !bob.ioExceptions.isEmpty());
      ExtendedIOExceptionEvent event = (ExtendedIOExceptionEvent) bob.ioExceptions.get(0);
      assertEquals(event.getReason(), ExtendedIOExceptionEvent.Reason.SILENT_PEER);
      assertEquals(event.getHost(), "127.0.0.1");
      assertEquals(event.getPort(), silent.getLocalPort());
      assertEquals(event.getTransport(), "tcp");
      assertEquals(bob.stack.getStatistics().connections().withoutKeepAlives(), 1);
    } finally {
      bob.stack.stop();
    }
  }
}
