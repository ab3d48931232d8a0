package io.sipwright.examples.load;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.StackCommand;
import io.sipwright.examples.options.ListenOptions;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.DurationText;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sipwright uas}: answers whatever comes, until told to stop. */
@Command(
    name = "uas",
    description = {
      "Answers calls: INVITE after ringing for a while, re-INVITE, BYE, CANCEL, and also OPTIONS"
          + " and REGISTER.",
      "Runs until SIGINT (Ctrl-C) or SIGTERM, then says how many calls there were and how many"
          + " failed."
    },
    footer = {
      "",
      "Examples:",
      "  sipwright uas",
      "  sipwright uas --listen udp:127.0.0.1:0 --ring 2s",
      "  sipwright uas --listen udp:127.0.0.1:5070 --listen tcp:127.0.0.1:5070 --max-calls 1000",
      "  sipwright uas --listen tls:127.0.0.1:5061 --listen wss:127.0.0.1:8443 --cert all.pem",
      "  sipp -sn uac 127.0.0.1:5060 -m 1000 -r 100     (calls it)"
    })
public final class UasCommand extends StackCommand {
  private static final Duration REDRAW = Duration.ofMillis(500);

  /** Time for the answers to the last requests to get out before the stack is stopped. */
  private static final Duration LAST_ANSWERS = Duration.ofMillis(250);

  private static final Duration REPORT = Duration.ofSeconds(10);

  @Mixin private ListenOptions listen = new ListenOptions();

  @Option(
      names = "--ring",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      converter = DurationText.class,
      description = "How long to ring (180) before answering. Default: 0ms, answers at once")
  private Duration ring = Duration.ZERO;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after that many calls are over. Default: 0, no limit")
  private int maxCalls;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      converter = DurationText.class,
      description = "End after that time. Default: 0ms, no limit")
  private Duration duration = Duration.ZERO;

  @Mixin private StackOptions stackOptions = new StackOptions();

  /** The program on standard output, ended by signals. */
  public UasCommand() {
    this(Terminal.standard(), Stop.onSignals());
  }

  UasCommand(Terminal terminal, Stop stop) {
    super(terminal, stop);
  }

  @Override
  protected int run() throws Exception {
    if (maxCalls < 0) {
      throw wrong("--max-calls is " + maxCalls + ", but must be 0 or more.");
    }
    try (Alarms alarms = new Alarms();
        Agent agent = open("sipwright-uas", Map.of(), stackOptions)) {
      AnsweringParty party = new AnsweringParty(agent, ring, alarms, problems());
      listen(listen.addresses(), party::listen);
      watch(party.counts());
      stop.await(LAST_ANSWERS);
      terminal.line(party.counts().summary());
      tellTables(agent);
    }
    return 0;
  }

  /** Shows how it goes until it is time to stop. */
  private void watch(CallCounts counts) {
    long start = System.nanoTime();
    long reported = start;
    long seen = 0;
    while (!stop.isAsked() && !over(counts, start)) {
      stop.await(maxCalls > 0 || !duration.isZero() ? Duration.ofMillis(50) : REDRAW);
      long now = System.nanoTime();
      Duration since = Duration.ofNanos(now - reported);
      if (since.compareTo(terminal.isTty() ? REDRAW : REPORT) >= 0) {
        String line = counts.line((counts.begun() - seen) * 1e9 / since.toNanos());
        if (terminal.isTty()) {
          terminal.live(line);
        } else {
          terminal.line(line);
        }
        seen = counts.begun();
        reported = now;
      }
    }
    terminal.wipe();
  }

  private boolean over(CallCounts counts, long start) {
    return (maxCalls > 0 && counts.ended() >= maxCalls)
        || (!duration.isZero() && System.nanoTime() - start >= duration.toNanos());
  }
}
