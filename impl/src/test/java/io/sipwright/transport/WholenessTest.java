package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What knows where records, frames and messages end, and what it and others keep meanwhile. */
public class WholenessTest {
  private static final int MARGIN = 4 * 1024;

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Bytes, and at how many of them everything is whole. */
  @DataProvider
  public static Object[][] streams() {
    byte[] record = join(bytes(22, 3, 3, 1, 44), new byte[300]);
    byte[] empty = bytes(23, 3, 3, 0, 0);
    byte[] tiny = join(bytes(23, 3, 3, 0, 1), new byte[1]);
    return new Object[][] {
      {new TlsRecords(), new byte[][] {record, empty, tiny, record}, new int[] {1, 1, 1, 1}},
    };
  }

  @Test(dataProvider = "streams")
  public void end_of_each_is_seen_byte_by_byte_and_all_at_once(
      ChannelHandler handler, byte[][] parts, int[] ends) throws Exception {
    Wholeness wholeness = (Wholeness) handler;
    EmbeddedChannel channel = new EmbeddedChannel(handler);
    int whole = 0;
    for (int i = 0; i < parts.length; i++) {
      for (int k = 0; k < parts[i].length; k++) {
        channel.writeInbound(Unpooled.wrappedBuffer(parts[i], k, 1));
        boolean last = k == parts[i].length - 1;
        assertEquals(wholeness.midMessage(), !last || ends[i] == 0, "part " + i + " byte " + k);
      }
      whole += ends[i];
      assertEquals(wholeness.messages(), whole);
    }
    channel.writeInbound(Unpooled.wrappedBuffer(join(parts)));
    assertEquals(wholeness.messages(), 2L * whole);
    assertTrue(!wholeness.midMessage());
    channel.finishAndReleaseAll();
  }

  @DataProvider
  public static Object[][] sizes() {
    return new Object[][] {{1}, {100}, {5_000}, {60_000}};
  }

  @Test(dataProvider = "sizes")
  public void what_a_framer_keeps_is_what_came_and_4_kib(int body) {
    byte[] begin = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 900000\r\n\r\n".getBytes(US_ASCII);
    StreamFramer whole = framer();
    byte[] all = Arrays.copyOf(begin, begin.length + body);
    whole.feed(all, 0, all.length);
    assertTrue(whole.capacity() <= all.length + MARGIN, "" + whole.capacity());
    StreamFramer dripping = framer();
    for (int i = 0; i < all.length; i++) {
      dripping.feed(all, i, 1);
      assertTrue(dripping.capacity() <= i + 1 + MARGIN, i + ": " + dripping.capacity());
    }
  }

  private static StreamFramer framer() {
    return new StreamFramer(
        1 << 20,
        1 << 20,
        new Framer.Sink() {
          @Override
          public void onMessage(byte[] buffer, int offset, int length) {
            throw new AssertionError("not whole");
          }

          @Override
          public void onPing() {
            throw new AssertionError("no ping");
          }

          @Override
          public void onBroken(byte[] buffer, int offset, int length, String reason) {
            throw new AssertionError(reason);
          }
        });
  }

  /** Memory that a decoder takes for the beginning of something that claims to be long. */
  private static long taken(ChannelHandler decoder, byte[] begin, int more) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(allocator);
    channel.pipeline().addLast(decoder);
    channel.writeInbound(allocator.heapBuffer(begin.length).writeBytes(begin));
    for (int i = 0; i < more; i++) {
      channel.writeInbound(allocator.heapBuffer(1).writeByte(1));
    }
    long taken = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    channel.finishAndReleaseAll();
    return taken;
  }

  @Test
  public void decoder_of_frames_takes_no_memory_for_the_length_they_claim() {
    byte[] begin = bytes(0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7);
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1 << 20).build();
    long taken = taken(new WebSocket13FrameDecoder(config), begin, 1_000);
    assertTrue(taken <= begin.length + 1_000 + MARGIN, taken + " bytes");
  }

  @Test
  public void tls_takes_no_memory_for_the_length_that_a_record_claims() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    SslHandler handler = new SslHandler(engine);
    long taken = taken(handler, bytes(22, 3, 1, 0x3f, 0xff, 1, 0, 0x3f, 0xf0), 1_000);
    assertTrue(taken <= 1_009 + MARGIN, taken + " bytes");
  }
}
