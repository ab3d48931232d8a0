package io.sipwright.dns;

import io.sipwright.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers answers for as long as they are good: positive ones by their least TTL, negative ones
 * as RFC 2308 §5 says, failures for some seconds (RFC 2308 §7). Those who ask the same thing at the
 * same time share one question. Everything that grows has a limit.
 */
public final class DnsCache implements Dns {
  private static final Logger LOG = LoggerFactory.getLogger(DnsCache.class);
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long FAILURE_SECONDS = 5;
  private static final int MOST_QUESTIONS = 1000;
  private static final int MOST_WAITING = 100_000;

  /** Records are what weighs: an answer of many takes the place of many. */
  private record Entry(Answer answer, long until) {
    int weight() {
      return 1 + answer.records().size();
    }
  }

  private final Dns source;
  private final Clock clock;
  private final int mostRecords;

  // Guarded by this.
  private final LinkedHashMap<Question, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Question, List<Consumer<Answer>>> asked = new HashMap<>();
  private int records;
  private int waiting;

  /**
   * An empty cache.
   *
   * @param source who's asked for what isn't there
   * @param mostRecords the most records and answers that are kept, the longest unused ones going
   *     first; 0 keeps nothing
   */
  public DnsCache(Dns source, Clock clock, int mostRecords) {
    this.source = source;
    this.clock = clock;
    this.mostRecords = mostRecords;
  }

  @Override
  public void ask(Question question, Consumer<Answer> then) {
    Answer known;
    String refusal = null;
    synchronized (this) {
      known = find(question);
      if (known == null) {
        List<Consumer<Answer>> others = asked.get(question);
        if (waiting >= MOST_WAITING || (others == null && asked.size() >= MOST_QUESTIONS)) {
          refusal = "too many questions wait for an answer";
        } else {
          waiting++;
          if (others != null) {
            others.add(then);
            return;
          }
          List<Consumer<Answer>> first = new ArrayList<>(1);
          first.add(then);
          asked.put(question, first);
        }
      }
    }
    if (known != null) {
      then.accept(known);
    } else if (refusal != null) {
      then.accept(Answer.failed(question, refusal));
    } else {
      source.ask(question, answer -> answered(question, answer));
    }
  }

  /** How many answers are kept at this moment, those included whose time is over. */
  public synchronized int size() {
    return entries.size();
  }

  private @Nullable Answer find(Question question) {
    Entry entry = entries.get(question);
    if (entry == null) {
      return null;
    }
    long left = entry.until - clock.nanos();
    if (left <= 0) {
      remove(question);
      return null;
    }
    return entry.answer.withTtl((left + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
  }

  private void answered(Question question, Answer answer) {
    List<Consumer<Answer>> all;
    synchronized (this) {
      all = asked.remove(question);
      waiting -= all == null ? 0 : all.size();
      keep(question, answer);
    }
    if (all == null) {
      return;
    }
    for (Consumer<Answer> one : all) {
      try {
        one.accept(answer);
      } catch (RuntimeException e) {
        LOG.error("Could not take the answer to {}", question, e);
      }
    }
  }

  private void keep(Question question, Answer answer) {
    boolean failed = answer.outcome() == Answer.Outcome.FAILED;
    long seconds = failed ? FAILURE_SECONDS : answer.ttlSeconds();
    Entry entry = new Entry(answer, clock.nanos() + seconds * NANOS_PER_SECOND);
    remove(question);
    if (seconds <= 0 || entry.weight() > mostRecords) {
      return;
    }
    entries.put(question, entry);
    records += entry.weight();
    var oldest = entries.entrySet().iterator();
    while (records > mostRecords && oldest.hasNext()) {
      records -= oldest.next().getValue().weight();
      oldest.remove();
    }
  }

  private void remove(Question question) {
    Entry gone = entries.remove(question);
    records -= gone == null ? 0 : gone.weight();
  }

  @Override
  public void close() {
    source.close();
    List<Question> open;
    synchronized (this) {
      open = new ArrayList<>(asked.keySet());
      entries.clear();
      records = 0;
    }
    for (Question question : open) {
      answered(question, Answer.failed(question, "the resolver is closed"));
    }
  }
}
