package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/** A priority within a namespace: {@code dsn.flash} (RFC 4412 §3.1). */
public interface ResourcePriorityValue extends Header {
  /** The namespace, {@code dsn}; null in an empty header. */
  @Nullable String getNamespace();

  /** The priority, {@code flash}; null in an empty header. */
  @Nullable String getPriority();

  /**
   * Sets both.
   *
   * @throws ParseException if one is no token, or has a point in it
   */
  void setResourcePriority(String namespace, String priority) throws ParseException;
}
