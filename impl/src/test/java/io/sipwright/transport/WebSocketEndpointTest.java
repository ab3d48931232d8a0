package io.sipwright.transport;

import static io.sipwright.transport.Browser.FINAL;
import static io.sipwright.transport.Browser.TEXT;
import static io.sipwright.transport.Browser.UPGRADE;
import static io.sipwright.transport.Browser.message;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 7118 between two endpoints, and the handshake with a peer made by hand. */
public class WebSocketEndpointTest extends TlsSides {
  private Endpoint endpoint(String transport, Recorder recorder) throws Exception {
    return networks.network(networks.withKeys()).open(transport, Sockets.anyPort(), recorder);
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
        webSockets(
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
    Endpoint right = webSockets(Sockets.config().policy(password(Map.of())));
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
    Endpoint right = webSockets(Sockets.config());
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
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
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
    try (Browser browser = new Browser(webSockets(Sockets.config()))) {
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
        webSockets(
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
        webSockets(Sockets.config().tls(TlsSettings.builder().handshakeTimeoutMillis(200).build()));
    try (Browser browser = new Browser(right)) {
      assertEquals(browser.ask("GET / HTTP/1.1\r\nHost:"), "");
    }
    String cause = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(cause.contains("No WebSocket was opened within 200 ms"), cause);
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
}
