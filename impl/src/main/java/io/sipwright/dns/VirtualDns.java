package io.sipwright.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sipwright.time.Alarm;
import io.sipwright.time.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * Zones in memory, under virtual time: answers come when the clock is advanced, as from a name
 * server at some distance, and are read as those from the network are. For the simulated
 * environment.
 */
public final class VirtualDns implements Dns {
  private static final long TTL = 3600;
  private static final long NEGATIVE_TTL = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final VirtualClock clock;

  // Guarded by this.
  private final Map<Name, List<Record>> zone = new LinkedHashMap<>();
  private final List<Question> questions = new ArrayList<>();
  private final Set<Name> failing = new HashSet<>();
  private Duration delay = Duration.ZERO;
  private boolean silent;

  /** A server that knows no name yet, and answers without delay. */
  public VirtualDns(VirtualClock clock) {
    this.clock = clock;
  }

  /**
   * Adds records.
   *
   * @param zoneFile lines of a zone file, with absolute names (RFC 1035 §5); a TTL that's left out
   *     is an hour
   * @throws IllegalArgumentException if it can't be read
   */
  public synchronized VirtualDns add(String zoneFile) {
    try (Master master =
        new Master(new ByteArrayInputStream(zoneFile.getBytes(UTF_8)), Name.root, TTL)) {
      master.disableIncludes();
      for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) {
        zone.computeIfAbsent(r.getName(), name -> new ArrayList<>()).add(r);
      }
      return this;
    } catch (IOException e) {
      throw new IllegalArgumentException("no zone file: " + e.getMessage(), e);
    }
  }

  /** Takes a name out, with all its records. */
  public synchronized void remove(String name) {
    zone.remove(absolute(name));
  }

  /** Fails all questions for a name (SERVFAIL) from now on. */
  public synchronized void fail(String name) {
    failing.add(absolute(name));
  }

  /** Answers come after this time from now on. */
  public synchronized void delay(Duration time) {
    delay = time;
  }

  /** Answers nothing from now on; who asks gets a failure after six seconds. */
  public synchronized void silence(boolean on) {
    silent = on;
  }

  /** What was asked so far. */
  public synchronized List<Question> questions() {
    return List.copyOf(questions);
  }

  @Override
  public synchronized void ask(Question question, Consumer<Answer> then) {
    questions.add(question);
    Name name = DnsClient.nameOf(question.name());
    Answer answer;
    Duration time = delay;
    if (name == null) {
      answer = Answer.failed(question, "no domain name: '" + question.name() + "'");
    } else if (silent) {
      answer = Answer.failed(question, "no name server answers");
      time = PATIENCE;
    } else if (failing.contains(name)) {
      answer = Answer.failed(question, "the server answered SERVFAIL");
    } else {
      Answer read = Reply.read(question, name, answer(question, name)).answer();
      answer = read != null ? read : Answer.failed(question, "an alias leads nowhere");
    }
    Answer told = answer;
    clock.arm(Alarm.of(() -> then.accept(told)), time.toNanos());
  }

  private Message answer(Question question, Name name) {
    Message message = new Message();
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(name, question.type().code(), DClass.IN), Section.QUESTION);
    Name at = name;
    boolean found = false;
    for (int link = 0; at != null && link <= Reply.MOST_ALIASES + 1; link++) {
      List<Record> here = zone.getOrDefault(at, List.of());
      if (here.isEmpty()) {
        message.getHeader().setRcode(Rcode.NXDOMAIN);
        break;
      }
      Name next = null;
      for (Record record : here) {
        if (record.getType() == question.type().code()) {
          message.addRecord(record, Section.ANSWER);
          found = true;
        } else if (record instanceof CNAMERecord alias) {
          message.addRecord(record, Section.ANSWER);
          next = alias.getTarget();
        }
      }
      at = next;
    }
    if (!found) {
      message.addRecord(
          new SOARecord(
              Name.root, DClass.IN, NEGATIVE_TTL, Name.root, Name.root, 1, 1, 1, 1, NEGATIVE_TTL),
          Section.AUTHORITY);
    }
    return message;
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name.endsWith(".") ? name : name + '.');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
