package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of a transport make of messages, for who sends by the {@link Shortcut}. Used by
 * one thread at a time.
 */
interface WireForm {
  /** Messages as they are. */
  WireForm PLAIN = (message, allocator) -> Unpooled.wrappedBuffer(message);

  /**
   * What goes on the wire for a message.
   *
   * @return null if the event loop has to see to it
   * @throws IOException if nothing can be sent any more
   */
  @Nullable ByteBuf encode(byte[] message, ByteBufAllocator allocator) throws IOException;

  /** Whether there's nothing else that the event loop has to send first. */
  default boolean isAtRest() {
    return true;
  }
}
