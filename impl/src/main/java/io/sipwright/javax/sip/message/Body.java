package io.sipwright.javax.sip.message;

import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message body: a slice of the received bytes, or whatever object a program has set. */
final class Body implements Cloneable {
  private int from;
  private int to;
  private @Nullable Object content;
  private boolean changed;

  /** None. */
  Body() {}

  /** A slice of the received bytes. */
  Body(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Whether what will be sent is the slice of the received bytes. */
  boolean isRaw() {
    return content == null && !changed;
  }

  /** Whether there's a body; one of no bytes counts only if a program has set it. */
  boolean exists() {
    return content != null || to > from;
  }

  void set(Object content) {
    this.content = content;
    changed = true;
  }

  void clear() {
    content = null;
    from = 0;
    to = 0;
    changed = true;
  }

  /**
   * The object that was set. A received body becomes an array of bytes, the same one each time;
   * null if there's none.
   */
  @Nullable Object content(byte[] raw) {
    if (content == null && to > from) {
      content = Arrays.copyOfRange(raw, from, to);
    }
    return content;
  }

  /** The bytes to send, text in the charset given; not to be changed. */
  byte[] bytes(byte[] raw, Charset charset) {
    if (content instanceof byte[] bytes) {
      return bytes;
    }
    return content != null
        ? content.toString().getBytes(charset)
        : Arrays.copyOfRange(raw, from, to);
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Moves the slice, when bytes were put into the header before it. */
  void shift(int by) {
    from += by;
    to += by;
  }

  /** The charset of a name; UTF-8 for one that's unknown here or null (RFC 3261 §7.4.1). */
  static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Bytes are copied; other objects are cloned if they have a public clone method. */
  @Override
  public Body clone() {
    try {
      Body copy = (Body) super.clone();
      copy.content = copyOf(content);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object copyOf(@Nullable Object content) {
    if (content instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (content == null || content instanceof String) {
      return content;
    }
    try {
      Method clone = content.getClass().getMethod("clone");
      return clone.invoke(content);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return content; // none that may be called: shared, as the javadoc of Message.clone has it
    }
  }
}
