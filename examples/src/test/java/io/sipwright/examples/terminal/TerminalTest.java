package io.sipwright.examples.terminal;

import static org.testng.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @DataProvider
  public Object[][] locales() {
    return new Object[][] {
      {Map.of("LANG", "en_US.UTF-8"), true},
      {Map.of("LANG", "C.utf8"), true},
      {Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8"), false},
      {Map.of("LC_ALL", "", "LC_CTYPE", "de_DE.UTF-8", "LANG", "C"), true},
      {Map.of("LANG", "POSIX"), false},
      {Map.of(), false},
    };
  }

  @Test(dataProvider = "locales")
  public void the_first_locale_variable_that_is_set_decides(Map<String, String> env, boolean utf8) {
    assertEquals(Terminal.isUtf8(env), utf8);
  }

  @DataProvider
  public Object[][] colours() {
    return new Object[][] {
      {Map.of("TERM", "xterm"), true},
      {Map.of("TERM", "xterm", "NO_COLOR", ""), true},
      {Map.of("TERM", "xterm", "NO_COLOR", "1"), false},
      {Map.of("TERM", "dumb"), false},
      {Map.of(), false},
    };
  }

  @Test(dataProvider = "colours")
  public void colours_can_be_declined(Map<String, String> env, boolean wanted) {
    assertEquals(Terminal.wantsColours(env), wanted);
  }

  @Test
  public void a_line_that_stays_wipes_the_live_one() {
    Terminal terminal = terminal(true);
    terminal.live("12345");
    terminal.live("12");
    terminal.line("done");
    assertEquals(text(), "\r12345\r12   \b\b\b\r  \rdone\n");
  }

  @Test
  public void nothing_is_redrawn_where_nobody_looks() {
    Terminal terminal = terminal(false);
    terminal.live("12345");
    terminal.line("done");
    assertEquals(text(), "done\n");
  }

  private Terminal terminal(boolean tty) {
    bytes.reset();
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), tty, true, false);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
