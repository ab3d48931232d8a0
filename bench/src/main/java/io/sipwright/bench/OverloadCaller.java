package io.sipwright.bench;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers who behave as RFC 3261 wants them to, all on one {@link CallerLine}: INVITE, ACK, at once
 * BYE; over UDP each is sent again until something comes (§17.1), and who gets no answer within 32
 * s has failed. Who's refused doesn't come back.
 */
final class OverloadCaller implements AutoCloseable {
  /** What became of calls so far; {@code repeated} are messages that were sent again. */
  record Figures(long begun, long completed, long refused, long failed, long repeated) {
    Figures minus(Figures before) {
      return new Figures(
          begun - before.begun,
          completed - before.completed,
          refused - before.refused,
          failed - before.failed,
          repeated - before.repeated);
    }
  }

  private static final long MILLIS = 1_000_000;
  private static final long T1 = 500 * MILLIS;
  private static final long T2 = 4_000 * MILLIS;
  private static final long PATIENCE = 64 * T1;

  private enum State {
    CALLING,
    RINGING,
    HANGING_UP,
    OVER
  }

  private static final class Call {
    final String id;
    State state = State.CALLING;
    String toTag = "";
    String sent = "";
    boolean failed;
    long interval = T1;
    long due;
    long deadline;

    Call(String id) {
      this.id = id;
    }
  }

  private final CallerLine line;
  private final boolean repeats;
  private final String transport;
  private final int port;
  private final String run = Long.toString(System.nanoTime(), 36);
  private final Thread reader = new Thread(this::read, "caller");

  // Guarded by this.
  private final Map<String, Call> calls = new HashMap<>();
  private final PriorityQueue<Call> timers =
      new PriorityQueue<>(Comparator.comparingLong(call -> call.due));
  private long begun;
  private long completed;
  private long refused;
  private long failed;
  private long repeated;
  private @Nullable IOException broken;
  private volatile boolean closed;

  /**
   * Callers of a server on this machine.
   *
   * @param transport "udp" or "tcp"
   */
  OverloadCaller(String transport, int port) throws IOException {
    this.transport = transport.toUpperCase(Locale.ROOT);
    this.port = port;
    repeats = transport.equals("udp");
    line = repeats ? CallerLine.udp(port) : CallerLine.tcp(port);
    reader.setDaemon(true);
    reader.start();
  }

  synchronized Figures figures() {
    return new Figures(begun, completed, refused, failed, repeated);
  }

  /** How many calls are under way. */
  synchronized int open() {
    return (int) (begun - completed - refused - failed);
  }

  /**
   * Begins calls for a time.
   *
   * @param rate in each second; none is made up for that couldn't be begun in its second
   * @param most calls under way at a time
   */
  void run(double rate, int most, int seconds) throws IOException {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000L * MILLIS;
    double owed = 0;
    long last = begin;
    for (long now = begin; now < end; now = System.nanoTime()) {
      owed = Math.min(owed + (now - last) / 1e9 * rate, Math.max(1, rate));
      last = now;
      synchronized (this) {
        if (broken != null) {
          throw broken;
        }
        for (; owed >= 1 && open() < most; owed--) {
          begin(now);
        }
        repeatDue(now);
      }
      LockSupport.parkNanos(MILLIS);
    }
  }

  private void begin(long now) throws IOException {
    Call call = new Call(run + "-" + begun++);
    calls.put(call.id, call);
    send(call, message(call, "INVITE", 1), now);
  }

  /** Sends a request, again and again if need be. */
  private void send(Call call, String message, long now) throws IOException {
    timers.remove(call);
    call.sent = message;
    call.interval = T1;
    call.deadline = now + PATIENCE;
    call.due = repeats ? now + T1 : call.deadline;
    timers.add(call);
    line.send(message);
  }

  private void repeatDue(long now) throws IOException {
    while (!timers.isEmpty() && timers.peek().due <= now) {
      Call call = timers.remove();
      if (call.deadline <= now) {
        end(call, false);
        call.failed = true;
        continue;
      }
      boolean invite = call.state != State.HANGING_UP;
      call.interval = invite ? call.interval * 2 : Math.min(T2, call.interval * 2);
      call.due = Math.min(call.deadline, now + call.interval);
      timers.add(call);
      if (call.state != State.RINGING) {
        repeated++;
        line.send(call.sent);
      }
    }
  }

  private void end(Call call, boolean well) {
    timers.remove(call);
    if (!call.failed && call.state != State.OVER) {
      if (well) {
        completed++;
      } else {
        failed++;
      }
    }
    call.state = State.OVER;
    if (well) {
      calls.remove(call.id);
    }
  }

  private void read() {
    try {
      while (!closed) {
        String message = line.receive();
        synchronized (this) {
          take(message);
        }
      }
    } catch (IOException e) {
      synchronized (this) {
        broken = e;
      }
    }
  }

  private void take(String message) throws IOException {
    String id = header(message, "Call-ID");
    Call call = calls.get(id);
    if (call == null || !message.startsWith("SIP/2.0 ")) {
      return; // of a call that's over
    }
    int status = Integer.parseInt(message.substring(8, 11));
    boolean invite = header(message, "CSeq").endsWith("INVITE");
    String to = header(message, "To");
    int tag = to.indexOf(";tag=");
    call.toTag = tag < 0 ? call.toTag : to.substring(tag);
    if (!invite) {
      if (status >= 200 && call.state == State.HANGING_UP) {
        end(call, status == 200);
      }
    } else if (status < 200) {
      call.state = call.state == State.CALLING ? State.RINGING : call.state;
    } else if (status < 300) {
      line.send(message(call, "ACK", 1));
      if (call.state != State.HANGING_UP) { // of one that has failed, too: it stands
        call.state = call.failed ? State.OVER : State.HANGING_UP;
        send(call, message(call, "BYE", 2), System.nanoTime());
      }
    } else {
      line.send(message(call, "ACK", 1).replace("-ACK", "-INVITE")); // §17.1.1.3
      if (call.state != State.OVER) {
        timers.remove(call);
        call.state = State.OVER;
        refused += status == 503 ? 1 : 0;
        failed += status == 503 ? 0 : 1;
      }
    }
  }

  private static String header(String message, String name) {
    int at = message.indexOf("\r\n" + name + ": ") + name.length() + 4;
    return message.substring(at, message.indexOf("\r\n", at));
  }

  private String message(Call call, String method, int number) {
    String body = method.equals("INVITE") ? QuietUas.SDP : "";
    return String.join(
        "\r\n",
        method + " sip:bench@127.0.0.1:" + port + " SIP/2.0",
        "Via: SIP/2.0/"
            + transport
            + " "
            + line.local()
            + ";branch=z9hG4bK"
            + call.id
            + "-"
            + method,
        "Max-Forwards: 70",
        "From: <sip:caller@" + line.local() + ">;tag=c" + call.id,
        "To: <sip:bench@127.0.0.1:" + port + ">" + (method.equals("INVITE") ? "" : call.toTag),
        "Call-ID: " + call.id,
        "CSeq: " + number + " " + method,
        "Contact: <sip:caller@" + line.local() + ";transport=" + transport + ">",
        (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + body.length(),
        "",
        body);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    line.close();
  }
}
