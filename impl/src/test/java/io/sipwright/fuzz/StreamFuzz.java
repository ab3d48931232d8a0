package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;

import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** However a stream is cut, the same messages come out of it, and each is read as a whole. */
final class StreamFuzz {
  private static final MessageParser PARSER = new MessageParser();

  /** So small that the inputs reach them. */
  private static final int MAX_HEADER = 600;

  private static final int MAX_MESSAGE = 900;

  private StreamFuzz() {}

  static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    List<Object> whole = new ArrayList<>();
    Framing all = new Framing(MAX_HEADER, MAX_MESSAGE, event -> whole.add(event));
    all.feed(input, 1, input.length - 1);
    List<Object> pieces = new ArrayList<>();
    Framing some = new Framing(MAX_HEADER, MAX_MESSAGE, event -> pieces.add(event));
    int seed = input[0] & 0xff;
    for (int at = 1; at < input.length; ) {
      seed = seed * 0x41c64e6d + 0x3039;
      int size = Math.min(1 + (seed >>> 16) % (input[0] == 0 ? 1 : 97), input.length - at);
      some.feed(input, at, size);
      at += size;
    }
    compare(whole, pieces);
    holds(all.midMessage() == some.midMessage(), "unlike ends", whole);
    int total = 0;
    for (Object event : whole) {
      if (event instanceof byte[] message) {
        total += message.length;
        read(message);
      }
    }
    holds(total < input.length, "more than there was", whole);
  }

  private static void compare(List<Object> whole, List<Object> pieces) {
    boolean same = whole.size() == pieces.size();
    for (int i = 0; same && i < whole.size(); i++) {
      Object a = whole.get(i);
      Object b = pieces.get(i);
      same = (a instanceof byte[] x && b instanceof byte[] y) ? Arrays.equals(x, y) : a.equals(b);
    }
    holds(same, "cut otherwise", whole, pieces);
  }

  private static void read(byte[] message) {
    Parsed parsed = PARSER.parse(message, 0, message.length, true);
    if (parsed instanceof SipMessage taken) {
      holds(Arrays.equals(taken.encoded(), message), "other bytes", taken);
    } else {
      // The framer found its end; what the parser says of that must be something else.
      String reason = ((Malformed) parsed).reason();
      holds(!reason.equals("Missing Content-Length"), reason, Property.shown(message));
    }
  }
}
