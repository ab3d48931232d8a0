package io.sipwright.examples.demo;

import io.sipwright.examples.Agent;
import io.sipwright.examples.OneDayKeys;
import io.sipwright.examples.demo.CallFlow.Role;
import io.sipwright.examples.terminal.Terminal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import picocli.CommandLine.Command;

/** {@code sipwright demo}: a call over each transport, drawn while they happen. */
@Command(
    name = "demo",
    description = {
      "Calls from a caller through a proxy to a callee: over UDP, TCP, TLS and secure WebSockets.",
      "The three are separate SIP stacks in this process, on free ports of 127.0.0.1. The keys for TLS are",
      "made at the start, and thrown away at the end.",
      "Every message is drawn when it arrives. The exit code is 0 if all calls completed, 1 otherwise."
    },
    footer = {"", "Example:", "  sipwright demo"},
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  static final String DOMAIN = "sipwright.example";
  private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls", "wss");
  private static final String HOST = "127.0.0.1";
  private static final long RING_MILLIS = 120;
  private static final long TALK_MILLIS = 250;
  private static final long STEP_SECONDS = 10;

  private final Terminal terminal;

  /** The demo on standard output. */
  public DemoCommand() {
    this(Terminal.standard());
  }

  /** The demo on a terminal. */
  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws SipException, IOException, InterruptedException {
    CallFlow flow = new CallFlow(terminal);
    try (OneDayKeys keys = OneDayKeys.make();
        Phone caller =
            new Phone(Agent.open("demo-caller", keys.properties()), Role.CALLER, "alice", flow);
        Proxy proxy = new Proxy(Agent.open("demo-proxy", noDialogs(keys)), flow);
        Phone callee =
            new Phone(Agent.open("demo-callee", keys.properties()), Role.CALLEE, "bob", flow)) {
      int completed = 0;
      boolean callerHangsUp = true;
      for (String transport : TRANSPORTS) {
        completed += demonstrate(transport, callerHangsUp, caller, proxy, callee, flow) ? 1 : 0;
        callerHangsUp = !callerHangsUp;
      }
      int failed = TRANSPORTS.size() - completed;
      terminal.line("");
      terminal.line(
          failed == 0
              ? "All " + completed + " calls completed."
              : failed + " of " + TRANSPORTS.size() + " calls failed.");
      return failed == 0 ? 0 : 1;
    }
  }

  private static Map<String, String> noDialogs(OneDayKeys keys) {
    Map<String, String> properties = new HashMap<>(keys.properties());
    properties.put("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    return properties;
  }

  /** One call; true if it completed, after saying so. */
  private boolean demonstrate(
      String transport,
      boolean callerHangsUp,
      Phone caller,
      Proxy proxy,
      Phone callee,
      CallFlow flow) {
    String name = transport.toUpperCase(Locale.ROOT) + " call";
    try {
      SipProvider calling = caller.listen(transport, HOST);
      SipProvider middle = proxy.listen(transport, HOST);
      SipProvider called = callee.listen(transport, HOST);
      proxy.locate("bob", callee.contact(called));
      SipURI route = proxy.route(middle);
      terminal.line("");
      terminal.line(
          "A call over "
              + transport.toUpperCase(Locale.ROOT)
              + "; the "
              + (callerHangsUp ? "caller" : "callee")
              + " hangs up.");
      terminal.line("");
      flow.begin(List.of(at(calling), at(middle), at(called)));
      long start = System.nanoTime();
      Call incoming = callee.expectCall(called);
      Call outgoing = caller.place(calling, "bob", route);
      within(incoming.ringing, "the INVITE did not reach the callee");
      TimeUnit.MILLISECONDS.sleep(RING_MILLIS);
      callee.answer(incoming);
      within(outgoing.established, "the answer did not reach the caller");
      within(incoming.established, "the ACK did not reach the callee");
      double setUp = (System.nanoTime() - start) / 1e6;
      TimeUnit.MILLISECONDS.sleep(TALK_MILLIS);
      if (callerHangsUp) {
        caller.hangUp(outgoing);
      } else {
        callee.hangUp(incoming);
      }
      within(outgoing.ended, "the call did not end at the caller");
      within(incoming.ended, "the call did not end at the callee");
      terminal.line("");
      terminal.line(
          String.format(
              Locale.ROOT,
              "%s completed: set up in %.0f ms (the phone rang for %d of them), %d messages.",
              name,
              setUp,
              RING_MILLIS,
              flow.messages()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.line(name + " was interrupted.");
    } catch (Exception e) {
      terminal.line("");
      terminal.line(name + " failed: " + reason(e) + ".");
    }
    return false;
  }

  private static void within(CompletableFuture<?> step, String otherwise)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      step.get(STEP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      TimeoutException plain = new TimeoutException(otherwise + " within " + STEP_SECONDS + " s");
      plain.initCause(e);
      throw plain;
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  private static String at(SipProvider provider) {
    return HOST + ":" + provider.getListeningPoint().getPort();
  }
}
