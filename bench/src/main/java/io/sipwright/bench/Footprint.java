package io.sipwright.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The heap that a stack holds for transactions that linger, for idle dialogs and for calls that are
 * over; and what's left of all that in the end. One process, over UDP on loopback: the caller is a
 * bare socket that keeps nothing.
 *
 * <p>Arguments: path name of the provider, how many of each, how many calls for the last row
 * ({@code 0}: none), then {@code key=value} properties of the stack. With {@code -Dhistogram=true}
 * the classes that take most are printed after each row.
 */
public final class Footprint {
  private static final int WINDOW = 40;

  /** Longer than anything lingers after a transaction's or a call's end. */
  private static final int LINGER_SECONDS = 40;

  private final DatagramSocket socket;
  private final InetSocketAddress target;
  private final byte[] buffer = new byte[4096];
  private long base;
  private int refused;

  private Footprint(int port) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(200);
    socket.setReceiveBufferSize(4 << 20);
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "footprint");
    for (int i = 3; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      properties.setProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    QuietUas uas = new QuietUas(args[0], properties);
    try {
      new Footprint(uas.port())
          .measure(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    } finally {
      System.exit(0); // the old stack's threads don't all end
    }
  }

  private void measure(String name, int count, int calls)
      throws IOException, InterruptedException, JMException {
    exchange("warm", 2000, "OPTIONS");
    call("warm", 2000, true);
    pause(LINGER_SECONDS);
    base = used();
    exchange("opt", count, "OPTIONS");
    row(name, "a non-INVITE server transaction that lingers", count);
    pause(LINGER_SECONDS);
    row(name, "... when its time is over", count);
    call("held", count, false);
    row(name, "a confirmed dialog, its INVITE lingering", count);
    pause(LINGER_SECONDS);
    row(name, "a confirmed dialog, idle", count);
    exchange("held", count, "BYE");
    row(name, "... just ended, its BYE lingering", count);
    pause(LINGER_SECONDS);
    row(name, "... when that time is over", count);
    call("ended", count, true);
    row(name, "a call that's over, INVITE and BYE lingering", count);
    pause(LINGER_SECONDS);
    if (calls > 0) {
      long before = base;
      base = used();
      call("many", calls, true);
      pause(LINGER_SECONDS);
      System.out.printf(
          Locale.ROOT,
          "%-12s %-48s %9.1f KiB (%.1f since the beginning)%n",
          name,
          calls + " calls later: live heap, difference",
          (used() - base) / 1024.0,
          (used() - before) / 1024.0);
    }
  }

  private void row(String name, String what, int count) throws JMException {
    System.out.printf(
        Locale.ROOT,
        "%-12s %-48s %9.0f bytes%s%n",
        name,
        what,
        (used() - base) / (double) count,
        refused == 0 ? "" : " (" + refused + " requests refused)");
    if (Boolean.getBoolean("histogram")) {
      String histogram = command("gcClassHistogram");
      System.out.println(histogram.substring(0, Math.min(histogram.length(), 3500)));
    }
  }

  private static String command(String operation) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                operation,
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static void pause(int seconds) throws InterruptedException {
    Thread.sleep(seconds * 1000L); // real time has to go by
  }

  // --- the caller ---

  private void call(String kind, int count, boolean end) throws IOException {
    for (int from = 0; from < count; from += WINDOW) {
      int n = Math.min(WINDOW, count - from);
      invite(kind, from, n);
      if (end) {
        batch(kind, from, n, "BYE");
      }
    }
  }

  private void invite(String kind, int from, int n) throws IOException {
    batch(kind, from, n, "INVITE");
    for (int i = from; i < from + n; i++) {
      send("ACK", kind, i);
    }
  }

  private void exchange(String kind, int count, String method) throws IOException {
    for (int from = 0; from < count; from += WINDOW) {
      batch(kind, from, Math.min(WINDOW, count - from), method);
    }
  }

  /** Sends requests and waits for as many final answers; what's lost is sent again. */
  private void batch(String kind, int from, int n, String method) throws IOException {
    boolean[] answered = new boolean[n];
    int missing = n;
    for (int i = 0; i < n; i++) {
      send(method, kind, from + i);
    }
    while (missing > 0) {
      int i = answeredOne(kind, method);
      if (i < 0) {
        for (int k = 0; k < n; k++) {
          if (!answered[k]) {
            send(method, kind, from + k);
          }
        }
      } else if (i >= from && i < from + n && !answered[i - from]) {
        answered[i - from] = true;
        missing--;
      }
    }
  }

  /** The number in the Call-ID of the next final answer to a method; -1 if none comes. */
  private int answeredOne(String kind, String method) throws IOException {
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (true) {
      try {
        socket.receive(packet);
      } catch (java.net.SocketTimeoutException e) {
        return -1;
      }
      String text = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
      if (text.startsWith("SIP/2.0 1")) {
        continue;
      }
      String id = "\r\nCall-ID: " + kind + "-";
      int at = text.indexOf(id);
      if (at > 0 && text.contains(" " + method + "\r\n")) {
        if (!text.startsWith("SIP/2.0 200")) {
          refused++; // such as a BYE for a dialog that the stack has lost
        }
        int number = at + id.length();
        return Integer.parseInt(text.substring(number, text.indexOf('@', number)));
      }
    }
  }

  private void send(String method, String kind, int i) throws IOException {
    int port = socket.getLocalPort();
    String id = kind + "-" + i;
    String sdp = method.equals("INVITE") ? QuietUas.SDP : "";
    int seq = method.equals("BYE") ? 2 : 1;
    String text =
        method
            + " sip:callee@127.0.0.1:"
            + target.getPort()
            + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
            + port
            + ";branch=z9hG4bK-74839-"
            + method
            + "-"
            + id
            + "\r\nFrom: \"Caller\" <sip:caller@127.0.0.1:"
            + port
            + ">;tag=f-74839-"
            + id
            + "\r\nTo: \"Callee\" <sip:callee@127.0.0.1:"
            + target.getPort()
            + ">"
            + toTag(method, id)
            + "\r\nCall-ID: "
            + id
            + "@127.0.0.1\r\nCSeq: "
            + seq
            + " "
            + method
            + "\r\nContact: <sip:caller@127.0.0.1:"
            + port
            + ">\r\nMax-Forwards: 70\r\nUser-Agent: Footprint/1\r\n"
            + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + sdp.length()
            + "\r\n\r\n"
            + sdp;
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(bytes, bytes.length, target));
  }

  private static String toTag(String method, @Nullable String id) {
    return method.equals("INVITE") || method.equals("OPTIONS")
        ? ""
        : ";tag=" + QuietUas.TAG + "f-74839-" + id;
  }
}
