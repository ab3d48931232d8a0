package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TooManyListenersException;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransportAlreadySupportedException;
import javax.sip.TransportNotSupportedException;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Listening points, providers and listeners: made, used, taken down. */
public class ProvidersTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  // --- listening points ---

  @Test
  public void a_listening_point_receives_at_once() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.bareParty("bob").answering("OPTIONS", 200);
    bob.listen("udp");
    alice.send(alice.request("OPTIONS", bob));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void the_same_address_port_and_transport_give_the_same_listening_point() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    ListeningPoint point = stack.createListeningPoint("10.0.0.1", 5060, "udp");
    assertSame(stack.createListeningPoint("10.0.0.1", 5060, "udp"), point);
    assertSame(stack.createListeningPoint("10.0.0.1", 5060, "UDP"), point);
    assertNotSame(stack.createListeningPoint("10.0.0.1", 5060, "tcp"), point);
    assertNotSame(stack.createListeningPoint("10.0.0.1", 5062, "udp"), point);
    assertEquals(count(stack.getListeningPoints()), 3);
  }

  private static int count(Iterator<?> all) {
    int n = 0;
    for (; all.hasNext(); all.next()) {
      n++;
    }
    return n;
  }

  @Test
  public void a_listening_point_tells_what_it_was_made_with() throws Exception {
    ListeningPoint point = calls.bareParty("a").stack.createListeningPoint("10.0.0.1", 5070, "TCP");
    assertEquals(point.getIPAddress(), "10.0.0.1");
    assertEquals(point.getPort(), 5070);
    assertTrue(point.getTransport().equalsIgnoreCase("tcp"));
    assertEquals(point.getSentBy(), "10.0.0.1:5070");
  }

  @DataProvider
  public Object[][] impossiblePorts() {
    return new Object[][] {{0}, {-1}, {65536}, {Integer.MIN_VALUE}};
  }

  @Test(dataProvider = "impossiblePorts")
  public void a_port_out_of_range_is_refused(int port) throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    expectThrows(
        InvalidArgumentException.class, () -> stack.createListeningPoint("10.0.0.1", port, "udp"));
  }

  @Test
  public void a_port_in_use_is_refused() throws Exception {
    calls.bareParty("a").stack.createListeningPoint("10.0.0.1", 5060, "udp");
    SipStackImpl other = calls.bareParty("b").stack;
    InvalidArgumentException e =
        expectThrows(
            InvalidArgumentException.class,
            () -> other.createListeningPoint("10.0.0.1", 5060, "udp"));
    assertTrue(e.getMessage().contains("10.0.0.1:5060"), e.getMessage());
  }

  @Test
  public void an_unknown_transport_is_not_supported() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    expectThrows(
        TransportNotSupportedException.class,
        () -> stack.createListeningPoint("10.0.0.1", 5060, "pigeon"));
  }

  @Test
  public void sctp_is_said_not_to_be_here() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    for (String sctp : List.of("sctp", "SCTP", "tls-sctp")) {
      String message =
          expectThrows(
                  TransportNotSupportedException.class,
                  () -> stack.createListeningPoint("10.0.0.1", 5060, sctp))
              .getMessage();
      assertTrue(message.startsWith("Transport " + sctp + " is not supported: use udp,"), message);
      assertTrue(message.contains("RFC 4168"), message);
    }
    Party bob = calls.party("bob");
    SipException e =
        expectThrows(
            SipException.class,
            () -> bob.send(bob.request("OPTIONS", "sip:x@10.0.0.9;transport=sctp", "udp")));
    assertTrue(e.getMessage().contains("no listening point for transport sctp"), e.getMessage());
  }

  @Test
  public void a_host_that_is_no_address_is_refused() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    expectThrows(
        InvalidArgumentException.class,
        () -> stack.createListeningPoint("256.256.256.256.invalid", 5060, "udp"));
    expectThrows(NullPointerException.class, () -> stack.createListeningPoint(null, 5060, "udp"));
    expectThrows(
        NullPointerException.class, () -> stack.createListeningPoint("10.0.0.1", 5060, null));
  }

  @Test
  @SuppressWarnings("deprecation")
  public void without_an_address_of_the_stack_a_listening_point_needs_one() throws Exception {
    SipStackImpl without = calls.bareParty("a").stack;
    expectThrows(
        TransportNotSupportedException.class, () -> without.createListeningPoint(5060, "udp"));
    SipStackImpl with = calls.bareParty("b", "javax.sip.IP_ADDRESS", "10.0.0.2").stack;
    assertEquals(with.createListeningPoint(5060, "udp").getIPAddress(), "10.0.0.2");
  }

  @Test
  public void a_deleted_listening_point_frees_its_port() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.bareParty("bob");
    ListeningPoint point = bob.listen("udp");
    bob.stack.deleteListeningPoint(point);
    bob.stack.deleteListeningPoint(point);
    assertFalse(bob.stack.getListeningPoints().hasNext());
    assertEquals(bob.provider().getListeningPoints().length, 0);
    calls.bareParty("other").stack.createListeningPoint(bob.address, 5060, "udp");
    alice.provider().sendRequest(alice.request("OPTIONS", bob));
    calls.run();
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void sent_by_goes_into_the_top_via_of_requests() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    ListeningPoint point = alice.provider().getListeningPoint("udp");
    point.setSentBy("alice.test:5060");
    assertEquals(point.getSentBy(), "alice.test:5060");
    ClientTransaction transaction = alice.send(alice.request("OPTIONS", bob));
    calls.run();
    assertEquals(
        Calls.header(calls.text("alice>bob OPTIONS"), "Via"),
        "SIP/2.0/UDP alice.test:5060;branch=" + transaction.getBranchId());
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @DataProvider
  public Object[][] sentBys() {
    return new Object[][] {
      {"[2001:db8::1]:5070", "[2001:db8::1]:5070", "[2001:DB8:0::1]", 5070},
      {"[2001:db8::1]", "[2001:db8::1]", "[2001:db8::1]", -1},
      {"Nat.example.net", "Nat.example.net", "nat.EXAMPLE.net", 5060},
      {"192.0.2.9:5070", "192.0.2.9:5070", "192.0.2.9", 5070},
      {"[fe80::1%eth0]:5070", "[fe80::1]:5070", "[fe80::1]", 5070},
    };
  }

  @Test(dataProvider = "sentBys")
  public void sent_by_names_us_however_it_is_spelled(
      String sentBy, String written, String host, int port) throws Exception {
    Party alice = calls.party("alice");
    ListeningPointImpl point = alice.provider().getListeningPoint("udp");
    assertFalse(alice.stack.isOwn(host, port));
    point.setSentBy(sentBy);
    assertEquals(point.getSentBy(), written);
    assertEquals(point.createViaHeader().toString().strip(), "Via: SIP/2.0/UDP " + written);
    assertEquals(point.createContactHeader().toString().strip(), "Contact: <sip:" + written + ">");
    assertTrue(alice.stack.isOwn(host, port));
    assertFalse(alice.stack.isOwn(host, 9));
    assertTrue(alice.stack.isOwn("10.0.0.1", 5060), "where it's bound, too");
  }

  @DataProvider
  public Object[][] brokenSentBys() {
    return new Object[][] {
      {""},
      {"a b"},
      {"host:port"},
      {"host:5060;x"},
      {"host:0"},
      {"a\r\nb"},
      {"host:"},
      {":5060"},
      {"host:65536"},
      {"host:5060:1"},
      {"[::1"},
      {"[::1]x"},
      {"[]:5060"},
      {"2001:db8::1:5060"},
      {"a@b"},
      {"sip:host"},
    };
  }

  @Test(dataProvider = "brokenSentBys")
  public void a_sent_by_that_is_none_is_refused(String sentBy) throws Exception {
    ListeningPoint point = calls.party("a").provider().getListeningPoint("udp");
    expectThrows(java.text.ParseException.class, () -> point.setSentBy(sentBy));
    assertEquals(point.getSentBy(), "10.0.0.1:5060");
  }

  // --- providers ---

  @Test
  public void a_provider_gives_back_the_very_objects_it_was_made_with() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    ListeningPoint udp = stack.createListeningPoint("10.0.0.1", 5060, "udp");
    ListeningPoint tcp = stack.createListeningPoint("10.0.0.1", 5060, "tcp");
    SipProvider provider = stack.createSipProvider(udp);
    provider.addListeningPoint(tcp);
    provider.addListeningPoint(tcp);
    assertSame(provider.getSipStack(), stack);
    assertSame(provider.getListeningPoint("udp"), udp);
    assertSame(provider.getListeningPoint("UDP"), udp);
    assertSame(provider.getListeningPoint("tcp"), tcp);
    assertNull(provider.getListeningPoint("tls"));
    assertEquals(provider.getListeningPoints(), new ListeningPoint[] {udp, tcp});
    assertSame(stack.getSipProviders().next(), provider);
  }

  @Test
  public void a_listening_point_has_one_provider() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    ListeningPoint udp = stack.createListeningPoint("10.0.0.1", 5060, "udp");
    ListeningPoint tcp = stack.createListeningPoint("10.0.0.1", 5060, "tcp");
    stack.createSipProvider(udp);
    expectThrows(ObjectInUseException.class, () -> stack.createSipProvider(udp));
    SipProvider other = stack.createSipProvider(tcp);
    expectThrows(ObjectInUseException.class, () -> other.addListeningPoint(udp));
    ListeningPoint foreign =
        calls.bareParty("b").stack.createListeningPoint("10.0.0.2", 5060, "udp");
    expectThrows(ObjectInUseException.class, () -> stack.createSipProvider(foreign));
    expectThrows(ObjectInUseException.class, () -> other.addListeningPoint(foreign));
  }

  @Test
  public void a_provider_has_one_listening_point_for_each_transport() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    SipProvider provider =
        stack.createSipProvider(stack.createListeningPoint("10.0.0.1", 5060, "udp"));
    ListeningPoint second = stack.createListeningPoint("10.0.0.1", 5062, "udp");
    expectThrows(
        TransportAlreadySupportedException.class, () -> provider.addListeningPoint(second));
  }

  @Test
  @SuppressWarnings("deprecation")
  public void the_methods_of_jain_sip_1_1_for_listening_points_work() throws Exception {
    SipStackImpl stack = calls.bareParty("a").stack;
    ListeningPoint udp = stack.createListeningPoint("10.0.0.1", 5060, "udp");
    ListeningPoint tcp = stack.createListeningPoint("10.0.0.1", 5060, "tcp");
    SipProvider provider = stack.createSipProvider(udp);
    provider.setListeningPoint(tcp);
    assertSame(provider.getListeningPoint(), udp);
    assertEquals(provider.getListeningPoints().length, 2);
    ListeningPoint second = stack.createListeningPoint("10.0.0.1", 5062, "udp");
    expectThrows(ObjectInUseException.class, () -> provider.setListeningPoint(second));
  }

  @Test
  public void a_provider_is_in_use_while_it_has_a_listener_and_only_then() throws Exception {
    Party alice = calls.party("alice");
    SipProvider provider = alice.provider();
    expectThrows(ObjectInUseException.class, () -> alice.stack.deleteSipProvider(provider));
    provider.removeSipListener(alice);
    provider.removeSipListener(alice);
    alice.stack.deleteSipProvider(provider);
    alice.stack.deleteSipProvider(provider);
    assertFalse(alice.stack.getSipProviders().hasNext());
    assertEquals(count(alice.stack.getListeningPoints()), 2);
  }

  @Test
  public void the_usual_order_of_taking_down_works() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    alice.send(alice.request("OPTIONS", bob));
    calls.run();
    Iterator<?> providers = alice.stack.getSipProviders();
    while (providers.hasNext()) {
      SipProvider provider = (SipProvider) providers.next();
      for (ListeningPoint point : provider.getListeningPoints()) {
        provider.removeListeningPoint(point);
        provider.removeListeningPoint(point);
        alice.stack.deleteListeningPoint(point);
      }
      provider.removeSipListener(alice);
      alice.stack.deleteSipProvider(provider);
      providers = alice.stack.getSipProviders();
    }
    alice.stack.stop();
    assertFalse(alice.stack.getListeningPoints().hasNext());
  }

  @Test
  public void a_provider_without_listening_point_says_so_when_it_is_to_send() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    Request request = alice.request("OPTIONS", bob);
    for (ListeningPoint point : alice.provider().getListeningPoints()) {
      alice.provider().removeListeningPoint(point);
      alice.stack.deleteListeningPoint(point);
    }
    SipException e = expectThrows(SipException.class, () -> alice.provider().sendRequest(request));
    assertTrue(e.getMessage().contains("listening point"), e.getMessage());
  }

  @Test
  public void each_call_id_is_new() throws Exception {
    SipProvider provider = calls.party("a").provider();
    assertFalse(provider.getNewCallId().getCallId().equals(provider.getNewCallId().getCallId()));
  }

  // --- listeners ---

  @Test
  public void a_stack_has_one_listener() throws Exception {
    Party alice = calls.party("alice");
    SipStackImpl stack = alice.stack;
    SipProvider second =
        stack.createSipProvider(stack.createListeningPoint("10.0.0.1", 5062, "udp"));
    alice.provider().addSipListener(alice);
    second.addSipListener(alice);
    SilentListener other = new SilentListener();
    expectThrows(TooManyListenersException.class, () -> second.addSipListener(other));
    expectThrows(TooManyListenersException.class, () -> alice.provider().addSipListener(other));
    second.removeSipListener(other);
    second.removeSipListener(alice);
    expectThrows(TooManyListenersException.class, () -> second.addSipListener(other));
    alice.provider().removeSipListener(alice);
    second.addSipListener(other);
    expectThrows(NullPointerException.class, () -> second.addSipListener(null));
  }

  @Test
  public void listeners_may_change_while_transactions_live() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    calls.link("bob", "alice").delay(java.time.Duration.ofSeconds(2));
    bob.answering("OPTIONS", 200);
    alice.send(alice.request("OPTIONS", bob));
    calls.run();
    alice.provider().removeSipListener(alice);
    List<String> got = new ArrayList<>();
    alice
        .provider()
        .addSipListener(
            new SilentListener() {
              @Override
              public void processResponse(javax.sip.ResponseEvent event) {
                got.add(Calls.summary(event.getResponse().toString()));
              }
            });
    calls.run(3000);
    assertEquals(got, List.of("200 OPTIONS"));
    assertEquals(alice.heard(), List.of());
  }

  @Test
  public void events_without_a_listener_are_dropped() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    bob.provider().removeSipListener(bob);
    alice.provider().sendRequest(alice.request("OPTIONS", bob));
    calls.run();
    bob.provider().addSipListener(bob);
    calls.run();
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void the_source_of_an_event_is_the_very_provider() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    alice.send(alice.request("OPTIONS", bob));
    calls.runToTheEnd();
    assertSame(bob.lastRequest().getSource(), bob.provider());
    assertSame(alice.lastResponse().getSource(), alice.provider());
    assertSame(alice.endedTransactions.get(0).getSource(), alice.provider());
  }
}
