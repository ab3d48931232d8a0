package io.sipwright.scenario;

import io.sipwright.javax.sip.SipStackImpl;
import io.sipwright.locator.Locator;
import io.sipwright.stack.SimulatedEnvironment;
import io.sipwright.stack.StackConfig;
import io.sipwright.stack.StackEnvironment;
import io.sipwright.syntax.SeededIds;
import io.sipwright.time.Alarm;
import io.sipwright.time.Clock;
import io.sipwright.time.VirtualClock;
import io.sipwright.transport.Network;
import io.sipwright.transport.SimulatedLink;
import io.sipwright.transport.SimulatedNetwork;
import io.sipwright.transport.Transmission;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The stage of a scenario: clock, network and parties, made for one plan. */
final class World {
  private static final Duration PLAY = Duration.ofSeconds(70);
  private static final Duration FINALE = Duration.ofSeconds(45);
  private static final Duration LONGEST_END = Duration.ofMinutes(10);

  final Plan plan;
  final Course course;
  final VirtualClock clock = new VirtualClock();
  final SimulatedNetwork network;
  final List<Peer> callees = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  private final Peer caller;
  private final @Nullable ForkingProxy proxy;
  private final SplittableRandom dice;
  private final Map<String, SipStackImpl> stacks = new java.util.LinkedHashMap<>();
  private final IdentityHashMap<byte[], Facts> known = new IdentityHashMap<>();
  private int hosts;

  private World(Plan plan) throws Exception {
    this.plan = plan;
    course = new Course(Course.rules(plan.isUdp(), plan.isBroken(), plan.damage() > 0));
    dice = new SplittableRandom(plan.seed() ^ 0x5eed);
    network = new SimulatedNetwork(clock, plan.seed());
    network.watch(this::watch);
    caller = new Peer(this, "caller", plan.caller(), dice.split());
    for (int i = 0; i < plan.callees(); i++) {
      callees.add(new Peer(this, "bob" + i, plan.callee(), dice.split()));
    }
    proxy = plan.proxy() ? new ForkingProxy(this, "proxy") : null;
    spoil();
  }

  /**
   * Plays the scenario of a plan to its end.
   *
   * @return its course; its breach is the first that was found, of a rule or of anything else
   */
  static World play(Plan plan) {
    SeededIds.use(plan.seed());
    try {
      World world = new World(plan);
      try {
        world.play();
      } finally {
        world.stacks.values().forEach(SipStackImpl::stop);
      }
      return world;
    } catch (Exception e) {
      throw new AssertionError("Seed " + plan.seed() + " could not be played", e);
    } finally {
      SeededIds.stop();
    }
  }

  /** What was wrong, or null. */
  @Nullable String breach() {
    String breach = course.breach();
    return breach != null ? breach : faults.isEmpty() ? null : faults.get(0);
  }

  // --- the play ---

  private void play() {
    for (int i = 0; i < plan.calls(); i++) {
      later(dice.nextInt(2000), () -> caller.call(firstHop(), aor()));
    }
    for (int i = 0; i < plan.others(); i++) {
      later(dice.nextInt(5000), () -> caller.ask(firstHop(), aor()));
    }
    for (int i = 0; i < plan.breaks(); i++) {
      later(dice.nextInt(4000), this::breakStream);
    }
    for (int i = 0; i < plan.outages(); i++) {
      later(dice.nextInt(8000), this::breakDown);
    }
    clock.advance(PLAY);
    mend();
    everybody(Peer::hangUpAll);
    clock.advance(FINALE);
    everybody(Peer::giveUp);
    if (proxy != null) {
      proxy.giveUp();
    }
    boolean done = clock.armed() == 0;
    boolean idle = clock.runUntilIdle(LONGEST_END);
    judgeTheEnd(idle, done);
  }

  private void everybody(java.util.function.Consumer<Peer> act) {
    act.accept(caller);
    callees.forEach(act);
  }

  private void judgeTheEnd(boolean idle, boolean early) {
    course.end(now());
    String left = NothingIsLeft.judge(idle, clock.armed(), statistics());
    if (left == null && !early) {
      left = NothingIsLeft.judgeTime(course.lastMotion(), now());
    }
    if (left != null) {
      faults.add(left);
    }
    clock.failures().forEach(e -> faults.add("A timer threw: " + stackTrace(e)));
    network.failures().forEach(e -> faults.add("A receiver threw: " + stackTrace(e)));
  }

  static String stackTrace(Throwable e) {
    return e
        + "\n    "
        + String.join(
            "\n    ", Arrays.stream(e.getStackTrace()).limit(12).map(Object::toString).toList());
  }

  private Map<String, Integer> statistics() {
    Map<String, Integer> all = new java.util.TreeMap<>();
    stacks.forEach(
        (name, stack) ->
            stack.statistics().forEach((what, count) -> all.put(name + "'s " + what, count)));
    return all;
  }

  // --- where ---

  /** The URI that requests outside of dialogs go to. */
  private String firstHop() {
    return proxy == null ? callees.get(0).uri() : proxy.uri();
  }

  private static String aor() {
    return "sip:bob@test";
  }

  // --- the network ---

