package io.sipwright.examples.demo;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Screen;
import io.sipwright.examples.Sipwright;
import io.sipwright.examples.demo.CallFlow.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sip.message.Request;
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
          first(text).stream().filter(arrow -> arrow.contains(" " + label + " ")).count(),
          8,
          label + text);
    }
    assertEquals(
        first(text).stream().filter(arrow -> arrow.contains(" 200 OK ")).count(), 16, text);
  }

  @Test
  public void a_demo_ended_by_a_signal_leaves_no_keys_behind() throws Exception {
    Path folder = Files.createTempDirectory("demo");
    try {
      Process demo =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-Djava.io.tmpdir=" + folder,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Sipwright.class.getName(),
                  "demo")
              .start();
      try (BufferedReader out = demo.inputReader()) {
        String line = out.readLine();
        while (line != null && !line.startsWith("A call over")) {
          line = out.readLine();
        }
        assertEquals(filesIn(folder), 1, line);
        demo.destroy();
        demo.waitFor();
      }
      assertEquals(filesIn(folder), 0);
    } finally {
      Files.delete(folder);
    }
  }

  private static long filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("sipwright-")).count();
    }
  }

  @Test
  public void a_message_that_comes_again_is_drawn_as_such_and_not_counted() throws Exception {
    Screen screen = new Screen();
    CallFlow flow = new CallFlow(screen.terminal());
    flow.place(Role.CALLER, 5061);
    try (Agent agent = Agent.open("flow", Map.of())) {
      Request invite = request(agent, "z9hG4bKone", 1);
      flow.begin(List.of());
      flow.arrived(Role.PROXY, invite);
      flow.arrived(Role.PROXY, (Request) invite.clone());
      flow.arrived(Role.CALLEE, invite);
      flow.arrived(Role.PROXY, request(agent, "z9hG4bKtwo", 2));
      assertEquals(flow.messages(), 3, screen.text());
      assertEquals(
          arrows(screen.text()).stream().map(arrow -> arrow.contains("INVITE (again)")).toList(),
          List.of(false, true, false, false),
          screen.text());
      flow.begin(List.of());
      flow.arrived(Role.PROXY, invite);
      assertEquals(flow.messages(), 1, screen.text());
    }
  }

  private static Request request(Agent agent, String branch, long cseq) throws Exception {
    return agent
        .messages()
        .createRequest(
            "INVITE sip:bob@127.0.0.1 SIP/2.0\r\n"
                + ("Via: SIP/2.0/UDP 127.0.0.1:5061;branch=" + branch + "\r\n")
                + "From: <sip:alice@127.0.0.1>;tag=a\r\nTo: <sip:bob@127.0.0.1>\r\n"
                + ("Call-ID: again\r\nCSeq: " + cseq + " INVITE\r\nMax-Forwards: 70\r\n\r\n"));
  }

  /** The arrows drawn, from the first column on; without those of what came again. */
  private static List<String> first(String text) {
    return arrows(text).stream().filter(arrow -> !arrow.contains(" (again)")).toList();
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
