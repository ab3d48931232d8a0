package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What tells subscriptions apart, and what ends them (RFC 6665, RFC 3515, RFC 4488, RFC 7614). */
public class SubscriptionIdTest {
  @Test
  public void a_subscribe_is_known_by_event_and_id_and_a_refer_by_its_number() {
    assertEquals(
        SubscriptionId.of(Messages.request("SUBSCRIBE", 4, "b", "Event: foo.bar;id=7"), true),
        new SubscriptionId("foo.bar", "7", true));
    assertEquals(
        SubscriptionId.of(Messages.request("REFER", 4, "b"), false),
        new SubscriptionId("refer", "4", false));
    assertNull(SubscriptionId.of(Messages.request("SUBSCRIBE", 4, "b"), true));
    SubscriptionId id =
        SubscriptionId.of(Messages.request("SUBSCRIBE", 4, "b", "Event: foo;id=7"), false);
    assertFalse(id.matches(Messages.requestBack("NOTIFY", 1, "Event: foo")));
    assertFalse(id.matches(Messages.requestBack("NOTIFY", 1, "Event: foo;id=8")));
    assertTrue(id.matches(Messages.requestBack("NOTIFY", 1, "Event: foo;id=7")));
    assertNull(SubscriptionId.of(Messages.request("INFO", 4, "b", "Event: foo"), true));
  }

  @DataProvider
  public Object[][] notifies() {
    return new Object[][] {
      {"SUBSCRIBE", "Event: foo", true},
      {"SUBSCRIBE", "Event: foo;id=1", false},
      {"SUBSCRIBE", "Event: foo;id=9", false}, // the number of a request is no id here
      {"SUBSCRIBE", "Event: Foo", false},
      {"SUBSCRIBE", "Event: refer", false},
      {"SUBSCRIBE", "Subject: none", false},
      {"REFER", "Event: refer;id=9", true},
      {"REFER", "Event: refer", true},
      {"REFER", "Event: refer;id=8", false},
      {"REFER", "Event: foo;id=9", false},
      {"REFER", "Event: foo", false},
    };
  }

  @Test(dataProvider = "notifies")
  public void a_notify_matches_by_event_and_id(String method, String event, boolean matches) {
    SubscriptionId id = SubscriptionId.of(Messages.request(method, 9, "b", "Event: foo"), false);
    assertEquals(id.matches(Messages.requestBack("NOTIFY", 1, event)), matches);
  }

  @DataProvider
  public Object[][] refers() {
    return new Object[][] {
      {"REFER", "Subject: x", "Subject: x", false},
      {"REFER", "Refer-Sub: false", "Subject: x", false}, // the other side may not know it
      {"REFER", "Subject: x", "Refer-Sub: false", true},
      {"REFER", "Subject: x", "refer-sub: FALSE ;x=y", true},
      {"REFER", "Subject: x", "Refer-Sub: true;false", false},
      {"REFER", "Subject: x", "Refer-Sub:;false", false},
      {"REFER", "Require: nosub", "Refer-Sub: true", true},
      {"REFER", "Subject: x", "Refer-Sub: true", false},
      {"REFER", "Require: nosub", "Subject: x", true},
      {"REFER", "Require: 100rel, explicitsub", "Subject: x", true},
      {"REFER", "Supported: nosub", "Subject: x", false},
      {"SUBSCRIBE", "Require: nosub", "Refer-Sub: false", false},
    };
  }

  @Test(dataProvider = "refers")
  public void a_refer_may_do_without_subscription(
      String method, String sent, String answered, boolean without) {
    SipMessage refer = Messages.request(method, 2, "b", sent);
    SipMessage response = Messages.response(202, method, 2, "b", answered);
    assertEquals(SubscriptionId.isWithoutSubscription(refer, response), without);
  }

  @Test
  public void a_2xx_says_how_long_it_lasts_or_the_request_does() {
    SipMessage wanted = Messages.request("SUBSCRIBE", 2, "b", "Expires: 600");
    SipMessage plain = Messages.request("SUBSCRIBE", 2, "b");
    SipMessage granted = Messages.response(200, "SUBSCRIBE", 2, "b", "Expires: 60");
    SipMessage silent = Messages.response(200, "SUBSCRIBE", 2, "b");
    assertEquals(SubscriptionId.secondsIn(wanted, granted), 60);
    assertEquals(SubscriptionId.secondsIn(wanted, silent), 600);
    assertEquals(SubscriptionId.secondsIn(plain, silent), 3600);
    SipMessage none = Messages.response(200, "SUBSCRIBE", 2, "b", "Expires: 0");
    assertEquals(SubscriptionId.secondsIn(wanted, none), 0);
    SipMessage end = Messages.request("SUBSCRIBE", 2, "b", "Expires: 0");
    assertEquals(SubscriptionId.secondsIn(end, silent), 0);
  }

  @DataProvider
  public Object[][] states() {
    return new Object[][] {
      {"Subscription-State: active;expires=60", false, 60},
      {"Subscription-State: pending", false, -1},
      {"Subscription-State: Terminated;reason=noresource", true, -1},
      {"Subject: x", false, -1},
    };
  }

  @Test(dataProvider = "states")
  public void a_notify_tells_state_and_time(String state, boolean terminated, int seconds) {
    SipMessage notify = Messages.requestBack("NOTIFY", 1, state);
    assertEquals(SubscriptionId.isTerminatedBy(notify), terminated);
    assertEquals(SubscriptionId.secondsIn(notify), seconds);
  }

  @Test
  public void some_refusals_end_a_subscription() {
    StringBuilder ends = new StringBuilder();
    for (int status = 200; status < 700; status++) {
      if (SubscriptionId.isEndedBy(status)) {
        ends.append(status).append(' ');
      }
    }
    assertEquals(ends.toString(), "404 405 410 416 480 481 482 483 484 485 489 501 604 ");
  }
}
