package io.sipwright.dns;

import io.sipwright.dns.Answer.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/**
 * Asks name servers over UDP, and over TCP what didn't fit into a datagram (RFC 7766 §5). Each
 * question goes out from a port of its own with an id of its own; what comes back counts only if
 * address, id, name, class and type are right (RFC 5452 §9). What was forged or broken, and a
 * server that's silent or refuses, cost one try; then the next server has its turn.
 *
 * <p>The work is done on one thread, which ends when there's nothing to do for a while; sockets and
 * their time-outs are those of dnsjava, on a thread that all stacks of a program share.
 */
public final class DnsClient implements Dns {
  private static final Logger LOG = LoggerFactory.getLogger(DnsClient.class);
  private static final int MOST_OUTSTANDING = 1000;
  private static final int IDLE_SECONDS = 10;

  private final List<InetSocketAddress> configured;
  private final Duration timeout;
  private final int tries;
  private final ThreadPoolExecutor worker;
  private final Set<Pursuit> outstanding = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile @Nullable List<SimpleResolver> servers;

  /**
   * A client that opens nothing yet.
   *
   * @param servers in the order to ask them; empty for those of the operating system
   * @param timeoutMillis how long to wait for an answer before the next try
   * @param tries how often to ask, at least 1, all servers taken together
   * @param threadName of its thread
   */
  public DnsClient(
      List<InetSocketAddress> servers, int timeoutMillis, int tries, String threadName) {
    configured = List.copyOf(servers);
    timeout = Duration.ofMillis(timeoutMillis);
    this.tries = tries;
    worker =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(10 * MOST_OUTSTANDING),
            work -> {
              Thread thread = new Thread(work, threadName);
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  @Override
  public void ask(Question question, Consumer<Answer> then) {
    Name name = nameOf(question.name());
    if (name == null) {
      then.accept(Answer.failed(question, "no domain name: '" + question.name() + "'"));
    } else if (outstanding.size() >= MOST_OUTSTANDING) {
      then.accept(Answer.failed(question, "too many questions wait for an answer"));
    } else {
      Pursuit pursuit = new Pursuit(question, name, then);
      outstanding.add(pursuit);
      run(pursuit, pursuit::send);
    }
  }

  static @Nullable Name nameOf(String name) {
    try {
      return Name.fromString(name + '.');
    } catch (TextParseException e) {
      return null;
    }
  }

  private void run(Pursuit pursuit, Runnable step) {
    try {
      worker.execute(
          () -> {
            try {
              step.run();
            } catch (RuntimeException e) {
              LOG.warn("Could not ask for {}", pursuit.question, e);
              pursuit.end(Answer.failed(pursuit.question, "the question failed: " + e));
            }
          });
    } catch (RejectedExecutionException e) {
      pursuit.end(Answer.failed(pursuit.question, closed ? "the resolver is closed" : "overload"));
    }
  }

  private List<SimpleResolver> servers() {
    List<SimpleResolver> known = servers;
    if (known == null) {
      List<InetSocketAddress> addresses =
          configured.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : configured;
      known = new ArrayList<>();
      for (InetSocketAddress address : addresses) {
        SimpleResolver server = new SimpleResolver(address);
        server.setTimeout(timeout);
        known.add(server);
      }
      servers = known;
    }
    return known;
  }

  @Override
  public void close() {
    closed = true;
    worker.shutdown();
    for (Pursuit pursuit : outstanding) {
      pursuit.end(Answer.failed(pursuit.question, "the resolver is closed"));
    }
  }

  /** One question, through all its tries and aliases. */
  private final class Pursuit {
    private final Question question;
    private final Consumer<Answer> then;
    private final AtomicBoolean over = new AtomicBoolean();

    // Touched by the worker only.
    private Name name;
    private int tried;
    private int links;
    private long aliasTtl = Long.MAX_VALUE;
    private String lastFailure = "no name server is known";

    Pursuit(Question question, Name name, Consumer<Answer> then) {
      this.question = question;
      this.name = name;
      this.then = then;
    }

    void send() {
      List<SimpleResolver> all = servers();
      if (tried >= tries || all.isEmpty() || closed) {
        end(Answer.failed(question, lastFailure));
        return;
      }
      SimpleResolver server = all.get(tried % all.size());
      tried++;
      Message query = Message.newQuery(Record.newRecord(name, question.type().code(), DClass.IN));
      query.getHeader().setFlag(Flags.AD); // asks whether the answer was checked: RFC 6840 §5.7
      server
          .sendAsync(query, Runnable::run)
          .whenComplete((reply, failure) -> run(this, () -> took(server, reply, failure)));
    }

    private void took(SimpleResolver server, @Nullable Message reply, @Nullable Throwable failure) {
      if (reply == null || failure != null) {
        lastFailure = "name server " + server.getAddress() + ": " + reason(failure);
        send();
        return;
      }
      Reply.Reading reading = Reply.read(question, name, reply);
      Answer answer = reading.answer();
      if (answer == null) {
        follow(reading);
      } else if (answer.outcome() == Outcome.FAILED) {
        lastFailure = "name server " + server.getAddress() + ": " + answer.failure();
        send();
      } else {
        end(answer.withTtl(Math.min(aliasTtl, answer.ttlSeconds())));
      }
    }

    /** The aliases lead into another zone: asks there. */
    private void follow(Reply.Reading reading) {
      Name next = reading.next();
      links += reading.links();
      if (next == null || links > Reply.MOST_ALIASES) {
        end(Answer.failed(question, "the aliases of " + question.name() + " have no end"));
        return;
      }
      aliasTtl = Math.min(aliasTtl, reading.ttl());
      name = next;
      tried = 0;
      send();
    }

    private static String reason(@Nullable Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (cause == null) {
        return "no answer";
      }
      String message = cause.getMessage();
      return cause instanceof IOException && message != null ? message : cause.toString();
    }

    void end(Answer answer) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      outstanding.remove(this);
      then.accept(answer);
    }
  }
}
