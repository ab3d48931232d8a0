package io.sipwright.scenario;

import java.util.SplittableRandom;

/**
 * What a scenario is like: follows from its seed.
 *
 * @param seed everything follows from it
 * @param transport "udp" or "tcp"
 * @param proxy whether a forking proxy is between the caller and the callees
 * @param callees 1 without a proxy, up to 3 with one
 * @param calls how many calls are made
 * @param others how many requests outside of dialogs are sent
 * @param loss share of datagrams that get lost
 * @param duplication share of datagrams that come twice
 * @param reordering share of datagrams that are held back
 * @param heldBackMillis for how long
 * @param delayMillis how long everything is under way
 * @param jitterMillis how much longer at most
 * @param damage share of datagrams that are damaged
 * @param breaks how many streams break
 * @param outages how often a host resets its connections and refuses new ones for a while
 * @param slowMillis how long the listener's thread is blocked at most before it takes a turn
 * @param concurrency the property of that name
 * @param lifeLimits whether transactions have a longest life
 * @param caller the first party's manners
 * @param callee the others'
 */
record Plan(
    long seed,
    String transport,
    boolean proxy,
    int callees,
    int calls,
    int others,
    double loss,
    double duplication,
    double reordering,
    int heldBackMillis,
    int delayMillis,
    int jitterMillis,
    double damage,
    int breaks,
    int outages,
    int slowMillis,
    String concurrency,
    boolean lifeLimits,
    Manners caller,
    Manners callee) {

  /**
   * How a program behaves. Shares are from 0 to 1.
   *
   * @param rejects share of calls that are refused
   * @param ignores share of requests that are never answered
   * @param blind share of requests whose event is dropped before a transaction was made
   * @param throwsUp share of events at whose end the listener throws
   * @param twice share of final answers after which another is tried
   * @param rings share of calls that ring first
   * @param reliable share of ringing that's reliable
   * @param late share of answers that come late, by seconds or tens of them
   * @param ackless share of 2xx that are never acknowledged
   * @param cancels share of calls that are cancelled
   * @param changes share of established calls in which a re-INVITE is sent
   * @param talks share of established calls in which other requests are sent
   * @param hangsUp share of established calls that are ended by this party
   * @param errs share of acts against the rules: 408 for what's no INVITE
   */
  record Manners(
      double rejects,
      double ignores,
      double blind,
      double throwsUp,
      double twice,
      double rings,
      double reliable,
      double late,
      double ackless,
      double cancels,
      double changes,
      double talks,
      double hangsUp,
      double errs) {

    static Manners draw(SplittableRandom dice, boolean good) {
      return new Manners(
          share(dice, 0.2),
          good ? 0 : share(dice, 0.2),
          good ? 0 : share(dice, 0.2),
          good ? 0 : share(dice, 0.4),
          share(dice, 0.5),
          share(dice, 0.9),
          share(dice, 0.5),
          share(dice, 0.3),
          good ? 0 : share(dice, 0.2),
          share(dice, 0.3),
          share(dice, 0.7),
          share(dice, 0.7),
          share(dice, 0.8),
          share(dice, 0.3));
    }

    private static double share(SplittableRandom dice, double most) {
      return dice.nextInt(3) == 0 ? 0 : dice.nextDouble() * most;
    }
  }

  /** Whether connections break. */
  boolean isBroken() {
    return breaks + outages > 0;
  }

  boolean isUdp() {
    return transport.equals("udp");
  }

  /** The plan of a seed. */
  static Plan of(long seed) {
    SplittableRandom dice = new SplittableRandom(seed);
    boolean tcp = dice.nextInt(4) == 0;
    boolean proxy = dice.nextInt(4) == 0;
    boolean calm = dice.nextInt(8) == 0;
    boolean good = dice.nextInt(2) == 0;
    return new Plan(
        seed,
        tcp ? "tcp" : "udp",
        proxy,
        proxy ? 1 + dice.nextInt(3) : 1,
        1 + (dice.nextInt(4) == 0 ? dice.nextInt(3) : 0),
        dice.nextInt(3) == 0 ? 1 + dice.nextInt(2) : 0,
        calm ? 0 : dice.nextInt(3) == 0 ? 0 : dice.nextDouble() * 0.5,
        calm ? 0 : Manners.share(dice, 0.5),
        calm ? 0 : Manners.share(dice, 0.5),
        10 + dice.nextInt(1500),
        dice.nextInt(2) == 0 ? dice.nextInt(30) : dice.nextInt(600),
        dice.nextInt(2) == 0 ? 0 : dice.nextInt(300),
        dice.nextInt(6) == 0 ? dice.nextDouble() * 0.2 : 0,
        tcp && dice.nextInt(2) == 0 ? 1 + dice.nextInt(4) : 0,
        tcp && dice.nextInt(4) == 0 ? 1 + dice.nextInt(3) : 0,
        dice.nextInt(4) == 0 ? dice.nextInt(3000) : 0,
        switch (dice.nextInt(3)) {
          case 0 -> "false"; // one thread for all
          case 1 -> "true"; // one for each call
          default -> "inline";
        },
        dice.nextInt(4) == 0,
        Manners.draw(dice, good),
        Manners.draw(dice, good));
  }
}
