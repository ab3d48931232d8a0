package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/** Hands what Netty has read to a framer, which wants arrays. */
final class StreamInput {
  private static final FastThreadLocal<byte[]> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[64 * 1024];
        }
      };

  private StreamInput() {}

  /**
   * Feeds all that's in a buffer.
   *
   * @param whole whether the buffer is a message, which must not be cut here
   */
  static void feed(ByteBuf buffer, Framer framer, boolean whole) {
    if (buffer.hasArray()) {
      framer.feed(
          buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), buffer.readableBytes());
      return;
    }
    boolean tooLong = whole && buffer.readableBytes() > SCRATCH.get().length;
    byte[] scratch = tooLong ? new byte[buffer.readableBytes()] : SCRATCH.get();
    while (buffer.isReadable()) {
      int length = Math.min(buffer.readableBytes(), scratch.length);
      buffer.readBytes(scratch, 0, length);
      framer.feed(scratch, 0, length);
    }
  }
}
