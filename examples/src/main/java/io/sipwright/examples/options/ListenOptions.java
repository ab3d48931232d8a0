package io.sipwright.examples.options;

import java.util.List;
import picocli.CommandLine.Option;

/** The option of a server: where to listen. */
public final class ListenOptions {
  private static final List<ListenAddress> DEFAULT =
      List.of(ListenAddress.parse("udp:127.0.0.1:5060"), ListenAddress.parse("tcp:127.0.0.1:5060"));

  @Option(
      names = "--listen",
      paramLabel = "TRANSPORT:HOST:PORT",
      converter = ListenAddress.Converter.class,
      description = {
        "Address to listen on; may be given several times. Port 0 takes a free one and prints it.",
        "TRANSPORT is udp, tcp, tls, ws or wss; tls and wss need --cert or --key-store.",
        "Default: udp:127.0.0.1:5060 and tcp:127.0.0.1:5060"
      })
  private List<ListenAddress> given = List.of();

  /** The addresses given; UDP and TCP on 127.0.0.1:5060 where there are none. */
  public List<ListenAddress> addresses() {
    return given.isEmpty() ? DEFAULT : given;
  }
}