  private List<InetSocketAddress> addresses() {
    List<InetSocketAddress> all = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      all.add(address(i));
    }
    return all;
  }

  private static InetSocketAddress address(int host) {
    try {
      return new InetSocketAddress(
          java.net.InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), 5060);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private String nameOf(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    int index = bytes[3] - 1;
    return bytes[0] == 10 && index >= 0 && index < stacks.size()
        ? List.copyOf(stacks.keySet()).get(index)
        : "nobody";
  }

  private void spoil() {
    network
        .everyLink()
        .delay(Duration.ofMillis(plan.delayMillis()))
        .jitter(Duration.ofMillis(plan.jitterMillis()))
        .loss(plan.loss())
        .duplication(plan.duplication())
        .reordering(plan.reordering(), Duration.ofMillis(plan.heldBackMillis()))
        .damage(plan.damage());
  }

  private void mend() {
    network.everyLink().loss(0).duplication(0).reordering(0, Duration.ZERO).damage(0);
  }

  private void breakStream() {
    List<InetSocketAddress> all = addresses();
    InetSocketAddress from = all.get(dice.nextInt(all.size()));
    InetSocketAddress to = all.get(dice.nextInt(all.size()));
    SimulatedLink link = network.link(from, to);
    if (dice.nextBoolean()) {
      link.resetAfter(dice.nextInt(1500));
    } else {
      link.closeOutputAfter(dice.nextInt(1500));
    }
  }

  private void breakDown() {
    List<InetSocketAddress> all = addresses();
    InetSocketAddress host = all.get(dice.nextInt(all.size()));
    network.refuse(host, true);
    for (InetSocketAddress other : all) {
      network.link(host, other).resetAfter(0);
      network.link(other, host).resetAfter(0);
    }
    later(500 + dice.nextInt(20_000), () -> network.refuse(host, false));
  }

  private void watch(Transmission sent) {
    byte[] bytes = sent.bytes();
    switch (sent.fate()) {
      case UNDER_WAY -> {
        Facts facts = known.get(bytes);
        if (facts == null) {
          facts = Facts.of(bytes);
          if (facts != null) {
            known.put(bytes, facts);
          }
        }
        if (facts != null) {
          course.mix(Arrays.hashCode(bytes));
          note(nameOf(sent.from()), Happening.What.SENT, "", facts);
        }
      }
      case DELIVERED -> {
        Facts facts = known.get(bytes);
        if (facts != null) {
          note(nameOf(sent.to()), Happening.What.CAME, "", facts);
        } else if (bytes.length > 4) {
          course.mix(Arrays.hashCode(bytes));
          note(nameOf(sent.to()), Happening.What.CAME_DAMAGED, "", Facts.of(bytes));
        }
      }
      case DUPLICATED, LOST, NOBODY_THERE -> {}
    }
  }

  // --- for the parties ---

  long now() {
    return clock.nanos();
  }

  void note(String who, Happening.What what, String transaction, @Nullable Facts message) {
    course.add(new Happening(now(), who, what, transaction, message));
  }

  /** Something went wrong that no rule is for. */
  void fault(String who, String what) {
    faults.add(who + " at " + now() / 1e9 + ": " + what);
  }

  void later(long millis, Runnable act) {
    clock.arm(Alarm.of(act), millis * 1_000_000);
  }

  /** A stack for a party; its address is {@link #hostOf}. */
  SipStackImpl stack(String name, String... settings) throws Exception {
    hosts++;
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", name);
    properties.setProperty("io.sipwright.LISTENER_CONCURRENCY", plan.concurrency());
    // A refusal that nobody remembers may be followed by another answer (RFC 3261 §8.2.7).
    properties.setProperty("io.sipwright.OVERLOAD_WAIT", "0");
    if (plan.lifeLimits()) {
      properties.setProperty("io.sipwright.MAX_TX_LIFETIME_INVITE", "90");
      properties.setProperty("io.sipwright.MAX_TX_LIFETIME_NON_INVITE", "60");
    }
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    StackEnvironment.Factory plain = SimulatedEnvironment.on(clock, network);
    StackEnvironment.Factory slow = config -> new Slow(plain.create(config), config, dice.split());
    SipStackImpl stack = new SipStackImpl(properties, plan.slowMillis() == 0 ? plain : slow);
    stacks.put(name, stack);
    return stack;
  }

  String hostOf(SipStackImpl stack) {
    return "10.0.0." + (List.copyOf(stacks.values()).indexOf(stack) + 1);
  }

  Peer callee(int index) {
    return Objects.requireNonNull(callees.get(index));
  }

  /** An environment whose threads are often blocked before they get to the next turn. */
  private final class Slow implements StackEnvironment {
    private final StackEnvironment plain;
    private final SplittableRandom ownDice;

    Slow(StackEnvironment plain, StackConfig config, SplittableRandom ownDice) {
      this.plain = Objects.requireNonNull(plain, config.stackName());
      this.ownDice = ownDice;
    }

    @Override
    public Clock clock() {
      return plain.clock();
    }

    @Override
    public Network network() {
      return plain.network();
    }

    @Override
    public Locator locator() {
      return plain.locator();
    }

    @Override
    public Executor workers() {
      return task -> later(ownDice.nextInt(3) == 0 ? ownDice.nextInt(plan.slowMillis()) : 0, task);
    }

    @Override
    public int armedTimers() {
      return plain.armedTimers();
    }

    @Override
    public void close() {
      plain.close();
    }
  }
}
