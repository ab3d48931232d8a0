package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TransactionState;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Stacks on real sockets: what they take hold of, and let go of. */
public class SocketsTest {
  private final List<Party> parties = new ArrayList<>();

  private Party party(String... settings) throws Exception {
    return partyAt("127.0.0.1", settings);
  }

  private Party partyAt(String address, String... settings) throws Exception {
    Party party = Live.partyAt(address, settings);
    parties.add(party);
    return party;
  }

  @AfterMethod
  public void end() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  @DataProvider
  public Object[][] addressesAndTransports() {
    return new Object[][] {
      {"127.0.0.1", "udp"}, {"127.0.0.1", "tcp"}, {"::1", "udp"}, {"::1", "tcp"},
    };
  }

  private static ClientTransaction options(Party from, Party to, String transport)
      throws Exception {
    return from.send(from.request("OPTIONS", Party.uri(to, "transport=" + transport), transport));
  }

  @Test(dataProvider = "addressesAndTransports")
  public void two_stacks_talk(String address, String transport) throws Exception {
    Party alice = partyAt(address);
    Party bob = partyAt(address).answering("OPTIONS", 200);
    options(alice, bob, transport);
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertEquals(bob.heard(), List.of("OPTIONS"));
  }

  @Test(dataProvider = "addressesAndTransports")
  public void a_stack_talks_to_itself(String address, String transport) throws Exception {
    Party alice = partyAt(address).answering("OPTIONS", 200);
    ClientTransaction transaction = options(alice, alice, transport);
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertEquals(alice.heard(), List.of("OPTIONS", "200 OPTIONS"));
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
  }

  @Test(dataProvider = "addressesAndTransports")
  public void stop_leaves_no_thread_and_no_port(String address, String transport) throws Exception {
    Party alice = partyAt(address);
    Party bob = partyAt(address).answering("OPTIONS", 200);
    options(alice, bob, transport);
    alice.send(alice.request("INVITE", Party.uri(bob, "transport=" + transport), transport));
    Live.await("an answer and a call", () -> alice.heard().size() == 1 && bob.heard().size() == 2);
    assertFalse(Live.threadsOf(alice.name).isEmpty());
    alice.stack.stop();
    Live.assertFree(address, alice.port);
    bob.stack.stop();
    Live.assertFree(address, bob.port);
    Live.await("the end of alice's threads", () -> Live.threadsOf(alice.name).isEmpty());
    Live.await("the end of bob's threads", () -> Live.threadsOf(bob.name).isEmpty());
    alice.stack.statistics().forEach((figure, value) -> assertEquals(value, 0, figure));
  }

  @Test
  public void a_stack_can_be_stopped_and_used_again_at_the_same_port() throws Exception {
    Party alice = party();
    Party bob = party().answering("OPTIONS", 200);
    for (int i = 1; i <= 3; i++) {
      options(alice, bob, i == 2 ? "tcp" : "udp");
      int round = i;
      Live.await("an answer", () -> alice.responses.size() == round);
      alice.stack.stop();
      ListeningPoint point = alice.stack.createListeningPoint(alice.address, alice.port, "udp");
      SipProvider provider = alice.stack.createSipProvider(point);
      provider.addListeningPoint(
          alice.stack.createListeningPoint(alice.address, alice.port, "tcp"));
      provider.addSipListener(alice);
      alice.use(provider);
    }
  }

  @Test
  public void a_deleted_listening_point_frees_its_port_at_once() throws Exception {
    Party alice = party();
    Party bob = party().answering("OPTIONS", 200);
    options(alice, bob, "udp");
    options(alice, bob, "tcp");
    Live.await("answers", () -> alice.responses.size() == 2);
    for (ListeningPoint point : bob.provider().getListeningPoints()) {
      bob.stack.deleteListeningPoint(point);
    }
    Live.assertFree(bob.address, bob.port);
  }

