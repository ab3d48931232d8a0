package io.sipwright.transport;

/**
 * How long a connection may be idle: some times as long as {@code MAX_SOCKET_IDLE_TIME}, which a
 * clock counts elsewhere. Used on one thread; promises may come from any.
 */
final class IdlePatience {
  /** How many times longer if requests wait for their answers. */
  private static final int ASKED = 10;

  /** How many times longer if the peer sends keep-alives (RFC 5626 §4.4.1). */
  private static final int PINGED = 2;

  /** What's waited beyond a Flow-Timer: a pong may take as long (RFC 5626 §4.4.1, §5.4). */
  private static final int GRACE_SECONDS = 10;

  private boolean pinged;
  private volatile long promisedMillis;

  /** A keep-alive came. */
  void onPing() {
    pinged = true;
  }

  /** The peer was told that it may send nothing for so many seconds; the last word counts. */
  void promise(int seconds) {
    promisedMillis = (seconds + (long) GRACE_SECONDS) * 1_000;
  }

  /** Whether a peer that was silent for so long has been so for longer than it was told it may. */
  boolean isBeyondPromise(long silentMillis) {
    return silentMillis >= promisedMillis;
  }

  /**
   * Whether it has been idle for too long.
   *
   * @param times how often the time that a connection may be idle has passed since something went
   * @param idleMillis that time
   * @param asked whether requests wait for their answers
   */
  boolean isOver(int times, long idleMillis, boolean asked) {
    return !(pinged && times < PINGED)
        && !(asked && times < ASKED)
        && isBeyondPromise(times * idleMillis);
  }
}
