package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Base64;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Our client, and servers made by hand that answer its handshake in all ways (RFC 6455 §4.1). */
public class WebSocketClientTest {
  private static final String GOOD =
      String.join(
          "\r\n",
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Accept: ACCEPT",
          "Sec-WebSocket-Protocol: sip",
          "",
          "");

  private SocketNetworkConfig config;
  private SocketNetwork network;
  private Recorder client;
  private ServerSocket listening;

  @BeforeMethod
  public void open() throws Exception {
    config =
        Sockets.config().tls(TlsSettings.builder().handshakeTimeoutMillis(2_000).build()).build();
    network = new SocketNetwork(config);
    client = new Recorder();
    listening = new ServerSocket();
    listening.bind(Sockets.anyPort());
    listening.setSoTimeout(20_000);
  }

  @AfterMethod
  public void close() throws Exception {
    listening.close();
    network.close();
    Sockets.assertNoThreads(config);
  }

  /** Has the client connect, and returns the server's end once the request is read. */
  private Socket asked(StringBuilder head) throws Exception {
    network
        .open("ws", Sockets.anyPort(), client)
        .flowTo((InetSocketAddress) listening.getLocalSocketAddress(), "sip.example.com")
        .send(Recorder.request("INFO", "hello"), client);
    Socket peer = listening.accept();
    peer.setSoTimeout(20_000);
    InputStream in = peer.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      assertTrue(b >= 0, head.toString());
      head.append((char) b);
    }
    return peer;
  }

  private static byte[] answer(String text, StringBuilder head) throws Exception {
    String line =
        head.toString()
            .lines()
            .filter(l -> l.regionMatches(true, 0, "sec-websocket-key:", 0, 18))
            .findFirst()
            .orElseThrow();
    String key = line.substring(18).strip() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
    return text.replace("ACCEPT", Base64.getEncoder().encodeToString(hash)).getBytes(ISO_8859_1);
  }

  @DataProvider
  public static Object[][] refusals() {
    return new Object[][] {
      {"no sub-protocol", GOOD.replace("Sec-WebSocket-Protocol: sip\r\n", "")},
      {"another sub-protocol", GOOD.replace("Protocol: sip", "Protocol: chat")},
      {"another key's proof", GOOD.replace("ACCEPT", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")},
      {"no proof", GOOD.replace("Sec-WebSocket-Accept: ACCEPT\r\n", "")},
      {"no upgrade", GOOD.replace("Upgrade: websocket\r\n", "")},
      {"200", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
      {"302", "HTTP/1.1 302 Found\r\nLocation: ws://other/\r\nContent-Length: 0\r\n\r\n"},
      {"body without end", "HTTP/1.1 404 Not Found\r\nContent-Length: 900000000\r\n\r\nx"},
      {"header without end", "HTTP/1.1 101 a\r\nX: " + "x".repeat(20_000)},
      {"SIP", "SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n"},
      {"nothing", ""},
    };
  }

  @Test(dataProvider = "refusals")
  public void server_that_does_not_agree_is_sent_nothing(String what, String text)
      throws Exception {
    StringBuilder head = new StringBuilder();
    try (Socket peer = asked(head)) {
      peer.getOutputStream().write(answer(text, head));
      assertNotNull(Recorder.next(client.failures, "failure"), what);
      assertNotNull(Recorder.next(client.closed, "end").cause(), what);
      assertEquals(rest(peer), "", what);
    }
    assertEquals(network.figures().open(), 0);
    assertEquals(network.figures().waitingBytes(), 0);
  }

  @Test
  public void server_that_ends_in_the_middle_of_its_answer_fails_what_was_to_be_sent()
      throws Exception {
    StringBuilder head = new StringBuilder();
    try (Socket peer = asked(head)) {
      peer.getOutputStream().write(answer(GOOD.substring(0, GOOD.length() - 2), head));
      peer.shutdownOutput();
      assertNotNull(Recorder.next(client.failures, "failure"));
      assertEquals(rest(peer), "");
    }
    assertEquals(network.figures().open(), 0);
  }

  /** A server may send as soon as it has agreed, and TCP may join that with its answer. */
  @Test
  public void message_right_behind_the_answer_is_read() throws Exception {
    StringBuilder head = new StringBuilder();
    try (Socket peer = asked(head)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(answer(GOOD, head));
      byte[] message = Recorder.request("OPTIONS", "");
      all.writeBytes(new byte[] {(byte) 0x81, (byte) message.length});
      all.writeBytes(message);
      peer.getOutputStream().write(all.toByteArray());
      assertTrue(client.message().text().startsWith("OPTIONS"));
      assertEquals(peer.getInputStream().read(), 0x81);
      assertTrue(client.failures.isEmpty());
    }
  }

  /** What comes from the client until it ends. */
  private static String rest(Socket peer) throws IOException {
    try (OutputStream all = new ByteArrayOutputStream()) {
      peer.getInputStream().transferTo(all);
      return all.toString();
    }
  }
}
