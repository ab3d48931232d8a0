package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.StackCommand;
import io.sipwright.examples.options.ListenAddress;
import io.sipwright.examples.options.ListenOptions;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sip.address.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sipwright proxy}: a registrar and proxy, until told to stop. */
@Command(
    name = "proxy",
    description = {
      "Takes registrations, and leads requests to those who registered: to all contacts of a user"
          + " at once,",
      "from any of its transports to any other. Asks nobody for a password: for tests in closed"
          + " networks.",
      "Runs until SIGINT (Ctrl-C) or SIGTERM, then says what it did."
    },
    footer = {
      "",
      "Examples:",
      "  sipwright proxy",
      "  sipwright proxy --listen udp:127.0.0.1:5060 --domain example.com",
      "  sipwright proxy --listen tls:127.0.0.1:5061 --listen wss:127.0.0.1:8443 --cert all.pem",
      "  sipwright proxy --route echo=sip:127.0.0.1:5070     (sipwright uas --listen"
          + " udp:127.0.0.1:5070)"
    })
public final class ProxyCommand extends StackCommand {
  private static final Map<String, String> NO_DIALOGS =
      Map.of("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");

  @Mixin private ListenOptions listen = new ListenOptions();

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description =
          "Whose users register here, besides those of the addresses listened on; may be given"
              + " several times")
  private List<String> domains = List.of();

  @Option(
      names = "--route",
      paramLabel = "USER=URI",
      description =
          "Where requests for a user go, who needn't register; may be given several times")
  private Map<String, String> routes = new LinkedHashMap<>();

  @Mixin private StackOptions stackOptions = new StackOptions();

  /** The program on standard output, ended by signals. */
  public ProxyCommand() {
    this(Terminal.standard(), Stop.onSignals());
  }

  ProxyCommand(Terminal terminal, Stop stop) {
    super(terminal, stop);
  }

  @Override
  protected int run() throws Exception {
    List<ListenAddress> addresses = listen.addresses();
    for (ListenAddress address : addresses) {
      if (InetAddress.getByName(address.host()).isAnyLocalAddress()) {
        throw wrong(
            "'"
                + address
                + "' is every address; a proxy must name its own in Record-Route: give one.");
      }
    }
    Set<String> names =
        domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    try (Alarms alarms = new Alarms();
        Agent agent = open("sipwright-proxy", NO_DIALOGS, stackOptions)) {
      ForwardingParty party =
          new ForwardingParty(
              agent, new Sides(agent, names), routesOf(agent), alarms, problems(), problems());
      listen(addresses, party::listen);
      awaitStop();
      terminal.line(party.counts().summary());
      tellTables(agent);
    }
    return 0;
  }

  private Map<String, URI> routesOf(Agent agent) {
    Map<String, URI> uris = new HashMap<>();
    for (Map.Entry<String, String> route : routes.entrySet()) {
      uris.put(route.getKey(), sipUri(agent, route.getValue()));
    }
    return uris;
  }
}
