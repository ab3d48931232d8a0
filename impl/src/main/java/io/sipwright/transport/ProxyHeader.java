package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header that a load balancer puts before what its client sends: version 1 (a line of
 * text) or 2 (binary) of the PROXY protocol of HAProxy (its {@code doc/proxy-protocol.txt}). Keeps
 * no more than a line or two addresses, whatever length the header claims.
 */
final class ProxyHeader {
  /** What a byte has led to. */
  enum Progress {
    MORE,
    /** The header is complete. */
    DONE,
    /** It's none: {@link #reason} says why. */
    BAD
  }

  /** "A 108-byte buffer is always enough", with the zero at its end (§2.1). */
  private static final int LONGEST_LINE = 107;

  private static final byte[] TEXT = {'P', 'R', 'O', 'X', 'Y', ' '};
  private static final byte[] BINARY = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };
  private static final int FIXED = 16;
  private static final int COMMAND_LOCAL = 0x20;
  private static final int COMMAND_PROXY = 0x21;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;

  private final byte[] head = new byte[LONGEST_LINE];
  private int length;

  /** Where the addresses of version 2 end; 0 before that's known. */
  private int addressesEnd;

  /** How much of the header's rest is passed over. */
  private int toSkip;

  private @Nullable InetSocketAddress source;
  private String reason = "";

  /** Whom the connection comes from; null if that's the load balancer itself, or unknown to it. */
  @Nullable InetSocketAddress source() {
    return source;
  }

  /** What's wrong and where, once it's {@link Progress#BAD}. */
  String reason() {
    return reason;
  }

  /** Takes the next byte. Not to be called after the end. */
  Progress take(byte next) {
    if (toSkip > 0) {
      toSkip--;
      return toSkip == 0 ? Progress.DONE : Progress.MORE;
    }
    head[length++] = next;
    return head[0] == TEXT[0] ? takeText(next) : takeBinary(next);
  }

  private Progress bad(String what) {
    reason = what + " at byte " + length;
    return Progress.BAD;
  }

  // ---- version 1

  /** {@code "PROXY" SP ("TCP4" / "TCP6") SP source SP destination SP port SP port CRLF}. */
  private Progress takeText(byte next) {
    if (length <= TEXT.length && next != TEXT[length - 1]) {
      return bad("No PROXY header");
    }
    if (next == '\n' && head[length - 2] == '\r') {
      return readLine(new String(head, 0, length - 2, ISO_8859_1));
    }
    return length == LONGEST_LINE ? bad("The line has no end") : Progress.MORE;
  }

  private Progress readLine(String line) {
    String[] parts = line.split(" ", -1);
    if (parts[1].equals("UNKNOWN")) {
      return Progress.DONE; // whatever follows (§2.1)
    }
    boolean v6 = parts[1].equals("TCP6");
    if (!v6 && !parts[1].equals("TCP4")) {
      return bad("The protocol is neither TCP4 nor TCP6 nor UNKNOWN");
    }
    if (parts.length != 6) {
      return bad("There must be two addresses and two ports");
    }
    InetAddress from = address(parts[2], v6);
    if (from == null || address(parts[3], v6) == null) {
      return bad("An address is none of " + parts[1]);
    }
    int port = port(parts[4]);
    if (port < 0 || port(parts[5]) < 0) {
      return bad("A port is not 0 to 65535");
    }
    source = new InetSocketAddress(from, port);
    return Progress.DONE;
  }

  private static @Nullable InetAddress address(String text, boolean v6) {
    return text.indexOf(':') >= 0 == v6 ? AddressRanges.address(text) : null;
  }

  private static int port(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits
        || text.isEmpty()
        || text.length() > 5
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= 0xFFFF ? port : -1;
  }

  // ---- version 2

  /** Signature, version and command, family and protocol, length; addresses; TLVs (§2.2). */
  private Progress takeBinary(byte next) {
    if (length <= BINARY.length && next != BINARY[length - 1]) {
      return bad("No PROXY header");
    }
    if (length == FIXED) {
      return readFixed();
    }
    return length == addressesEnd ? readAddresses() : Progress.MORE;
  }

  private Progress readFixed() {
    int command = head[12] & 0xFF;
    if (command != COMMAND_LOCAL && command != COMMAND_PROXY) {
      return bad("The version is not 2, or the command neither LOCAL nor PROXY");
    }
    int rest = u16(14);
    int family = command == COMMAND_LOCAL ? 0 : head[13] & 0xFF;
    int addresses = family == TCP_OVER_IPV4 ? 12 : family == TCP_OVER_IPV6 ? 36 : 0;
    if (rest < addresses) {
      return bad("The length leaves no room for the addresses");
    }
    // AF_UNIX, AF_UNSPEC and datagrams say nothing that could be a connection's source.
    addressesEnd = FIXED + addresses;
    toSkip = addresses == 0 ? rest : 0;
    return rest == 0 ? Progress.DONE : Progress.MORE;
  }

  private Progress readAddresses() {
    int size = addressesEnd - FIXED == 12 ? 4 : 16;
    try {
      InetAddress from = InetAddress.getByAddress(Arrays.copyOfRange(head, FIXED, FIXED + size));
      source = new InetSocketAddress(from, u16(FIXED + 2 * size));
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // only for other lengths than 4 and 16
    }
    toSkip = u16(14) - (addressesEnd - FIXED); // TLVs (§2.2.1 to §2.2.8)
    return toSkip == 0 ? Progress.DONE : Progress.MORE;
  }

  private int u16(int at) {
    return (head[at] & 0xFF) << 8 | (head[at + 1] & 0xFF);
  }
}
