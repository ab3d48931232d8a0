package io.sipwright.ext;

import org.jspecify.annotations.Nullable;

/**
 * What the first Route of a request leads to at an edge proxy (RFC 5626 §5.3).
 *
 * @param kind what kind of request it is
 * @param flow the flow that's named; null if there's none (any more)
 */
public record FlowMatch(Kind kind, @Nullable SipFlow flow) {
  /** The cases of RFC 5626 §5.3. */
  public enum Kind {
    /** The first Route names no flow: the request is routed as any other. */
    NONE,
    /** It came over the flow that's named, from the user agent: the Route says nothing more. */
    OUTGOING,
    /** It's for the user agent at the end of the flow: it goes there if it's sent as it is. */
    INCOMING,
    /** It was for a flow that's gone: 430. */
    FAILED,
    /** Somebody has tampered with the token: 403. */
    FORBIDDEN
  }

  /** What to answer, 430 or 403; 0 where the request is to be forwarded. */
  public int status() {
    return switch (kind) {
      case NONE, OUTGOING, INCOMING -> 0;
      case FAILED -> 430;
      case FORBIDDEN -> 403;
    };
  }
}
