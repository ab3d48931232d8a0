package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import io.sipwright.transport.Inbound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An end of the simulated network without a stack: sends what it's told, keeps what it gets. */
final class WireEnd implements Inbound {
  private final Endpoint endpoint;
  private final Calls calls;

  /** The texts of the messages that came. */
  final List<String> got = new ArrayList<>();

  /** The same as bytes. */
  final List<byte[]> gotBytes = new ArrayList<>();

  /** The flow each of them came on. */
  final List<Flow> flows = new ArrayList<>();

  /** How many connections have ended. */
  int closed;

  WireEnd(Calls calls, InetSocketAddress address, String transport) throws IOException {
    this.calls = calls;
    endpoint = calls.network.open(transport, address, this);
  }

  /** Sends lines, which get CRLF at their ends, and an empty line if there's none. */
  void send(String to, String lines) {
    sendBytes(to, withLineEnds(lines));
  }

  void sendBytes(String to, byte[] bytes) {
    endpoint.flowTo(calls.address(to)).send(bytes, null);
  }

  /** As {@link #send(String, String)}, to any address. */
  void sendTo(InetSocketAddress to, String lines) {
    endpoint.flowTo(to).send(withLineEnds(lines), null);
  }

  private static byte[] withLineEnds(String lines) {
    String text = lines.replace("\r\n", "\n");
    text = text.contains("\n\n") ? text : text.stripTrailing() + "\n\n";
    return text.replace("\n", "\r\n").getBytes(UTF_8);
  }

  /** Closes the connection to another, over TCP. */
  void closeConnections(String to) {
    calls.network.close(endpoint.flowTo(calls.address(to)));
  }

  /**
   * A request with everything it needs.
   *
   * @param number makes its branch, Call-ID and CSeq number
   * @param more header lines
   */
  static String request(String method, String to, int number, String... more) {
    return method
        + " sip:bob@"
        + to
        + ".test SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.99;rport;branch=z9hG4bKwire"
        + number
        + "\nFrom: <sip:wire@test>;tag=wire\nTo: <sip:bob@test>\nCall-ID: wire"
        + number
        + "\nCSeq: "
        + number
        + " "
        + method
        + "\nMax-Forwards: 70\nContent-Length: 0\n"
        + (more.length == 0 ? "" : String.join("\n", more) + "\n")
        + "\n";
  }

  /** The ACK for a refusal of the INVITE with that number. */
  static String ack(String to, int number, String response) {
    return request("ACK", to, number)
        .replace("To: <sip:bob@test>", "To: " + Calls.header(response, "To"));
  }

  /** The response to a request that came, with a To tag if the status is over 100. */
  static String response(int status, String request, String... more) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Whatever\n");
    for (String line : request.split("\r\n")) {
      String name = line.substring(0, Math.max(0, line.indexOf(':')));
      boolean copied = List.of("Via", "From", "To", "Call-ID", "CSeq").contains(name);
      if (copied) {
        boolean untagged = name.equals("To") && !line.contains(";tag=") && status > 100;
        text.append(line).append(untagged ? ";tag=end" : "").append('\n');
      }
    }
    for (String line : more) {
      text.append(line).append('\n');
    }
    return text.append("Content-Length: 0\n\n").toString();
  }

  /** What came, as {@code INVITE} or {@code 200 INVITE}. */
  List<String> heard() {
    return got.stream().map(Calls::summary).toList();
  }

  /** The last message that came. */
  String last() {
    return got.get(got.size() - 1);
  }

  @Override
  public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
    got.add(new String(buffer, offset, length, UTF_8));
    gotBytes.add(Arrays.copyOfRange(buffer, offset, offset + length));
    flows.add(flow);
  }

  @Override
  public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
    throw new AssertionError(reason + ": " + new String(buffer, offset, length, UTF_8));
  }

  /** Closes nothing by itself. */
  @Override
  public boolean isNeeded(Flow flow) {
    return true;
  }

  @Override
  public void onClosed(Flow flow, @Nullable IOException cause) {
    closed++;
  }
}
