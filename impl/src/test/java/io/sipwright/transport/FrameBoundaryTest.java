package io.sipwright.transport;

import static org.testng.Assert.assertEquals;

import java.util.HexFormat;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 6455 §5.2: where frames and messages end. */
public class FrameBoundaryTest {
  private static final class Bytes implements FrameBoundary.ByteSource {
    private final byte[] all;
    private final int end;
    private int at;

    Bytes(byte[] all, int from, int to) {
      this.all = all;
      at = from;
      end = to;
    }

    @Override
    public int remaining() {
      return end - at;
    }

    @Override
    public byte next() {
      return all[at++];
    }

    @Override
    public void skip(int count) {
      at += count;
    }
  }

  private static void feed(FrameBoundary boundary, byte[] bytes, int from, int to) {
    boundary.feed(new Bytes(bytes, from, to));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @DataProvider
  public static Object[][] streams() {
    String mask = "01020304";
    return new Object[][] {
      {hex("8100"), 1},
      {hex("8180" + mask), 1},
      {hex("8185" + mask + "7f9f4d5158"), 1}, // "Hello" of §5.7, with a mask
      {hex("82fe007e" + mask + "00".repeat(126)), 1},
      {hex("82fe0100" + mask + "00".repeat(256)), 1},
      {hex("82ff0000000000010000" + mask + "00".repeat(65536)), 1},
      {hex("0181" + mask + "61 8081" + mask + "62"), 1}, // fragments
      {
        hex("0181" + mask + "61 8980" + mask + "0081" + mask + "62 8080" + mask), 1
      }, // a ping between
      {hex("8980" + mask + "8a80" + mask), 0},
      {hex("8185" + mask + "7f9f4d5158 8185" + mask + "7f9f4d5158"), 2},
    };
  }

  @Test(dataProvider = "streams")
  public void ends_are_found_however_the_bytes_come(byte[] stream, int messages) {
    FrameBoundary whole = new FrameBoundary();
    feed(whole, stream, 0, stream.length);
    assertEquals(whole.messages(), messages);
    assertEquals(whole.midMessage(), false);
    FrameBoundary split = new FrameBoundary();
    for (int i = 0; i < stream.length; i++) {
      feed(split, stream, i, i + 1);
    }
    assertEquals(split.messages(), messages);
    assertEquals(split.midMessage(), false);
    for (int cut = 1; cut < Math.min(stream.length, 300); cut++) {
      FrameBoundary part = new FrameBoundary();
      feed(part, stream, 0, cut);
      boolean mid = part.midMessage();
      feed(part, stream, cut, stream.length);
      assertEquals(part.messages(), messages, "cut at " + cut);
      assertEquals(part.midMessage(), false, "cut at " + cut);
      if (messages == 1) {
        assertEquals(mid, true, "cut at " + cut);
      }
    }
  }
}
