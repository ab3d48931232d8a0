package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.dns.TestDnsServer;
import io.sipwright.dns.VirtualDns;
import io.sipwright.stack.SimulatedEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** Names are looked up without anybody waiting, unless the program wants to. */
public class LookupTest {
  // --- a name server that's silent for half a minute ---

  /** 100 requests a second to numeric hosts, and one a second to a name; virtual time. */
  @Test
  public void a_silent_name_server_holds_up_nobody_who_needs_no_name() throws Exception {
    try (Calls calls = new Calls()) {
      VirtualDns dns = new VirtualDns(calls.clock);
      dns.silence(true);
      calls.use(SimulatedEnvironment.on(calls.clock, calls.network, dns));
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering("OPTIONS", 200);
      List<Long> took = new ArrayList<>();
      alice.on(200, event -> took.add(calls.clock.nanos()));
      List<Long> sent = new ArrayList<>();
      int most = 0;
      for (int i = 0; i < 3000; i++) {
        if (i % 100 == 0) {
          alice.send(alice.request("OPTIONS", "sip:x@name" + i + ".test", "udp"));
        }
        sent.add(calls.clock.nanos());
        alice.send(alice.request("OPTIONS", bob));
        calls.run(10);
        most = Math.max(most, alice.stack.statistics().get("clientTransactions"));
        calls.network.clearTrace();
      }
      assertEquals(took.size(), 3000);
      for (int i = 0; i < took.size(); i++) {
        assertEquals(took.get(i) - sent.get(i), 0L, "request " + i);
      }
      assertTrue(most <= 501, most + " transactions"); // five seconds of Timer K
      calls.run(30_000);
      assertEquals(alice.ioExceptions.size(), 30); // each name was given up
      assertEquals(alice.stack.statistics().get("clientTransactions"), 0);
    }
  }

  /** The same on sockets: neither threads nor response times grow. */
  @Test
  public void hundreds_of_names_that_are_looked_up_cost_no_threads() throws Exception {
    try (TestDnsServer silent = new TestDnsServer()) {
      silent.answer((question, answer) -> List.of());
      Party bob = Live.party().answering("OPTIONS", 200);
      Party alice = Live.party("io.sipwright.DNS_SERVERS", address(silent));
      try {
        alice.send(alice.request("OPTIONS", bob));
        Live.await("first answer", () -> alice.responses.size() == 1);
        int threads = Thread.activeCount();
        for (int i = 0; i < 300; i++) {
          alice.send(alice.request("OPTIONS", "sip:x@name" + i + ".test", "udp"));
        }
        long start = System.nanoTime();
        for (int i = 2; i <= 101; i++) {
          int count = i;
          alice.send(alice.request("OPTIONS", bob));
          Live.await("answer " + i, () -> alice.responses.size() == count);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis < 5000, "100 answers took " + millis + " ms");
        assertEquals(alice.ioExceptions, List.of());
        int more = Thread.activeCount() - threads; // dnsjava's, ours for the DNS
        assertTrue(more <= 4, more + " threads more");
      } finally {
        alice.stack.stop();
        bob.stack.stop();
      }
    }
  }

  private static String address(TestDnsServer server) {
    return "127.0.0.1:" + server.address().getPort();
  }

  // --- a program that waits ---

  @Test
  public void a_program_that_wants_to_wait_gets_an_exception_and_no_event() throws Exception {
    try (TestDnsServer dns = new TestDnsServer()) {
      Party bob = Live.party().answering("OPTIONS", 200).answering("INVITE", 200);
      dns.add("_sip._udp.bob.test. SRV 0 0 " + bob.port + " host.test.\nhost.test. A 127.0.0.1");
      Party alice =
          Live.party(
                  "io.sipwright.DNS_SERVERS", address(dns), "io.sipwright.WAIT_FOR_LOOKUP", "true")
              .acknowledging();
      try {
        Request request = alice.request("OPTIONS", "sip:x@nowhere.test", "udp");
        ClientTransaction transaction = alice.provider().getNewClientTransaction(request);
        SipException e = expectThrows(SipException.class, transaction::sendRequest);
        assertTrue(e.getMessage().contains("nowhere.test"), e.getMessage());
        assertEquals(transaction.getState(), null);
        alice.send(alice.request("OPTIONS", "sip:x@bob.test", "udp"));
        Live.await("answer", () -> alice.responses.size() == 1);
        alice.send(alice.request("INVITE", "sip:x@bob.test", "udp"));
        Live.await("call", () -> alice.responses.size() == 2 && bob.heard().contains("ACK"));
        Dialog dialog = alice.lastResponse().getDialog();
        Request bye = dialog.createRequest("BYE");
        bye.setRequestURI(Party.ADDRESSES.createURI("sip:x@nowhere2.test"));
        ClientTransaction end = alice.provider().getNewClientTransaction(bye);
        expectThrows(SipException.class, () -> dialog.sendRequest(end));
        assertEquals(alice.ioExceptions, List.of());
      } finally {
        alice.stack.stop();
        bob.stack.stop();
      }
    }
  }

  // --- names that need no DNS ---

  @Test
  public void localhost_needs_no_name_server() throws Exception {
    try (TestDnsServer silent = new TestDnsServer()) {
      silent.answer((question, answer) -> List.of());
      Party bob = Live.party().answering("OPTIONS", 200);
      Party alice = Live.party("io.sipwright.DNS_SERVERS", address(silent));
      try {
        alice.send(alice.request("OPTIONS", "sip:x@localhost:" + bob.port, "udp"));
        Live.await("answer", () -> alice.responses.size() == 1);
        assertEquals(silent.questions(), List.of());
      } finally {
        alice.stack.stop();
        bob.stack.stop();
      }
    }
  }
}