  @Test
  public void the_usual_order_of_taking_down_works() throws Exception {
    Party alice = party();
    Party bob = party().answering("OPTIONS", 200);
    options(alice, bob, "tcp");
    Live.await("an answer", () -> alice.responses.size() == 1);
    SipProvider provider = bob.provider();
    for (ListeningPoint point : provider.getListeningPoints()) {
      provider.removeListeningPoint(point);
      bob.stack.deleteListeningPoint(point);
    }
    provider.removeSipListener(bob);
    bob.stack.deleteSipProvider(provider);
    Live.assertFree(bob.address, bob.port);
    bob.stack.stop();
    Live.await("the end of bob's threads", () -> Live.threadsOf(bob.name).isEmpty());
  }

  @Test
  public void a_port_that_another_program_uses_is_refused() throws Exception {
    try (DatagramSocket other =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      SipStackImpl stack = new SipStackImpl(Live.properties(Live.newName()));
      InvalidArgumentException e =
          expectThrows(
              InvalidArgumentException.class,
              () -> stack.createListeningPoint("127.0.0.1", other.getLocalPort(), "udp"));
      assertTrue(e.getMessage().contains(":" + other.getLocalPort()), e.getMessage());
      assertFalse(stack.getListeningPoints().hasNext());
    }
  }

  /** RFC 3261 §18.4. The time-out would take half a minute. */
  @Test
  public void an_unreachable_port_ends_a_client_transaction_if_asked_for() throws Exception {
    Party alice = party("io.sipwright.UDP_DETECT_UNREACHABLE", "true", "io.sipwright.T1", "60000");
    String nobody = "sip:127.0.0.1:" + Live.freePort("127.0.0.1");
    ClientTransaction options = alice.send(alice.request("OPTIONS", nobody, "udp"));
    Live.await("an error", () -> !alice.ioExceptions.isEmpty());
    Live.await("its end", () -> options.getState() == TransactionState.TERMINATED);
  }

  @Test
  public void a_stack_that_could_bind_nothing_leaves_no_thread() throws Exception {
    String name = Live.newName();
    SipStackImpl stack = new SipStackImpl(Live.properties(name));
    expectThrows(
        InvalidArgumentException.class,
        () -> stack.createListeningPoint("192.0.2.1", Live.freePort("127.0.0.1"), "udp"));
    expectThrows(
        javax.sip.TransportNotSupportedException.class,
        () -> stack.createListeningPoint("127.0.0.1", 5060, "pigeon"));
    Live.await("the end of its threads", () -> Live.threadsOf(name).isEmpty());
  }

  @Test
  public void sixteen_stacks_that_are_not_started_cost_no_thread() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      names.add(Live.newName());
      new SipStackImpl(Live.properties(names.get(i)));
    }
    for (String name : names) {
      assertEquals(Live.threadsOf(name), List.of());
    }
  }

  @Test
  public void the_factory_makes_many_stacks_and_forgets_them_when_it_is_reset() throws Exception {
    SipFactory factory = SipFactory.getInstance();
    factory.resetFactory();
    factory.setPathName("io.sipwright");
    try {
      String name = Live.newName();
      SipStack first = factory.createSipStack(Live.properties(name));
      assertTrue(first instanceof SipStackImpl, first.getClass().getName());
      assertSame(factory.createSipStack(Live.properties(name)), first);
      List<SipStack> more = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        more.add(factory.createSipStack(Live.properties(Live.newName())));
      }
      assertEquals(more.stream().distinct().count(), 16);
      factory.resetFactory();
      factory.setPathName("io.sipwright");
      assertNotSame(factory.createSipStack(Live.properties(name)), first);
      assertNotNull(factory.createAddressFactory().createURI("sip:a@b"));
      assertNotNull(factory.createHeaderFactory().createSubjectHeader("x"));
      assertNotNull(factory.createMessageFactory().createRequest(null));
    } finally {
      factory.resetFactory();
    }
  }
}
