package io.sipwright.transaction;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.time.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions under virtual time, with a log of what left and what their user was told: a line
 * each, with the time in milliseconds.
 */
final class Rig {
  static final String BRANCH = "z9hG4bKkjshdyff";

  private static final MessageParser PARSER =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, false);

  final VirtualClock clock = new VirtualClock();
  final TransactionTable table;
  final TransactionLayer layer;
  final LogWire wire;
  final List<String> log = new ArrayList<>();
  final User user = new User();

  private final long origin = clock.nanos();

  private Rig(boolean reliable, int most) {
    table = new TransactionTable(most, most);
    layer = new TransactionLayer(clock, Timings.DEFAULT, table);
    wire = new LogWire(reliable);
  }

  static Rig udp() {
    return new Rig(false, 0);
  }

  static Rig tcp() {
    return new Rig(true, 0);
  }

  static Rig limitedTo(int most) {
    return new Rig(false, most);
  }

  /** A client transaction in the table, started. */
  ClientDriver start(SipMessage request) {
    ClientDriver client = client(request);
    client.start();
    return client;
  }

  /** A client transaction in the table. */
  ClientDriver client(SipMessage request) {
    ClientDriver client = ClientDriver.of(request, request.encoded(), wire, user, layer);
    assertEquals(table.add(client), TransactionTable.Admission.ADDED);
    return client;
  }

  /** A server transaction in the table. */
  ServerDriver server(SipMessage request) {
    ServerDriver server = ServerDriver.of(TransactionKey.ofServer(request), wire, user, layer);
    assertEquals(table.add(server), TransactionTable.Admission.ADDED);
    return server;
  }

  void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  /** What happened since the last time this was called is exactly this, a line each. */
  void expect(String lines) {
    assertEquals(String.join("\n", log), lines.strip());
    log.clear();
  }

  void expectNothing() {
    expect("");
  }

  /** Nothing is left: no alarm, no entry; and no alarm ever threw. */
  void expectEmpty() {
    assertEquals(clock.armed(), 0, "alarms left");
    assertEquals(table.size(), 0, "transactions left");
    assertTrue(table.clients().isEmpty() && table.servers().isEmpty());
    assertTrue(clock.failures().isEmpty(), clock.failures().toString());
  }

  private synchronized void note(String what) {
    log.add((clock.nanos() - origin) / 1_000_000 + " " + what);
  }

  private static String startLine(byte[] message) {
    String line = new String(message, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    return line.startsWith("SIP/2.0 ") ? line.substring(8, 11) : line.split(" ", 2)[0];
  }

  static byte[] bytes(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A message from its text, with line ends as in a text block. */
  static SipMessage message(String text) {
    byte[] bytes = bytes(text);
    return (SipMessage) PARSER.parse(bytes, 0, bytes.length, false);
  }

  /** A request of a call to bob. */
  static SipMessage request(String method) {
    return message(
        """
        %s sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=%s
        To: Bob <sip:bob@biloxi.com>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Max-Forwards: 70
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Content-Length: 0

        """
            .formatted(method, BRANCH, method));
  }

  /** A response to {@link #request}. */
  static SipMessage response(int status, String method) {
    return response(status, method, "99sa0xk");
  }

  static SipMessage response(int status, String method, String toTag) {
    return message(
        """
        SIP/2.0 %d Whatever
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=%s;received=192.0.2.1
        To: Bob <sip:bob@biloxi.com>;tag=%s
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Content-Length: 0

        """
            .formatted(status, BRANCH, toTag, method));
  }

  static void respond(ServerDriver server, int status, String method) {
    SipMessage response = response(status, method);
    server.respond(response, response.encoded());
  }

  /** Notes what is sent. */
  final class LogWire implements Wire {
    private final boolean reliable;
    final List<byte[]> sent = new ArrayList<>();

    /** What every send fails with from now on, at once; null: nothing fails. */
    IOException failure;

    /** The last one to tell of a failure. */
    FailureListener listener;

    LogWire(boolean reliable) {
      this.reliable = reliable;
    }

    @Override
    public boolean reliable() {
      return reliable;
    }

    @Override
    public void send(byte[] message, FailureListener failed) {
      listener = failed;
      sent.add(message);
      note("sent " + startLine(message));
      if (failure != null) {
        failed.onFailure(failure);
      }
    }

    String lastSent() {
      return new String(sent.get(sent.size() - 1), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }

  /** Notes what it's told. */
  final class User implements ClientUser, ServerUser {
    Runnable onTimeout = () -> {};

    @Override
    public void onResponse(SipMessage response) {
      note("got " + response.status());
    }

    @Override
    public void onTimeout() {
      note("timeout");
      onTimeout.run();
    }

    @Override
    public void onTransportError(IOException cause) {
      note("error " + cause.getMessage());
    }

    @Override
    public void onAck(SipMessage ack) {
      note("ack");
    }

    @Override
    public void onAckTo2xx(SipMessage ack) {
      note("ack to 2xx");
    }

    @Override
    public void onTerminated() {
      note("terminated");
    }
  }
}
