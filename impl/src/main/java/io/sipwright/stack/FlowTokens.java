package io.sipwright.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Words that name flows, and that only this run of the stack can make (RFC 5626 §5.2): {@code
 * flow-} and, in base64url, what names the flow and the first 96 bits of its HMAC-SHA-256 under a
 * random key.
 *
 * <p>A UDP flow is named by its addresses, without anything being kept. A connection is named by a
 * number of its own, so that a token never leads to a later connection from the same address; there
 * are as many numbers kept as connections that have one.
 */
final class FlowTokens {
  private static final String PREFIX = "flow-";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 12;
  private static final int KEY_BYTES = 32;
  private static final int IPV6_BYTES = 16;

  /** A kind, and two IPv6 addresses with length, port and scope. */
  private static final int LONGEST_NAME = 1 + 2 * (1 + IPV6_BYTES + 2 + 4);

  private static final byte DATAGRAMS = 1;
  private static final byte CONNECTION = 2;

  /**
   * What a token names.
   *
   * @param flow null if it's gone, or the token isn't good
   * @param good whether it's one of ours
   */
  record Named(@Nullable Flow flow, boolean good) {
    private static final Named FORGED = new Named(null, false);
  }

  private final SecretKeySpec key;
  private final AtomicLong last = new AtomicLong();
  private final Map<Long, Flow> connections = new ConcurrentHashMap<>();
  private final Map<Flow, Long> numbers = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Endpoint> endpoints = new ConcurrentHashMap<>();

  FlowTokens() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  /** Whether the user part of a URI claims to be a token. */
  static boolean looksLikeToken(@Nullable String user) {
    return user != null && user.startsWith(PREFIX);
  }

  /** The token of a flow: always the same one. */
  String tokenOf(Flow flow) {
    ByteBuffer name = ByteBuffer.allocate(LONGEST_NAME);
    if (flow.endpoint().reliable()) {
      name.put(CONNECTION).putLong(numberOf(flow));
    } else {
      InetSocketAddress local = flow.endpoint().local();
      endpoints.put(local, flow.endpoint());
      name.put(DATAGRAMS);
      put(name, local);
      put(name, flow.remote());
    }
    byte[] bytes = Arrays.copyOf(name.array(), name.position());
    byte[] mac = mac(bytes);
    ByteBuffer token = ByteBuffer.allocate(bytes.length + mac.length).put(mac).put(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  private long numberOf(Flow flow) {
    Long known = numbers.get(flow);
    if (known == null) {
      known =
          numbers.computeIfAbsent(
              flow,
              f -> { // both at once: closed() takes both away, whenever it comes
                long number = last.incrementAndGet();
                connections.put(number, f);
                return number;
              });
      if (!flow.isOpen()) {
        closed(flow); // meanwhile
      }
    }
    return known;
  }

  private static void put(ByteBuffer out, InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    out.put((byte) ip.length).put(ip).putShort((short) address.getPort());
    if (address.getAddress() instanceof Inet6Address v6) {
      out.putInt(v6.getScopeId());
    }
  }

  /** What a token names. */
  Named find(String token) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()).getBytes(US_ASCII));
    } catch (IllegalArgumentException e) {
      return Named.FORGED;
    }
    if (all.length <= MAC_BYTES) {
      return Named.FORGED;
    }
    byte[] name = Arrays.copyOfRange(all, MAC_BYTES, all.length);
    if (!MessageDigest.isEqual(mac(name), Arrays.copyOf(all, MAC_BYTES))) {
      return Named.FORGED;
    }
    ByteBuffer in = ByteBuffer.wrap(name);
    Flow flow = in.get() == CONNECTION ? connections.get(in.getLong()) : datagrams(in);
    return new Named(flow != null && flow.isOpen() ? flow : null, true);
  }

  private @Nullable Flow datagrams(ByteBuffer in) {
    Endpoint endpoint = endpoints.get(address(in));
    return endpoint == null ? null : endpoint.flowTo(address(in));
  }

  private static InetSocketAddress address(ByteBuffer in) {
    byte[] ip = new byte[in.get()];
    in.get(ip);
    int port = in.getShort() & 0xFFFF;
    int scope = ip.length == IPV6_BYTES ? in.getInt() : 0;
    try {
      return new InetSocketAddress(
          scope == 0 ? InetAddress.getByAddress(ip) : Inet6Address.getByAddress(null, ip, scope),
          port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // it's our own writing
    }
  }

  private byte[] mac(byte[] name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(name), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** A connection ended. */
  void closed(Flow flow) {
    Long number = numbers.remove(flow);
    if (number != null) {
      connections.remove(number);
    }
  }

  /** Number of connections that have a token; for tests. */
  int size() {
    return connections.size();
  }
}
