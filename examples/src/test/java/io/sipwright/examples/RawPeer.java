package io.sipwright.examples;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SIP peer over UDP that has no stack: sends and reads text. */
public final class RawPeer implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final DatagramSocket socket;

  /** The one who sent what was received last. */
  private SocketAddress remote;

  private String target = "sip:test@127.0.0.1";

  /** Takes a free port; waits at most ten seconds for a packet. */
  public RawPeer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    socket.setSoTimeout(10_000);
  }

  /** The port taken. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Sends from now on to that port of this machine. */
  public RawPeer towards(int port) throws IOException {
    remote = new InetSocketAddress(LOOPBACK, port);
    return this;
  }

  /** Names that URI from now on as Request-URI and in To. */
  public RawPeer calling(String uri) {
    target = uri;
    return this;
  }

  /**
   * Sends a request with the headers that every request needs; those given replace or join them.
   */
  public void request(String method, String callId, String branch, String... headers)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    for (String usual :
        List.of(
            "Via: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bK" + branch,
            "From: <sip:raw@127.0.0.1>;tag=raw",
            "To: <" + target + ">",
            "Call-ID: " + callId,
            "CSeq: 1 " + method,
            "Max-Forwards: 70",
            "Contact: <sip:raw@127.0.0.1:" + port() + ">",
            "Content-Length: 0")) {
      String name = usual.substring(0, usual.indexOf(':') + 1);
      if (all.stream().noneMatch(header -> header.startsWith(name))) {
        all.add(usual);
      }
    }
    send(method + " " + target + " SIP/2.0\r\n" + String.join("\r\n", all) + "\r\n\r\n");
  }

  /** Answers a request with a status line, a To tag and the headers that a response copies. */
  public void respond(String request, String status) throws IOException {
    send(response(request, status));
  }

  /** That answer as text; a Contact comes with it where one is needed. */
  public static String response(String request, String status) {
    StringBuilder text = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
    request
        .lines()
        .filter(line -> line.matches("(?i)(Via|From|To|Call-ID|CSeq):.*"))
        .map(line -> line.startsWith("To:") && !line.contains("tag=") ? line + ";tag=raw" : line)
        .forEach(line -> text.append(line).append("\r\n"));
    if (request.startsWith("INVITE ")) {
      String target = request.substring("INVITE ".length(), request.indexOf(" SIP/2.0"));
      text.append("Contact: <").append(target).append(">\r\n");
    }
    return text.append("Content-Length: 0\r\n\r\n").toString();
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, remote));
  }

  /** The next message that begins like that; others are passed over. */
  public String receive(String beginning) throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
      socket.receive(packet);
      remote = packet.getSocketAddress();
      String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      if (text.startsWith(beginning)) {
        return text;
      }
    }
  }

  /** The value of a header field in a message, or null. */
  public static String header(String message, String name) {
    Matcher matcher =
        Pattern.compile(
                "^" + name + ":\\s*(.*?)\\s*$", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE)
            .matcher(message);
    return matcher.find() ? matcher.group(1) : null;
  }

  @Override
  public void close() {
    socket.close();
  }
}
