package io.sipwright.javax.sip.header;

import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;
import javax.sip.header.DateHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Date = "Date" HCOLON SIP-date} (RFC 3261 §20.17).
 *
 * <pre>
 * SIP-date     = rfc1123-date
 * rfc1123-date = wkday "," SP date1 SP time SP "GMT"
 * date1        = 2DIGIT SP month SP 4DIGIT       ; day month year (e.g., 02 Jun 1982)
 * time         = 2DIGIT ":" 2DIGIT ":" 2DIGIT    ; 00:00:00 - 23:59:59
 * </pre>
 *
 * <p>Names are case-sensitive, GMT is the only time zone. A day of the week that doesn't fit the
 * date is read, and put right when written.
 */
public class SipDate extends SipHeader implements DateHeader {
  private static final long serialVersionUID = 1L;

  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] GMT = {"GMT"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /** The moment in milliseconds since 1970. */
  private long millis;

  /** The very calendar that was set; null for a date off the wire. */
  private @Nullable Calendar date;

  /** With the first second of 1970. */
  public SipDate() {
    super(NAME);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int start = in.position();
    word(in, DAYS, "a day of the week");
    in.expect(',');
    space(in);
    int day = digits(in, 2);
    space(in);
    int month = word(in, MONTHS, "a month") + 1;
    space(in);
    int year = digits(in, 4);
    space(in);
    int hour = digits(in, 2);
    in.expect(':');
    int minute = digits(in, 2);
    in.expect(':');
    int second = digits(in, 2);
    space(in);
    word(in, GMT, "the time zone GMT");
    try {
      int inMinute = second == 60 ? 59 : second; // a leap second, RFC 1123 allows it
      LocalDateTime time = LocalDateTime.of(year, month, day, hour, minute, inMinute);
      millis = time.toEpochSecond(ZoneOffset.UTC) * 1000;
      date = null;
    } catch (DateTimeException e) {
      in.position(start);
      throw in.error("no such date or time: " + e.getMessage());
    }
  }

  private static void space(Scanner in) throws SyntaxException {
    int end = in.position();
    if (in.sws().position() == end) {
      throw in.error("expected a space");
    }
    if (in.position() > end + 1 || in.array()[end] != ' ') {
      in.beyondGrammar("more white space than one space", end);
    }
  }

  private static int word(Scanner in, String[] words, String what) throws SyntaxException {
    int from = in.position();
    in.skip(Chars.ALPHA);
    String read = in.text(from, in.position());
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals(read)) {
        return i;
      }
    }
    in.position(from);
    throw in.error("expected " + what);
  }

  private static int digits(Scanner in, int count) throws SyntaxException {
    int from = in.position();
    long n = in.number(9999);
    if (in.position() - from != count) {
      in.position(from);
      throw in.error("expected " + count + " digits");
    }
    return (int) n;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    LocalDateTime utc = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    out.put(DAYS[utc.getDayOfWeek().getValue() - 1]).put(',').put(' ');
    two(out, utc.getDayOfMonth()).put(' ').put(MONTHS[utc.getMonthValue() - 1]).put(' ');
    two(out, utc.getYear() / 100);
    two(out, utc.getYear() % 100).put(' ');
    two(out, utc.getHour()).put(':');
    two(out, utc.getMinute()).put(':');
    two(out, utc.getSecond()).put(" GMT");
  }

  private static ByteSink two(ByteSink out, int number) {
    return out.put((char) ('0' + number / 10)).put((char) ('0' + number % 10));
  }

  /** A copy: to change the header, set it. */
  @Override
  public Calendar getDate() {
    Calendar known = date;
    return known != null
        ? (Calendar) known.clone()
        : new Calendar.Builder()
            .setTimeZone(TimeZone.getTimeZone("GMT"))
            .setInstant(millis)
            .build();
  }

  /**
   * Sets the date, in any time zone; it's written in GMT, without fractions of a second.
   *
   * @throws IllegalArgumentException if its year hasn't four digits: 0 to 9999
   */
  @Override
  public void setDate(Calendar date) {
    int year = Instant.ofEpochMilli(date.getTimeInMillis()).atZone(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new IllegalArgumentException("year " + year + " is out of range: 0 to 9999");
    }
    this.date = (Calendar) date.clone();
    millis = date.getTimeInMillis();
  }

  @Override
  public SipDate clone() {
    SipDate copy = (SipDate) super.clone();
    Calendar known = date;
    copy.date = known == null ? null : (Calendar) known.clone();
    return copy;
  }

  /** Equal to the second. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SipDate that && epochSecond() == that.epochSecond();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epochSecond());
  }

  private long epochSecond() {
    return Math.floorDiv(millis, 1000L);
  }
}
