package io.sipwright.dns;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.Answer.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What is taken from name servers, and what not; on loopback sockets. */
public class DnsClientTest {
  private static final String FORGED = "203.0.113.66";

  private TestDnsServer server;
  private DnsClient client;

  @BeforeMethod
  public void begin() throws Exception {
    server = new TestDnsServer();
    client = client(3, server.address());
  }

  @AfterMethod(alwaysRun = true)
  public void end() throws Exception {
    client.close();
    server.close();
  }

  private static DnsClient client(int tries, InetSocketAddress... servers) {
    return new DnsClient(List.of(servers), 1000, tries, "test-dns-client");
  }

  private static Answer ask(Dns dns, String name, RecordType type) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    dns.ask(new Question(name, type), answer::complete);
    return answer.join();
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  private static Record a(String owner, int dclass, long ttl, String address) {
    try {
      return new ARecord(name(owner), dclass, ttl, InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Record alias(String owner, String target) {
    return new CNAMERecord(name(owner), DClass.IN, 60, name(target));
  }

  // --- forged and broken ---

  private static List<byte[]> only(Message message) {
    return List.of(message.toWire());
  }

  private static Message to(Message question, Record... answers) {
    Message message = TestDnsServer.header(question);
    for (Record record : answers) {
      message.addRecord(record, Section.ANSWER);
    }
    return message;
  }

  /** A message with another question section. */
  private static Message asked(Message question, String owner, int type, int dclass) {
    Message message = new Message(question.getHeader().getID());
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(name(owner), type, dclass), Section.QUESTION);
    message.addRecord(a("victim.test.", DClass.IN, 60, FORGED), Section.ANSWER);
    return message;
  }

  /** What's wrong, and the datagrams that answer "victim.test A". */
  @DataProvider
  public static Object[][] forgeries() {
    return new Object[][] {
      {
        "wrong id",
        script(
            (q, right) -> {
              Message m = to(q, a("victim.test.", DClass.IN, 60, FORGED));
              m.getHeader().setID(q.getHeader().getID() ^ 1);
              return only(m);
            })
      },
      {"another name asked", script((q, r) -> only(asked(q, "other.test.", Type.A, DClass.IN)))},
      {"another type asked", script((q, r) -> only(asked(q, "victim.test.", Type.MX, DClass.IN)))},
      {"another class asked", script((q, r) -> only(asked(q, "victim.test.", Type.A, DClass.CH)))},
      {
        "no question section",
        script(
            (q, r) -> {
              Message m = new Message(q.getHeader().getID());
              m.getHeader().setFlag(Flags.QR);
              m.addRecord(a("victim.test.", DClass.IN, 60, FORGED), Section.ANSWER);
              return only(m);
            })
      },
      {
        "a question, not an answer",
        script(
            (q, r) -> {
              Message m = to(q, a("victim.test.", DClass.IN, 60, FORGED));
              m.getHeader().unsetFlag(Flags.QR);
              return only(m);
            })
      },
      {
        "record of another name", script((q, r) -> only(to(q, a("x.test.", DClass.IN, 60, FORGED))))
      },
      {
        "record of another class",
        script((q, r) -> only(to(q, a("victim.test.", DClass.CH, 60, FORGED))))
      },
      {
        "alias of another name",
        script(
            (q, r) -> only(to(q, alias("x.test.", "y.test."), a("y.test.", DClass.IN, 60, FORGED))))
      },
      {
        "additional record",
        script(
            (q, r) -> {
              Message m = TestDnsServer.header(q);
              m.addRecord(a("victim.test.", DClass.IN, 60, FORGED), Section.ADDITIONAL);
              return only(m);
            })
      },
      {
        "authority record",
        script(
            (q, r) -> {
              Message m = TestDnsServer.header(q);
              m.addRecord(a("victim.test.", DClass.IN, 60, FORGED), Section.AUTHORITY);
              return only(m);
            })
      },
      {
        "aliases in a circle",
        script(
            (q, r) ->
                only(to(q, alias("victim.test.", "b.test."), alias("b.test.", "victim.test."))))
      },
      {"an alias of itself", script((q, r) -> only(to(q, alias("victim.test.", "victim.test."))))},
      {"a chain without end", script((q, r) -> chain(q, 100))},
      {
        "nothing but a header",
        script((q, r) -> List.of(new Header(q.getHeader().getID()).toWire()))
      },
      {"three bytes", script((q, r) -> List.of(new byte[] {1, 2, 3}))},
      {"cut in the midst", script((q, r) -> List.of(cut(to(q, a("victim.test.", 1, 60, FORGED)))))},
      {"a name that points to itself", script((q, r) -> List.of(selfPointer(q)))},
      {"SERVFAIL", script((q, r) -> code(q, Rcode.SERVFAIL))},
      {"REFUSED", script((q, r) -> code(q, Rcode.REFUSED))},
      {"FORMERR", script((q, r) -> code(q, Rcode.FORMERR))},
    };
  }

  private static BiFunction<Message, Message, List<byte[]>> script(
      BiFunction<Message, Message, List<byte[]>> script) {
    return script;
  }

  private static List<byte[]> chain(Message question, int length) {
    Message message = TestDnsServer.header(question);
    for (int i = 0; i < length; i++) {
      message.addRecord(
          alias(i == 0 ? "victim.test." : "c" + i + ".test.", "c" + (i + 1) + ".test."),
          Section.ANSWER);
    }
    message.addRecord(a("c" + length + ".test.", DClass.IN, 60, FORGED), Section.ANSWER);
    return only(message);
  }

  private static byte[] cut(Message message) {
    byte[] whole = message.toWire();
    return Arrays.copyOf(whole, whole.length - 6);
  }

  private static byte[] selfPointer(Message question) {
    byte[] bytes = TestDnsServer.header(question).toWire();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 2 + 10 + 4);
    longer[bytes.length] = (byte) 0xC0;
    longer[bytes.length + 1] = (byte) bytes.length;
    longer[7] = 1; // one answer
    return longer;
  }

  private static List<byte[]> code(Message question, int code) {
    Message message = to(question, a("victim.test.", DClass.IN, 60, FORGED));
    message.getHeader().setRcode(code);
    return only(message);
  }

  @Test(dataProvider = "forgeries")
  public void nothing_forged_or_broken_is_taken(
      String what, BiFunction<Message, Message, List<byte[]>> script) {
    server.answer(script);
    Answer answer = ask(client, "victim.test", RecordType.A);
    assertEquals(answer.records(), List.of(), what);
    int asked = server.questions().size();
    assertTrue(asked <= 12, what + " made " + asked + " questions");
  }

  @Test
  public void a_forged_answer_costs_a_try_and_the_right_one_is_taken_after_it() {
    server.add("victim.test. A 192.0.2.1");
    List<Integer> ids = new ArrayList<>();
    server.answer(
        (q, right) -> {
          ids.add(q.getHeader().getID());
          if (ids.size() < 3) {
            right.getHeader().setID(q.getHeader().getID() + 1);
          }
          return only(right);
        });
    assertEquals(
        ask(client, "victim.test", RecordType.A).addresses().get(0).toString(), "192.0.2.1");
    assertEquals(ids.size(), 3);
  }

  // --- times to live ---

  /** TTL on the wire, and what it counts as. */
  @DataProvider
  public static Object[][] lives() {
    return new Object[][] {
      {0L, 0L},
      {1L, 1L},
      {3600L, 3600L},
      {86_400L, 86_400L},
      {604_800L, 86_400L},
      {0x7fffffffL, 86_400L},
      {0x80000000L, 0L},
      {0xffffffffL, 0L},
    };
  }

  @Test(dataProvider = "lives")
  public void times_to_live_are_bounded_and_their_highest_bit_makes_them_none(
      long ttl, long expected) {
    server.answer(
        (q, right) -> {
          byte[] bytes = to(q, a("ttl.test.", DClass.IN, 60, "192.0.2.1")).toWire();
          int at = bytes.length - 4 - 2 - 4; // address, length, TTL
          for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (ttl >> (24 - 8 * i));
          }
          return List.of(bytes);
        });
    Answer answer = ask(client, "ttl.test", RecordType.A);
    if (answer.outcome() == Outcome.FOUND) {
      assertEquals(answer.ttlSeconds(), expected);
    } else {
      assertTrue(ttl >= 0x80000000L, "only that may be refused: " + answer);
    }
  }

