package io.sipwright.examples.locate;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.Sipwright;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.testng.annotations.Test;
import picocli.CommandLine;

/** What needs no name server; the stack's own tests ask one. */
public class LocateTest {
  private StringWriter out = new StringWriter();

  private int run(String... args) {
    out = new StringWriter();
    CommandLine line = Sipwright.commandLine();
    line.setOut(new PrintWriter(out, true));
    return line.execute(args);
  }

  @Test
  public void a_numeric_host_is_its_own_server() {
    assertEquals(run("locate", "sip:a@192.0.2.1;transport=tcp"), 0);
    assertTrue(out.toString().contains("  1  192.0.2.1:5060/tcp"), out.toString());
    assertTrue(out.toString().contains("RFC 3263 §4.2"), out.toString());
  }

  @Test
  public void json_is_one_line() {
    assertEquals(run("locate", "sips:a@192.0.2.1", "--json"), 0);
    String json = out.toString().strip();
    assertEquals(json.lines().count(), 1);
    assertTrue(
        json.contains(
            "\"targets\":[{\"host\":\"192.0.2.1\",\"port\":5061,\"transport\":\"tls\",\"domain\":null}]"),
        json);
  }

  @Test
  public void no_server_is_exit_code_1() {
    assertEquals(run("locate", "sip:a@192.0.2.1;transport=sctp"), 1);
    assertTrue(out.toString().contains("No target: "), out.toString());
  }
}
