package io.sipwright.locator;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a host, without making anybody wait. */
public interface HostResolver extends AutoCloseable {
  /**
   * What was found.
   *
   * @param host the host that was asked for
   * @param addresses in the order to try them; empty if there are none
   * @param failure why there are none, in words, or null
   */
  record Result(String host, List<InetAddress> addresses, @Nullable String failure) {
    /** Copies the list. */
    public Result {
      addresses = List.copyOf(addresses);
    }

    /** Addresses, at least one. */
    public static Result found(String host, List<InetAddress> addresses) {
      return new Result(host, addresses, null);
    }

    /** No address, and why. */
    public static Result failed(String host, String why) {
      return new Result(host, List.of(), why);
    }
  }

  /**
   * Looks a host up. Never blocks and never throws for what a host is called.
   *
   * @param host a name, or a numeric address, IPv6 with or without brackets
   * @param then told exactly once: before this returns where nothing has to be asked, as for a
   *     numeric address, otherwise later on another thread. Must not block.
   */
  void resolve(String host, Consumer<Result> then);

  /** Ends its threads; whoever still waits is told of a failure. Harmless when called again. */
  @Override
  void close();
}
