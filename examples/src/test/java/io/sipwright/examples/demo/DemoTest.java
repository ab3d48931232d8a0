package io.sipwright.examples.demo;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testng.annotations.Test;
import picocli.CommandLine;

public class DemoTest {
  private static final Pattern ARROW = Pattern.compile("^ *\\d+\\.\\d ms +(.*)$");

  @Test
  public void calls_over_each_transport_go_through_the_proxy_and_complete() {
    Screen screen = new Screen();
    int exitCode = new CommandLine(new DemoCommand(screen.terminal())).execute();
    String text = screen.text();
    assertEquals(exitCode, 0, text);
    for (String transport : List.of("UDP", "TCP", "TLS", "WSS")) {
      assertTrue(text.contains(transport + " call completed"), text);
    }
    assertTrue(text.endsWith("All 4 calls completed.\n"), text);
    for (String label : List.of("INVITE", "180 Ringing", "ACK", "BYE")) {
      assertEquals(
          arrows(text).stream().filter(arrow -> arrow.contains(" " + label + " ")).count(),
          8,
          label + text);
    }
    assertEquals(
        arrows(text).stream().filter(arrow -> arrow.contains(" 200 OK ")).count(), 16, text);
  }

  /** The arrows drawn, from the first column on. */
  private static List<String> arrows(String text) {
    List<String> arrows = new ArrayList<>();
    text.lines()
        .map(ARROW::matcher)
        .filter(Matcher::matches)
        .forEach(matcher -> arrows.add(matcher.group(1)));
    return arrows;
  }
}
