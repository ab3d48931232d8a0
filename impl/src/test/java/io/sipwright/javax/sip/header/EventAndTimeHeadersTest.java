package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Event, Allow-Events, Subscription-State, RSeq, RAck, Expires, Min-Expires, Retry-After, Timestamp
 * and Date.
 */
public class EventAndTimeHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "o",
        "presence.winfo ; id=5;x",
        "EventType=presence.winfo | EventId=5 | x=",
        "presence.winfo;id=5;x"
      },
      {"Event", "refer", "EventType=refer | EventId=null", "refer"},
      {"u", "conference", "EventType=conference", "conference"},
      {
        "Subscription-State",
        "active;expires=600",
        "State=active | Expires=600 | RetryAfter=-1" + " | ReasonCode=null",
        "active;expires=600"
      },
      {
        "Subscription-State",
        "terminated ; reason=probation; retry-after = 30",
        "State=terminated | Expires=-1 | RetryAfter=30 | ReasonCode=probation",
        "terminated;reason=probation;retry-after=30"
      },
      {
        "Subscription-State",
        "Active;Expires=4294967295;retry-after=x",
        "State=Active | Expires=2147483647 | RetryAfter=-1",
        "Active;Expires=4294967295;retry-after=x"
      },
      {"RSeq", "988789", "SequenceNumber=988789 | SeqNumber=988789", "988789"},
      {"RSeq", "4294967295", "SequenceNumber=2147483647 | SeqNumber=4294967295", "4294967295"},
      {
        "RAck",
        "776656  1\r\n INVITE",
        "RSeqNumber=776656 | RSequenceNumber=776656 | CSeqNumber=1 | Method=INVITE",
        "776656 1 INVITE"
      },
      {
        "RAck",
        "4294967295 2147483647 x",
        "RSeqNumber=2147483647 | RSequenceNumber=4294967295",
        "4294967295 2147483647 x"
      },
      {"Expires", "0005", "Expires=5", "5"},
      {"Expires", "4294967295", "Expires=2147483647", "4294967295"},
      {"Min-Expires", "60", "Expires=60", "60"},
      {
        "Retry-After",
        "18000;duration=3600",
        "RetryAfter=18000 | Duration=3600 | Comment=null",
        "18000;duration=3600"
      },
      {
        "Retry-After",
        "120 (I'm in a (long) \\(meeting) ;x",
        "RetryAfter=120 | Comment=I'm in a (long) (meeting | Duration=0 | x=",
        "120 (I'm in a \\(long\\) \\(meeting);x"
      },
      {"Retry-After", "120(a\r\n b)", "Comment=a b", "120 (a b)"},
      {"Retry-After", "4294967295 ()", "RetryAfter=2147483647 | Comment=", "4294967295 ()"},
      {"Timestamp", "54", "TimeStamp=54.0 | Time=54 | Delay=-1.0 | TimeDelay=-1", "54"},
      {
        "Timestamp", "54.21 0.5", "TimeStamp=54.21 | Time=54 | Delay=0.5 | TimeDelay=0", "54.21 0.5"
      },
      {
        "Timestamp",
        "1700000000123.0450  .25",
        "Time=1700000000123 | Delay=0.25",
        "1700000000123.0450 .25"
      },
      {"Timestamp", "7. .", "Time=7 | Delay=0.0 | TimeDelay=0", "7. ."},
      {
        "Timestamp",
        "99999999999999999999 3000000000",
        "Time=9223372036854775807" + " | TimeDelay=2147483647",
        "99999999999999999999 3000000000"
      },
      {"Date", "Sat, 13 Nov 2010 23:29:00 GMT", "", "Sat, 13 Nov 2010 23:29:00 GMT"},
      {"Date", "Mon, 29 Feb 2024 00:00:60 GMT", "", "Thu, 29 Feb 2024 00:00:59 GMT"},
      {"Date", "Fri, 31 Dec 9999 23:59:59 GMT", "", "Fri, 31 Dec 9999 23:59:59 GMT"},
    };
  }

  @Test(dataProvider = "values")
  public void value_is_read_and_written_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written);
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // name, value, offset of the error
      {"Event", "", 0},
      {"Event", "presence;id=", 12},
      {"Event", "presence, refer", 8},
      {"Allow-Events", "a b", 2},
      {"Subscription-State", ";expires=5", 0},
      {"Subscription-State", "active;", 7},
      {"RSeq", "x", 0},
      {"RSeq", "4294967296", 0},
      {"RAck", "1 INVITE", 2},
      {"RAck", "1", 1},
      {"RAck", "1 2", 3},
      {"RAck", "1 2147483648 INVITE", 2},
      {"Expires", "4294967296", 0},
      {"Expires", "1.5", 1},
      {"Expires", "Thu, 01 Dec 1994 16:00:00 GMT", 0},
      {"Min-Expires", "", 0},
      {"Retry-After", "949302838503028349304023988", 0},
      {"Retry-After", "5 (a", 2},
      {"Retry-After", "5 (a) b", 6},
      {"Retry-After", "(a)", 0},
      {"Timestamp", "", 0},
      {"Timestamp", ".5", 0},
      {"Timestamp", "-1", 0},
      {"Timestamp", "1e5", 1},
      {"Timestamp", "1 2 3", 4},
      {"Timestamp", "12345678901234567890123456789012345678901234567890123456789012345", 0},
      {"Date", "", 0},
      {"Date", "Fri, 01 Jan 2010 16:00:00 EST", 26},
      {"Date", "Fri, 01 Jan 2010 16:00:00 +0100", 26},
      {"Date", "Fri, 01 Jan 2010 16:00:00", 25},
      {"Date", "Fri 01 Jan 2010 16:00:00 GMT", 3},
      {"Date", "Fri, 1 Jan 2010 16:00:00 GMT", 5},
      {"Date", "Fri, 01 Jan 10 16:00:00 GMT", 12},
      {"Date", "Fri, 31 Apr 2010 16:00:00 GMT", 0},
      {"Date", "Fri, 01 Jan 2010 24:00:00 GMT", 0},
      {"Date", "Fri, 01 Jan 2010 16:00:61 GMT", 0},
      {"Date", "Fri, 01 Foo 2010 16:00:00 GMT", 8},
      {"Date", "Friday, 01-Jan-10 16:00:00 GMT", 0},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_rejected(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void events_compare_type_and_id_byte_by_byte() throws ParseException {
    Event event = HeaderTable.header(Event.class, "Event", "presence;id=5;x=y");
    assertEquals(HeaderTable.header(Event.class, "o", "presence;ID=5"), event);
    assertEquals(
        HeaderTable.header(Event.class, "o", "presence;ID=5").hashCode(), event.hashCode());
    assertNotEquals(HeaderTable.header(Event.class, "o", "Presence;id=5"), event);
    assertNotEquals(HeaderTable.header(Event.class, "o", "presence;id=6"), event);
    assertNotEquals(HeaderTable.header(Event.class, "o", "presence"), event);
    event.removeParameter("id");
    assertNull(event.getEventId());
    expectThrows(ParseException.class, () -> event.setParameter("id", ""));
  }

  @Test
  public void subscription_state_made_by_setters_is_written_as_set() throws Exception {
    SubscriptionState state = new SubscriptionState();
    state.setState("pending");
    state.setExpires(0);
    state.setReasonCode("giveup");
    state.setRetryAfter(7);
    assertEquals(state.getValue(), "pending;expires=0;reason=giveup;retry-after=7");
    expectThrows(InvalidArgumentException.class, () -> state.setExpires(-1));
    expectThrows(InvalidArgumentException.class, () -> state.setRetryAfter(-1));
    expectThrows(ParseException.class, () -> state.setParameter("expires", "soon"));
    expectThrows(ParseException.class, () -> state.setParameter("reason", "a b"));
    SubscriptionState copy = (SubscriptionState) state.clone();
    copy.setExpires(1);
    assertEquals(state.getExpires(), 0);
  }

  @Test
  public void rseq_and_rack_numbers_are_bounded() throws Exception {
    RSeq rseq = new RSeq();
    expectThrows(InvalidArgumentException.class, () -> rseq.setSequenceNumber(0));
    expectThrows(InvalidArgumentException.class, () -> rseq.setSeqNumber(1L << 32));
    rseq.setSeqNumber(1L << 31);
    assertEquals(rseq.getValue(), "2147483648");
    RAck rack = new RAck();
    expectThrows(InvalidArgumentException.class, () -> rack.setCSeqNumber(-1));
    expectThrows(InvalidArgumentException.class, () -> rack.setRSeqNumber(-1));
    expectThrows(InvalidArgumentException.class, () -> rack.setRSequenceNumber(1L << 32));
    rack.setRSequenceNumber(rseq.getSeqNumber());
    rack.setCSeqNumber(3);
    rack.setMethod("UPDATE");
    assertEquals(rack.getValue(), "2147483648 3 UPDATE");
    assertNotEquals(HeaderParser.parse("RAck", "2147483648 3 update", HeaderModel.DEFAULT), rack);
  }

  @Test
  public void seconds_may_be_zero_and_not_less() throws Exception {
    Expires expires = new Expires();
    expires.setExpires(0);
    expectThrows(InvalidArgumentException.class, () -> expires.setExpires(-1));
    MinExpires least = new MinExpires();
    expectThrows(InvalidArgumentException.class, () -> least.setExpires(-1));
    assertNotEquals(least, expires, "another header");
    RetryAfter retry = new RetryAfter();
    expectThrows(InvalidArgumentException.class, () -> retry.setRetryAfter(-1));
    expectThrows(InvalidArgumentException.class, () -> retry.setDuration(-1));
  }

  @Test
  public void comment_of_retry_after_is_given_without_parentheses_and_always_closed()
      throws Exception {
    RetryAfter retry = new RetryAfter();
    retry.setRetryAfter(5);
    for (String comment : List.of("x", "a (b) c", "a ) b", "(", "\\", ")(", "\\)", "é")) {
      retry.setComment(comment);
      RetryAfter again = HeaderTable.header(RetryAfter.class, "Retry-After", retry.getValue());
      assertEquals(again.getComment(), comment);
      assertEquals(again, retry);
    }
    retry.setComment("");
    assertFalse(retry.hasComment());
    assertEquals(retry.getValue(), "5");
  }

  @Test
  public void timestamp_has_no_exponent_on_the_wire() throws Exception {
    Timestamp stamp = new Timestamp();
    stamp.setTimeStamp(1.5e8f);
    assertEquals(stamp.getValue(), "150000000");
    stamp.setTimeStamp(0.00001f);
    assertEquals(stamp.getValue(), "0.00001");
    stamp.setTimeStamp(Float.MIN_VALUE);
    assertEquals(HeaderTable.header(Timestamp.class, "Timestamp", stamp.getValue()), stamp);
    stamp.setTime(1700000000123L);
    stamp.setDelay(0.5f);
    assertEquals(stamp.getValue(), "1700000000123 0.5");
    assertTrue(stamp.hasDelay());
    stamp.setTimeDelay(3);
    assertEquals(stamp.getValue(), "1700000000123 3");
    stamp.setDelay(-1);
    assertEquals(stamp.getValue(), "1700000000123");
    for (float bad : new float[] {-2, Float.NaN, Float.POSITIVE_INFINITY}) {
      expectThrows(InvalidArgumentException.class, () -> stamp.setTimeStamp(bad));
      expectThrows(InvalidArgumentException.class, () -> stamp.setDelay(bad));
    }
    expectThrows(InvalidArgumentException.class, () -> stamp.setTime(-1));
    expectThrows(InvalidArgumentException.class, () -> stamp.setTimeDelay(-2));
    assertEquals(
        HeaderParser.parse("Timestamp", "1.50 0.0", HeaderModel.DEFAULT),
        HeaderParser.parse("Timestamp", "01.5 0", HeaderModel.DEFAULT));
  }

  @Test
  public void date_of_any_time_zone_is_written_in_gmt() throws ParseException {
    Calendar there =
        new Calendar.Builder()
            .setTimeZone(TimeZone.getTimeZone("GMT+2"))
            .setDate(2024, Calendar.MARCH, 1)
            .setTimeOfDay(1, 2, 3, 999)
            .build();
    SipDate date = new SipDate();
    date.setDate(there);
    assertEquals(date.toString(), "Date: Thu, 29 Feb 2024 23:02:03 GMT\r\n");
    assertEquals(date.getDate(), there);
    SipDate read = HeaderTable.header(SipDate.class, "Date", date.getValue());
    assertEquals(read, date);
    assertEquals(read.hashCode(), date.hashCode());
    assertEquals(read.getDate().getTimeZone(), TimeZone.getTimeZone("GMT"));
    assertEquals(read.getDate().get(Calendar.HOUR_OF_DAY), 23);
  }

  @Test
  public void calendar_handed_out_or_in_is_a_copy() {
    SipDate date = new SipDate();
    date.getDate().add(Calendar.YEAR, 1);
    assertEquals(date.getValue(), "Thu, 01 Jan 1970 00:00:00 GMT");
    Calendar calendar = date.getDate();
    SipDate copy = date.clone();
    copy.setDate(calendar);
    calendar.add(Calendar.YEAR, 1);
    assertEquals(copy.getValue(), "Thu, 01 Jan 1970 00:00:00 GMT");
    calendar.set(10000, Calendar.JANUARY, 2);
    expectThrows(IllegalArgumentException.class, () -> copy.setDate(calendar));
    expectThrows(NullPointerException.class, () -> copy.setDate(null));
  }
}
