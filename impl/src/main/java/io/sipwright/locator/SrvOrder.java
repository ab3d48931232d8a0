package io.sipwright.locator;

import io.sipwright.dns.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order of SRV records: by priority, then by chance in proportion to weights (RFC 2782). */
final class SrvOrder {
  private SrvOrder() {}

  /**
   * The order in which to try records.
   *
   * @param records in any order; those without target or port are left out
   * @param random draws; the same seed gives the same order, whatever order the records came in
   * @param most that are wanted: drawing them all from a very long list is work for nothing
   */
  static List<Srv> of(List<Srv> records, RandomGenerator random, int most) {
    List<Srv> sorted = new ArrayList<>(records.size());
    for (Srv record : records) {
      if (!record.target().isEmpty() && record.port() > 0) {
        sorted.add(record);
      }
    }
    // RFC 2782: those of weight 0 stand at the beginning; the rest, by name: see RFC 3263 §4.4
    sorted.sort(
        Comparator.comparingInt(Srv::priority)
            .thenComparingInt(Srv::weight)
            .thenComparing(Srv::target)
            .thenComparingInt(Srv::port));
    List<Srv> order = new ArrayList<>(Math.min(most, sorted.size()));
    int from = 0;
    while (from < sorted.size() && order.size() < most) {
      int to = from;
      while (to < sorted.size() && sorted.get(to).priority() == sorted.get(from).priority()) {
        to++;
      }
      draw(new ArrayList<>(sorted.subList(from, to)), random, most, order);
      from = to;
    }
    return order;
  }

  private static void draw(List<Srv> left, RandomGenerator random, int most, List<Srv> order) {
    long sum = 0;
    for (Srv record : left) {
      sum += record.weight();
    }
    while (!left.isEmpty() && order.size() < most) {
      int chosen = left.size() == 1 ? 0 : choose(left, sum, random);
      Srv record = left.remove(chosen);
      sum -= record.weight();
      order.add(record);
    }
  }

  /**
   * RFC 2782: the first whose running sum is at least a random number. Number 0 is what those of
   * weight 0 share, and isn't drawn where there are none: it would add to the first one's share.
   */
  private static int choose(List<Srv> left, long sum, RandomGenerator random) {
    int zeros = 0;
    while (zeros < left.size() && left.get(zeros).weight() == 0) {
      zeros++;
    }
    long number = sum == 0 ? 0 : random.nextLong(zeros == 0 ? 1 : 0, sum + 1);
    if (number == 0) {
      return random.nextInt(zeros);
    }
    long running = 0;
    int chosen = zeros;
    while ((running += left.get(chosen).weight()) < number) {
      chosen++;
    }
    return chosen;
  }
}
