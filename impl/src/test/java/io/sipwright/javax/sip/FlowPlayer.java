package io.sipwright.javax.sip;

import io.sipwright.javax.sip.RfcFlow.Step;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.transport.Transmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plays a flow: each party is a stack of its own, and its program sends what the flow says when
 * it's the turn of that. Where a message goes is the stacks' own business: hosts of the flow are
 * names that lead to its parties. What a stack does by itself (retransmissions, ACKs to refusals)
 * no program does.
 */
final class FlowPlayer implements AutoCloseable {
  private static final int SLICE_MILLIS = 20;
  private static final int LIFE_MILLIS = 33_000;

  /** A message as it first came to a party: copies are the same. */
  private record Arrival(String from, String to, String summary, String callId, String copy) {}

  final Calls calls;
  private final RfcFlow flow;
  private final Set<String> dead;
  private final double loss;
  private final Map<String, FlowRole> roles = new LinkedHashMap<>();
  private final Set<Arrival> arrivals = new LinkedHashSet<>();
  private final Map<String, String> everybodysHosts = new HashMap<>();

  /**
   * The stage of a flow.
   *
   * @param dead those of its parties that don't hear anything
   * @param loss share of datagrams that get lost
   */
  FlowPlayer(RfcFlow flow, Set<String> dead, double loss, long seed) throws Exception {
    this.flow = flow;
    this.dead = dead;
    this.loss = loss;
    calls = new Calls(seed);
    List<String> parties = List.copyOf(flow.parties());
    for (Step step : flow.steps()) {
      everybodysHosts.putIfAbsent(RfcFlow.hostIn(step.header("Contact")), address(step.from()));
      String via = step.header("Via").replaceAll(".*UDP +([^:;]+).*", "$1");
      if (step.isRequest()) {
        everybodysHosts.putIfAbsent(via, address(step.from()));
      }
    }
    for (String name : parties) {
      calls.use(SimulatedEnvironment.on(calls.clock, calls.network, hostsFor(name)));
      boolean proxy = name.startsWith("Proxy") || name.equals("SIP ALG");
      Party party =
          proxy
              ? calls.party(name, "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off")
              : calls.party(name);
      roles.put(name, new FlowRole(party, proxy, flow, this::nameOf));
    }
    calls.network.everyLink().delay(Duration.ofMillis(2)).loss(loss);
    for (String one : parties) {
      for (String other : parties) {
        if (dead.contains(one) || dead.contains(other)) {
          calls.link(one, other).cut(true);
        }
      }
    }
    calls.network.watch(this::watch);
  }

  private String address(String party) {
    return "10.0.0." + (List.copyOf(flow.parties()).indexOf(party) + 1);
  }

  /** Where a party finds the hosts it sends to: each asks a DNS of its own domain. */
  private Map<String, String> hostsFor(String name) {
    Map<String, String> hosts = new HashMap<>(everybodysHosts);
    for (Step step : flow.steps()) {
      boolean own = step.isRequest() && step.from().equals(name) && !isByItself(step);
      if (own && !step.method().equals("CANCEL")) {
        hosts.put(step.hop(), address(step.to()));
      }
    }
    return hosts;
  }

  private String nameOf(String host) {
    String address = everybodysHosts.getOrDefault(host, host);
    for (String name : flow.parties()) {
      if (address(name).equals(address)) {
        return name;
      }
    }
    return "";
  }

  private void watch(Transmission sent) {
    if (sent.fate() == Transmission.Fate.DELIVERED) {
      String text = new String(sent.bytes(), java.nio.charset.StandardCharsets.UTF_8);
      String via = String.valueOf(Calls.header(text, "Via"));
      String to = String.valueOf(Calls.header(text, "To"));
      arrivals.add(
          new Arrival(
              nameOf(sent.from().getAddress().getHostAddress()),
              nameOf(sent.to().getAddress().getHostAddress()),
              Calls.summary(text),
              String.valueOf(Calls.header(text, "Call-ID")),
              via.replaceAll(".*branch=([^;, ]*).*", "$1") + to));
    }
  }

  // --- the play ---

  /** Plays the flow; false if somebody gave up because too much was lost. */
  boolean play() throws Exception {
    for (Step step : flow.steps()) {
      FlowRole from = roles.get(step.from());
      if (!isByItself(step)) {
        awaitEnd(from, step);
        try {
          from.perform(step);
        } catch (Exception e) {
          throw new AssertionError("At " + step + " of " + flow, e);
        }
      }
      boolean came = await(step);
      roles.values().forEach(role -> role.party.assertNothingFailed());
      if (!came || isTooBad()) {
        return false;
      }
    }
    calls.run(100);
    return true;
  }

