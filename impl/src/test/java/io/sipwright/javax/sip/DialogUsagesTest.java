package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;

import java.util.List;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.header.Header;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Sessions and subscriptions in a dialog, which ends with the last of them (RFC 5057, RFC 6665).
 */
public class DialogUsagesTest {
  private Party alice;
  private Party bob;
  private Dialog ours;
  private Dialog theirs;

  private static Header header(String name, String value) throws Exception {
    return Party.HEADERS.createHeader(name, value);
  }

  private static <M extends javax.sip.message.Message> M with(M message, String... namesAndValues)
      throws Exception {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      message.setHeader(header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return message;
  }

  private Request notifyOf(String event, String state) throws Exception {
    return with(theirs.createRequest("NOTIFY"), "Event", event, "Subscription-State", state);
  }

  private void parties(Calls calls, String... settings) throws Exception {
    alice = calls.party("alice", settings).acknowledging().answering("NOTIFY", 200);
    bob = calls.party("bob", settings).answering("INVITE", 200).answering("BYE", 200);
    bob.on(
        "SUBSCRIBE",
        event -> {
          Response ok = with(bob.response(200, event.getRequest()), "Expires", "600");
          Party.transaction(event).sendResponse(ok);
        });
    bob.answering("REFER", 202);
  }

  /** Alice subscribes to bob. */
  private void subscribed(Calls calls, String... settings) throws Exception {
    parties(calls, settings);
    Request subscribe = with(alice.request("SUBSCRIBE", bob), "Event", "foo", "Expires", "600");
    ours = alice.send(subscribe).getDialog();
    calls.run(10);
    theirs = bob.stack.dialogs().all().iterator().next();
    assertEquals(ours.getState(), DialogState.CONFIRMED);
  }

  /** Alice calls bob. */
  private void called(Calls calls, String... settings) throws Exception {
    parties(calls, settings);
    ours = alice.send(alice.request("INVITE", bob)).getDialog();
    calls.run(10);
    theirs = bob.lastRequest().getDialog();
    assertEquals(bob.heard(), List.of("INVITE", "ACK"));
  }

  private void states(DialogState alices, DialogState bobs) {
    assertEquals(ours.getState(), alices, "alice's");
    assertEquals(theirs.getState(), bobs, "bob's");
  }

  private void alive() {
    states(DialogState.CONFIRMED, DialogState.CONFIRMED);
  }

  private void over(Calls calls) {
    states(DialogState.TERMINATED, DialogState.TERMINATED);
    calls.run(1);
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals(bob.endedDialogs.size(), 1);
    calls.runToTheEnd();
    assertEquals(calls.clock.armed(), 0);
    assertEquals(alice.endedDialogs.size(), 1);
    assertEquals((int) alice.stack.statistics().get("dialogs"), 0);
  }

  @Test
  public void the_last_notify_ends_a_subscription_and_its_dialog() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      bob.send(theirs, notifyOf("foo", "active;expires=600"));
      calls.run(10);
      alive();
      bob.send(theirs, notifyOf("foo", "terminated;reason=noresource"));
      calls.run(10);
      over(calls);
    }
  }

  @Test
  public void a_property_leaves_the_end_of_subscriptions_to_the_program() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls, "io.sipwright.DIALOGS_END_WITH_SUBSCRIPTIONS", "false");
      bob.send(theirs, notifyOf("foo", "terminated"));
      calls.run(700_000);
      alive();
      ours.delete();
      theirs.delete();
      over(calls);
    }
  }

  @Test
  public void unsubscribing_waits_for_the_last_notify() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      bob.send(theirs, notifyOf("foo", "active;expires=600"));
      calls.run(10);
      bob.on(
          "SUBSCRIBE",
          event ->
              Party.transaction(event)
                  .sendResponse(with(bob.response(200, event.getRequest()), "Expires", "0")));
      alice.send(ours, with(ours.createRequest("SUBSCRIBE"), "Event", "foo", "Expires", "0"));
      calls.run(10);
      alive();
      bob.send(theirs, notifyOf("foo", "terminated;reason=timeout"));
      calls.run(10);
      over(calls);
    }
  }

  @Test
  public void a_subscription_without_any_notify_ends_by_timer_n() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      calls.run(31_900);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      calls.run(200);
      assertEquals(ours.getState(), DialogState.TERMINATED);
      assertEquals(alice.endedDialogs.size(), 1);
    }
  }

  @Test
  public void a_subscription_ends_when_its_time_is_over_on_both_sides() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      bob.send(theirs, notifyOf("foo", "active;expires=600"));
      calls.run(631_000);
      alive();
      calls.run(2_000);
      over(calls);
    }
  }

  @Test
  public void a_refresh_makes_it_last() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      bob.send(theirs, notifyOf("foo", "active;expires=600"));
      calls.run(500_000);
      alice.send(ours, with(ours.createRequest("SUBSCRIBE"), "Event", "foo", "Expires", "600"));
      calls.run(500_000);
      alive();
      calls.run(140_000);
      over(calls);
    }
  }

  @DataProvider
  public Object[][] refusals() {
    return new Object[][] {{481, true}, {489, true}, {404, true}, {500, false}, {408, false}};
  }

  @Test(dataProvider = "refusals")
  public void some_refusals_of_a_refresh_end_it(int status, boolean ends) throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      bob.send(theirs, notifyOf("foo", "active"));
      bob.answering("SUBSCRIBE", status);
      alice.send(ours, with(ours.createRequest("SUBSCRIBE"), "Event", "foo"));
      calls.run(10);
      assertEquals(ours.getState(), ends ? DialogState.TERMINATED : DialogState.CONFIRMED);
    }
  }

  @Test(dataProvider = "refusals")
  public void some_refusals_of_a_notify_end_it(int status, boolean ends) throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      alice.answering("NOTIFY", status);
      bob.send(theirs, notifyOf("foo", "active"));
      calls.run(10);
      assertEquals(theirs.getState(), ends ? DialogState.TERMINATED : DialogState.CONFIRMED);
    }
  }

  @Test
  public void a_notify_that_nobody_answers_ends_it_for_the_notifier() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      alice.on("NOTIFY", event -> {});
      bob.send(theirs, notifyOf("foo", "active"));
      calls.run(32_100);
      assertEquals(theirs.getState(), DialogState.TERMINATED);
    }
  }

  @Test
  public void each_of_several_subscriptions_has_its_own_end() throws Exception {
    try (Calls calls = new Calls()) {
      subscribed(calls);
      alice.send(ours, with(ours.createRequest("SUBSCRIBE"), "Event", "foo;id=2"));
      calls.run(10);
      bob.send(theirs, notifyOf("foo;id=2", "active"));
      bob.send(theirs, notifyOf("foo", "terminated"));
      calls.run(10);
      alive();
      bob.send(theirs, notifyOf("foo;id=2", "terminated"));
      calls.run(10);
      over(calls);
    }
  }

  // --- session and subscription in one dialog ---

  private void bye(Calls calls) throws Exception {
    alice.send(ours, "BYE");
    calls.run(10);
    assertEquals(Calls.summary(alice.lastResponse().getResponse().toString()), "200 BYE");
  }

  private void refer(Calls calls) throws Exception {
    alice.send(ours, with(ours.createRequest("REFER"), "Refer-To", "<sip:carol@test>"));
    calls.run(10);
  }

  @Test
  public void a_bye_leaves_the_subscription_of_a_refer_to_its_end() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      refer(calls);
      bob.send(theirs, notifyOf("refer", "active;expires=60"));
      calls.run(10);
      bye(calls);
      alive();
      alice.send(ours, "INVITE");
      calls.run(10);
      assertEquals(
          Calls.summary(alice.lastResponse().getResponse().toString()),
          "481 INVITE",
          "the session is over");
      bob.send(theirs, notifyOf("refer", "terminated;reason=noresource"));
      calls.run(10);
      assertSame(alice.lastRequest().getDialog(), ours);
      over(calls);
    }
  }

  @Test
  public void a_subscription_that_ends_first_leaves_the_session_alone() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      refer(calls);
      bob.send(theirs, notifyOf("refer;id=2", "terminated"));
      calls.run(10);
      alive();
      bye(calls);
      over(calls);
    }
  }

  @Test
  public void with_the_property_a_bye_ends_it_all() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls, "io.sipwright.DIALOGS_END_WITH_SUBSCRIPTIONS", "false");
      refer(calls);
      bye(calls);
      over(calls);
    }
  }

  @Test
  public void a_program_may_keep_a_dialog_beyond_its_bye() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      ours.terminateOnBye(false);
      theirs.terminateOnBye(false);
      bye(calls);
      calls.run(60_000);
      alive();
      bob.send(theirs, "MESSAGE");
      calls.run(10);
      assertSame(alice.lastRequest().getDialog(), ours);
      ours.delete();
      theirs.delete();
      over(calls);
    }
  }

  @Test
  public void it_is_kept_beyond_the_end_of_its_subscriptions_too() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      ours.terminateOnBye(false);
      theirs.terminateOnBye(false);
      refer(calls);
      bye(calls);
      bob.send(theirs, notifyOf("refer", "terminated"));
      calls.run(60_000);
      alive();
      ours.delete();
      theirs.delete();
      over(calls);
    }
  }

  @Test
  public void of_a_session_and_two_subscriptions_each_may_end_last() throws Exception {
    for (int last = 0; last < 3; last++) {
      try (Calls calls = new Calls()) {
        called(calls);
        refer(calls); // number 2
        refer(calls);
        for (int i = 1; i <= 3; i++) {
          alive();
          switch ((last + i) % 3) {
            case 0 -> bye(calls);
            case 1 -> bob.send(theirs, notifyOf("refer;id=2", "terminated"));
            default -> bob.send(theirs, notifyOf("refer;id=3", "terminated"));
          }
          calls.run(10);
        }
        over(calls);
      }
    }
  }

  @Test
  public void a_lost_session_leaves_a_subscription() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      refer(calls);
      bob.answering("INVITE", 481);
      alice.send(ours, "INVITE");
      calls.run(10);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      bob.send(theirs, notifyOf("refer", "terminated"));
      calls.run(10);
      assertEquals(ours.getState(), DialogState.TERMINATED);
    }
  }

  @Test
  public void a_refused_refer_leaves_nothing_behind() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      bob.answering("REFER", 603);
      refer(calls);
      bye(calls);
      over(calls);
    }
  }

  // --- NOTIFY without subscription ---

  @DataProvider
  public Object[][] unasked() {
    String[] none = {};
    String[] deliver = {"gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true"};
    String[] uncounted = {"io.sipwright.DIALOGS_END_WITH_SUBSCRIPTIONS", "false"};
    String[] off = {"io.sipwright.AUTOMATIC_DIALOG_ERROR_HANDLING", "false"};
    return new Object[][] {
      {none, "foo", false},
      {none, "refer;id=3", false},
      {none, "refer;id=2", true},
      {none, "refer", true},
      {deliver, "foo", true},
      {uncounted, "foo", true},
      {off, "foo", true},
    };
  }

  @Test(dataProvider = "unasked")
  public void a_notify_within_a_call_needs_a_subscription(
      String[] settings, String event, boolean delivered) throws Exception {
    try (Calls calls = new Calls()) {
      called(calls, settings);
      refer(calls); // number 2
      String target = ours.getRemoteTarget().toString();
      Request notify = with(notifyOf(event, "active"), "Contact", "<sip:elsewhere@10.0.0.9>");
      bob.send(theirs, notify);
      calls.run(10);
      assertEquals(alice.heard().contains("NOTIFY"), delivered);
      assertEquals(bob.lastResponse().getResponse().getStatusCode(), delivered ? 200 : 481);
      assertEquals(ours.getRemoteTarget().toString().equals(target), !delivered, "target");
      assertEquals(ours.getState(), DialogState.CONFIRMED);
    }
  }

  @Test
  public void a_notify_for_a_subscription_that_is_over_gets_481() throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      refer(calls);
      bob.send(theirs, notifyOf("refer", "terminated"));
      calls.run(10);
      bob.send(theirs, notifyOf("refer", "active"));
      calls.run(10);
      assertEquals(
          calls.wire().subList(calls.wire().size() - 4, calls.wire().size()),
          List.of(
              "bob>alice NOTIFY",
              "alice>bob 200 NOTIFY",
              "bob>alice NOTIFY",
              "alice>bob 481 NOTIFY"));
    }
  }

  @Test
  public void where_subscriptions_are_too_many_to_count_each_notify_is_delivered()
      throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      for (int i = 0; i < 101; i++) {
        refer(calls);
      }
      bob.send(theirs, notifyOf("refer;id=102", "active"));
      calls.run(10);
      assertEquals(bob.lastResponse().getResponse().getStatusCode(), 200);
    }
  }

  // --- REFER without subscription ---

  @DataProvider
  public Object[][] without() {
    return new Object[][] {
      {new String[] {"Refer-Sub", "false"}, new String[] {"Refer-Sub", "false"}},
      {new String[] {"Require", "nosub"}, new String[] {}},
    };
  }

  @Test(dataProvider = "without")
  public void a_refer_without_subscription_makes_no_dialog(String[] asked, String[] answered)
      throws Exception {
    try (Calls calls = new Calls()) {
      parties(calls);
      bob.on(
          "REFER",
          event ->
              Party.transaction(event)
                  .sendResponse(with(bob.response(202, event.getRequest()), answered)));
      Request refer = with(alice.request("REFER", bob), "Refer-To", "<sip:carol@test>");
      ours = alice.send(with(refer, asked)).getDialog();
      calls.run(10);
      assertEquals(alice.heard(), List.of("202 REFER"));
      assertNull(ours.getState());
      assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
      calls.runToTheEnd();
      assertEquals(alice.endedDialogs.size() + bob.endedDialogs.size(), 0);
      assertEquals((int) alice.stack.statistics().get("dialogs"), 0);
    }
  }

  @Test(dataProvider = "without")
  public void a_refer_without_subscription_in_a_call_goes_with_the_call(
      String[] asked, String[] answered) throws Exception {
    try (Calls calls = new Calls()) {
      called(calls);
      bob.on(
          "REFER",
          event ->
              Party.transaction(event)
                  .sendResponse(with(bob.response(202, event.getRequest()), answered)));
      Request refer = with(ours.createRequest("REFER"), "Refer-To", "<sip:carol@test>");
      alice.send(ours, with(refer, asked));
      calls.run(10);
      bye(calls);
      over(calls);
    }
  }
}
