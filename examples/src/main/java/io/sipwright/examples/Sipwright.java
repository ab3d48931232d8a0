package io.sipwright.examples;

import io.sipwright.examples.b2bua.B2buaCommand;
import io.sipwright.examples.demo.DemoCommand;
import io.sipwright.examples.load.UacCommand;
import io.sipwright.examples.load.UasCommand;
import io.sipwright.examples.locate.LocateCommand;
import io.sipwright.examples.proxy.ProxyCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code sipwright COMMAND}. */
@Command(
    name = "sipwright",
    description = "Runs SIP programs on the Sipwright stack.",
    mixinStandardHelpOptions = true,
    versionProvider = Sipwright.Version.class,
    subcommands = {
      DemoCommand.class,
      UasCommand.class,
      UacCommand.class,
      ProxyCommand.class,
      B2buaCommand.class,
      LocateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  sipwright demo",
      "  sipwright uas --listen udp:127.0.0.1:5060",
      "  sipwright uac sip:127.0.0.1:5060 --calls 100 --rate 20 --hold 1s",
      "  sipwright proxy --listen udp:127.0.0.1:5060 --domain example.com",
      "  sipwright b2bua sip:127.0.0.1:5070",
      "  sipwright locate sip:alice@example.com",
    })
public final class Sipwright implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 wrong arguments.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, ready to execute; errors are told in a sentence, never as a stack trace. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sipwright());
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler(Sipwright::wrongArgument);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          String message = e.getMessage();
          command.getErr().println("sipwright: " + (message == null ? e.toString() : message));
          return 1;
        });
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run.");
  }

  private static int wrongArgument(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("sipwright: " + sentence(e));
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return 2;
  }

  private static String sentence(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        ? "'" + unmatched.getUnmatched().get(0) + "' is not understood here."
        : String.valueOf(e.getMessage());
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Sipwright.class.getPackage().getImplementationVersion();
      return new String[] {"sipwright " + (version == null ? "(not packaged)" : version)};
    }
  }
}
