package io.sipwright.dialog;

import io.sipwright.javax.sip.message.SipMessage;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dialog's identifier: Call-ID, local tag, remote tag (RFC 3261 §12). Compared byte by byte. A
 * tag that's absent, as RFC 2543 allowed, is null.
 *
 * <p>The order has no meaning: it's there so that a table full of keys whose hashes somebody made
 * equal stays fast.
 */
public final class DialogKey implements Comparable<DialogKey>, Serializable {
  private static final long serialVersionUID = 1L;

  private final String callId;
  private final @Nullable String localTag;
  private final @Nullable String remoteTag;
  private final int hash;

  /** A key of its three parts. */
  public DialogKey(String callId, @Nullable String localTag, @Nullable String remoteTag) {
    this.callId = callId;
    this.localTag = localTag;
    this.remoteTag = remoteTag;
    this.hash =
        (callId.hashCode() * 31 + Objects.hashCode(localTag)) * 31 + Objects.hashCode(remoteTag);
  }

  /**
   * The key of a request that came in or of a response that goes out: the To tag is the local one.
   * Null if there's no Call-ID.
   */
  public static @Nullable DialogKey asServer(SipMessage message) {
    String callId = message.callId();
    return callId == null ? null : new DialogKey(callId, message.toTag(), message.fromTag());
  }

  /**
   * The key of a request that goes out or of a response that came in: the From tag is the local
   * one. Null if there's no Call-ID.
   */
  public static @Nullable DialogKey asClient(SipMessage message) {
    String callId = message.callId();
    return callId == null ? null : new DialogKey(callId, message.fromTag(), message.toTag());
  }

  /** The Call-ID. */
  public String callId() {
    return callId;
  }

  /** Our tag, or null. */
  public @Nullable String localTag() {
    return localTag;
  }

  /** The peer's tag, or null. */
  public @Nullable String remoteTag() {
    return remoteTag;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof DialogKey that
            && hash == that.hash
            && callId.equals(that.callId)
            && Objects.equals(localTag, that.localTag)
            && Objects.equals(remoteTag, that.remoteTag));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(DialogKey that) {
    int order = callId.compareTo(that.callId);
    if (order == 0) {
      order = compare(localTag, that.localTag);
    }
    return order == 0 ? compare(remoteTag, that.remoteTag) : order;
  }

  private static int compare(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return (a == null ? 0 : 1) - (b == null ? 0 : 1);
    }
    return a.compareTo(b);
  }

  /** The identifier as one text, {@code call-id:local-tag:remote-tag}; an absent tag is empty. */
  @Override
  public String toString() {
    return callId
        + ':'
        + (localTag == null ? "" : localTag)
        + ':'
        + (remoteTag == null ? "" : remoteTag);
  }
}
