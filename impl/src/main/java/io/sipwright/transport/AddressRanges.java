package io.sipwright.transport;

import io.sipwright.syntax.Ipv6;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Networks of IP addresses, as in {@code 192.0.2.0/24} (RFC 4632 §3.1, RFC 4291 §2.3). An
 * IPv4-mapped one (RFC 4291 §2.5.5.2), as in {@code ::ffff:192.0.2.0/120}, is the IPv4 network:
 * that is what Java and PROXY headers make of such addresses.
 */
public final class AddressRanges {
  /** No address at all. */
  public static final AddressRanges NONE = new AddressRanges("", List.of());

  private static final String ALL = "all";

  /** Bits of an IPv4-mapped address before the IPv4 address. */
  private static final int MAPPED_BITS = 96;

  /** The first bits of an address. */
  private static final class Range {
    private final byte[] address;
    private final int bits;

    Range(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (other[i] != address[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || (other[whole] ^ address[whole]) >> (8 - rest) == 0;
    }
  }

  private final String text;
  private final List<Range> ranges;

  private AddressRanges(String text, List<Range> ranges) {
    this.text = text;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Reads a list with commas or blanks between its parts: addresses, networks, or {@code all}.
   *
   * @return null if a part is none of these, or one of IPv4-mapped addresses whose prefix says less
   *     than that they are mapped: nobody knows what it's meant to be
   */
  public static @Nullable AddressRanges parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split("[,\\s]+", -1)) {
      if (part.equalsIgnoreCase(ALL)) {
        ranges.add(new Range(new byte[4], 0));
        ranges.add(new Range(new byte[16], 0));
      } else if (!part.isEmpty()) {
        Range range = range(part);
        if (range == null) {
          return null;
        }
        ranges.add(range);
      }
    }
    return new AddressRanges(text, ranges);
  }

  private static @Nullable Range range(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = address.length * 8;
    int bits = slash < 0 ? most : prefix(text.substring(slash + 1), most);
    if (bits < 0) {
      return null;
    }
    if (!isMapped(address)) {
      return new Range(address, bits);
    }
    byte[] v4 = Arrays.copyOfRange(address, MAPPED_BITS / 8, address.length);
    return bits < MAPPED_BITS ? null : new Range(v4, bits - MAPPED_BITS);
  }

  private static boolean isMapped(byte[] address) {
    int ones = MAPPED_BITS / 8 - 2;
    if (address.length <= ones || address[ones] != -1 || address[ones + 1] != -1) {
      return false;
    }
    for (int i = 0; i < ones; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int prefix(String text, int most) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int bits = Integer.parseInt(text);
    return bits <= most ? bits : -1;
  }

  /** The bytes of a numeric address; null if it's none. Asks no name service. */
  static byte @Nullable [] bytes(String text) {
    if (text.indexOf(':') >= 0) {
      return text.startsWith("[") ? null : Ipv6.parse(text);
    }
    byte[] mapped = Ipv6.parse("::ffff:" + text);
    if (mapped == null || text.indexOf('.') < 0) {
      return null;
    }
    return Arrays.copyOfRange(mapped, 12, 16);
  }

  /** The numeric address; null if it's none. Asks no name service. */
  static @Nullable InetAddress address(String text) {
    byte[] bytes = bytes(text);
    if (bytes == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // only for other lengths than 4 and 16
    }
  }

  /** Whether an address lies in one of the networks. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** As it was given. */
  @Override
  public String toString() {
    return text;
  }
}
