package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 7118 and what it takes of RFC 6455, between two endpoints and against a hand-made peer. */
public class WebSocketEndpointTest {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET / HTTP/1.1",
          "Host: sip-ws.example.com",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Origin: http://www.example.com",
          "Sec-WebSocket-Protocol: chat, sip",
          "Sec-WebSocket-Version: 13",
          "",
          "");
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;

  private TlsNetworks networks;
  private Recorder client;
  private Recorder server;

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    client = new Recorder();
    server = new Recorder();
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  private Endpoint endpoint(String transport, Recorder recorder) throws Exception {
    TlsSettings tls = networks.trusting().keys(List.of(networks.keys(networks.server()))).build();
    return networks.network(tls).open(transport, Sockets.anyPort(), recorder);
  }

  private Endpoint serverWith(SocketNetworkConfig.Builder config) throws Exception {
    return networks.network(config).open("ws", Sockets.anyPort(), server);
  }

  // --- a peer made by hand

  @SuppressWarnings("ArrayRecordComponent") // not compared
  private record Frame(int first, byte[] payload) {
    int opcode() {
      return first & 0x0F;
    }

    String text() {
      return new String(payload, UTF_8);
    }

    int status() {
      return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }
  }

  private static final class Browser implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    Browser(Endpoint to) throws IOException {
      socket = new Socket(to.local().getAddress(), to.local().getPort());
      socket.setSoTimeout(20_000);
      in = new DataInputStream(socket.getInputStream());
    }

    String ask(String request) throws IOException {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        head.append((char) b);
      }
      return head.toString();
    }

    void upgrade() throws IOException {
      String answer = ask(UPGRADE);
      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
    }

    void send(int first, byte[] payload) throws IOException {
      socket.getOutputStream().write(encode(first, payload));
    }

    static byte[] encode(int first, byte[] payload) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(first);
      if (payload.length < 126) {
        out.write(0x80 | payload.length);
      } else {
        out.write(0x80 | 126);
        out.write(payload.length >> 8);
        out.write(payload.length);
      }
      byte[] mask = {1, 2, 3, 4};
      out.writeBytes(mask);
      for (int i = 0; i < payload.length; i++) {
        out.write(payload[i] ^ mask[i % 4]);
      }
      return out.toByteArray();
    }

    Frame frame() throws IOException {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      return new Frame(first, in.readNBytes(length));
    }

    void assertEnd() throws IOException {
      InputStream rest = in;
      assertEquals(rest.read(), -1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static byte[] message(String method) {
    return (method + " sip:a@b SIP/2.0\r\nX: y\r\n\r\nbody").getBytes(UTF_8);
  }

  // --- two endpoints

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"ws"}, {"wss"}};
  }

  @Test(dataProvider = "transports")
  public void messages_go_there_and_back_on_one_connection(String transport) throws Exception {
    Endpoint right = endpoint(transport, server);
    Endpoint left = endpoint(transport, client);
    assertTrue(right.reliable() && right.delimitsMessages());
    assertEquals(right.transport(), transport);
    Flow flow = left.flowTo(right.local(), TlsNetworks.DOMAIN);
    // Without Content-Length, several at once, and no message is joined with the next.
    for (String method : List.of("INVITE", "INFO", "BYE")) {
      flow.send(message(method), client);
    }
    Recorder.Received first = server.message();
    assertEquals(first.text(), new String(message("INVITE"), UTF_8));
    assertEquals(server.message().text(), new String(message("INFO"), UTF_8));
    assertEquals(server.message().text(), new String(message("BYE"), UTF_8));
    assertEquals(first.flow().tls() != null, transport.equals("wss"));
    byte[] response = Recorder.ok("from right");
    first.flow().send(response, server);
    assertEquals(client.message().text(), new String(response, UTF_8));
    assertSame(right.flowTo(first.flow().remote()), first.flow());
    left.close();
    assertNull(Recorder.next(server.closed, "end").cause());
    assertNull(Recorder.next(client.closed, "end").cause());
    assertTrue(client.failures.isEmpty() && server.failures.isEmpty());
  }

  @Test
  public void secure_web_socket_to_another_host_is_not_opened() throws Exception {
    Endpoint right = endpoint("wss", server);
    Endpoint left = endpoint("wss", client);
    left.flowTo(right.local(), "other.example.com").send(message("INFO"), client);
    String failure = Recorder.next(client.failures, "failure").getMessage();
    assertTrue(failure.contains("other.example.com"), failure);
    assertTrue(server.messages.isEmpty());
  }

  @Test
  public void long_messages_and_bytes_that_are_no_text_arrive_whole() throws Exception {
    Endpoint right = endpoint("ws", server);
    Endpoint left = endpoint("ws", client);
    byte[] large = new byte[200_000];
    System.arraycopy(message("INFO"), 0, large, 0, message("INFO").length);
    for (int i = 100; i < large.length; i++) {
      large[i] = (byte) i;
    }
    left.flowTo(right.local()).send(large, client);
    assertEquals(server.message().text().getBytes(ISO_8859_1), large);
  }

  @Test
  public void server_that_opens_no_web_socket_fails_what_was_to_be_sent() throws Exception {
    Endpoint refusing =
        serverWith(
            Sockets.config()
                .policy(
                    new ConnectionPolicy() {
                      @Override
                      public WebSocketAnswer onWebSocket(WebSocketRequest request) {
                        return WebSocketAnswer.challenge("Basic realm=\"sip\"");
                      }
                    }));
    Endpoint left = endpoint("ws", client);
    left.flowTo(refusing.local()).send(message("INFO"), client);
    String failure = Recorder.next(client.failures, "failure").getMessage();
    assertTrue(failure.contains("401 Unauthorized"), failure);
    assertTrue(failure.contains("Basic realm=\"sip\""), failure);
    assertTrue(failure.contains("ConnectionPolicy.webSocketHeaders"), failure);
    assertNotNull(Recorder.next(client.closed, "end").cause());
  }

  /** Gives credentials as client, and wants them as server. */
  private static ConnectionPolicy password(Map<String, String> given) {
    return new ConnectionPolicy() {
      @Override
      public Map<String, String> webSocketHeaders(String domain, InetSocketAddress remote) {
        return given;
      }

      @Override
      public WebSocketAnswer onWebSocket(WebSocketRequest request) {
        return List.of("Basic YTpi").equals(request.headers().get("authorization"))
            ? WebSocketAnswer.ACCEPT
            : WebSocketAnswer.challenge("Basic realm=\"sip\"");
      }
    };
  }

  @Test
  public void client_gives_the_credentials_of_its_policy() throws Exception {
    Endpoint right = serverWith(Sockets.config().policy(password(Map.of())));
    Endpoint left =
        networks
            .network(
                Sockets.config()
                    .policy(password(Map.of("Authorization", "Basic YTpi", "Cookie", "a=b"))))
            .open("ws", Sockets.anyPort(), client);
    left.flowTo(right.local()).send(message("INFO"), client);
    assertTrue(server.message().text().startsWith("INFO"));
    assertTrue(client.failures.isEmpty());
  }

  @Test
  public void headers_that_cannot_be_are_not_sent() throws Exception {
    Endpoint right = serverWith(Sockets.config());
    Endpoint left =
        networks
            .network(Sockets.config().policy(password(Map.of("Cookie", "a\r\nEvil: b"))))
            .open("ws", Sockets.anyPort(), client);
    left.flowTo(right.local()).send(message("INFO"), client);
    assertTrue(server.message().text().startsWith("INFO"));
  }

  // --- the handshake

  @Test
  public void handshake_is_answered_as_in_the_example_of_the_rfc() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      String answer = browser.ask(UPGRADE).toLowerCase(java.util.Locale.ROOT);
      assertTrue(answer.startsWith("http/1.1 101 switching protocols\r\n"), answer);
      assertTrue(answer.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n"), answer);
      assertTrue(answer.contains("sec-websocket-protocol: sip\r\n"), answer);
      assertTrue(answer.contains("upgrade: websocket\r\n"), answer);
    }
  }

  /** Both headers are lists (RFC 6455 §4.2.1), as Firefox sends one of them. */
  @Test
  public void upgrade_and_connection_may_name_others_too() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      String lists =
          UPGRADE
              .replace("Upgrade: websocket", "Upgrade: h2c, WebSocket")
              .replace("Connection: Upgrade", "Connection: keep-alive, Upgrade");
      String answer = browser.ask(lists);
      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
      browser.send(FINAL | TEXT, message("INFO"));
      assertTrue(server.message().text().startsWith("INFO"));
    }
  }

  @DataProvider
  public static Object[][] refusals() {
    return new Object[][] {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 426},
      {UPGRADE.replace("GET", "POST"), 426},
      {UPGRADE.replace("Sec-WebSocket-Key", "X-Key"), 426},
      {UPGRADE.replace("Version: 13", "Version: 99"), 426},
      {UPGRADE.replace("Version: 13", "Version: 8"), 426},
      {UPGRADE.replace("Sec-WebSocket-Version: 13\r\n", ""), 426},
      {UPGRADE.replace("Connection: Upgrade\r\n", ""), 426},
      {UPGRADE.replace("Connection: Upgrade", "Connection: keep-alive"), 426},
      {UPGRADE.replace("HTTP/1.1", "HTTP/1.0"), 426},
      {UPGRADE.replace("Host: sip-ws.example.com\r\n", ""), 400},
      {UPGRADE.replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="), 400},
      {UPGRADE.replace("dGhlIHNhbXBsZSBub25jZQ==", "no base64"), 400},
      {UPGRADE.replace("chat, sip", "chat"), 400},
      {UPGRADE.replace("Sec-WebSocket-Protocol: chat, sip\r\n", ""), 400},
      {UPGRADE.replace("GET / ", "GET /other "), 404},
      {UPGRADE.replace("http://www.example.com", "http://evil.example.com"), 403},
      {UPGRADE.replace("Host:", "Cookie: bad=1\r\nHost:"), 503},
      {"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n", 400},
      {"\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n", 400},
    };
  }

  @Test(dataProvider = "refusals")
  public void what_is_no_web_socket_for_sip_is_refused_and_closed(String request, int status)
      throws Exception {
    ConnectionPolicy policy =
        new ConnectionPolicy() {
          @Override
          public WebSocketAnswer onWebSocket(WebSocketRequest asked) {
            boolean bad = asked.headers().getOrDefault("cookie", List.of()).contains("bad=1");
            return bad ? new WebSocketAnswer(503, java.util.Map.of()) : WebSocketAnswer.ACCEPT;
          }
        };
    Endpoint right =
        serverWith(
            Sockets.config()
                .policy(policy)
                .webSocket(new WebSocketSettings("/", List.of("http://WWW.example.com"), 0)));
    try (Browser browser = new Browser(right)) {
      String answer = browser.ask(request);
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
      assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("close\r\n"), answer);
      browser.socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
    assertNotNull(Recorder.next(server.closed, "end"));
    assertTrue(server.messages.isEmpty());
  }

  @Test
  public void handshake_that_takes_too_long_ends_the_connection() throws Exception {
    Endpoint right =
        serverWith(Sockets.config().tls(TlsSettings.builder().handshakeTimeoutMillis(200).build()));
    try (Browser browser = new Browser(right)) {
      assertEquals(browser.ask("GET / HTTP/1.1\r\nHost:"), "");
    }
    String cause = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(cause.contains("No WebSocket was opened within 200 ms"), cause);
  }

  // --- frames

  @Test
  public void text_and_binary_frames_are_messages_and_fragments_are_joined() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INVITE"));
      browser.send(FINAL | BINARY, message("INFO"));
      byte[] bye = message("BYE");
      browser.send(TEXT, java.util.Arrays.copyOf(bye, 5));
      browser.send(FINAL | PING, "between".getBytes(UTF_8));
      browser.send(0, java.util.Arrays.copyOfRange(bye, 5, 9));
      browser.send(FINAL, java.util.Arrays.copyOfRange(bye, 9, bye.length));
      assertEquals(server.message().text(), new String(message("INVITE"), UTF_8));
      assertEquals(server.message().text(), new String(message("INFO"), UTF_8));
      assertEquals(server.message().text(), new String(bye, UTF_8));
      Frame pong = browser.frame();
      assertEquals(pong.opcode(), PONG);
      assertEquals(pong.text(), "between");
    }
  }

  @Test
  public void answers_are_text_if_they_can_be_and_binary_if_not() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      Flow flow = server.message().flow();
      flow.send("SIP/2.0 200 Gut gemacht, Jürgen\r\n\r\n".getBytes(UTF_8), null);
      flow.send("SIP/2.0 200 Jürgen\r\n\r\n".getBytes(ISO_8859_1), null);
      Frame text = browser.frame();
      assertEquals(text.first(), FINAL | TEXT);
      assertTrue(text.text().contains("Jürgen"));
      Frame binary = browser.frame();
      assertEquals(binary.first(), FINAL | BINARY);
      assertTrue(new String(binary.payload(), ISO_8859_1).contains("Jürgen"));
    }
  }

  @Test
  public void keep_alive_of_line_ends_is_answered() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | TEXT, "\r\n\r\n".getBytes(UTF_8));
      assertEquals(browser.frame().text(), "\r\n");
      browser.send(FINAL | TEXT, "\r\n".getBytes(UTF_8)); // a pong
      browser.send(FINAL | TEXT, message("INFO"));
      assertTrue(server.message().text().startsWith("INFO"));
    }
  }

  @Test
  public void wish_to_close_is_answered_with_its_status() throws Exception {
    try (Browser browser = new Browser(serverWith(Sockets.config()))) {
      browser.upgrade();
      browser.send(FINAL | CLOSE, new byte[] {0x0F, (byte) 0xA1}); // 4001
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE);
      assertEquals(close.status(), 4001);
      browser.assertEnd();
    }
    assertNull(Recorder.next(server.closed, "end").cause());
  }

  @Test
  public void endpoint_that_closes_says_that_it_goes_away() throws Exception {
    Endpoint right = serverWith(Sockets.config());
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      assertNotNull(server.message());
      right.close();
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE);
      assertEquals(close.status(), 1001);
      browser.assertEnd();
    }
  }

  @DataProvider
  public static Object[][] violations() {
    byte[] half = new byte[3000];
    return new Object[][] {
      {"unmasked is not sent by clients", null, 1002},
      {"reserved opcode", new Object[] {FINAL | 5, new byte[1]}, 1002},
      {"reserved bit", new Object[] {FINAL | 0x40 | TEXT, new byte[1]}, 1002},
      {"fragmented ping", new Object[] {PING, new byte[1]}, 1002},
      {"no UTF-8 in a text", new Object[] {FINAL | TEXT, new byte[] {'a', -1}}, 1007},
      {"frame over the limit", new Object[] {FINAL | TEXT, new byte[5000]}, 1009},
      {"fragments over the limit", new Object[] {TEXT, half, 0, half, FINAL, half}, 1009},
    };
  }

  @Test(dataProvider = "violations")
  public void violation_ends_the_connection_with_its_status(
      String what, Object[] frames, int status) throws Exception {
    Endpoint right = serverWith(Sockets.config().maxMessageBytes(4096).maxHeaderBytes(4096));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      if (frames == null) {
        browser.socket.getOutputStream().write(new byte[] {(byte) (FINAL | TEXT), 1, 'x'});
      } else {
        for (int i = 0; i < frames.length; i += 2) {
          browser.send((int) frames[i], (byte[]) frames[i + 1]);
        }
      }
      Frame close = browser.frame();
      assertEquals(close.opcode(), CLOSE, what);
      assertEquals(close.status(), status, what);
    }
    assertNotNull(Recorder.next(server.closed, "end").cause(), what);
    assertTrue(server.messages.isEmpty(), what);
    long tooLong = ((StreamEndpoint) right).limits().all().get(ConnectionLimit.MESSAGE_SIZE);
    assertEquals(tooLong, status == 1009 ? 1 : 0, what); // each limit is counted
  }

  @DataProvider
  public static Object[][] halves() {
    return new Object[][] {
      {new byte[] {(byte) (FINAL | TEXT)}}, // of a frame's header
      {new byte[] {(byte) (FINAL | TEXT), (byte) 0x85, 1, 2, 3, 4, 'x'}}, // of its payload
      {new byte[] {TEXT, (byte) 0x81, 1, 2, 3, 4, 'x'}}, // of a message's fragments
    };
  }

  @Test(dataProvider = "halves")
  public void half_a_message_ends_the_connection_in_time(byte[] half) throws Exception {
    SocketNetwork network = networks.network(Sockets.config().partialMessageMillis(200));
    Endpoint right = network.open("ws", Sockets.anyPort(), server);
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, Recorder.ok("whole"));
      server.message();
      browser.socket.getOutputStream().write(half);
      assertEquals(browser.frame().opcode(), CLOSE);
    }
    String why = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(why.contains("did not come to its end within 200 ms"), why);
    assertEquals(network.figures().reached(ConnectionLimit.MESSAGE_TIME), 1);
  }

  @Test
  public void message_in_many_frames_has_time_for_each_that_ends() throws Exception {
    Endpoint right = serverWith(Sockets.config().partialMessageMillis(5_000));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      for (int i = 0; i < 3; i++) {
        browser.send(TEXT, Recorder.ok("ab"));
        browser.send(FINAL | PING, new byte[0]);
        assertEquals(browser.frame().opcode(), PONG);
        browser.send(FINAL, new byte[0]);
        server.message();
      }
    }
  }

  @Test
  public void silent_peer_is_pinged_and_then_closed() throws Exception {
    Endpoint right =
        serverWith(Sockets.config().webSocket(new WebSocketSettings("", List.of(), 1)));
    try (Browser browser = new Browser(right)) {
      browser.upgrade();
      assertEquals(browser.frame().opcode(), PING);
      browser.send(FINAL | PONG, new byte[0]);
      assertEquals(browser.frame().opcode(), PING); // once more, as the pong was a sign of life
      assertEquals(browser.frame().opcode(), CLOSE);
    }
    String cause = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(cause.contains("doesn't answer"), cause);
  }

  @Test
  public void client_sends_host_path_and_protocol_and_masks() throws Exception {
    try (java.net.ServerSocket listening = new java.net.ServerSocket()) {
      listening.bind(Sockets.anyPort());
      listening.setSoTimeout(20_000);
      Endpoint left =
          networks
              .network(Sockets.config().webSocket(new WebSocketSettings("/sip", List.of(), 0)))
              .open("ws", Sockets.anyPort(), client);
      InetSocketAddress there = (InetSocketAddress) listening.getLocalSocketAddress();
      left.flowTo(there, TlsNetworks.DOMAIN).send(message("INFO"), client);
      try (Socket peer = listening.accept()) {
        peer.setSoTimeout(20_000);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) peer.getInputStream().read());
        }
        String request = head.toString().toLowerCase(java.util.Locale.ROOT);
        assertTrue(request.startsWith("get /sip http/1.1\r\n"), request);
        assertTrue(request.contains("host: sip.example.com:" + there.getPort()), request);
        assertTrue(request.contains("sec-websocket-protocol: sip\r\n"), request);
        // A server that agrees to everything but the sub-protocol.
        String key = request.split("sec-websocket-key: ")[1].split("\r\n")[0];
        String answer =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(head.toString(), key)
                + "\r\n\r\n";
        peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        String failure = Recorder.next(client.failures, "failure").getMessage();
        assertTrue(failure.contains("opens no WebSocket"), failure);
      }
    }
  }

  private static String accept(String head, String lowerKey) throws Exception {
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf(lowerKey);
    String key = head.substring(at, at + lowerKey.length());
    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-1")
            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
    return java.util.Base64.getEncoder().encodeToString(hash);
  }

  /** Frames of the layer and those of senders that write by themselves come one after the other. */
  @Test
  public void pongs_come_between_the_frames_of_other_threads_and_the_close_frame_after_them()
      throws Exception {
    int pings = 100;
    Endpoint endpoint = serverWith(Sockets.config());
    try (Browser browser = new Browser(endpoint)) {
      browser.upgrade();
      browser.send(FINAL | TEXT, message("INFO"));
      Flow flow = server.message().flow();
      flow.send(message("FIRST"), null);
      browser.send(FINAL | TEXT, message("INFO"));
      server.message();
      Semaphore room = new Semaphore(20); // as many as may be under way
      Thread sender =
          new Thread(
              () -> {
                while (flow.isOpen()) {
                  room.acquireUninterruptibly();
                  flow.send(message("AGAIN"), null);
                }
              },
              "sender");
      sender.start();
      int pongs = 0;
      int messages = 0;
      for (int i = 0; i < pings; i++) {
        browser.send(FINAL | PING, new byte[] {(byte) i});
        Frame frame = browser.frame();
        while (frame.opcode() == TEXT) {
          messages++;
          room.release();
          frame = browser.frame();
        }
        assertEquals(frame.opcode(), PONG);
        assertEquals(frame.payload()[0], (byte) i);
        pongs++;
      }
      assertEquals(pongs, pings);
      assertTrue(messages > 0);
      browser.send(FINAL | CLOSE, new byte[] {3, (byte) 0xE8});
      Frame last = browser.frame();
      while (last.opcode() == TEXT) {
        room.release();
        last = browser.frame();
      }
      assertEquals(last.opcode(), CLOSE);
      assertEquals(last.status(), 1000);
      browser.assertEnd();
      Recorder.next(server.closed, "end");
      room.release();
      sender.join();
    }
  }

  /** The rest of a frame that the socket didn't take goes before what the layer says itself. */
  @Test
  public void pong_waits_for_the_rest_of_a_frame() throws Exception {
    CountDownLatch stands = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Recorder standing =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            super.onMessage(flow, buffer, offset, length);
            if (messages.size() > 2) {
              stands.countDown();
              try {
                assertTrue(go.await(20, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    SocketNetwork network = networks.network(Sockets.config().maxPendingBytes(64 << 20));
    Endpoint endpoint = network.open("ws", Sockets.anyPort(), standing);
    try (Browser browser = new Browser(endpoint)) {
      browser.upgrade();
      for (int i = 0; i < 2; i++) {
        browser.send(FINAL | TEXT, message("INFO"));
        while (standing.messages.size() <= i) {
          Thread.onSpinWait();
        }
        standing.messages.element().flow().send(message("FIRST"), null);
        browser.frame();
      }
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      together.writeBytes(Browser.encode(FINAL | TEXT, message("INFO")));
      together.writeBytes(Browser.encode(FINAL | PING, new byte[] {7}));
      browser.socket.getOutputStream().write(together.toByteArray());
      assertTrue(stands.await(20, TimeUnit.SECONDS));
      byte[] large = ("INFO sip:a@b SIP/2.0\r\n\r\n" + "x".repeat(50_000)).getBytes(UTF_8);
      int sent = 0;
      while (network.figures().waitingBytes() == 0) {
        standing.messages.element().flow().send(large, standing);
        sent++;
      }
      go.countDown();
      int pongs = 0;
      for (int i = 0; i < sent + 1; i++) {
        Frame frame = browser.frame();
        pongs += frame.opcode() == PONG ? 1 : 0;
        assertEquals(frame.payload().length, frame.opcode() == PONG ? 1 : large.length);
      }
      assertEquals(pongs, 1);
      assertTrue(standing.failures.isEmpty());
    }
  }
}
