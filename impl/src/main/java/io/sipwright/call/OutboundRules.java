package io.sipwright.call;

import java.util.Objects;

/**
 * How a user agent registers over several flows (RFC 5626 §4).
 *
 * @param instanceId the URN of the device, always the same one (§4.1): {@code
 *     urn:uuid:00000000-0000-1000-8000-000A95A0E128}
 * @param baseAllFailed seconds that the wait after a failure begins with, where no flow works
 * @param baseSomeWork the same, where another flow works
 * @param mostWait seconds that are waited at most, whatever Retry-After says
 */
public record OutboundRules(String instanceId, int baseAllFailed, int baseSomeWork, int mostWait) {
  /** Checks the numbers. */
  public OutboundRules {
    Objects.requireNonNull(instanceId, "instanceId");
    if (baseAllFailed < 1 || baseSomeWork < 1 || mostWait < 1) {
      throw new IllegalArgumentException("Times to wait are 1 s or more");
    }
  }

  /** The times of §4.5: 30, 90 and 1800 seconds. */
  public static OutboundRules of(String instanceId) {
    return new OutboundRules(instanceId, 30, 90, 1800);
  }

  /**
   * The longest wait before the next try (§4.5).
   *
   * @param failures in a row, 1 or more
   * @param someWork whether another flow works
   * @return seconds
   */
  int upperBound(int failures, boolean someWork) {
    long base = someWork ? baseSomeWork : baseAllFailed;
    return (int) Math.min(mostWait, base << Math.min(failures, 20));
  }

  /**
   * The wait before the next try where a refusal has a Retry-After: that, if it's longer, but never
   * more than {@link #mostWait}, or one response could keep a user agent off for 68 years.
   *
   * @param wait that of §4.5
   * @param retryAfter seconds; 0 if there's none
   */
  int longer(int wait, int retryAfter) {
    return Math.max(wait, Math.min(retryAfter, mostWait));
  }
}
