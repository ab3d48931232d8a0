package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class StreamFramerTest {
  private static final int MAX_HEADER = 300;
  private static final int MAX_MESSAGE = 400;

  /** Writes down what comes out, and spoils the bytes as a reused buffer would. */
  private static final class Log implements Framer.Sink {
    private final List<String> events = new ArrayList<>();

    @Override
    public void onMessage(byte[] buffer, int offset, int length) {
      events.add("message " + new String(buffer, offset, length, ISO_8859_1));
    }

    @Override
    public void onPing() {
      events.add("ping");
    }

    @Override
    public void onBroken(byte[] buffer, int offset, int length, String reason) {
      events.add("broken " + reason + ": " + new String(buffer, offset, length, ISO_8859_1));
    }
  }

  private final Log log = new Log();

  private StreamFramer framer() {
    log.events.clear();
    return new StreamFramer(MAX_HEADER, MAX_MESSAGE, log);
  }

  /** Feeds a piece in an array that's used for something else afterwards. */
  private static void feed(StreamFramer framer, byte[] bytes, int from, int to) {
    byte[] reused = new byte[to - from + 7];
    System.arraycopy(bytes, from, reused, 3, to - from);
    framer.feed(reused, 3, to - from);
    Arrays.fill(reused, (byte) '#');
  }

  private static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n";

  @DataProvider
  public Object[][] whole() {
    return new Object[][] {
      {"no body", OPTIONS + "Content-Length: 0\r\n\r\n"},
      {"a body", OPTIONS + "Content-Length: 5\r\n\r\nhello"},
      {"a body of blank lines", OPTIONS + "Content-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n"},
      {"compact", OPTIONS + "l: 5\r\n\r\nhello"},
      {"compact in capitals", OPTIONS + "L:5\r\n\r\nhello"},
      {"any case", OPTIONS + "cOnTeNt-LENGTH: 5\r\n\r\nhello"},
      {"blanks all over", OPTIONS + "Content-Length \t :\t  5 \t \r\n\r\nhello"},
      {"folded", OPTIONS + "Content-Length:\r\n \r\n\t5\r\n \r\n\r\nhello"},
      {"folded name", OPTIONS + "l\t:\r\n 5\r\n\r\nhello"},
      {"leading zeros", OPTIONS + "Content-Length: 00000000000000000005\r\n\r\nhello"},
      {"the same length twice", OPTIONS + "Content-Length: 5\r\nl: 5\r\n\r\nhello"},
      {"lines that end in LF", (OPTIONS + "Content-Length: 5\r\n\r\n").replace("\r", "") + "hello"},
      {"mixed line ends", OPTIONS + "Content-Length: 5\n\r\nhello"},
      {"mixed the other way", OPTIONS + "Content-Length: 5\r\n\nhello"},
      {"first of all headers", "OPTIONS a SIP/2.0\r\nl: 5\r\nCall-ID: 1\r\n\r\nhello"},
      {
        "look-alikes",
        OPTIONS
            + "Content-Lengths: 1\r\nContent-Lengt: 2\r\nlo: 3\r\nX: l: 4\r\n l: 6\r\nl: 5\r\n\r\nhello"
      },
      {"a value folded over a look-alike", OPTIONS + "Subject: x\r\n l: 9\r\nl: 5\r\n\r\nhello"},
      {"bytes beyond ASCII", OPTIONS + "X: \u00e4\u0000\u00ff\r\nl: 3\r\n\r\n\u00fc\r\u0000"},
    };
  }

  @Test(dataProvider = "whole")
  public void a_message_comes_out_the_same_however_its_bytes_arrive(String name, String text) {
    byte[] one = text.getBytes(ISO_8859_1);
    byte[] bytes = (text + "\r\n" + text + text).getBytes(ISO_8859_1);
    List<String> expected = List.of("message " + text, "message " + text, "message " + text);

    StreamFramer atOnce = framer();
    feed(atOnce, bytes, 0, bytes.length);
    assertEquals(log.events, expected, "at once");
    assertFalse(atOnce.midMessage());
    assertEquals(atOnce.messages(), 3);

    StreamFramer byteByByte = framer();
    for (int i = 0; i < bytes.length; i++) {
      feed(byteByByte, bytes, i, i + 1);
    }
    assertEquals(log.events, expected, "byte by byte");

    for (int split = 1; split < bytes.length; split++) {
      StreamFramer twice = framer();
      feed(twice, bytes, 0, split);
      assertEquals(log.events.size(), split < one.length ? 0 : split < 2 * one.length + 2 ? 1 : 2);
      feed(twice, bytes, split, bytes.length);
      assertEquals(log.events, expected, "split at " + split);
      assertFalse(twice.midMessage());
    }
  }

  @Test
  public void many_messages_in_one_piece_and_in_pieces_of_any_size_come_out_in_order() {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String body = "x".repeat(i % 97);
      String message = "M SIP/2.0\r\nN: " + i + "\r\nl: " + body.length() + "\r\n\r\n" + body;
      expected.add("message " + message);
      text.append(message);
    }
    byte[] bytes = text.toString().getBytes(ISO_8859_1);
    for (int size : new int[] {1, 2, 3, 7, 64, 100, 1000, 1460, 4096, bytes.length}) {
      StreamFramer framer = framer();
      for (int at = 0; at < bytes.length; at += size) {
        feed(framer, bytes, at, Math.min(at + size, bytes.length));
      }
      assertEquals(log.events, expected, "in pieces of " + size);
    }
  }

  @DataProvider
  public Object[][] gaps() {
    return new Object[][] {
      {"\r\n", 0, 0},
      {"\r\n\r\n", 0, 1},
      {"\r\n\r\n\r\n", 0, 1},
      {"\r\n\r\n\r\n\r\n", 0, 2},
      {"\n\n\r\r\n", 0, 0},
      {"\n\r\n\r\n", 0, 1},
      {"\r\n\r\n", 1, 0},
      {"\r\n\r\n", 2, 0},
      {"\r\n\r\n\r\n", 1, 1},
    };
  }

  @Test(dataProvider = "gaps")
  public void line_ends_between_messages_are_skipped_and_pings_told(
      String gap, int pongsExpected, int pings) {
    String message = "OPTIONS a SIP/2.0\r\nl: 0\r\n\r\n";
    byte[] bytes = (gap + message).getBytes(ISO_8859_1);
    for (int split = 0; split <= bytes.length; split++) {
      StreamFramer framer = framer();
      for (int i = 0; i < pongsExpected; i++) {
        framer.expectPong();
      }
      feed(framer, bytes, 0, split);
      feed(framer, bytes, split, bytes.length);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < pings; i++) {
        expected.add("ping");
      }
      expected.add("message " + message);
      assertEquals(log.events, expected);
    }
  }

  @DataProvider
  public Object[][] broken() {
    return new Object[][] {
      {OPTIONS + "\r\n", "No Content-Length on a stream transport"},
      {OPTIONS + "Content-Length: \r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: x\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: -1\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: +1\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: 1 2\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: 5, 5\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: 0x5\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: 5\r\n l: 5\r\n\r\n", "Content-Length is not a number"},
      {OPTIONS + "Content-Length: 5\r\nl: 6\r\n\r\n", "Two different Content-Length headers"},
      {OPTIONS + "Content-Length: 99999\r\n\r\n", "The message is longer than 400 bytes"},
      {OPTIONS + "l: 4294967296\r\n\r\n", "The message is longer than 400 bytes"},
      {OPTIONS + "l: 99999999999999999999999\r\n\r\n", "The message is longer than 400 bytes"},
      {OPTIONS + "X: " + "y".repeat(300), "The header is longer than 300 bytes"},
      {"y".repeat(301), "The header is longer than 300 bytes"},
      {OPTIONS + "X: y\r\n".repeat(60) + "l: 0\r\n\r\n", "The header is longer than 300 bytes"},
    };
  }

  @Test(dataProvider = "broken")
  public void what_cannot_be_cut_is_told_once_with_what_was_read(String text, String reason) {
    String good = "OPTIONS a SIP/2.0\r\nl: 0\r\n\r\n";
    byte[] bytes = (good + text + good + "\r\n\r\n").getBytes(ISO_8859_1);
    for (int size : new int[] {1, 2, 17, bytes.length}) {
      StreamFramer framer = framer();
      for (int at = 0; at < bytes.length; at += size) {
        feed(framer, bytes, at, Math.min(at + size, bytes.length));
      }
      assertEquals(log.events.size(), 2, log.events.toString());
      assertEquals(log.events.get(0), "message " + good);
      String told = log.events.get(1);
      String begin = "broken " + reason + ": ";
      assertTrue(told.startsWith(begin), told);
      String read = told.substring(begin.length());
      assertTrue((text + good + "\r\n\r\n").startsWith(read), told);
      assertTrue(read.length() >= Math.min(25, text.length()), told);
      assertFalse(framer.midMessage());
    }
  }

  @Test
  public void limits_are_inclusive() {
    String header = "OPTIONS a SIP/2.0\r\nX: %s\r\nl: 0\r\n\r\n";
    String longest = header.replace("%s", "y".repeat(MAX_HEADER - header.length() + 2));
    assertEquals(longest.length(), MAX_HEADER);
    StreamFramer framer = framer();
    feed(framer, longest.getBytes(ISO_8859_1), 0, MAX_HEADER);
    assertEquals(log.events, List.of("message " + longest));

    String start = "OPTIONS a SIP/2.0\r\nl: 371\r\n\r\n";
    String message = start + "z".repeat(371);
    assertEquals(message.length(), MAX_MESSAGE);
    framer = framer();
    feed(framer, message.getBytes(ISO_8859_1), 0, MAX_MESSAGE);
    assertEquals(log.events, List.of("message " + message));
  }

  @Test
  public void a_framer_stopped_by_a_message_hands_on_nothing_more() {
    String message = "OPTIONS a SIP/2.0\r\nl: 0\r\n\r\n";
    StreamFramer[] framer = new StreamFramer[1];
    List<String> events = new ArrayList<>();
    framer[0] =
        new StreamFramer(
            MAX_HEADER,
            MAX_MESSAGE,
            new Framer.Sink() {
              @Override
              public void onMessage(byte[] buffer, int offset, int length) {
                events.add("message");
                framer[0].stop();
              }

              @Override
              public void onPing() {
                events.add("ping");
              }

              @Override
              public void onBroken(byte[] buffer, int offset, int length, String reason) {
                events.add("broken");
              }
            });
    byte[] bytes = (message + message + "x").getBytes(ISO_8859_1);
    feed(framer[0], bytes, 0, bytes.length);
    feed(framer[0], bytes, 0, bytes.length);
    assertEquals(events, List.of("message"));
    framer[0].abandon("too late");
    assertEquals(events, List.of("message"));
  }

  @Test
  public void an_abandoned_message_is_told_as_far_as_it_came() {
    StreamFramer framer = framer();
    byte[] bytes = (OPTIONS + "l: 10\r\n\r\nhel").getBytes(ISO_8859_1);
    feed(framer, bytes, 0, bytes.length);
    assertTrue(framer.midMessage());
    framer.abandon("took too long");
    assertEquals(log.events, List.of("broken took too long: " + OPTIONS + "l: 10\r\n\r\nhel"));
  }

  @Test
  public void a_long_body_in_small_pieces_costs_time_in_proportion() {
    int length = 8 << 20;
    StreamFramer framer = new StreamFramer(1000, length + 1000, log);
    log.events.clear();
    byte[] header = ("M SIP/2.0\r\nl: " + length + "\r\n\r\n").getBytes(ISO_8859_1);
    feed(framer, header, 0, header.length);
    byte[] piece = new byte[64];
    for (int i = 0; i < length / piece.length; i++) {
      framer.feed(piece, 0, piece.length);
    }
    assertEquals(log.events.size(), 1);
    assertEquals(log.events.get(0).length(), "message ".length() + header.length + length);
  }
}
