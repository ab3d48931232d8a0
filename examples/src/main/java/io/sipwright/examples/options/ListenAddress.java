package io.sipwright.examples.options;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen, as written on the command line: {@code udp:127.0.0.1:5060}, {@code
 * tcp:[::1]:5060}.
 *
 * @param transport {@code udp}, {@code tcp}, {@code tls}, {@code ws} or {@code wss}
 * @param host an IP address or host name, IPv6 addresses without brackets
 * @param port 0 for a free one
 */
public record ListenAddress(String transport, String host, int port) {
  private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls", "ws", "wss");
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z]+):(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+):(\\d{1,5})");

  /** Reads it as written on the command line. */
  public static ListenAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no address to listen on; write transport:host:port, as in udp:127.0.0.1:5060"
              + " or tcp:[::1]:0");
    }
    String transport = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!TRANSPORTS.contains(transport)) {
      throw new TypeConversionException(
          "'"
              + text
              + "': the transport must be udp, tcp, tls, ws or wss, not "
              + matcher.group(1));
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > 65535) {
      throw new TypeConversionException("'" + text + "': a port is at most 65535");
    }
    String host = matcher.group(2);
    return new ListenAddress(
        transport, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  /** The same address with the port that was really taken. */
  public ListenAddress withPort(int actual) {
    return new ListenAddress(transport, host, actual);
  }

  /** As it would be written on the command line. */
  @Override
  public String toString() {
    return transport + ":" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** Reads the text for picocli. */
  public static final class Converter implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String value) {
      return parse(value);
    }
  }
}
