package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import io.sipwright.examples.StackTables;
import io.sipwright.examples.options.ListenAddress;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.FewLines;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ProxyCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final Terminal terminal;
  private final Stop stop;

  @Spec private CommandSpec spec = CommandSpec.create();

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
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    return stop.around(this::forward);
  }

  private int forward() throws Exception {
    List<ListenAddress> addresses =
        listen.isEmpty()
            ? List.of(
                ListenAddress.parse("udp:127.0.0.1:5060"),
                ListenAddress.parse("tcp:127.0.0.1:5060"))
            : listen;
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
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("io.sipwright.LISTENER_CONCURRENCY", "per-call");
    properties.put("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    stackOptions.addTo(properties);
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    timer.setRemoveOnCancelPolicy(true);
    try (Agent agent = Agent.open("sipwright-proxy", properties)) {
      ForwardingParty party =
          new ForwardingParty(
              agent,
              new Sides(agent, names),
              routesOf(agent),
              timer,
              new FewLines(terminal)::line,
              new FewLines(terminal)::line);
      for (ListenAddress address : addresses) {
        terminal.line("listening on " + party.listen(address));
      }
      stop.await(FOREVER);
      terminal.line(party.counts().summary());
      StackTables.of(agent.stack()).ifPresent(tables -> terminal.line(tables.toString()));
    } finally {
      timer.shutdownNow();
    }
    return 0;
  }

  private Map<String, URI> routesOf(Agent agent) {
    Map<String, URI> uris = new HashMap<>();
    for (Map.Entry<String, String> route : routes.entrySet()) {
      try {
        if (agent.addresses().createURI(route.getValue()) instanceof SipURI uri) {
          uris.put(route.getKey(), uri);
          continue;
        }
      } catch (ParseException e) {
        // told below, like any other URI that nothing can be sent to
      }
      throw wrong(
          "'" + route.getValue() + "' is no SIP URI; write one such as sip:127.0.0.1:5070.");
    }
    return uris;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
