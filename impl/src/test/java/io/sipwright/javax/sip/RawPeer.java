package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A peer on a TCP connection that writes its messages by hand. */
final class RawPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  final Socket socket = new Socket();

  /** Connects from an address of the loopback interface. */
  RawPeer(String from, Party to) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Where the peer can be reached, as in {@code <sip:127.0.0.1:5060;transport=tcp>}. */
  String contact() {
    return "<sip:peer@" + host() + ";transport=tcp>";
  }

  private String host() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /** A request whose Via is that of {@link WireEnd#request}, but for the way back. */
  String request(String method, int number, String... more) {
    return WireEnd.request(method, "bob", number, more)
        .replace("SIP/2.0/UDP 10.0.0.99", "SIP/2.0/TCP " + host())
        .replace("Call-ID: wire", "Call-ID: " + host() + "-");
  }

  void send(String message) throws IOException {
    socket.getOutputStream().write(message.replace("\n", "\r\n").getBytes(UTF_8));
  }

  /** The next message without body; null at the end. */
  String read() throws IOException {
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
