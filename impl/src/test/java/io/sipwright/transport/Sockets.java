package io.sipwright.transport;

import static org.testng.Assert.assertEquals;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.SkipException;

/** Loopback addresses and networks whose threads can be told from others. */
final class Sockets {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private Sockets() {}

  static final InetAddress V4 = address(127, 0, 0, 1);
  static final InetAddress V6 = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private static InetAddress address(int... parts) {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(V4, 0);
  }

  static InetSocketAddress anyPortV6() {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(V6, 0))) {
      return new InetSocketAddress(probe.getLocalAddress(), 0);
    } catch (IOException e) {
      throw new SkipException("No IPv6 loopback here: " + e.getMessage(), e);
    }
  }

  static SocketNetworkConfig.Builder config() {
    return SocketNetworkConfig.builder()
        .name("transport-test-" + NAMES.incrementAndGet())
        .daemonThreads(true);
  }

  /** Names of the live threads of a network. */
  static List<String> threads(SocketNetworkConfig config) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(config.name() + "-"))
        .sorted()
        .toList();
  }

  /** Waits for threads that are about to end. */
  static void joinThreads(SocketNetworkConfig config) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(config.name() + "-")) {
        thread.join(20_000);
      }
    }
  }

  static void assertNoThreads(SocketNetworkConfig config) {
    assertEquals(threads(config), List.of());
  }
}
