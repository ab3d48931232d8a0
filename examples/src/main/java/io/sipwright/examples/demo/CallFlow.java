package io.sipwright.examples.demo;

import io.sipwright.examples.terminal.Ladder;
import io.sipwright.examples.terminal.Terminal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Draws each message of the demo when it arrives: who sent it is read from its Via headers, which
 * hold the ports of the parties it came through.
 */
final class CallFlow {
  /** The parties, from left to right. */
  enum Role {
    CALLER(0),
    PROXY(1),
    CALLEE(2);

    private final int column;

    Role(int column) {
      this.column = column;
    }

    /** The name to show. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Terminal terminal;
  private final Ladder ladder;
  private final Map<Integer, Role> roleOfPort = new ConcurrentHashMap<>();
  private long begin;
  private int messages;

  /** What was drawn since the beginning, to tell what comes again. */
  private final Set<String> seen = new HashSet<>();

  CallFlow(Terminal terminal) {
    this.terminal = terminal;
    ladder = new Ladder(Role.values().length, terminal.isUnicode(), terminal.hasColours());
  }

  /** Tells whose port that is. */
  void place(Role role, int port) {
    roleOfPort.put(port, role);
  }

  /** Starts the clock and draws the column heads. */
  synchronized void begin(List<String> addresses) {
    begin = System.nanoTime();
    messages = 0;
    seen.clear();
    terminal.line(ladder.heading(Arrays.stream(Role.values()).map(Role::label).toList()));
    terminal.line(ladder.heading(addresses));
    terminal.line(ladder.blank());
  }

  /** Draws a message that has just arrived at a party. */
  synchronized void arrived(Role at, Message message) {
    Role from = senderOf(at, message);
    if (from == at) {
      return;
    }
    boolean request = message instanceof Request;
    String label =
        request
            ? ((Request) message).getMethod()
            : ((Response) message).getStatusCode() + " " + ((Response) message).getReasonPhrase();
    if (seen.add(at + " " + from + " " + label + " " + identity(message))) {
      messages++;
    } else {
      label += " (again)"; // over UDP, when this machine is busy
    }
    Ladder.Kind kind =
        request ? Ladder.Kind.REQUEST : Ladder.Kind.ofStatus(((Response) message).getStatusCode());
    terminal.line(ladder.arrow(System.nanoTime() - begin, from.column, at.column, label, kind));
  }

  /** Writes a sentence between the arrows. */
  synchronized void remark(String text) {
    terminal.line("  " + text);
  }

  /** How many messages were drawn since {@link #begin}; what came again doesn't count. */
  synchronized int messages() {
    return messages;
  }

  /** The same for each copy of a message, and for each ACK to a 2xx. */
  private static String identity(Message message) {
    return message.getHeader(CallIdHeader.NAME) + " " + message.getHeader(CSeqHeader.NAME);
  }

  /**
   * A request comes from the party in its top Via. A response comes from where the request went: to
   * the proxy's neighbours from the proxy, and to the proxy from the side that the next Via does
   * not name.
   */
  private Role senderOf(Role at, Message message) {
    ListIterator<?> vias = message.getHeaders(ViaHeader.NAME);
    Role top = roleOf(vias, at);
    if (message instanceof Request) {
      return top;
    }
    if (at != Role.PROXY) {
      return Role.PROXY;
    }
    return roleOf(vias, at) == Role.CALLER ? Role.CALLEE : Role.CALLER;
  }

  private Role roleOf(ListIterator<?> vias, Role unknown) {
    return vias.hasNext()
        ? roleOfPort.getOrDefault(((ViaHeader) vias.next()).getPort(), unknown)
        : unknown;
  }
}
