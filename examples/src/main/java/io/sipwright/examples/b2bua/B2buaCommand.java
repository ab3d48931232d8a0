package io.sipwright.examples.b2bua;

import io.sipwright.examples.Agent;
import io.sipwright.examples.StackCommand;
import io.sipwright.examples.options.ListenOptions;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
    })
public final class B2buaCommand extends StackCommand {
  @Parameters(paramLabel = "URI", description = "Whom to call, for each call that comes.")
  private String target = "";

  @Mixin private ListenOptions listen = new ListenOptions();

  @Mixin private StackOptions stackOptions = new StackOptions();

  /** The program on standard output, ended by signals. */
  public B2buaCommand() {
    this(Terminal.standard(), Stop.onSignals());
  }

  B2buaCommand(Terminal terminal, Stop stop) {
    super(terminal, stop);
  }

  @Override
  protected int run() throws Exception {
    try (Agent agent = open("sipwright-b2bua", Map.of(), stackOptions)) {
      RelayingParty party = new RelayingParty(agent, sipUri(agent, target), problems());
      listen(listen.addresses(), party::listen);
      awaitStop();
      terminal.line(party.summary());
      tellTables(agent);
    }
    return 0;
  }
}
