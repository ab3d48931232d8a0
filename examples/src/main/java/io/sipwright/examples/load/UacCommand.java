package io.sipwright.examples.load;

import io.sipwright.examples.Agent;
import io.sipwright.examples.Alarms;
import io.sipwright.examples.StackCommand;
import io.sipwright.examples.options.StackOptions;
import io.sipwright.examples.terminal.DurationText;
import io.sipwright.examples.terminal.Stop;
import io.sipwright.examples.terminal.Terminal;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipwright uac}: places calls and says how they went. */
@Command(
    name = "uac",
    description = {
      "Places calls: INVITE, ACK, talk for a while, BYE.",
      "Then says how many completed and failed, and how long the answers took.",
      "The exit code is 0 if all calls completed, 1 if one failed or Ctrl-C came first."
    },
    footer = {
      "",
      "Examples:",
      "  sipwright uac sip:127.0.0.1:5060",
      "  sipwright uac sip:bob@127.0.0.1:5060 --calls 1000 --rate 100 --hold 2s",
      "  sipwright uac sip:127.0.0.1:5060 --transport tcp --calls 100",
      "  sipwright uac sip:localhost:5061 --transport tls --trust ca.pem",
      "  sipp -sn uas -i 127.0.0.1 -p 5060              (answers it)"
    })
public final class UacCommand extends StackCommand {
  private static final long SECOND = 1_000_000_000;
  private static final int BAR = 24;

  enum Transport {
    udp,
    tcp,
    tls,
    ws,
    wss
  }

  private long shownAt = System.nanoTime();

  @Parameters(
      paramLabel = "URI",
      description = "Whom to call: sip:[USER@]HOST[:PORT]. The port is 5060 if not given.")
  private String target = "";

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many calls. Default: 1")
  private int calls;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many calls to begin a second; fractions allowed. Default: 10")
  private double rate;

  @Option(
      names = "--hold",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      converter = DurationText.class,
      description = "How long a call stands before BYE. Default: 0ms")
  private Duration hold = Duration.ZERO;

  @Option(
      names = "--transport",
      paramLabel = "udp|tcp|tls|ws|wss",
      description = "Transport to use. Default: the one in the URI (;transport=tcp), or udp")
  private @Nullable Transport transport;

  @Option(
      names = "--line-per-call",
      description =
          "A port of our own for each call, and over TCP, TLS and WebSocket a connection. Default:"
              + " one for all")
  private boolean linePerCall;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = DurationText.class,
      description =
          "A call not answered after that time is cancelled and has failed; so has one whose BYE"
              + " is not answered. Default: 1m")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--linger",
      paramLabel = "DURATION",
      defaultValue = "0ms",
      converter = DurationText.class,
      description =
          "How long to stay after the last call, to acknowledge answers that come again. Default:"
              + " 0ms")
  private Duration linger = Duration.ZERO;

  @Mixin private StackOptions stackOptions = new StackOptions();

  /** The program on standard output, ended by signals. */
  public UacCommand() {
    this(Terminal.standard(), Stop.onSignals());
  }

  /** The program on a terminal, ended on demand. */
  public UacCommand(Terminal terminal, Stop stop) {
    super(terminal, stop);
  }

  @Override
  protected int run() throws Exception {
    check();
    try (Alarms alarms = new Alarms();
        Agent agent = open("sipwright-uac", Map.of(), stackOptions);
        CallingParty party = party(agent, alarms)) {
      long start = System.nanoTime();
      CallResults results = party.results();
      boolean all = place(party, start) && waitForEnds(results);
      double seconds = (System.nanoTime() - start) / 1e9;
      terminal.wipe();
      results.summary(seconds).forEach(terminal::line);
      if (!linger.isZero() && !stop.isAsked()) {
        stop.await(linger);
      }
      tellTables(agent);
      return all && results.failures() == 0 ? 0 : 1;
    }
  }

  private CallingParty party(Agent agent, Alarms alarms) throws Exception {
    SipURI uri = uri(agent);
    String over = uri.getTransportParam() == null ? "udp" : uri.getTransportParam();
    return new CallingParty(
        agent, over, localAddressTowards(uri), linePerCall, uri, hold, timeout, alarms, problems());
  }

  private void check() {
    if (calls < 1) {
      throw wrong("--calls is " + calls + ", but must be 1 or more.");
    }
    if (!(rate > 0 && rate <= 1_000_000)) {
      throw wrong(
          "--rate is " + rate + ", but must be more than 0 and at most 1000000 calls a second.");
    }
    if (timeout.isZero()) {
      throw wrong("--timeout is 0, but must be some time: 1m, for example.");
    }
  }

  /** Begins the calls one by one, in time; false if asked to stop before the last. */
  private boolean place(CallingParty party, long start) {
    double interval = SECOND / rate;
    for (int i = 0; i < calls; i++) {
      long due = start + (long) (i * interval);
      long left;
      while ((left = due - System.nanoTime()) > 0 && !stop.isAsked()) {
        show(party.results());
        LockSupport.parkNanos(Math.min(left, SECOND / 10));
      }
      if (stop.isAsked()) {
        return false;
      }
      party.place();
      show(party.results());
    }
    return true;
  }

  /** Every call ends by itself or by its alarm; false if asked to stop before. */
  private boolean waitForEnds(CallResults results) {
    while (results.ended() < calls) {
      if (stop.await(Duration.ofMillis(50))) {
        return false;
      }
      show(results);
    }
    return true;
  }

  /** The progress: redrawn five times a second on a tty, a line every ten seconds elsewhere. */
  private void show(CallResults results) {
    long now = System.nanoTime();
    if (now - shownAt < (terminal.isTty() ? SECOND / 5 : 10 * SECOND)) {
      return;
    }
    shownAt = now;
    String line = results.progress(calls, BAR, terminal.isUnicode());
    if (terminal.isTty()) {
      terminal.live(line);
    } else {
      terminal.line(line);
    }
  }

  private SipURI uri(Agent agent) {
    try {
      if (agent.addresses().createURI(target) instanceof SipURI uri && !uri.isSecure()) {
        if (transport != null) {
          uri.setTransportParam(transport.name());
        }
        String over = uri.getTransportParam();
        if (over != null && !isKnown(over)) {
          throw wrong(
              "'"
                  + target
                  + "': the transport must be udp, tcp, tls, ws or wss, not "
                  + over
                  + ".");
        }
        return uri;
      }
    } catch (ParseException e) {
      // told below, like any other URI that can't be called
    }
    throw wrong(
        "'"
            + target
            + "' is no SIP URI to call; write one such as sip:127.0.0.1:5060 or"
            + " sip:bob@example.com.");
  }

  private static boolean isKnown(String name) {
    return Arrays.stream(Transport.values()).anyMatch(t -> t.name().equalsIgnoreCase(name));
  }

  /**
   * The address of this machine that packets to the target leave from: it goes into Via and
   * Contact.
   */
  private static String localAddressTowards(SipURI uri) throws IOException {
    String host =
        uri.getHost().startsWith("[")
            ? uri.getHost().substring(1, uri.getHost().length() - 1)
            : uri.getHost();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(
          new InetSocketAddress(
              InetAddress.getByName(host), uri.getPort() > 0 ? uri.getPort() : 5060));
      return socket.getLocalAddress().getHostAddress();
    } catch (UnknownHostException e) {
      throw new IOException("the host '" + host + "' is not known", e);
    }
  }
}
