package io.sipwright.bench;

import com.sun.management.ThreadMXBean;
import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import io.sipwright.transport.SocketNetwork;
import io.sipwright.transport.SocketNetworkConfig;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What it costs the transport to receive a message of 500 bytes and send it back: CPU time and
 * allocation of its threads. The client is a plain blocking channel on the main thread that keeps
 * some messages under way.
 *
 * <p>Arguments: {@code udp} or {@code tcp}, messages per round, messages under way.
 */
public final class EchoBenchmark {
  private static final int ROUNDS = 5;
  private static final byte[] MESSAGE = message();

  private EchoBenchmark() {}

  private static final class Echo implements Inbound {
    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
      // A copy, because what is sent belongs to the flow: its allocation isn't the transport's.
      byte[] copy = new byte[length];
      System.arraycopy(buffer, offset, copy, 0, length);
      flow.send(copy, null);
    }

    @Override
    public void onBrokenStream(Flow flow, byte[] b, int offset, int length, String reason) {}

    @Override
    public void onClosed(Flow flow, @Nullable IOException cause) {}
  }

  /** Prints one line for each round. */
  public static void main(String[] args) throws Exception {
    String transport = args.length > 0 ? args[0] : "udp";
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 300_000;
    int window = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    SocketNetworkConfig config =
        SocketNetworkConfig.builder().name("echo").daemonThreads(true).streamThreads(1).build();
    try (SocketNetwork network = new SocketNetwork(config)) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Endpoint endpoint = network.open(transport, any, new Echo());
      for (int round = 0; round < ROUNDS; round++) {
        long[] before = used();
        long start = System.nanoTime();
        if (transport.equals("udp")) {
          udp(endpoint.local(), count, window);
        } else {
          tcp(endpoint.local(), count, window);
        }
        double wall = (System.nanoTime() - start) / 1e3 / count;
        long[] after = used();
        System.out.printf(
            "%s, %d under way: %.2f us wall, %.2f us CPU, %d bytes allocated, a message%n",
            transport,
            window,
            wall,
            (after[0] - before[0]) / 1e3 / count,
            (after[1] - before[1]) / count - MESSAGE.length);
      }
    }
  }

  /** CPU time in nanoseconds and allocated bytes of the transport's threads. */
  private static long[] used() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] sums = new long[2];
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("echo-")) {
        sums[0] += threads.getThreadCpuTime(thread.getId());
        sums[1] += threads.getThreadAllocatedBytes(thread.getId());
      }
    }
    return sums;
  }

  private static void udp(InetSocketAddress to, int count, int window) throws IOException {
    try (DatagramChannel client = DatagramChannel.open(StandardProtocolFamily.INET)) {
      client.connect(to);
      ByteBuffer out = ByteBuffer.allocateDirect(MESSAGE.length).put(MESSAGE).flip();
      ByteBuffer in = ByteBuffer.allocateDirect(4096);
      int sent = 0;
      for (int received = 0; received < count; received++) {
        while (sent < count && sent - received < window) {
          client.write(out.rewind());
          sent++;
        }
        client.read(in.clear());
      }
    }
  }

  private static void tcp(InetSocketAddress to, int count, int window) throws IOException {
    try (SocketChannel client = SocketChannel.open(to)) {
      ByteBuffer out = ByteBuffer.allocateDirect(MESSAGE.length).put(MESSAGE).flip();
      ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
      int sent = 0;
      long bytes = 0;
      while (bytes < (long) count * MESSAGE.length) {
        while (sent < count && sent - bytes / MESSAGE.length < window) {
          client.write(out.rewind());
          sent++;
        }
        int read = client.read(in.clear());
        if (read < 0) {
          throw new EOFException("The echo closed the connection");
        }
        bytes += read;
      }
    }
  }

  private static byte[] message() {
    String header = "OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\nX: ";
    String end = "\r\nContent-Length: 0\r\n\r\n";
    String filling = "x".repeat(500 - header.length() - end.length());
    return (header + filling + end).getBytes(StandardCharsets.US_ASCII);
  }
}
