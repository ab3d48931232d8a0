package io.sipwright.locator;

import io.sipwright.dns.Answer;
import io.sipwright.dns.Answer.Outcome;
import io.sipwright.dns.DnsRecord;
import io.sipwright.dns.DnsRecord.Srv;
import io.sipwright.dns.Question;
import io.sipwright.dns.RecordType;
import io.sipwright.locator.NaptrRules.Choice;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * One search for the targets of one destination: RFC 3263 §4, laid out like the RFC. Each step
 * begins when the answer to the one before is there, so one thread at a time works on it.
 */
final class Search {
  private static final String TRANSPORT = "RFC 3263 §4.1";
  private static final String PORT = "RFC 3263 §4.2";
  private static final String ORDER = "RFC 2782";

  /** SRV records of one domain that are used; NAPTR records that are tried; links between those. */
  private static final int MOST_SERVERS = 64;

  private static final int MOST_RULES = 16;
  private static final int MOST_LINKS = 5;
  private static final int MOST_TARGETS = 128;

  private final Locator locator;
  private final Destination to;
  private final Abilities able;
  private final RandomGenerator random;
  private final Consumer<Located> then;
  private final Trail trail;
  private final @Nullable SipURI uri;
  private final Set<String> rulesSeen = new HashSet<>();
  private int rules;

  /**
   * A search that isn't begun.
   *
   * @param trail where steps are noted; begun by ENUM if that came first
   * @param uri what ENUM found, or null
   */
  Search(
      Locator locator,
      Destination to,
      Abilities able,
      RandomGenerator random,
      Trail trail,
      @Nullable SipURI uri,
      Consumer<Located> then) {
    this.locator = locator;
    this.to = to;
    this.able = able;
    this.random = random;
    this.trail = trail;
    this.uri = uri;
    this.then = then;
  }

  void begin() {
    String transport = to.transport() == null ? null : to.effectiveTransport();
    if (transport != null && !able.has(transport)) {
      fail(TRANSPORT, "the URI asks for transport " + transport + ", which isn't there");
    } else if (NumericAddress.parse(to.host()) != null) {
      numeric();
    } else if (Locator.isLocalhost(to.host())) {
      local("RFC 6761 §6.3", locator.loopback());
    } else if (!locator.hostsFile().addresses(to.host()).isEmpty()) {
      local("hosts file", locator.hostsFile().addresses(to.host()));
    } else if (to.port() > 0) {
      trail.note(TRANSPORT, "the URI has a port: " + named(to.effectiveTransport()));
      host(to.host(), to.port(), to.effectiveTransport());
    } else if (!locator.usesServiceRecords()) {
      trail.note("SERVICE_RECORDS", "service records are turned off");
      host(to.host(), -1, to.effectiveTransport());
    } else if (transport != null) {
      trail.note(TRANSPORT, "the URI asks for " + named(transport));
      serversOf(transport);
    } else {
      rules(to.host(), 0);
    }
  }

  // --- without the DNS ---

  private void numeric() {
    Target target = to.target();
    trail.note(TRANSPORT, "the host is numeric: " + named(target.transport()));
    String port = to.port() > 0 ? "the URI's port" : "the transport's default port";
    trail.note(PORT, port + " " + target.port());
    finish(List.of(target));
  }

  private void local(String rule, List<InetAddress> addresses) {
    String transport = to.effectiveTransport();
    trail.note(rule, to.host() + " is not asked of the DNS: " + named(transport));
    finish(targets(familiesOf(addresses), to.port(), transport));
  }

  // --- §4.1: NAPTR ---

  private void rules(String name, int links) {
    trail.ask(
        TRANSPORT,
        new Question(name, RecordType.NAPTR),
        answer -> {
          if (links == 0) {
            watchForDowngrade(answer);
          }
          List<Choice> choices = NaptrRules.choices(answer.naptr(), to.secure(), able);
          if (choices.isEmpty()) {
            String what = answer.naptr().isEmpty() ? "no NAPTR records" : "no NAPTR record for us";
            trail.note(TRANSPORT, what + " at " + name);
            serversOfAnyTransport();
          } else {
            tryRule(choices, 0, links);
          }
        });
  }

