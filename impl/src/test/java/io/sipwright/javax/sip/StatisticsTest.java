package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.ext.ExtendedStack;
import io.sipwright.ext.SipFlow;
import io.sipwright.ext.StackStatistics;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

/** What a stack tells of itself, and what it keeps connections for. */
public class StatisticsTest {
  private final List<Party> parties = new ArrayList<>();

  private Party party(String... settings) throws Exception {
    Party party = Live.party(settings);
    parties.add(party);
    return party;
  }

  @AfterMethod
  public void end() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  private static StackStatistics.Connections connections(Party party) {
    return party.stack.getStatistics().connections();
  }

  @Test
  public void idle_connection_is_closed_but_not_the_way_to_the_peer_of_a_dialog() throws Exception {
    Party bob = party("io.sipwright.MAX_SOCKET_IDLE_TIME", "300");
    bob.answering("INVITE", 200).answering("OPTIONS", 200);
    try (RawPeer caller = new RawPeer("127.0.0.1", bob);
        RawPeer idle = new RawPeer("127.0.0.1", bob)) {
      caller.send(caller.request("INVITE", 1, "Contact: " + caller.contact()));
      String ok = caller.read();
      assertTrue(ok.startsWith("SIP/2.0 200"), ok);
      caller.send(
          caller
              .request("ACK", 1)
              .replace("To: <sip:bob@test>", "To: " + Calls.header(ok, "To"))
              .replace("branch=z9hG4bK", "branch=z9hG4bKack"));
      Live.await("the ACK", () -> bob.heard().contains("ACK"));
      idle.send(idle.request("OPTIONS", 2));
      idle.read();
      assertNull(idle.read());
      assertEquals(connections(bob).idle(), 1);
      Dialog dialog = bob.stack.getDialogs().iterator().next();
      bob.send(dialog, "BYE");
      String bye = caller.read();
      assertTrue(bye.startsWith("BYE sip:peer@"), bye);
      caller.send(WireEnd.response(200, bye));
      Live.await("the answer", () -> bob.heard().contains("200 BYE"));
      assertNull(caller.read());
      assertEquals(connections(bob).idle(), 2);
      Live.await("the end of all connections", () -> connections(bob).open() == 0);
    }
  }

  /** Its keep-alives may be further apart than that: Flow-Timer says so. */
  @Test
  public void flow_that_is_kept_alive_is_not_closed_as_idle() throws Exception {
    Party bob = party("io.sipwright.MAX_SOCKET_IDLE_TIME", "300");
    bob.answering("OPTIONS", 200);
    try (RawPeer kept = new RawPeer("127.0.0.1", bob)) {
      kept.send(kept.request("OPTIONS", 1));
      kept.read();
      SipFlow flow = bob.stack.flowOf(bob.lastRequest().getRequest());
      SipFlow.KeepAlive keepAlive = flow.keepAlive("any", 300, (failed, reason) -> {});
      for (int i = 1; i <= 2; i++) {
        try (RawPeer idle = new RawPeer("127.0.0.1", bob)) {
          idle.send(idle.request("OPTIONS", 1 + i));
          idle.read();
          assertNull(idle.read());
          assertEquals(connections(bob).idle(), i);
        }
      }
      assertTrue(flow.isOpen());
      keepAlive.stop();
      assertNull(kept.read());
      assertEquals(connections(bob).idle(), 3);
    }
  }

  @Test
  public void every_figure_is_told() throws Exception {
    Party bob = party("io.sipwright.MAX_CONNECTIONS_PER_SOURCE", "1");
    bob.answering("OPTIONS", 200);
    ExtendedStack stack = bob.stack;
    try (RawPeer peer = new RawPeer("127.0.0.1", bob)) {
      peer.send(peer.request("OPTIONS", 1));
      peer.read();
      try (RawPeer second = new RawPeer("127.0.0.1", bob)) {
        assertNull(second.read());
      }
      peer.send("OPTIONS sip:bob@test SIP/2.0\nTo: b\nContent-Length: 0\n\n");
      Live.await("the unreadable one", () -> stack.getStatistics().refusals().unreadable() == 1);
      Live.await("none lingers over TCP", () -> stack.getStatistics().serverTransactions() == 0);
      StackStatistics now = stack.getStatistics();
      assertEquals(now.clientTransactions(), 0);
      assertEquals(now.dialogs(), 0);
      assertEquals(now.connections().open(), 1);
      assertEquals(now.connections().refusedPerSource(), 1);
      assertEquals(now.connections().unsentBytes(), 0);
      assertEquals(now.refusals().shed(), 0);
      assertEquals(now.waitingBytes(), 0);
      peer.send("OPTIONS sip:bob@test SIP/2.0\nTo: b\n\n");
      Live.await("its end", () -> stack.getStatistics().connections().open() == 0);
      assertEquals(stack.getStatistics().refusals().brokenStreams(), 1);
    }
    bob.stack.stop();
    assertEquals(stack.getStatistics().connections().refusedPerSource(), 0);
    assertEquals(stack.getStatistics().serverTransactions(), 0);
  }
}