  @Test
  public void an_answer_lives_as_long_as_the_shortest_lived_of_its_records_and_aliases() {
    server.add("a.test. 900 CNAME b.test.\nb.test. 30 CNAME c.test.\nc.test. 600 A 192.0.2.1");
    Answer answer = ask(client, "a.test", RecordType.A);
    assertEquals(answer.outcome(), Outcome.FOUND);
    assertEquals(answer.ttlSeconds(), 30);
    assertEquals(answer.canonicalName(), "c.test");
  }

  /** TTL of the SOA, its minimum, life of the negative answer (RFC 2308 §5). */
  @DataProvider
  public static Object[][] negativeLives() {
    return new Object[][] {{300L, 60L, 60L}, {60L, 300L, 60L}, {90_000L, 90_000L, 3600L}};
  }

  @Test(dataProvider = "negativeLives")
  public void a_negative_answer_lives_as_its_soa_says(long ttl, long minimum, long expected) {
    server.answer(
        (q, right) -> {
          Message m = TestDnsServer.header(q);
          m.getHeader().setRcode(Rcode.NXDOMAIN);
          m.addRecord(
              new SOARecord(Name.root, DClass.IN, ttl, Name.root, Name.root, 1, 1, 1, 1, minimum),
              Section.AUTHORITY);
          return only(m);
        });
    Answer answer = ask(client, "nowhere.test", RecordType.A);
    assertEquals(answer.outcome(), Outcome.NO_DOMAIN);
    assertEquals(answer.ttlSeconds(), expected);
  }