  private void tryRule(List<Choice> choices, int index, int links) {
    Choice choice = index < choices.size() ? choices.get(index) : null;
    if (choice == null || ++rules > MOST_RULES) {
      String transport = choices.get(0).transport();
      trail.note(TRANSPORT, "none of the NAPTR records leads to a server");
      if (transport == null) {
        serversOfAnyTransport();
      } else {
        host(to.host(), -1, transport);
      }
      return;
    }
    trail.note(TRANSPORT, "chosen by order and preference: " + choice.record());
    String next = choice.record().replacement();
    String transport = choice.transport();
    Runnable otherwise = () -> tryRule(choices, index + 1, links);
    if (choice.leadsToSrv() && transport != null) {
      servers(next, transport, otherwise);
    } else if (choice.leadsToHost() && transport != null) {
      addresses(next, found -> finishOr(targets(found, -1, transport), otherwise));
    } else if (links < MOST_LINKS && rulesSeen.add(next)) {
      rules(next, links + 1); // RFC 3403 §4.1: no flag leads to further rules
    } else {
      trail.note("RFC 3403 §4.1", "the chain of NAPTR records has no end");
      otherwise.run();
    }
  }

  /** RFC 3263 §7: who offered TLS before and doesn't now may be an attacker. */
  private void watchForDowngrade(Answer answer) {
    if (answer.outcome() != Outcome.FAILED
        && locator.hasWithdrawnTls(to.host(), NaptrRules.offerTls(answer.naptr()))) {
      trail.note("RFC 3263 §7", "WARNING: the domain offered TLS before, and doesn't any more");
    }
  }

  /** No NAPTR: whatever of our transports has SRV records. */
  private void serversOfAnyTransport() {
    List<String> transports = new ArrayList<>();
    for (String transport : able.transports()) {
      if (Services.isSecure(transport) == to.secure()) {
        transports.add(transport);
      }
    }
    Gathering<Answer> answers =
        new Gathering<>(transports.size(), all -> chooseTransport(transports, all));
    for (int i = 0; i < transports.size(); i++) {
      String name = Services.srvName(transports.get(i), to.host());
      trail.ask(TRANSPORT, new Question(name, RecordType.SRV), answers.place(i));
    }
    answers.begun();
  }

  private void chooseTransport(List<String> transports, List<Answer> answers) {
    boolean refused = false;
    for (int i = 0; i < transports.size(); i++) {
      List<Srv> records = answers.get(i).srv();
      if (isNotThere(records)) {
        refused |= transports.get(i).equals(defaultTransport());
      } else if (!records.isEmpty()) {
        trail.note(TRANSPORT, "SRV records say: " + named(transports.get(i)));
        chosenServers(records, transports.get(i));
        return;
      }
    }
    String transport = defaultTransport();
    if (refused) {
      fail(ORDER, "the domain says that it has no SIP service over " + named(transport));
      return;
    }
    trail.note(TRANSPORT, "no SRV records: " + named(transport));
    host(to.host(), -1, transport);
  }

  /** UDP, or TLS for SIPS; or what we have in its place. */
  private String defaultTransport() {
    String usual = to.secure() ? "tls" : "udp";
    if (able.has(usual)) {
      return usual;
    }
    for (String transport : able.transports()) {
      if (Services.isSecure(transport) == to.secure()) {
        return transport;
      }
    }
    return usual;
  }

  // --- §4.2: SRV ---

  /** A transport that was asked for by the URI. */
  private void serversOf(String transport) {
    servers(
        Services.srvName(transport, to.host()), transport, () -> host(to.host(), -1, transport));
  }

  /**
   * The servers at a name.
   *
   * @param otherwise what to do if there are no SRV records
   */
  private void servers(String name, String transport, Runnable otherwise) {
    trail.ask(
        PORT,
        new Question(name, RecordType.SRV),
        answer -> {
          List<Srv> records = answer.srv();
          if (isNotThere(records)) {
            fail(ORDER, "the domain says that it has no SIP service over " + named(transport));
          } else if (records.isEmpty()) {
            trail.note(PORT, "no SRV records at " + name);
            otherwise.run();
          } else {
            chosenServers(records, transport);
          }
        });
  }

  /** RFC 2782: a single record whose target is the root. */
  private static boolean isNotThere(List<Srv> records) {
    return records.size() == 1 && records.get(0).target().isEmpty();
  }

