package io.sipwright.transport;

/**
 * What is done about keep-alives of peers that have connected (RFC 5626 §5.4).
 *
 * @param silenceMillis a connection on which nothing comes for so long is closed; 0 for never
 * @param leastPingMillis a ping that comes sooner after one that was answered isn't; 0: all are
 */
public record KeepAliveSettings(int silenceMillis, int leastPingMillis) {
  /** Peers may be silent, and all pings are answered. */
  public static final KeepAliveSettings DEFAULT = new KeepAliveSettings(0, 0);

  /** Checks the ranges. */
  public KeepAliveSettings {
    if (silenceMillis < 0 || leastPingMillis < 0) {
      throw new IllegalArgumentException("Times must not be negative");
    }
  }
}
