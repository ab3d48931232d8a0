package io.sipwright.examples;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import picocli.CommandLine;

public class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @DataProvider
  public Object[][] wrong() {
    return new Object[][] {
      {"", "which command"},
      {"dance", "'dance'"},
      {"demo --louder", "'--louder'"},
      {"uac", "URI"},
      {"uac sip:127.0.0.1 --calls 0", "--calls"},
      {"uac sip:127.0.0.1 --calls many", "'many'"},
      {"uac sip:127.0.0.1 --rate 0", "--rate"},
      {"uac sip:127.0.0.1 --rate NaN", "--rate"},
      {"uac sip:127.0.0.1 --timeout 0s", "--timeout"},
      {"uac sip:127.0.0.1 --hold 5", "unit"},
      {"uac sip:127.0.0.1 --transport sctp", "udp, tcp"},
      {"uac sip:127.0.0.1 sip:127.0.0.2", "'sip:127.0.0.2'"},
      {"uas --listen 5060", "transport:host:port"},
      {"uas --ring", "--ring"},
      {"uas --ring soon", "'soon'"},
      {"uas --max-calls -1", "--max-calls"},
      {"proxy --listen udp:0.0.0.0:0", "Record-Route"},
      {"proxy --route bob=nowhere", "no SIP URI"},
      {"b2bua", "URI"},
      {"b2bua nonsense", "no SIP URI"},
      {"locate", "URI"},
      {"locate nonsense", "a URI with its scheme"},
      {"locate sip:192.0.2.1 --dns example.com", "DNS_SERVERS"},
      {"locate sip:192.0.2.1 --seed x", "--seed"},
    };
  }

  @Test(dataProvider = "wrong")
  public void a_wrong_argument_gets_a_sentence_and_exit_code_2(String line, String clue) {
    assertEquals(run(line), 2);
    assertEquals(out.toString(), "");
    assertTrue(
        err.toString().startsWith("sipwright: ") && err.toString().contains(clue), err.toString());
    assertTrue(err.toString().contains("--help"), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
    assertEquals(err.toString().lines().count(), 2, err.toString());
  }

  @DataProvider
  public Object[][] commands() {
    return new Object[][] {{""}, {"demo"}, {"uas"}, {"uac"}, {"proxy"}, {"b2bua"}, {"locate"}};
  }

  @Test(dataProvider = "commands")
  public void every_command_has_help_with_an_example(String command) {
    assertEquals(run(command + " --help"), 0);
    assertTrue(out.toString().contains("Usage: sipwright"), out.toString());
    assertTrue(out.toString().contains("Example"), out.toString());
    assertTrue(out.toString().contains("  sipwright " + command), out.toString());
    assertTrue(out.toString().lines().allMatch(text -> text.length() <= 100), out.toString());
  }

  @Test
  public void the_version_is_told() {
    assertEquals(run("--version"), 0);
    assertTrue(out.toString().startsWith("sipwright "), out.toString());
  }

  private int run(String line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Sipwright.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(line.isBlank() ? new String[0] : line.strip().split(" +"));
  }
}
