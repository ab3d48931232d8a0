package io.sipwright.transport;

import io.sipwright.syntax.RandomIds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Binding requests of an endpoint that wait for their responses: keep-alives of UDP flows (RFC
 * 5626 §4.4.2). As many as the stack keeps flows; peers can't add to them. Safe for use by several
 * threads.
 */
final class StunPings {
  private static final int TRANSACTION_ID = 12;

  /** A request that's under way, and whom it went to. */
  private record Waiting(InetSocketAddress remote, Flow.PongListener listener) {}

  private final Map<ByteBuffer, Waiting> waiting = new ConcurrentHashMap<>();

  /**
   * A Binding request with an id of its own.
   *
   * @param sender sends its bytes, each time it's to be sent
   */
  Flow.Ping ping(InetSocketAddress remote, Flow.PongListener listener, Consumer<byte[]> sender) {
    byte[] id = new byte[TRANSACTION_ID];
    ByteBuffer random = ByteBuffer.wrap(id);
    while (random.hasRemaining()) {
      random.putInt(RandomIds.number(0, Integer.MAX_VALUE));
    }
    ByteBuffer key = ByteBuffer.wrap(id);
    byte[] request = Stun.request(id);
    return new Flow.Ping() {
      @Override
      public void send() {
        waiting.put(key, new Waiting(remote, listener));
        sender.accept(request);
      }

      @Override
      public void end() {
        waiting.remove(key);
      }
    };
  }

  /**
   * Something without a message came: tells the one who waits for it, if that's what it is, and
   * comes from where the request went.
   */
  void receive(InetSocketAddress from, byte[] b, int at, int length) {
    if (waiting.isEmpty() || !Stun.isStun(b, at, length)) {
      return;
    }
    byte[] id = Stun.transactionId(b, at);
    ByteBuffer key = ByteBuffer.wrap(id);
    Waiting due = waiting.get(key);
    if (due == null || !due.remote.equals(from)) {
      return;
    }
    @Nullable InetSocketAddress mapped =
        Stun.mappedAddress(b, at, length, Arrays.copyOf(id, id.length));
    if (mapped != null && waiting.remove(key, due)) {
      due.listener.onPong(mapped);
    } else if (Stun.isBindingError(b, at) && waiting.remove(key, due)) {
      due.listener.onRefused();
    }
  }

  /** Number of requests that wait; for tests. */
  int size() {
    return waiting.size();
  }
}
