package io.sipwright.examples.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.OneDayKeys;
import io.sipwright.examples.RawPeer;
import io.sipwright.examples.Screen;
import io.sipwright.examples.terminal.Stop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import picocli.CommandLine;

public class UacTest {
  private final Screen screen = new Screen();
  private final Stop stop = Stop.onDemand();

  @DataProvider
  public Object[][] transports() {
    return new Object[][] {{"udp"}, {"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  @Test(dataProvider = "transports")
  public void calls_to_the_answering_program_complete(String transport) throws Exception {
    Screen calls = new Screen();
    try (OneDayKeys keys = OneDayKeys.make();
        RunningUas uas =
            new RunningUas(
                "--ring",
                "10ms",
                "--max-calls",
                "30",
                "--listen",
                transport + ":127.0.0.1:0",
                "--key-store",
                keys.properties().get("javax.net.ssl.keyStore"),
                "--key-store-password",
                keys.properties().get("javax.net.ssl.keyStorePassword"))) {
      int exitCode =
          uac(
              calls,
              "sip:127.0.0.1:" + uas.port(transport),
              "--key-store",
              keys.properties().get("javax.net.ssl.keyStore"),
              "--key-store-password",
              keys.properties().get("javax.net.ssl.keyStorePassword"),
              "--transport",
              transport,
              "--calls",
              "30",
              "--rate",
              "100",
              "--hold",
              "20ms");
      assertEquals(exitCode, 0, calls.text());
      assertTrue(calls.text().contains("30 completed, 0 failed"), calls.text());
      assertTrue(
          calls.text().contains("INVITE to 2xx") && calls.text().contains("BYE to 2xx"),
          calls.text());
      assertEquals(uas.exitCode(), 0);
      assertTrue(
          uas.screen.text().contains("30 calls: 30 completed, 0 cancelled, 0 failed"),
          uas.screen.text());
    }
  }

  @Test
  public void a_line_per_call_is_a_connection_per_call_and_is_taken_down_with_it()
      throws Exception {
    Screen calls = new Screen();
    Stop enough = Stop.onDemand();
    CompletableFuture<Integer> exitCode;
    Set<Integer> contacts = new HashSet<>();
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(20_000);
      String[] args = {
        "sip:127.0.0.1:" + server.getLocalPort(),
        "--transport",
        "tcp",
        "--calls",
        "3",
        "--rate",
        "1000",
        "--line-per-call",
        "--linger",
        "1h"
      };
      exitCode = start(calls, enough, args);
      for (int i = 0; i < 3; i++) {
        contacts.add(answerOneCall(server));
      }
      calls.await("3 calls in .*: 3 completed, 0 failed");
    }
    assertEquals(contacts.size(), 3, "each call has a port of its own: " + contacts);
    enough.ask();
    assertEquals(exitCode.get(20, TimeUnit.SECONDS), 0);
  }

  /**
   * Takes a connection, answers what comes over it until the other side closes it; gives the port
   * in the INVITE's Contact.
   */
  private static int answerOneCall(ServerSocket server) throws Exception {
    int contact = 0;
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(20_000);
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      StringBuilder head = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          head.append(line).append("\r\n");
          length =
              line.startsWith("Content-Length:")
                  ? Integer.parseInt(line.substring(15).trim())
                  : length;
          continue;
        }
        String request = head.toString();
        in.skip(length);
        head.setLength(0);
        length = 0;
        if (request.startsWith("INVITE")) {
          contact =
              Integer.parseInt(RawPeer.header(request, "Contact").replaceAll(".*:(\\d+).*", "$1"));
        }
        if (!request.startsWith("ACK")) {
          socket.getOutputStream().write(RawPeer.response(request, "200 OK").getBytes(UTF_8));
        }
      }
    }
    return contact;
  }

  @Test
  public void a_call_nobody_answers_fails_in_time() throws Exception {
    try (RawPeer silent = new RawPeer()) {
      assertEquals(uac(screen, "sip:127.0.0.1:" + silent.port(), "--timeout", "200ms"), 1);
    }
    assertTrue(screen.text().contains("1 failed: INVITE was not answered in time"), screen.text());
  }

  @Test
  public void a_call_that_only_rings_is_cancelled() throws Exception {
    Screen ringing = new Screen();
    try (RawPeer peer = new RawPeer()) {
      CompletableFuture<Integer> exitCode =
          start(ringing, "sip:127.0.0.1:" + peer.port(), "--timeout", "1s", "--linger", "1s");
      peer.respond(peer.receive("INVITE "), "180 Ringing");
      peer.respond(peer.receive("CANCEL "), "200 OK");
      assertEquals(exitCode.get(20, TimeUnit.SECONDS), 1);
    }
  }

  @Test
  public void a_refused_call_fails_with_the_reason_it_was_given() throws Exception {
    Screen refused = new Screen();
    try (RawPeer peer = new RawPeer()) {
      CompletableFuture<Integer> exitCode = start(refused, "sip:127.0.0.1:" + peer.port());
      peer.respond(peer.receive("INVITE "), "486 Busy Here");
      peer.receive("ACK ");
      assertEquals(exitCode.get(20, TimeUnit.SECONDS), 1);
    }
    assertTrue(
        refused.text().contains("1 failed: INVITE was answered 486 Busy Here"), refused.text());
  }

  @Test
  public void calls_to_where_nobody_listens_fail_soon_over_tcp() throws Exception {
    Screen nobody = new Screen();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    long start = System.nanoTime();
    int exitCode =
        uac(
            nobody,
            "sip:127.0.0.1:" + port,
            "--transport",
            "tcp",
            "--calls",
            "3",
            "--rate",
            "1000",
            "--timeout",
            "1h");
    assertEquals(exitCode, 1);
    assertTrue(
        nobody.text().contains("3 calls in ") && nobody.text().contains("0 completed, 3 failed"),
        nobody.text());
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(40), nobody.text());
  }

  @Test
  public void a_stopped_run_says_what_it_gave_up() throws Exception {
    Screen stopped = new Screen();
    try (RawPeer silent = new RawPeer()) {
      CompletableFuture<Integer> exitCode =
          start(stopped, "sip:127.0.0.1:" + silent.port(), "--calls", "5", "--rate", "1000");
      for (int i = 0; i < 5; i++) {
        silent.receive("INVITE ");
      }
      stop.ask();
      assertEquals(exitCode.get(20, TimeUnit.SECONDS), 1);
    }
    assertTrue(stopped.text().contains("given up"), stopped.text());
  }

  private CompletableFuture<Integer> start(Screen output, String... args) {
    return start(output, stop, args);
  }

  private static CompletableFuture<Integer> start(Screen output, Stop stop, String... args) {
    return CompletableFuture.supplyAsync(
        () -> uac(output, stop, args), task -> new Thread(task, "uac").start());
  }

  private static int uac(Screen output, String... args) {
    return uac(output, Stop.onDemand(), args);
  }

  private static int uac(Screen output, Stop stop, String... args) {
    return new CommandLine(new UacCommand(output.terminal(), stop)).execute(args);
  }
}
