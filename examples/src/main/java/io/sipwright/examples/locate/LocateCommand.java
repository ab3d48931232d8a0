package io.sipwright.examples.locate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tool {@code sipwright-locate} that the stack brings along; knows nothing else of it. */
@Command(
    name = "locate",
    description = {
      "Shows how the servers of a URI are found (RFC 3263): what the DNS is asked and answers, what is",
      "chosen by which rule, and the servers in the order to try them.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code: 0 if there's a server, 1 if there's none, 2 for a wrong argument.",
      "",
      "Examples:",
      "  sipwright locate sip:alice@example.com",
      "  sipwright locate sips:example.com --dns 192.0.2.53 --transports tcp,tls",
      "  sipwright locate tel:+442079460148 --enum e164.arpa --json",
    })
public final class LocateCommand implements Callable<Integer> {
  private static final String TOOL = "sipwright-locate";
  private static final int WRONG = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URI", description = "A SIP, SIPS or tel URI.")
  private String uri = "";

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      description = "Name server to ask, numeric, instead of the system's; may be repeated.")
  private List<String> dns = new ArrayList<>();

  @Option(
      names = "--transports",
      paramLabel = "LIST",
      defaultValue = "udp,tcp,tls,ws,wss",
      description = "What the client can do, best liked first. Default: ${DEFAULT-VALUE}")
  private String transports = "";

  @Option(
      names = "--enum",
      paramLabel = "SUFFIX",
      description = "Where tel URIs are looked up (RFC 6116), as in e164.arpa.")
  private @Nullable String enumSuffix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes choices by weight the same each time.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() {
    ToolProvider tool =
        ToolProvider.findFirst(TOOL)
            .orElseThrow(
                () -> new IllegalStateException("The stack on the class path has no " + TOOL));
    List<String> arguments = new ArrayList<>(List.of(uri, "transports=" + transports));
    if (!dns.isEmpty()) {
      arguments.add("dns=" + String.join(",", dns));
    }
    if (enumSuffix != null) {
      arguments.add("enum=" + enumSuffix);
    }
    if (seed != null) {
      arguments.add("seed=" + seed);
    }
    arguments.add("json=" + json);
    StringWriter errors = new StringWriter();
    int code =
        tool.run(
            spec.commandLine().getOut(), new PrintWriter(errors), arguments.toArray(new String[0]));
    if (code == WRONG) {
      throw new ParameterException(spec.commandLine(), errors.toString().strip());
    }
    return code;
  }
}
