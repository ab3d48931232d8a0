package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sip.ClientTransaction;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Stacks: made, used, stopped. */
public class LifeCycleTest {
  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  private static Properties properties(String... settings) {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return properties;
  }

  // --- the stack ---

  @Test
  public void a_stack_needs_a_name() {
    PeerUnavailableException e =
        expectThrows(PeerUnavailableException.class, () -> new SipStackImpl(new Properties()));
    assertTrue(e.getMessage().contains("javax.sip.STACK_NAME"), e.getMessage());
  }

  @Test
  public void a_stack_needs_properties() {
    expectThrows(NullPointerException.class, () -> new SipStackImpl(null));
  }

  @Test
  public void a_property_with_an_impossible_value_is_named() {
    Properties wrong =
        properties("javax.sip.STACK_NAME", "a", "gov.nist.javax.sip.THREAD_POOL_SIZE", "many");
    PeerUnavailableException e =
        expectThrows(PeerUnavailableException.class, () -> new SipStackImpl(wrong));
    assertTrue(e.getMessage().contains("THREAD_POOL_SIZE=many"), e.getMessage());
  }

  @Test
  public void unknown_properties_are_no_error() throws Exception {
    SipStack stack =
        calls.bareParty("a", "gov.nist.javax.sip.NO_SUCH_THING", "1", "some.thing", "x").stack;
    assertEquals(stack.getStackName(), "a");
  }

  @Test
  public void a_stack_tells_its_name_and_its_address_if_it_has_one() throws Exception {
    SipStack with = calls.bareParty("with", "javax.sip.IP_ADDRESS", "10.0.0.1").stack;
    SipStack without = calls.bareParty("without").stack;
    assertEquals(with.getStackName(), "with");
    assertEquals(with.getIPAddress(), "10.0.0.1");
    assertNull(without.getIPAddress());
  }

  @Test
  @SuppressWarnings("deprecation")
  public void the_retransmission_filter_is_off_unless_it_is_asked_for() throws Exception {
    assertFalse(calls.bareParty("a").stack.isRetransmissionFilterActive());
    assertTrue(
        calls
            .bareParty("b", "javax.sip.RETRANSMISSION_FILTER", "ON")
            .stack
            .isRetransmissionFilterActive());
  }

  @Test
  public void start_is_optional_and_may_be_called_again() throws Exception {
    Party alice = calls.bareParty("alice");
    alice.stack.start();
    alice.stack.start();
    alice.listen("udp");
    alice.stack.start();
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    alice.send(alice.request("OPTIONS", bob));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
  }

  @Test
  public void stop_may_be_called_twice_and_before_any_start() throws Exception {
    Party alice = calls.bareParty("alice");
    alice.stack.stop();
    alice.listen("udp");
    alice.stack.stop();
    alice.stack.stop();
    assertFalse(alice.stack.getListeningPoints().hasNext());
    assertFalse(alice.stack.getSipProviders().hasNext());
  }

  @Test
  public void stop_ends_transactions_without_telling_the_listener() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("INVITE", 180);
    ClientTransaction options = alice.send(alice.request("OPTIONS", bob));
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    alice.stack.stop();
    bob.stack.stop();
    calls.clock.runUntilIdle();
    assertEquals(options.getState(), TransactionState.TERMINATED);
    assertEquals(invite.getState(), TransactionState.TERMINATED);
    assertEquals(alice.heard(), List.of("180 INVITE"));
    assertEquals(alice.endedTransactions, List.of());
    assertEquals(alice.endedDialogs, List.of());
    assertEquals(bob.endedTransactions, List.of());
  }

  @Test
  public void nothing_can_be_sent_once_the_stack_was_stopped() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    SipProvider provider = alice.provider();
    Request request = alice.request("OPTIONS", bob);
    ClientTransaction unsent = provider.getNewClientTransaction(alice.request("OPTIONS", bob));
    alice.stack.stop();
    expectThrows(SipException.class, unsent::sendRequest);
    expectThrows(SipException.class, () -> provider.getNewClientTransaction(request));
    expectThrows(SipException.class, () -> provider.sendRequest(request));
  }

  @Test
  public void a_stopped_stack_can_be_used_again() throws Exception {
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    Party alice = calls.bareParty("alice");
    for (int i = 1; i <= 3; i++) {
      ListeningPoint point = alice.stack.createListeningPoint(alice.address, 5060, "udp");
      SipProvider provider = alice.stack.createSipProvider(point);
      provider.addSipListener(alice);
      alice.use(provider);
      alice.send(alice.request("OPTIONS", bob));
      calls.run();
      assertEquals(alice.responses.size(), i);
      alice.stack.stop();
    }
  }

  @Test
  public void a_listener_may_stop_its_stack() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    bob.on("OPTIONS", event -> bob.stack.stop());
    alice.send(alice.request("OPTIONS", bob));
    alice.send(alice.request("OPTIONS", bob));
    calls.run(40_000);
    assertEquals(bob.heard(), List.of("OPTIONS"));
    assertEquals(alice.heard(), List.of("timeout OPTIONS", "timeout OPTIONS"));
  }

  @Test
  public void what_a_listener_throws_is_its_own_affair() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.bareParty("bob");
    SipProvider provider =
        bob.stack.createSipProvider(bob.stack.createListeningPoint(bob.address, 5060, "udp"));
    List<String> got = new ArrayList<>();
    provider.addSipListener(
        new SilentListener() {
          @Override
          public void processRequest(javax.sip.RequestEvent event) {
            got.add(event.getRequest().getMethod());
            if (got.size() == 1) {
              throw new IllegalStateException("thrown on purpose");
            }
            throw new StackOverflowError("thrown on purpose");
          }
        });
    for (String method : List.of("OPTIONS", "INFO", "MESSAGE")) {
      alice.provider().sendRequest(alice.request(method, bob));
    }
    calls.run();
    assertEquals(got, List.of("OPTIONS", "INFO", "MESSAGE"));
  }

  @Test
  public void statistics_are_zero_when_all_is_over() throws Exception {
    Party alice = calls.party("alice").acknowledging();
    Party bob = calls.party("bob").answering("INVITE", 180, 200).answering("BYE", 200);
    alice.send(alice.request("INVITE", bob));
    calls.run();
    assertEquals(alice.stack.statistics().get("dialogs"), 1);
    assertEquals(alice.stack.statistics().get("clientTransactions"), 1);
    assertEquals(bob.stack.statistics().get("serverTransactions"), 1);
    javax.sip.Dialog dialog = alice.lastResponse().getDialog();
    alice.send(dialog, "BYE");
    calls.runToTheEnd();
    for (Party party : List.of(alice, bob)) {
      party.stack.statistics().forEach((figure, value) -> assertEquals(value, 0, figure));
    }
  }
}
