package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.SipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What keeps a Java program alive: a stack that listens, and nothing else. */
public class JvmLifeTest {
  private static final long A_WHILE_MILLIS = 700;
  private static final int PATIENCE_SECONDS = 60;

  /** A program that opens a stack and whose main method then ends. */
  public static final class Program {
    private Program() {}

    /** Arguments: "udp", "tcp", "start" or "nothing", then keys and values by turns. */
    public static void main(String[] args) throws Exception {
      String what = args[0];
      String[] settings = Arrays.copyOfRange(args, 1, args.length);
      SipStackImpl stack = new SipStackImpl(Live.properties("program", settings));
      switch (what) {
        case "start" -> stack.start();
        case "nothing" -> {}
        default -> stack.createSipProvider(listen(stack, what));
      }
      Thread orders =
          new Thread(
              () -> {
                try {
                  System.in.read();
                  stack.stop();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      orders.setDaemon(true);
      orders.start();
      System.out.println("ready");
    }

    private static javax.sip.ListeningPoint listen(SipStackImpl stack, String transport)
        throws Exception {
      for (int i = 0; ; i++) {
        try {
          return stack.createListeningPoint("127.0.0.1", Live.freePort("127.0.0.1"), transport);
        } catch (javax.sip.InvalidArgumentException takenMeanwhile) {
          if (i > 50) {
            throw new SipException("no port", takenMeanwhile);
          }
        }
      }
    }
  }

  private static Process start(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            java.toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            path,
            Program.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    assertEquals(out.readLine(), "ready");
    return process;
  }

  @DataProvider
  public Object[][] transports() {
    return new Object[][] {{"udp"}, {"tcp"}};
  }

  @Test(dataProvider = "transports")
  public void a_program_lives_as_long_as_its_stack_listens(String transport) throws Exception {
    Process process = start(transport);
    try {
      assertFalse(process.waitFor(A_WHILE_MILLIS, TimeUnit.MILLISECONDS), "it ended");
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it doesn't end");
      assertEquals(process.exitValue(), 0);
    } finally {
      process.destroyForcibly();
    }
  }

  @DataProvider
  public Object[][] shortLived() {
    return new Object[][] {
      {new String[] {"nothing"}},
      {new String[] {"start"}},
      {new String[] {"udp", "io.sipwright.DAEMON_THREADS", "true"}},
      {new String[] {"tcp", "io.sipwright.DAEMON_THREADS", "true"}},
    };
  }

  @Test(dataProvider = "shortLived")
  public void a_program_whose_stack_does_not_listen_ends_by_itself(String[] arguments)
      throws Exception {
    Process process = start(arguments);
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it doesn't end");
      assertEquals(process.exitValue(), 0);
    } finally {
      process.destroyForcibly();
    }
  }
}
