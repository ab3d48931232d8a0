package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Dialogs that NOTIFYs make: RFC 6665 §4.4.1, javax.sip.FORKABLE_EVENTS. */
public class ForkedSubscriptionsTest {
  private static final String PEER = "sip:bob@10.0.0.2:5060";

  /** A subscriber that answers NOTIFYs, and a peer that gets its SUBSCRIBE. */
  private static final class Subscribed implements AutoCloseable {
    final Calls calls = new Calls();
    final Party alice;
    final WireEnd peer;
    final ClientTransaction sent;
    final String subscribe;
    private int notifies;

    Subscribed(String method, String event, String... settings) throws Exception {
      alice = calls.party("alice", settings).answering("NOTIFY", 200);
      peer = calls.wireEnd("bob", "udp");
      Request request = alice.request(method, PEER, "udp");
      if (method.equals("SUBSCRIBE")) {
        request.addHeader(Party.HEADERS.createHeader("Event", event));
      }
      sent = alice.send(request);
      calls.run(10);
      subscribe = peer.last();
    }

    /** A NOTIFY from a tag. */
    void notifies(String tag, String event) {
      String to = Calls.header(subscribe, "From");
      String text =
          WireEnd.request("NOTIFY", "alice", ++notifies)
              .replace("From: <sip:wire@test>;tag=wire", "From: <sip:bob@test>;tag=" + tag)
              .replace("To: <sip:bob@test>", "To: " + to)
              .replace("Call-ID: wire" + notifies, "Call-ID: " + Calls.header(subscribe, "Call-ID"))
              .replace(
                  "Max-Forwards",
                  "Event: "
                      + event
                      + "\nSubscription-State: active\nContact: <sip:"
                      + tag
                      + "@10.0.0.2>\nMax-Forwards");
      peer.send("alice", text);
      calls.run(10);
    }

    void accepts(String tag) {
      peer.send(
          "alice",
          WireEnd.response(200, subscribe, "Contact: <sip:" + tag + "@10.0.0.2>", "Expires: 600")
              .replace("tag=end", "tag=" + tag));
      calls.run(10);
    }

    Dialog notified() {
      return alice.lastRequest().getDialog();
    }

    @Override
    public void close() {
      calls.close();
    }
  }

  @DataProvider
  public Object[][] early() {
    return new Object[][] {{"SUBSCRIBE", "foo;id=1"}, {"REFER", "refer"}, {"REFER", "refer;id=1"}};
  }

  @Test(dataProvider = "early")
  public void a_notify_before_the_2xx_makes_the_dialog(String method, String event)
      throws Exception {
    try (Subscribed s = new Subscribed(method, event)) {
      assertNull(s.sent.getDialog().getState());
      s.notifies("one", event);
      assertSame(s.notified(), s.sent.getDialog());
      assertEquals(s.notified().getState(), DialogState.CONFIRMED);
      assertEquals(s.notified().getRemoteTag(), "one");
      assertEquals(s.notified().getRemoteTarget().getURI().toString(), "sip:one@10.0.0.2");
      s.accepts("one");
      assertSame(s.alice.lastResponse().getDialog(), s.sent.getDialog());
      s.notifies("one", event);
      assertSame(s.notified(), s.sent.getDialog());
      assertEquals(s.alice.heard(), List.of("NOTIFY", "200 " + method, "NOTIFY"));
      assertEquals(s.peer.heard(), List.of(method, "200 NOTIFY", "200 NOTIFY"));
    }
  }

  @DataProvider
  public Object[][] orders() {
    return new Object[][] {{true}, {false}};
  }

  @Test(dataProvider = "orders")
  public void each_notifier_of_a_forkable_package_has_a_dialog(boolean acceptedFirst)
      throws Exception {
    try (Subscribed s =
        new Subscribed("SUBSCRIBE", "foo", "javax.sip.FORKABLE_EVENTS", "bar,foo")) {
      if (acceptedFirst) {
        s.accepts("one");
      }
      s.notifies("one", "foo");
      Dialog one = s.notified();
      s.notifies("two", "foo");
      Dialog two = s.notified();
      assertSame(one, s.sent.getDialog());
      assertNotSame(two, one);
      assertEquals(two.getState(), DialogState.CONFIRMED);
      assertEquals(two.getRemoteTag(), "two");
      if (!acceptedFirst) {
        s.accepts("two");
        assertSame(s.alice.lastResponse().getDialog(), two);
      }
      s.notifies("two", "foo");
      assertSame(s.notified(), two);
      s.alice.send(two, "SUBSCRIBE");
      s.calls.run(10);
      assertEquals(
          s.peer.last().lines().findFirst().orElse(""), "SUBSCRIBE sip:two@10.0.0.2 SIP/2.0");
    }
  }

  @Test
  public void further_notifiers_of_other_packages_are_answered_481() throws Exception {
    try (Subscribed s = new Subscribed("SUBSCRIBE", "foo", "javax.sip.FORKABLE_EVENTS", "bar")) {
      s.notifies("one", "foo");
      s.notifies("two", "foo");
      assertEquals(s.alice.heard(), List.of("NOTIFY"));
      assertEquals(s.peer.heard(), List.of("SUBSCRIBE", "200 NOTIFY", "481 NOTIFY"));
    }
  }

  @DataProvider
  public Object[][] others() {
    return new Object[][] {{"foo", "bar"}, {"foo", "foo;id=1"}, {"foo;id=1", "foo;id=2"}};
  }

  @Test(dataProvider = "others")
  public void a_notify_of_another_event_or_id_makes_no_dialog(String subscribed, String notified)
      throws Exception {
    try (Subscribed s = new Subscribed("SUBSCRIBE", subscribed)) {
      s.notifies("one", notified);
      assertEquals(s.peer.heard(), List.of("SUBSCRIBE", "481 NOTIFY"));
      assertNull(s.sent.getDialog().getState());
    }
  }

  @Test
  public void after_a_failure_or_64_times_t1_notifies_make_no_dialogs() throws Exception {
    try (Subscribed s = new Subscribed("SUBSCRIBE", "foo")) {
      s.peer.send("alice", WireEnd.response(403, s.subscribe));
      s.calls.run(10);
      s.notifies("one", "foo");
      assertEquals(s.peer.heard(), List.of("SUBSCRIBE", "481 NOTIFY"));
    }
    try (Subscribed s = new Subscribed("SUBSCRIBE", "foo", "javax.sip.FORKABLE_EVENTS", "foo")) {
      s.accepts("one");
      s.calls.run(32_100);
      s.notifies("two", "foo");
      assertEquals(s.peer.heard(), List.of("SUBSCRIBE", "481 NOTIFY"));
    }
  }
}