  @Test
  public void without_soa_a_negative_answer_is_not_kept() {
    server.answer((q, right) -> only(TestDnsServer.header(q)));
    Answer answer = ask(client, "empty.test", RecordType.SRV);
    assertEquals(answer.outcome(), Outcome.NO_DATA);
    assertEquals(answer.ttlSeconds(), 0);
  }

  // --- size, aliases, servers ---

  @Test
  public void what_does_not_fit_a_datagram_comes_over_tcp() {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      zone.append("_sip._udp.big.test. SRV 1 1 5060 host").append(i).append(".big.test.\n");
    }
    server.add(zone.toString());
    assertEquals(ask(client, "_sip._udp.big.test", RecordType.SRV).srv().size(), 500);
    assertEquals(
        server.questions(), List.of("udp _sip._udp.big.test. SRV", "tcp _sip._udp.big.test. SRV"));
  }

  @Test
  public void of_too_many_records_in_one_message_some_are_taken() {
    server.answer(
        (q, right) -> {
          Message m = TestDnsServer.header(q);
          for (int i = 0; i < 2500; i++) {
            m.addRecord(
                new SRVRecord(
                    name("_sip._udp.huge.test."), DClass.IN, 60, i, 0, 5060, name("h.test.")),
                Section.ANSWER);
          }
          return only(m);
        });
    assertEquals(ask(client, "_sip._udp.huge.test", RecordType.SRV).srv().size(), 2000);
  }

  @Test
  public void aliases_are_followed_from_one_message_to_the_next() {
    server.answer(
        (q, right) -> {
          String owner = q.getQuestion().getName().toString();
          return only(
              owner.equals("here.test.")
                  ? to(q, alias("here.test.", "there.test."))
                  : to(q, a("there.test.", DClass.IN, 600, "192.0.2.7")));
        });
    Answer answer = ask(client, "here.test", RecordType.A);
    assertEquals(answer.addresses().get(0).toString(), "192.0.2.7");
    assertEquals(answer.ttlSeconds(), 60);
  }

  @Test
  public void aliases_without_end_over_many_messages_end() {
    server.answer(
        (q, right) -> {
          String owner = q.getQuestion().getName().toString();
          return only(to(q, alias(owner, "x" + owner)));
        });
    assertEquals(ask(client, "here.test", RecordType.A).outcome(), Outcome.FAILED);
    assertTrue(server.questions().size() <= 9, server.questions().toString());
  }

  @Test
  public void the_next_server_is_asked_when_one_fails() throws Exception {
    server.answer((q, right) -> code(q, Rcode.SERVFAIL));
    try (TestDnsServer second = new TestDnsServer().add("a.test. A 192.0.2.1");
        DnsClient both = client(2, server.address(), second.address())) {
      assertEquals(ask(both, "a.test", RecordType.A).outcome(), Outcome.FOUND);
      assertEquals(server.questions().size(), 1);
      assertEquals(second.questions().size(), 1);
    }
  }

  @Test
  public void a_silent_server_is_given_up_after_all_tries() {
    server.answer((q, right) -> List.of());
    try (DnsClient patient = client(2, server.address())) {
      Answer answer = ask(patient, "a.test", RecordType.A);
      assertEquals(answer.outcome(), Outcome.FAILED);
      assertEquals(server.questions().size(), 2);
      assertTrue(String.valueOf(answer.failure()).contains("127.0.0.1"), answer.failure());
    }
  }

  @Test
  public void whether_the_server_checked_signatures_is_told() {
    server.add("a.test. A 192.0.2.1");
    server.answer(
        (q, right) -> {
          if (q.getHeader().getFlag(Flags.AD)) { // asked for: RFC 6840 §5.7
            right.getHeader().setFlag(Flags.AD);
          }
          return only(right);
        });
    assertTrue(ask(client, "a.test", RecordType.A).authenticated());
  }

  @Test
  public void what_is_no_name_is_answered_at_once() {
    for (String bad : List.of("a..test", "x".repeat(64) + ".test", "y.".repeat(200) + "test")) {
      List<Answer> now = new ArrayList<>();
      client.ask(new Question(bad, RecordType.A), now::add);
      assertEquals(now.get(0).outcome(), Outcome.FAILED);
    }
    assertEquals(server.questions(), List.of());
  }

  @Test
  public void closing_tells_those_who_wait() {
    server.answer((q, right) -> List.of());
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    client.ask(new Question("a.test", RecordType.A), answer::complete);
    client.close();
    assertEquals(answer.join().outcome(), Outcome.FAILED);
    List<Answer> late = new ArrayList<>();
    client.ask(new Question("b.test", RecordType.A), late::add);
    assertEquals(late.get(0).outcome(), Outcome.FAILED);
  }

  @Test
  public void questions_beyond_a_thousand_are_refused_at_once() {
    server.answer((q, right) -> List.of());
    List<Answer> now = new ArrayList<>();
    List<CompletableFuture<Answer>> all = new ArrayList<>();
    Thread caller = Thread.currentThread();
    try (DnsClient busy = client(1, server.address())) {
      for (int i = 0; i < 1500; i++) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        busy.ask(
            new Question("a" + i + ".test", RecordType.A),
            a -> {
              if (Thread.currentThread() == caller) {
                now.add(a);
              }
              answer.complete(a);
            });
        all.add(answer);
      }
      assertTrue(now.size() >= 400 && now.size() <= 500, now.size() + " refused");
    }
    for (CompletableFuture<Answer> answer : all) {
      assertEquals(answer.join().outcome(), Outcome.FAILED);
    }
  }
}
