package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Peers that ping and never read what they get for it. */
public class DeafPingersTest {
  /** Their answers would take far more than the sockets do. */
  private static final int MANY_BYTES = 24_000_000;

  private static final int CHUNK_BYTES = 16_384;
  private static final int QUEUE_BYTES = 1 << 20;
  private static final int FEW_BYTES = 4_096;

  private TlsNetworks networks;
  private Recorder server;

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    server = new Recorder();
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  private SocketNetwork network() throws Exception {
    return network(QUEUE_BYTES);
  }

  private SocketNetwork network(int queue) throws Exception {
    TlsSettings tls = networks.trusting().keys(List.of(networks.keys(networks.server()))).build();
    return networks.network(Sockets.config().tls(tls).maxPendingBytes(queue));
  }

  private Socket connect(String transport, Endpoint to) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(FEW_BYTES);
    socket.connect(to.local());
    socket.setSoTimeout(20_000);
    Socket result = List.of("tls", "wss").contains(transport) ? secure(socket) : socket;
    if (transport.startsWith("ws")) {
      result.getOutputStream().write(UPGRADE.replace("\n", "\r\n").getBytes(US_ASCII));
      skipHead(result.getInputStream());
    }
    return result;
  }

  /** RFC 6455 §1.3. */
  private static final String UPGRADE =
      """
      GET / HTTP/1.1
      Host: test
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Protocol: sip
      Sec-WebSocket-Version: 13

      """;

  private static void skipHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
  }

  private Socket secure(Socket plain) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", networks.ca.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context
        .getSocketFactory()
        .createSocket(plain, TlsNetworks.DOMAIN, plain.getPort(), true);
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(); // masked with zeros
    frame.writeBytes(new byte[] {(byte) first, (byte) (0x80 | payload.length), 0, 0, 0, 0});
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private static byte[] many(byte[] ping) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < CHUNK_BYTES) {
      all.writeBytes(ping);
    }
    return all.toByteArray();
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  /** RFC 5626 §3.5.1, over WebSockets as well (RFC 7118 §6). */
  @Test(dataProvider = "transports", timeOut = 60_000)
  public void one_that_pings_and_never_reads_is_closed(String transport) throws Exception {
    SocketNetwork network = network();
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    byte[] ping = StreamMessage.PING;
    byte[] chunk = many(transport.startsWith("ws") ? frame(0x81, ping) : ping);
    long most = 0;
    try (Socket deaf = connect(transport, endpoint)) {
      OutputStream out = deaf.getOutputStream();
      while (server.closed.isEmpty()) {
        try {
          out.write(chunk);
        } catch (IOException cut) {
          Recorder.next(server.closed, "end, as " + cut);
          break;
        }
        long waiting = network.figures().waitingBytes();
        most = Math.max(most, waiting);
        if (waiting > QUEUE_BYTES / 2) { // the sockets may be full: its time runs
          LockSupport.parkNanos(5_000_000);
        }
      }
    }
    assertTrue(most <= QUEUE_BYTES, most + " bytes waited");
    assertEquals(network.figures().reached(ConnectionLimit.WRITE_QUEUE), 1);
    assertEquals(network.figures().open(), 0);
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @DataProvider
  public static Object[][] webSockets() {
    return new Object[][] {{"ws"}, {"wss"}};
  }

  /** Pings of RFC 6455 §5.5.2 may go without pong, if a later one is answered (§5.5.3). */
  @Test(dataProvider = "webSockets", timeOut = 60_000)
  public void frames_that_ping_get_no_pongs_that_wait(String transport) throws Exception {
    SocketNetwork network = network();
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    byte[] chunk = many(frame(0x89, "x".repeat(125).getBytes(ISO_8859_1)));
    try (Socket deaf = connect(transport, endpoint)) {
      OutputStream out = deaf.getOutputStream();
      for (int sent = 0; sent < MANY_BYTES; sent += chunk.length) {
        try {
          out.write(chunk);
        } catch (IOException cut) {
          throw new AssertionError(
              network.figures() + ", " + Recorder.next(server.closed, "end"), cut);
        }
        assertTrue(network.figures().waitingBytes() <= QUEUE_BYTES);
      }
      out.write(frame(0x81, Recorder.request("OPTIONS", "")));
      assertTrue(server.message().text().startsWith("OPTIONS"));
      assertEquals(network.figures().open(), 1);
    }
    Recorder.next(server.closed, "end");
    assertEquals(network.figures().reached(ConnectionLimit.WRITE_QUEUE), 0);
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @DataProvider
  public static Object[][] smallQueues() {
    return new Object[][] {
      {"tcp", 4_096, false},
      {"ws", 4_096, false},
      {"ws", 40_000, true},
      {"wss", 4_096, false},
    };
  }

  /** What little waits for him makes room again and again: that alone doesn't tell. */
  @Test(dataProvider = "smallQueues", timeOut = 60_000)
  public void one_that_never_reads_is_closed_however_small_the_queue(
      String transport, int queue, boolean frames) throws Exception {
    SocketNetwork network = network(queue);
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    byte[] ping = StreamMessage.PING;
    boolean plain = !transport.startsWith("ws");
    byte[] frame =
        frame(frames ? 0x89 : 0x81, frames ? "x".repeat(125).getBytes(ISO_8859_1) : ping);
    byte[] chunk = many(plain ? ping : frame);
    try (Socket deaf = connect(transport, endpoint)) {
      while (server.closed.isEmpty()) {
        deaf.getOutputStream().write(chunk);
      }
    } catch (IOException cut) {
      Recorder.next(server.closed, "end, as " + cut);
    }
    assertEquals(network.figures().reached(ConnectionLimit.WRITE_QUEUE), 1);
    assertEquals(network.figures().open(), 0);
    assertEquals(network.figures().waitingBytes(), 0);
  }

  /** Nor is anybody taken for deaf who has asked for much, and is slow, but reads. */
  @Test(dataProvider = "transports", timeOut = 60_000)
  public void one_that_reads_slowly_what_is_longer_than_the_queue_gets_it(String transport)
      throws Exception {
    SocketNetwork network = network(1_000);
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    byte[] body = Recorder.ok("x".repeat(900_000));
    try (Socket slow = connect(transport, endpoint)) {
      byte[] request = Recorder.request("OPTIONS", "");
      boolean plain = !transport.startsWith("ws");
      slow.getOutputStream().write(plain ? request : frame(0x81, request));
      server.message().flow().send(body, server);
      byte[] more = plain ? StreamMessage.PING : frame(0x81, StreamMessage.PING);
      byte[] buffer = new byte[20_000];
      int got = 0;
      while (got < body.length) {
        slow.getOutputStream().write(more); // so that it's looked at
        got += slow.getInputStream().readNBytes(buffer, 0, Math.min(20_000, body.length - got));
      }
      assertEquals(server.failures.size(), 0);
      assertEquals(network.figures().reached(ConnectionLimit.WRITE_QUEUE), 0);
      assertEquals(network.figures().open(), 1);
    }
    Recorder.next(server.closed, "end");
  }

  /** RFC 6455 §5.4 lets pings go between the fragments of a message: they are answered. */
  @Test(dataProvider = "webSockets", timeOut = 60_000)
  public void one_that_pings_within_a_message_gets_no_more_time_for_it(String transport)
      throws Exception {
    TlsSettings tls = networks.trusting().keys(List.of(networks.keys(networks.server()))).build();
    SocketNetwork network = networks.network(Sockets.config().tls(tls).partialMessageMillis(400));
    Endpoint endpoint = network.open(transport, Sockets.anyPort(), server);
    int pongs = 0;
    try (Socket peer = connect(transport, endpoint)) {
      peer.getOutputStream().write(frame(0x01, Recorder.request("OPTIONS", ""))); // to be continued
      byte[] pong = new byte[2];
      while (true) {
        peer.getOutputStream().write(frame(0x89, new byte[0]));
        if (peer.getInputStream().readNBytes(pong, 0, 2) < 2 || pong[0] != (byte) 0x8a) {
          break; // said goodbye
        }
        pongs++;
        LockSupport.parkNanos(5_000_000);
      }
    } catch (IOException cut) {
      assertTrue(pongs > 0, cut.toString());
    }
    String why = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(why.contains("did not come to its end within 400 ms"), why);
    assertEquals(network.figures().reached(ConnectionLimit.MESSAGE_TIME), 1);
    assertTrue(pongs > 0);
    assertEquals(server.messages.size(), 0);
  }
}
