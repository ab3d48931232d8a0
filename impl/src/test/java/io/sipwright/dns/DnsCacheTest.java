package io.sipwright.dns;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.Answer.Outcome;
import io.sipwright.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** What is remembered, and for how long; under virtual time. */
public class DnsCacheTest {
  private VirtualClock clock = new VirtualClock();
  private VirtualDns source = new VirtualDns(clock);

  @BeforeMethod
  public void begin() {
    clock = new VirtualClock();
    source = new VirtualDns(clock);
  }

  private Answer ask(Dns dns, String name, RecordType type) {
    List<Answer> answers = new ArrayList<>();
    dns.ask(new Question(name, type), answers::add);
    clock.advance(Duration.ZERO);
    assertEquals(answers.size(), 1);
    return answers.get(0);
  }

  private void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  public void an_answer_is_remembered_for_its_ttl_and_no_longer() {
    source.add("a.test. 60 A 192.0.2.1");
    DnsCache cache = new DnsCache(source, clock, 100);
    assertEquals(ask(cache, "A.Test.", RecordType.A).ttlSeconds(), 60);
    pass(59);
    assertEquals(ask(cache, "a.test", RecordType.A).ttlSeconds(), 1);
    assertEquals(source.questions().size(), 1);
    pass(1);
    assertEquals(ask(cache, "a.test", RecordType.A).ttlSeconds(), 60);
    assertEquals(source.questions().size(), 2);
  }

  @Test
  public void what_is_not_there_is_remembered_too() {
    source.add("a.test. 60 A 192.0.2.1");
    DnsCache cache = new DnsCache(source, clock, 100);
    assertEquals(ask(cache, "b.test", RecordType.A).outcome(), Outcome.NO_DOMAIN);
    assertEquals(ask(cache, "a.test", RecordType.SRV).outcome(), Outcome.NO_DATA);
    pass(59);
    ask(cache, "b.test", RecordType.A);
    ask(cache, "a.test", RecordType.SRV);
    assertEquals(source.questions().size(), 2);
    pass(1);
    ask(cache, "b.test", RecordType.A);
    assertEquals(source.questions().size(), 3);
  }

  @Test
  public void a_failure_is_remembered_for_five_seconds() {
    source.add("a.test. 60 A 192.0.2.1");
    source.fail("a.test");
    DnsCache cache = new DnsCache(source, clock, 100);
    assertEquals(ask(cache, "a.test", RecordType.A).outcome(), Outcome.FAILED);
    pass(4);
    ask(cache, "a.test", RecordType.A);
    assertEquals(source.questions().size(), 1);
    pass(1);
    ask(cache, "a.test", RecordType.A);
    assertEquals(source.questions().size(), 2);
  }

  @Test
  public void a_ttl_of_zero_is_not_remembered() {
    source.add("a.test. 0 A 192.0.2.1");
    DnsCache cache = new DnsCache(source, clock, 100);
    ask(cache, "a.test", RecordType.A);
    ask(cache, "a.test", RecordType.A);
    assertEquals(source.questions().size(), 2);
    assertEquals(cache.size(), 0);
  }

  @Test
  public void those_who_ask_the_same_thing_share_one_question() {
    source.add("a.test. 0 A 192.0.2.1");
    source.delay(Duration.ofSeconds(1));
    DnsCache cache = new DnsCache(source, clock, 100);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      cache.ask(new Question("a.test", RecordType.A), answers::add);
    }
    pass(1);
    assertEquals(answers.size(), 50);
    assertEquals(source.questions().size(), 1);
  }

  @Test
  public void the_longest_unused_answers_make_room() {
    for (int i = 0; i < 20; i++) {
      source.add("h" + i + ".test. 60 A 192.0.2.1");
    }
    DnsCache cache = new DnsCache(source, clock, 10); // an answer and its record are two
    for (int i = 0; i < 20; i++) {
      ask(cache, "h" + i + ".test", RecordType.A);
      ask(cache, "h0.test", RecordType.A); // which is in use
    }
    assertEquals(cache.size(), 5);
    assertEquals(source.questions().size(), 20);
  }

  @Test
  public void an_answer_larger_than_the_cache_is_handed_on_and_not_kept() {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      zone.append("big.test. 60 A 192.0.2.").append(i).append('\n');
    }
    source.add(zone.toString());
    DnsCache cache = new DnsCache(source, clock, 40);
    assertEquals(ask(cache, "big.test", RecordType.A).records().size(), 50);
    assertEquals(cache.size(), 0);
    DnsCache none = new DnsCache(source, clock, 0);
    assertEquals(ask(none, "big.test", RecordType.A).records().size(), 50);
  }

  @Test
  public void questions_that_wait_are_bounded() {
    source.silence(true);
    DnsCache cache = new DnsCache(source, clock, 100);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      cache.ask(new Question("h" + i + ".test", RecordType.A), answers::add);
    }
    assertEquals(answers.size(), 500);
    assertTrue(answers.stream().allMatch(a -> a.outcome() == Outcome.FAILED));
    pass(10);
    assertEquals(answers.size(), 1500);
  }

  @Test
  public void closing_tells_those_who_wait() {
    source.silence(true);
    DnsCache cache = new DnsCache(source, clock, 100);
    List<Answer> answers = new ArrayList<>();
    cache.ask(new Question("a.test", RecordType.A), answers::add);
    cache.close();
    assertEquals(answers.get(0).outcome(), Outcome.FAILED);
    pass(10);
    assertEquals(answers.size(), 1);
  }
}
