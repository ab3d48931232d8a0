package io.sipwright.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A connection of the load generator: plain blocking streams, of TLS or WebSocket no more than it
 * takes, and nothing of the stacks to compare. One thread reads; any may write.
 */
final class StreamLine implements AutoCloseable {
  /** What both stacks speak over TLS 1.2: those that the old one has by default no JDK takes. */
  static final String CIPHER_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

  private static final int BUFFER = 1 << 16;
  private static final int FIN_TEXT = 0x81;
  private static final int TEXT_OR_MORE = 0x0F;
  private static final int MASKED = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final boolean webSocket;

  /**
   * Connects to a port of this machine.
   *
   * @param transport {@code tcp}, {@code tls}, {@code ws} or {@code wss}
   */
  StreamLine(String transport, int port) throws IOException, GeneralSecurityException {
    boolean secure = transport.equals("tls") || transport.equals("wss");
    webSocket = transport.startsWith("ws");
    InetAddress host = InetAddress.getLoopbackAddress();
    if (secure) {
      SSLSocket encrypted =
          (SSLSocket) trustingAnybody().getSocketFactory().createSocket(host, port);
      encrypted.setEnabledProtocols(new String[] {"TLSv1.2"});
      encrypted.setEnabledCipherSuites(new String[] {CIPHER_SUITE});
      encrypted.startHandshake();
      socket = encrypted;
    } else {
      socket = new Socket(host, port);
    }
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    if (webSocket) {
      upgrade(port);
    }
  }

  /** The one who measures knows whom it talks to. */
  private static SSLContext trustingAnybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {anybody}, new SecureRandom());
    return context;
  }

  /** RFC 6455 §4.1 and RFC 7118 §4.1; the answer's proof isn't looked at. */
  private void upgrade(int port) throws IOException {
    String request =
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n"
            + "Origin: http://127.0.0.1\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
    }
  }

  /** Sends one message, whole. */
  synchronized void send(String message) throws IOException {
    byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
    if (webSocket) {
      out.write(FIN_TEXT);
      if (bytes.length < 126) {
        out.write(MASKED | bytes.length);
      } else {
        out.write(MASKED | 126);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
      }
      out.write(new byte[4]); // a mask of zeros leaves all as it is (RFC 6455 §5.3)
    }
    out.write(bytes);
    out.flush();
  }

  /** Hands over each message that comes, until the connection ends. */
  void read(Consumer<String> messages) throws IOException {
    try {
      while (true) {
        messages.accept(webSocket ? readFrame() : readMessage());
      }
    } catch (EOFException e) {
      return; // the end
    }
  }

  /** A message as long as its Content-Length says (RFC 3261 §18.3). */
  private String readMessage() throws IOException {
    String head = readHead();
    int at = head.indexOf("\r\nContent-Length:");
    if (at < 0) {
      throw new IOException("no Content-Length in " + head);
    }
    int from = at + "\r\nContent-Length:".length();
    int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)).trim());
    in.readFully(new byte[length]);
    return head;
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder(1024);
    InputStream bytes = in;
    int ends = 0; // of CR LF CR LF
    while (ends < 4) {
      int b = bytes.read();
      if (b < 0) {
        throw new EOFException();
      }
      head.append((char) b);
      ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : b == '\r' ? 1 : 0;
    }
    return head.toString();
  }

  private String readFrame() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & TEXT_OR_MORE;
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      if (opcode == 1 || opcode == 2) {
        return new String(payload, StandardCharsets.ISO_8859_1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
