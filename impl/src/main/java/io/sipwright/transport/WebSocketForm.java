package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Each message as a WebSocket frame (RFC 6455 §5.2), final and without extensions. */
final class WebSocketForm implements WireForm {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int MASKED = 0x80;

  /** Longest payload whose length stands in the frame's second byte, and in two more. */
  private static final int SHORT = 125;

  private static final int MEDIUM = 0xFFFF;
  private static final int LENGTH_IN_TWO = 126;
  private static final int LENGTH_IN_EIGHT = 127;
  private static final int MASK_BYTES = 4;

  private final WireForm below;

  /** Null for a server, whose frames aren't masked. */
  private final @Nullable SecureRandom masks;

  /**
   * The form of an open WebSocket.
   *
   * @param masked whether it's the client's, which masks what it sends (RFC 6455 §5.3)
   */
  WebSocketForm(WireForm below, boolean masked) {
    this.below = below;
    this.masks = masked ? new SecureRandom() : null;
  }

  @Override
  public @Nullable ByteBuf encode(byte[] message, ByteBufAllocator allocator) throws IOException {
    return message.length == 0 ? null : below.encode(frame(message), allocator);
  }

  private byte[] frame(byte[] message) {
    int length = message.length;
    int lengthBytes = length <= SHORT ? 0 : length <= MEDIUM ? Short.BYTES : Long.BYTES;
    ByteBuffer frame =
        ByteBuffer.allocate(2 + lengthBytes + (masks == null ? 0 : MASK_BYTES) + length);
    frame.put((byte) (isText(message) ? FINAL_TEXT : FINAL_BINARY));
    int mask = masks == null ? 0 : MASKED;
    switch (lengthBytes) {
      case 0 -> frame.put((byte) (mask | length));
      case Short.BYTES -> frame.put((byte) (mask | LENGTH_IN_TWO)).putShort((short) length);
      default -> frame.put((byte) (mask | LENGTH_IN_EIGHT)).putLong(length);
    }
    if (masks == null) {
      frame.put(message);
    } else {
      byte[] key = new byte[MASK_BYTES];
      masks.nextBytes(key);
      frame.put(key);
      for (int i = 0; i < length; i++) {
        frame.put((byte) (message[i] ^ key[i % MASK_BYTES]));
      }
    }
    return frame.array();
  }

  /** What is no UTF-8 goes in a binary message (RFC 7118 §4.2). */
  private static boolean isText(byte[] message) {
    for (byte b : message) {
      if (b < 0) {
        return ByteBufUtil.isText(Unpooled.wrappedBuffer(message), UTF_8);
      }
    }
    return true; // ASCII, as nearly all are
  }

  @Override
  public boolean isAtRest() {
    return below.isAtRest();
  }
}
