package io.sipwright.bench;

import io.sipwright.bench.LoadGenerator.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The load over transports that SIPp has no client for: calls, or OPTIONS, over a few connections.
 * A program of its own, so that it can be pinned on a core: argument is the transport; each line on
 * standard input, {@code scenario port count rate}, is a run, answered by a line with the outcome.
 * At rate 0 each begins when the one before has ended.
 */
public final class StreamLoad {
  private static final int CONNECTIONS = 8;
  private static final long PATIENCE_SECONDS = 20;

  /** The steps of a call; those of an OPTIONS are the first and the last. */
  private static final int ASKED = 0;

  private static final int HANGING_UP = 1;
  private static final int DONE = 2;

  private final String transport;
  private final String scenario;
  private final int port;
  private final long run = System.nanoTime();
  private final AtomicLongArray sentAt;
  private final AtomicLongArray took;
  private final AtomicIntegerArray steps;
  private final LongAdder failed = new LongAdder();
  private final CountDownLatch ended;

  /** How many more may begin. */
  private final Semaphore turns;

  private StreamLoad(String transport, String scenario, int port, int count, int rate) {
    this.transport = transport;
    this.scenario = scenario;
    this.port = port;
    sentAt = new AtomicLongArray(count);
    took = new AtomicLongArray(count);
    steps = new AtomicIntegerArray(count);
    ended = new CountDownLatch(count);
    turns = new Semaphore(rate == 0 ? 1 : count);
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      int count = Integer.parseInt(words[2]);
      int rate = Integer.parseInt(words[3]);
      StreamLoad load = new StreamLoad(args[0], words[0], Integer.parseInt(words[1]), count, rate);
      Outcome outcome = load.run(count, rate);
      System.out.printf(
          Locale.ROOT,
          "%d %d %.3f %.3f%n",
          outcome.completed(),
          outcome.failed(),
          outcome.seconds(),
          outcome.p99Millis());
    }
  }

  private Outcome run(int count, int rate) throws Exception {
    List<StreamLine> lines = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        StreamLine line = new StreamLine(transport, port);
        lines.add(line);
        Thread reader = new Thread(() -> read(line), "line-" + i);
        reader.setDaemon(true);
        reader.start();
      }
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          break; // the one before doesn't end
        }
        long due = rate == 0 ? start : start + (long) (i * 1e9 / rate);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        sentAt.set(i, System.nanoTime());
        lines.get(i % CONNECTIONS).send(first(i));
      }
      boolean all = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      long missing = all ? 0 : ended.getCount();
      long bad = failed.sum() + missing;
      return new Outcome(count - bad, bad, 0, seconds, p99());
    } finally {
      for (StreamLine line : lines) {
        line.close();
      }
    }
  }

  private double p99() {
    long[] times = new long[took.length()];
    Arrays.setAll(times, took::get);
    times = Arrays.stream(times).filter(t -> t > 0).sorted().toArray();
    return times.length == 0 ? Double.NaN : times[times.length * 99 / 100] / 1e6;
  }

  private void read(StreamLine line) {
    try {
      line.read(message -> onMessage(line, message));
    } catch (IOException e) {
      return; // closed at the end of the run; what was under way counts as failed
    }
  }

  private void onMessage(StreamLine line, String message) {
    int status = message.startsWith("SIP/2.0 ") ? Integer.parseInt(message.substring(8, 11)) : 0;
    String callId = header(message, "Call-ID");
    int dash = callId.indexOf('-');
    if (status < 200 || dash < 0 || !callId.endsWith(String.valueOf(run))) {
      return;
    }
    int number = Integer.parseInt(callId.substring(0, dash));
    boolean invite = header(message, "CSeq").endsWith("INVITE");
    if (status >= 300) {
      end(number, false);
    } else if (invite && steps.compareAndSet(number, ASKED, HANGING_UP)) {
      took.set(number, System.nanoTime() - sentAt.get(number));
      hangUp(line, number, header(message, "To"));
    } else if (!invite) {
      took.compareAndSet(number, 0, System.nanoTime() - sentAt.get(number));
      end(number, true);
    }
  }

  private void hangUp(StreamLine line, int number, String to) {
    try {
      line.send(request("ACK", 1, number, to, "a"));
      line.send(request("BYE", 2, number, to, "b"));
    } catch (IOException e) {
      end(number, false);
    }
  }

  private void end(int number, boolean good) {
    if (steps.getAndSet(number, DONE) != DONE) {
      if (!good) {
        failed.increment();
      }
      turns.release();
      ended.countDown();
    }
  }

  private static String header(String message, String name) {
    int at = message.indexOf("\r\n" + name + ":");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 3;
    return message.substring(from, message.indexOf('\r', from)).trim();
  }

  private String first(int number) {
    String to = "<sip:bench@127.0.0.1:" + port + ">";
    return scenario.equals("call")
        ? request("INVITE", 1, number, to, "i")
        : request("OPTIONS", 1, number, to, "o");
  }

  /** The messages of bench/src/main/sipp, with the same headers. */
  private String request(String method, int cseq, int number, String to, String branch) {
    String via = transport.toUpperCase(Locale.ROOT);
    String head =
        method
            + (" sip:bench@127.0.0.1:" + port + " SIP/2.0\r\nVia: SIP/2.0/")
            + (via + " 127.0.0.1:5999;branch=z9hG4bK" + run + branch + number)
            + ";rport\r\n"
            + "Max-Forwards: 70\r\n"
            + "From: \"Bench Caller\" <sip:caller@127.0.0.1:5999>;tag="
            + (number + "c\r\nTo: " + to + "\r\nCall-ID: " + number + "-" + run)
            + ("\r\nCSeq: " + cseq + " " + method + "\r\n");
    if (method.equals("BYE")) {
      return head + "Content-Length: 0\r\n\r\n";
    }
    String contact = "Contact: <sip:caller@127.0.0.1:5999;transport=" + transport + ">\r\n";
    if (method.equals("ACK")) {
      return head + contact + "Content-Length: 0\r\n\r\n";
    }
    String abilities =
        """
        Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, PRACK
        Supported: timer, replaces
        User-Agent: sipwright-bench
        """
            .replace("\n", "\r\n");
    String body = method.equals("INVITE") ? QuietUas.SDP : "";
    String type = body.isEmpty() ? "" : "Content-Type: application/sdp\r\n";
    return head
        + contact
        + abilities
        + type
        + ("Content-Length: " + body.length() + "\r\n\r\n")
        + body;
  }
}
