package io.sipwright.examples.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.OneDayKeys;
import io.sipwright.examples.Screen;
import io.sipwright.examples.load.RunningUas;
import io.sipwright.examples.load.UacCommand;
import io.sipwright.examples.terminal.Stop;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;
import picocli.CommandLine;

/**
 * A telephone in a browser, JsSIP, over a secure WebSocket to the proxy; the other parties are on
 * UDP. Needs Node.js and what npm fetches.
 */
@Test(groups = "slow")
public class BrowserTest {
  private OneDayKeys keys;
  private Path certificate;
  private RunningUas uas;
  private RunningProxy proxy;
  private BrowserPhone phone;

  @BeforeMethod(alwaysRun = true)
  public void start() throws Exception {
    phone = null;
    keys = OneDayKeys.make();
    Map<String, String> properties = keys.properties();
    String store = properties.get("javax.net.ssl.keyStore");
    String password = properties.get("javax.net.ssl.keyStorePassword");
    certificate = export(Path.of(store), password);
    uas = new RunningUas("--ring", "200ms", "--max-calls", "1");
    proxy =
        new RunningProxy(
            "--listen",
            "wss:127.0.0.1:0",
            "--key-store",
            store,
            "--key-store-password",
            password,
            "--route",
            "echo=sip:127.0.0.1:" + uas.port("udp"));
    phone = new BrowserPhone("wss://127.0.0.1:" + proxy.port("wss"), certificate, "alice");
    phone.screen.await("^registered 200$");
  }

  @AfterMethod(alwaysRun = true)
  public void end() throws Exception {
    if (phone != null) {
      phone.close();
    }
    proxy.close();
    uas.close();
    Files.delete(certificate);
    keys.close();
  }

  public void it_calls_and_hangs_up() throws Exception {
    phone.tell("call sip:echo@127.0.0.1:" + proxy.port("wss"));
    phone.screen.await("^outgoing rings$");
    phone.screen.await("^outgoing stands$");
    phone.tell("hangup");
    phone.screen.await("^outgoing ended by local$");
    assertEquals(uas.exitCode(), 0);
    assertTrue(uas.screen.text().contains("1 calls: 1 completed"), uas.screen.text());
    assertTrue(proxy.stop().contains("0 messages found no way, 0 problems"), proxy.stop());
  }

  public void it_is_called_and_the_caller_hangs_up() throws Exception {
    Screen calls = new Screen();
    assertEquals((int) call(calls, "--calls", "2", "--rate", "2").get(40, TimeUnit.SECONDS), 0);
    assertTrue(calls.text().contains(" 2 completed, 0 failed"), calls.text());
    phone.screen.await("^incoming ended by remote$(?s:.*)^incoming ended by remote$");
    assertTrue(proxy.stop().contains("0 messages found no way, 0 problems"), proxy.stop());
  }

  public void it_is_called_and_hangs_up_itself() throws Exception {
    Screen calls = new Screen();
    CompletableFuture<Integer> exitCode = call(calls, "--hold", "1h");
    phone.screen.await("^incoming stands$");
    phone.tell("hangup");
    phone.screen.await("^incoming ended by local$");
    assertEquals((int) exitCode.get(40, TimeUnit.SECONDS), 0);
    assertTrue(calls.text().contains(" 1 completed, 0 failed"), calls.text());
  }

  public void nobody_is_called_once_it_has_gone() throws Exception {
    phone.tell("unregister");
    phone.screen.await("^unregistered$");
    proxy.screen.await("^alice is no longer at sip:.*\\.invalid;transport=ws$");
    Screen calls = new Screen();
    assertEquals((int) call(calls).get(40, TimeUnit.SECONDS), 1);
    assertTrue(calls.text().contains("INVITE was answered 404"), calls.text());
  }

  public void nobody_is_reached_whose_connection_is_gone() throws Exception {
    phone.close();
    Screen calls = new Screen();
    assertEquals((int) call(calls).get(40, TimeUnit.SECONDS), 1);
    assertTrue(
        calls.text().contains("INVITE was answered 404")
            || calls.text().contains("INVITE was answered 500"),
        calls.text());
  }

  /** Calls the browser from elsewhere, over UDP. */
  private CompletableFuture<Integer> call(Screen screen, String... options) throws Exception {
    String[] args = new String[options.length + 1];
    System.arraycopy(options, 0, args, 1, options.length);
    args[0] = "sip:alice@127.0.0.1:" + proxy.port("udp");
    UacCommand uac = new UacCommand(screen.terminal(), Stop.onDemand());
    return CompletableFuture.supplyAsync(
        () -> new CommandLine(uac).execute(args), task -> new Thread(task, "uac").start());
  }

  /** The certificate of a key store, in PEM. */
  private static Path export(Path store, String password) throws Exception {
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keyStore.load(in, password.toCharArray());
    }
    byte[] der = keyStore.getCertificate(keyStore.aliases().nextElement()).getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    return Files.write(Files.createTempFile("certificate", ".pem"), pem.getBytes(US_ASCII));
  }
}
