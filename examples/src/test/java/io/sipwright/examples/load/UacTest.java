package io.sipwright.examples.load;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.OneDayKeys;
import io.sipwright.examples.RawPeer;
import io.sipwright.examples.Screen;
import io.sipwright.examples.terminal.Stop;
import java.net.InetAddress;
import java.net.ServerSocket;
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