  private void chosenServers(List<Srv> records, String transport) {
    List<Srv> order = SrvOrder.of(records, random, MOST_SERVERS);
    for (Srv server : order) {
      trail.note(ORDER, "in order of priority, and by chance as weights say: " + server);
    }
    Gathering<List<InetAddress>> all =
        new Gathering<>(order.size(), found -> finishServers(order, found, transport));
    for (int i = 0; i < order.size(); i++) {
      addresses(order.get(i).target(), all.place(i));
    }
    all.begun();
  }

  private void finishServers(List<Srv> order, List<List<InetAddress>> found, String transport) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      targets.addAll(targets(found.get(i), order.get(i).port(), transport));
    }
    finishOr(targets, () -> fail(PORT, "none of the servers has an address"));
  }

  // --- §4.2: A and AAAA ---

  /** A host's own addresses. */
  private void host(String name, int port, String transport) {
    addresses(
        name,
        found ->
            finishOr(targets(found, port, transport), () -> fail(PORT, "no address for " + name)));
  }

  private void addresses(String name, Consumer<List<InetAddress>> found) {
    InetAddress numeric = NumericAddress.parse(name);
    if (numeric != null) { // not allowed in SRV records, but seen
      found.accept(List.of(numeric));
      return;
    }
    List<RecordType> types = new ArrayList<>(2);
    if (able.ipv6()) {
      types.add(RecordType.AAAA);
    }
    if (able.ipv4()) {
      types.add(RecordType.A);
    }
    Gathering<Answer> answers = new Gathering<>(types.size(), all -> merged(name, all, found));
    for (int i = 0; i < types.size(); i++) {
      trail.ask(
          types.size() == 2 ? "RFC 7984 §3.1" : PORT,
          new Question(name, types.get(i)),
          answers.place(i));
    }
    answers.begun();
  }

  private void merged(String name, List<Answer> answers, Consumer<List<InetAddress>> found) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Answer answer : answers) {
      for (DnsRecord.Address record : answer.addresses()) {
        addresses.add(record.address());
      }
    }
    HostResolver system = locator.system();
    if (!addresses.isEmpty() || system == null) {
      found.accept(AddressOrder.of(addresses, able.sources()));
      return;
    }
    system.resolve(
        name,
        result -> {
          List<InetAddress> usable = familiesOf(result.addresses());
          trail.note("operating system", name + " has the addresses " + usable);
          trail.distrust();
          found.accept(AddressOrder.of(usable, able.sources()));
        });
  }

  /** Those of the families we can send to. */
  private List<InetAddress> familiesOf(List<InetAddress> addresses) {
    List<InetAddress> usable = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      if (address.getAddress().length == 4 ? able.ipv4() : able.ipv6()) {
        usable.add(address);
      }
    }
    return usable;
  }

  // --- the end ---

  private List<Target> targets(List<InetAddress> addresses, int port, String transport) {
    List<Target> targets = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      String host = address.getHostAddress();
      targets.add(Target.withDefaultPort(host, port, transport).forDomain(to.domain()));
    }
    return targets;
  }

  private void finishOr(List<Target> targets, Runnable otherwise) {
    if (targets.isEmpty()) {
      otherwise.run();
    } else {
      finish(targets);
    }
  }

  private void finish(List<Target> targets) {
    List<Target> distinct = new ArrayList<>(new LinkedHashSet<>(targets));
    if (distinct.isEmpty()) {
      fail(PORT, "no address for " + to.host() + " of a family that can be used");
      return;
    }
    int most = Math.min(MOST_TARGETS, distinct.size());
    List<Target> order = locator.memory().order(distinct.subList(0, most));
    if (!order.get(0).equals(distinct.get(0))) {
      trail.note("RFC 3261 §21.5.4", "what failed lately goes last: " + distinct.get(0));
    }
    then.accept(new Located(order, trail.steps(), null, trail.isAuthenticated(), uri));
  }

  private void fail(String rule, String why) {
    String failure = trail.failure();
    String text = failure == null ? why : why + " (" + failure + ")";
    trail.note(rule, text);
    then.accept(new Located(List.of(), trail.steps(), text, trail.isAuthenticated(), uri));
  }

  private static String named(String transport) {
    return transport.toUpperCase(Locale.ROOT);
  }
}
