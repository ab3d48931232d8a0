package io.sipwright.transaction;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.syntax.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * The two requests that follow an INVITE from hop to hop: the ACK to a final response other than
 * 2xx (RFC 3261 §17.1.1.3) and CANCEL (§9.1). Made from the bytes that were sent, whatever became
 * of the message since; values are copied as they stand there.
 */
final class HopByHop {
  private HopByHop() {}

  /**
   * The ACK.
   *
   * @param invite as it was sent
   * @param response as it came
   */
  static byte[] ack(byte[] invite, byte[] response) {
    return make("ACK", invite, response);
  }

  /** The CANCEL for an INVITE, sent or not. */
  static byte[] cancel(byte[] invite) {
    return make("CANCEL", invite, null);
  }

  private static byte[] make(String method, byte[] invite, byte @Nullable [] response) {
    ByteSink out = new ByteSink(512);
    startLine(method, invite, out);
    boolean via = false;
    boolean maxForwards = false;
    HeaderLines lines = new HeaderLines(invite);
    while (lines.next()) {
      HeaderType type = lines.type();
      if (type == null) {
        continue;
      }
      switch (type) {
        case VIA -> {
          if (!via) {
            put(type, invite, lines.from(), lines.firstTo(), out);
          }
          via = true;
        }
        case FROM, CALL_ID, ROUTE -> put(type, invite, lines.from(), lines.to(), out);
        case TO -> putTo(invite, lines, response, out);
        case MAX_FORWARDS -> {
          put(type, invite, lines.from(), lines.to(), out);
          maxForwards = true;
        }
        case CSEQ -> {
          int to = lines.from();
          while (to < lines.to() && invite[to] >= '0' && invite[to] <= '9') {
            to++;
          }
          out.put("CSeq: ").put(invite, lines.from(), to).put(' ').put(method).crlf();
        }
        default -> {}
      }
    }
    if (!maxForwards) {
      out.put("Max-Forwards: 70").crlf(); // RFC 3261 §8.1.1.6
    }
    return out.put("Content-Length: 0").crlf().crlf().toBytes();
  }

  private static void startLine(String method, byte[] invite, ByteSink out) {
    int from = 0;
    while (from < invite.length && invite[from] != ' ') {
      from++;
    }
    int to = from;
    while (to < invite.length && invite[to] != '\n') {
      to++;
    }
    out.put(method).put(invite, from, Math.min(to + 1, invite.length));
  }

  /** The response's To, which has the tag; the request's if there's no response. */
  private static void putTo(
      byte[] invite, HeaderLines ofInvite, byte @Nullable [] response, ByteSink out) {
    if (response != null) {
      HeaderLines lines = new HeaderLines(response);
      while (lines.next()) {
        if (lines.type() == HeaderType.TO) {
          put(HeaderType.TO, response, lines.from(), lines.to(), out);
          return;
        }
      }
    }
    put(HeaderType.TO, invite, ofInvite.from(), ofInvite.to(), out);
  }

  private static void put(HeaderType type, byte[] bytes, int from, int to, ByteSink out) {
    out.put(type.canonicalName()).put(": ").put(bytes, from, to).crlf();
  }
}