  /** Whether the stack sends it: the ACK to a refusal. */
  private boolean isByItself(Step step) {
    if (!step.isRequest() || !step.method().equals("ACK")) {
      return false;
    }
    boolean proxy = step.from().startsWith("Proxy") || step.from().equals("SIP ALG");
    Step answer =
        flow.before(
            step,
            s ->
                s.to().equals(step.from())
                    && s.callId().equals(step.callId())
                    && (!proxy || s.from().equals(step.to()))
                    && s.method().equals("INVITE")
                    && s.status() >= 200);
    return answer != null && answer.status() >= 300;
  }

  /** What follows a request to somebody who's dead waits until its sender has given up. */
  private void awaitEnd(FlowRole from, Step step) {
    Step unanswered = flow.before(step, s -> from.is(s.from()) && dead.contains(s.to()));
    if (unanswered != null && !step.isProvisional()) {
      for (int t = 0; from.party.timeouts.isEmpty() && t < LIFE_MILLIS; t += SLICE_MILLIS) {
        calls.run(SLICE_MILLIS);
      }
    }
  }

  /** Waits until a message comes; false if it should, and never does. */
  private boolean await(Step step) {
    if (dead.contains(step.to())) {
      calls.run(SLICE_MILLIS);
      return true;
    }
    int most = step.isProvisional() ? 5 * SLICE_MILLIS : LIFE_MILLIS;
    int spent = 0;
    do {
      calls.run(SLICE_MILLIS); // at least once, for programs to take their turns
      spent += SLICE_MILLIS;
    } while (!hasCome(step) && spent < most && !isTooBad());
    if (!hasCome(step) && loss == 0) {
      throw new AssertionError(step + " of " + flow + " never comes; so far " + arrivals);
    }
    return hasCome(step) || step.isProvisional();
  }

  private boolean hasCome(Step step) {
    long wanted =
        1 + flow.steps().stream().takeWhile(s -> s != step).filter(s -> isLike(s, step)).count();
    long came =
        arrivals.stream()
            .filter(
                a ->
                    a.from.equals(step.from())
                        && a.to.equals(step.to())
                        && a.summary.equals(step.summary())
                        && a.callId.equals(step.callId()))
            .count();
    return came >= wanted;
  }

  private static boolean isLike(Step a, Step b) {
    return a.from().equals(b.from())
        && a.to().equals(b.to())
        && a.summary().equals(b.summary())
        && a.callId().equals(b.callId());
  }

  private boolean isTooBad() {
    return loss > 0
        && roles.values().stream()
            .anyMatch(
                role ->
                    !role.party.timeouts.isEmpty()
                        && flow.steps().stream()
                            .noneMatch(s -> role.is(s.from()) && dead.contains(s.to())));
  }

  // --- what came of it ---

  /** What each party got, in order, as it should be. */
  Map<String, List<String>> wanted() {
    Map<String, List<String>> wanted = new TreeMap<>();
    for (Step step : flow.steps()) {
      if (!dead.contains(step.to())) {
        wanted
            .computeIfAbsent(step.to(), k -> new ArrayList<>())
            .add(step.summary() + " of " + step.from());
      }
    }
    return wanted;
  }

  /** What each party got, in order, each message once. */
  Map<String, List<String>> got() {
    Map<String, List<String>> got = new TreeMap<>();
    for (Arrival a : arrivals) {
      got.computeIfAbsent(a.to, k -> new ArrayList<>()).add(a.summary + " of " + a.from);
    }
    return got;
  }

  /** The dialogs that are established; early ones are made by 1xx, which nobody repeats. */
  Set<String> dialogs() {
    Set<String> established = new TreeSet<>();
    roles.values().forEach(role -> role.addDialogsTo(established));
    return established;
  }

  /** Ends what the flow has left open, and lets time pass until nothing is due. */
  Map<String, Integer> whatIsLeft() {
    roles.values().forEach(FlowRole::endDialogs);
    calls.runToTheEnd();
    Map<String, Integer> left = new TreeMap<>();
    roles.forEach(
        (name, role) ->
            role.party
                .stack
                .statistics()
                .forEach(
                    (what, count) -> {
                      if (count != 0) {
                        left.put(name + "'s " + what, count);
                      }
                    }));
    if (calls.clock.armed() > 0) {
      left.put("timers", calls.clock.armed());
    }
    return left;
  }

  @Override
  public void close() {
    calls.close();
  }
}
