package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A peer on a connection of its own that writes its messages by hand. */
final class RawPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

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

  private static final AtomicInteger PEERS = new AtomicInteger();

  final Socket socket;
  private final String transport;

  /** Differs also from those of an earlier peer that had the same port. */
  private final String name = "peer" + PEERS.incrementAndGet() + "-";

  /** Connects over TCP from an address of the loopback interface. */
  RawPeer(String from, Party to) throws IOException {
    this("TCP", from, to, null);
  }

  /**
   * Connects from an address of the loopback interface.
   *
   * @param transport "TCP", "TLS" or "WS"
   * @param tls for TLS
   */
  RawPeer(String transport, String from, Party to, @Nullable SSLContext tls) throws IOException {
    this.transport = transport;
    Socket plain = new Socket();
    plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port));
    plain.setSoTimeout(PATIENCE_MILLIS);
    plain.setTcpNoDelay(true);
    if (tls == null) {
      socket = plain;
    } else {
      socket = tls.getSocketFactory().createSocket(plain, "localhost", to.port, true);
    }
    if (transport.equals("WS")) {
      write(UPGRADE.replace("\n", "\r\n").getBytes(UTF_8));
      String answer = readLines();
      if (answer == null || !answer.startsWith("HTTP/1.1 101 ")) {
        throw new IOException("No WebSocket: " + answer);
      }
    }
  }

  /** Where the peer can be reached, as in {@code <sip:127.0.0.1:5060;transport=tcp>}. */
  String contact() {
    return "<sip:peer@" + host() + ";transport=" + transport + ">";
  }

  private String host() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /** A request as {@link WireEnd#request} makes it, with the Via of this connection. */
  String request(String method, int number, String... more) {
    return WireEnd.request(method, "bob", number, more)
        .replace("SIP/2.0/UDP 10.0.0.99", "SIP/2.0/" + transport + " " + host())
        .replace("z9hG4bKwire", "z9hG4bK" + name)
        .replace("Call-ID: wire", "Call-ID: " + name);
  }

  /** A request within the dialog that a response has made. */
  String inDialog(String method, int number, String response) {
    return request(method, number)
        .replace("To: <sip:bob@test>", "To: " + Calls.header(response, "To"))
        .replaceFirst("Call-ID: [^\n]*", "Call-ID: " + Calls.header(response, "Call-ID"))
        .replace("z9hG4bK" + name, "z9hG4bK" + name + method);
  }

  void send(String message) throws IOException {
    byte[] bytes = message.replace("\n", "\r\n").getBytes(UTF_8);
    if (!transport.equals("WS")) {
      write(bytes);
      return;
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream(); // masked with zeros
    frame.writeBytes(new byte[] {(byte) 0x81, (byte) 0xfe});
    frame.writeBytes(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length, 0, 0, 0, 0});
    frame.writeBytes(bytes);
    write(frame.toByteArray());
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** The next message, without body; null at the end. */
  @Nullable String read() throws IOException {
    if (transport.equals("WS")) {
      InputStream in = socket.getInputStream();
      int first = in.read();
      int length = in.read();
      if (first < 0 || length < 0) {
        return null;
      }
      int more = length == 126 ? 2 : length == 127 ? 8 : 0;
      for (int i = 0; i < more; i++) {
        if (in.read() < 0) {
          throw new EOFException("within a frame");
        }
      }
    }
    return readLines();
  }

  private @Nullable String readLines() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      got.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return got.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
