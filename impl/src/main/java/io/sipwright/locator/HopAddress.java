package io.sipwright.locator;

import io.sipwright.syntax.Chars;
import java.io.Serializable;
import java.util.Objects;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;

/** A {@link Target} as the JAIN API has it. */
public class HopAddress implements Hop, Serializable {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;
  private final String transport;

  /** The hop that leads to a target. */
  public HopAddress(Target target) {
    this.host = target.host();
    this.port = target.port();
    this.transport = target.transport();
  }

  /** A name or numeric address, IPv6 in brackets. */
  @Override
  public String getHost() {
    return host;
  }

  /** Never the default: 1 to 65535. */
  @Override
  public int getPort() {
    return port;
  }

  /** In lower case, as the constants of {@code ListeningPoint} are. */
  @Override
  public String getTransport() {
    return transport;
  }

  /** {@code host:port/transport}. */
  @Override
  public String toString() {
    return host + ':' + port + '/' + transport;
  }

  /** Equal in host, whatever its case, port and transport. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HopAddress that
        && host.equalsIgnoreCase(that.host)
        && port == that.port
        && transport.equals(that.transport);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Chars.lower(host), port, transport);
  }
}
