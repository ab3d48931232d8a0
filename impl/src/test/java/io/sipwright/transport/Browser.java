package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A peer that opens a WebSocket and speaks in frames, made by hand (RFC 6455). */
final class Browser implements AutoCloseable {
  /** The head of a request that opens one, as in the example of RFC 7118 §4.1. */
  static final String UPGRADE =
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

  // Opcodes, and the bit of the last fragment.
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FINAL = 0x80;

  /** A frame; the first byte has the bit and the opcode. */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  record Frame(int first, byte[] payload) {
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

  final Socket socket;
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

  /** A message with a body, as it goes into a frame. */
  static byte[] message(String method) {
    return (method + " sip:a@b SIP/2.0\r\nX: y\r\n\r\nbody").getBytes(UTF_8);
  }
}
