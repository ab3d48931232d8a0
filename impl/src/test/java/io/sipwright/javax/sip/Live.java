package io.sipwright.javax.sip;

import static org.testng.Assert.fail;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sip.InvalidArgumentException;
import org.testng.SkipException;

/** Stacks on real sockets of the loopback interface, for tests of sockets and threads. */
final class Live {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final long GLANCE_NANOS = 2_000_000;
  private static final int TRIES = 50;

  private Live() {}

  /** A name no other stack of this JVM has. */
  static String newName() {
    return "live" + NAMES.incrementAndGet();
  }

  static Properties properties(String name, String... settings) {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", name);
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return properties;
  }

  /** A party that listens on UDP and TCP at a port the system chose. */
  static Party party(String... settings) throws Exception {
    return partyAt("127.0.0.1", settings);
  }

  /** As {@link #party}, at another address; the test is skipped if there's none such. */
  static Party partyAt(String address, String... settings) throws Exception {
    String name = newName();
    for (int i = 0; ; i++) {
      SipStackImpl stack = new SipStackImpl(properties(name, settings));
      Party party = new Party(name, address, freePort(address), stack);
      try {
        party.listen("udp");
        party.listen("tcp");
        return party;
      } catch (InvalidArgumentException takenMeanwhile) {
        stack.stop();
        if (i == TRIES) {
          throw takenMeanwhile;
        }
      }
    }
  }

  /** A port that's free for UDP and TCP at this moment. */
  static int freePort(String address) throws IOException {
    InetAddress host = InetAddress.getByName(address);
    for (int i = 0; ; i++) {
      try (ServerSocket tcp = new ServerSocket()) {
        tcp.bind(new InetSocketAddress(host, 0));
        try (DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(host, tcp.getLocalPort()))) {
          return udp.getLocalPort();
        }
      } catch (IOException e) {
        if (i == TRIES) {
          throw new SkipException("No socket at " + address, e);
        }
      }
    }
  }

  /** Fails unless both sockets can be bound to an address now. */
  static void assertFree(String address, int port) throws IOException {
    InetSocketAddress at = new InetSocketAddress(InetAddress.getByName(address), port);
    try (DatagramSocket udp = new DatagramSocket(at);
        ServerSocket tcp = new ServerSocket()) {
      tcp.setReuseAddress(true); // connections of before may linger in TIME_WAIT
      tcp.bind(at);
      if (udp.getLocalPort() != tcp.getLocalPort()) {
        fail("bound to different ports");
      }
    }
  }

  static boolean isFree(String address, int port) {
    try {
      assertFree(address, port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The names of the threads that belong to a stack. */
  static List<String> threadsOf(String stackName) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sipwright-" + stackName + "-"))
        .toList();
  }

  /** Waits until something is so, for half a minute at most. */
  static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        fail("Not within half a minute: " + what);
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }
}
