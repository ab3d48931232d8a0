package io.sipwright.examples;

import io.sipwright.examples.options.ListenAddress;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.FewLines;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sip.PeerUnavailableException;
import javax.sip.address.SipURI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that runs a program on a stack of its own until the program is done, or told to stop.
 * What the programs have in common is here: how they start, listen, wait, and what they say.
 */
@Command(sortOptions = false, mixinStandardHelpOptions = true)
public abstract class StackCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  /** What the program writes to. */
  protected final Terminal terminal;

  /** The wish that it come to its end. */
  protected final Stop stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The program on a terminal, ended by that wish. */
  protected StackCommand(Terminal terminal, Stop stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  /** What listens on addresses. */
  @FunctionalInterface
  protected interface Listening {
    /** Listens on one more address; gives the address with its real port. */
    ListenAddress listen(ListenAddress address) throws IOException;
  }

  /** Runs the program; gives its exit code. */
  protected abstract int run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return stop.around(this::run);
  }

  /**
   * The stack to run on. Calls don't wait for each other in its listener.
   *
   * @param name what the stack is called, for logs
   * @param properties what the program needs; the options go over it
   * @throws PeerUnavailableException if the provider's classes are not on the class path
   */
  protected final Agent open(String name, Map<String, String> properties, StackOptions options)
      throws PeerUnavailableException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("io.sipwright.LISTENER_CONCURRENCY", "per-call");
    all.putAll(properties);
    options.addTo(all);
    return Agent.open(name, all);
  }

  /** Listens on all these addresses, and says each with the port it has. */
  protected final void listen(List<ListenAddress> addresses, Listening party) throws IOException {
    for (ListenAddress address : addresses) {
      terminal.line("listening on " + party.listen(address));
    }
  }

  /** Waits until the program is told to stop, however long that takes. */
  protected final void awaitStop() {
    stop.await(FOREVER);
  }

  /** Where problems are told; no more than a few of them are shown. */
  protected final Consumer<String> problems() {
    return new FewLines(terminal)::line;
  }

  /** Says what the stack still holds, if it tells. */
  protected final void tellTables(Agent agent) {
    StackTables.of(agent.stack()).ifPresent(tables -> terminal.line(tables.toString()));
  }

  /** Reads a SIP or SIPS URI that something is to be sent to; refuses any other text. */
  protected final SipURI sipUri(Agent agent, String text) {
    try {
      if (agent.addresses().createURI(text) instanceof SipURI uri) {
        return uri;
      }
    } catch (ParseException e) {
      // told below, like any other URI that nothing can be sent to
    }
    throw wrong("'" + text + "' is no SIP URI; write one such as sip:127.0.0.1:5070.");
  }

  /** An argument that the program can't work with. */
  protected final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
