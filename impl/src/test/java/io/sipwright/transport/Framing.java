package io.sipwright.transport;

import java.util.Arrays;
import java.util.function.Consumer;

/** A framer for tests elsewhere: what it hands on is a message's bytes, or a text. */
public final class Framing {
  private final StreamFramer framer;

  /** As {@link StreamFramer}. */
  public Framing(int maxHeader, int maxMessage, Consumer<Object> events) {
    framer =
        new StreamFramer(
            maxHeader,
            maxMessage,
            new Framer.Sink() {
              @Override
              public void onMessage(byte[] buffer, int offset, int length) {
                events.accept(Arrays.copyOfRange(buffer, offset, offset + length));
              }

              @Override
              public void onPing() {
                events.accept("ping");
              }

              @Override
              public void onBroken(byte[] buffer, int offset, int length, String reason) {
                events.accept(reason);
              }
            });
  }

  /** Takes the next bytes. */
  public void feed(byte[] bytes, int offset, int length) {
    framer.feed(bytes, offset, length);
  }

  /** Whether a message has begun that isn't complete. */
  public boolean midMessage() {
    return framer.midMessage();
  }
}
