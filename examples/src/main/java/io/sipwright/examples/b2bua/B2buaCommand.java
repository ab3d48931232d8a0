package io.sipwright.examples.b2bua;

import io.sipwright.examples.Agent;
import io.sipwright.examples.StackTables;
import io.sipwright.examples.options.ListenAddress;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.FewLines;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sipwright b2bua}: relays calls to a target, until told to stop. */
@Command(
    name = "b2bua",
    description = {
      "Answers each call by calling a target, and relays what either side says: a back-to-back user"
          + " agent.",
      "Runs until SIGINT (Ctrl-C) or SIGTERM, then says how many calls there were."
    },
    footer = {
      "",
      "Examples:",
      "  sipwright b2bua sip:127.0.0.1:5070     (sipwright uas --listen udp:127.0.0.1:5070)",
      "  sipwright b2bua --listen udp:127.0.0.1:5080 sip:alice@127.0.0.1:5070"
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class B2buaCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final Terminal terminal;
  private final Stop stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URI", description = "Whom to call, for each call that comes.")
  private String target = "";

  @Option(
      names = "--listen",
      paramLabel = "TRANSPORT:HOST:PORT",
      converter = ListenAddress.Converter.class,
      description = {
        "Address to listen on; may be given several times. Port 0 takes a free one and prints it.",
        "TRANSPORT is udp, tcp, tls, ws or wss; tls and wss need --cert or --key-store.",
        "Default: udp:127.0.0.1:5060 and tcp:127.0.0.1:5060"
      })
  private List<ListenAddress> listen = List.of();

  @Mixin private StackOptions stackOptions = new StackOptions();

  /** The program on standard output, ended by signals. */
  public B2buaCommand() {
    this(Terminal.standard(), Stop.onSignals());
  }

  B2buaCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    return stop.around(this::relay);
  }

  private int relay() throws Exception {
    List<ListenAddress> addresses =
        listen.isEmpty()
            ? List.of(
                ListenAddress.parse("udp:127.0.0.1:5060"),
                ListenAddress.parse("tcp:127.0.0.1:5060"))
            : listen;
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("io.sipwright.LISTENER_CONCURRENCY", "per-call");
    stackOptions.addTo(properties);
    try (Agent agent = Agent.open("sipwright-b2bua", properties)) {
      RelayingParty party = new RelayingParty(agent, targetOf(agent), new FewLines(terminal)::line);
      for (ListenAddress address : addresses) {
        terminal.line("listening on " + party.listen(address));
      }
      stop.await(FOREVER);
      terminal.line(party.summary());
      StackTables.of(agent.stack()).ifPresent(tables -> terminal.line(tables.toString()));
    }
    return 0;
  }

  private URI targetOf(Agent agent) {
    try {
      if (agent.addresses().createURI(target) instanceof SipURI uri) {
        return uri;
      }
    } catch (ParseException e) {
      // told below, like any other URI that nothing can be sent to
    }
    throw new ParameterException(
        spec.commandLine(),
        "'" + target + "' is no SIP URI; write one such as sip:127.0.0.1:5070.");
  }
}
