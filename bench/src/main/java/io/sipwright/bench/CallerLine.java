package io.sipwright.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What {@link OverloadCaller} sends and receives messages over. */
interface CallerLine extends AutoCloseable {
  /** Sends one message; may be called by any thread. */
  void send(String message) throws IOException;

  /** Waits for the head of the next message: start line and header. */
  String receive() throws IOException;

  /** The address and port of this side. */
  String local();

  @Override
  void close() throws IOException;

  /** Datagrams to a port of this machine. */
  static CallerLine udp(int port) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    DatagramSocket socket = new DatagramSocket(0, host);
    socket.connect(host, port);
    socket.setReceiveBufferSize(4 << 20);
    return new CallerLine() {
      private final DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);

      @Override
      public void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length));
      }

      @Override
      public String receive() throws IOException {
        packet.setLength(65_535);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
      }

      @Override
      public String local() {
        return host.getHostAddress() + ":" + socket.getLocalPort();
      }

      @Override
      public void close() {
        socket.close();
      }
    };
  }

  /** One connection to a port of this machine. */
  static CallerLine tcp(int port) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(host, port));
    socket.setTcpNoDelay(true);
    InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    return new CallerLine() {
      private int bodyLength;

      @Override
      public synchronized void send(String message) throws IOException {
        socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      }

      @Override
      public String receive() throws IOException {
        in.skipNBytes(bodyLength);
        bodyLength = 0;
        StringBuilder head = new StringBuilder();
        String line = line();
        while (!line.isEmpty() || head.isEmpty()) {
          head.append(line).append("\r\n");
          if (line.startsWith("Content-Length:")) {
            bodyLength = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
          }
          line = line();
        }
        return head.toString();
      }

      private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
          if (b < 0) {
            throw new EOFException("The server has closed the connection");
          }
          line.append((char) b);
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.toString();
      }

      @Override
      public String local() {
        return host.getHostAddress() + ":" + socket.getLocalPort();
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }
}
