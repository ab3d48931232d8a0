package io.sipwright.javax.sip.message;

import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message body: what follows the headers in the received bytes, or what a program has set. */
final class Body implements Cloneable {
  private @Nullable Object content;
  private boolean cleared;

  /** Whether the content is a copy of what was received. */
  private boolean received;

  /** As received. */
  Body() {}

  /** Whether what will be sent is what was received. */
  boolean isRaw() {
    return content == null && !cleared;
  }

  /** Whether what will be sent is what was received, although somebody may have got the array. */
  boolean isAsCame(HeaderFields f) {
    return isRaw()
        || (received
            && content instanceof byte[] bytes
            && Arrays.equals(bytes, 0, bytes.length, f.raw, f.bodyFrom, f.rawLength));
  }

  /** Whether there's a body; one of no bytes counts only if a program has set it. */
  boolean exists(HeaderFields fields) {
    return content != null || (!cleared && fields.rawLength > fields.bodyFrom);
  }

  /** Whether there's nothing in it but bytes, received or set. */
  boolean isBytes() {
    return content == null || content instanceof byte[];
  }

  void set(Object content) {
    this.content = content;
    received = false;
  }

  void clear() {
    content = null;
    cleared = true;
  }

  /**
   * The object that was set. A received body becomes an array of bytes, the same one each time;
   * null if there's none.
   */
  @Nullable Object content(HeaderFields fields) {
    if (content == null && exists(fields)) {
      content = Arrays.copyOfRange(fields.raw, fields.bodyFrom, fields.rawLength);
      received = true;
    }
    return content;
  }

  /** The bytes of content, text in the charset given; not to be changed. */
  byte[] bytes(HeaderFields fields, Charset charset) {
    Object known = content(fields);
    if (known instanceof byte[] bytes) {
      return bytes;
    }
    return known == null ? new byte[0] : known.toString().getBytes(charset);
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
      return content; // none that may be called: shared
    }
  }
}
