package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What's left of connections that have ended: nothing, whatever time they had left. */
public class EndedConnectionsTest {
  private static final int CONNECTIONS = 20;
  private static final int MOST_COLLECTIONS = 40;
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET / HTTP/1.1",
          "Host: sip-ws.example.com",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Protocol: sip",
          "Sec-WebSocket-Version: 13",
          "",
          "");

  @DataProvider
  public static Object[][] connections() {
    return new Object[][] {
      {"tcp that says nothing", "tcp", "", "", ""},
      {"tcp in the middle of a message", "tcp", "", "INVITE sip:a@b SIP/2.0\r\n", ""},
      {"tcp without PROXY header", "tcp", "all", "PRO", ""},
      {"ws without handshake", "ws", "", "GET ", ""},
      {"ws in the middle of a frame", "ws", "", UPGRADE, "\u0081"},
    };
  }

  /** Keeps nothing of the connections that end but weak references. */
  private static final class Watching implements Inbound {
    private final ReferenceQueue<Flow> collected = new ReferenceQueue<>();
    private final List<Reference<Flow>> references = new ArrayList<>(); // or they'd be collected
    private final CountDownLatch ended = new CountDownLatch(CONNECTIONS);

    @Override
    public void onMessage(Flow flow, byte[] buffer, int offset, int length) {}

    @Override
    public void onBrokenStream(Flow flow, byte[] b, int offset, int length, String reason) {}

    @Override
    public synchronized void onClosed(Flow flow, IOException cause) {
      references.add(new WeakReference<>(flow, collected));
      ended.countDown();
    }
  }

  @Test(dataProvider = "connections")
  public void nothing_holds_a_connection_that_has_ended(
      String what, String transport, String proxies, String says, String then) throws Exception {
    SocketNetworkConfig config =
        Sockets.config().proxies(Objects.requireNonNull(AddressRanges.parse(proxies))).build();
    Watching watching = new Watching();
    try (SocketNetwork network = new SocketNetwork(config)) {
      Endpoint endpoint = network.open(transport, Sockets.anyPort(), watching);
      for (int i = 0; i < CONNECTIONS; i++) {
        try (Socket peer = new Socket(endpoint.local().getAddress(), endpoint.local().getPort())) {
          peer.setSoTimeout(20_000);
          peer.getOutputStream().write(says.getBytes(ISO_8859_1));
          if (!then.isEmpty()) {
            peer.getInputStream().read(); // it's opened
            peer.getOutputStream().write(then.getBytes(ISO_8859_1));
          }
        }
      }
      assertTrue(watching.ended.await(20, TimeUnit.SECONDS), what);
      // The last one may still be on the stack of its event loop.
      int gone = 0;
      for (int i = 0; i < MOST_COLLECTIONS && gone < CONNECTIONS - 1; i++) {
        System.gc();
        while (watching.collected.remove(50) != null) {
          gone++;
        }
      }
      assertTrue(gone >= CONNECTIONS - 1, what + ": " + gone + " collected");
      assertEquals(watching.references.size(), CONNECTIONS);
    }
  }
}
