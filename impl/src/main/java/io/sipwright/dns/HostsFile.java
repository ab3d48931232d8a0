package io.sipwright.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/** The operating system's list of hosts, which comes before the DNS. */
public final class HostsFile {
  private final @Nullable HostsFileParser parser;

  private HostsFile(@Nullable HostsFileParser parser) {
    this.parser = parser;
  }

  /** That of this machine; read when it's needed, and again when it has changed. */
  public static HostsFile ofSystem() {
    return new HostsFile(new HostsFileParser());
  }

  /** An empty one. */
  public static HostsFile none() {
    return new HostsFile(null);
  }

  /** The addresses of a name, IPv4 first; empty if it isn't there or the file can't be read. */
  public List<InetAddress> addresses(String host) {
    Name name = parser == null ? null : DnsClient.nameOf(host);
    List<InetAddress> all = new ArrayList<>(2);
    if (parser != null && name != null) {
      try {
        parser.getAddressForHost(name, Type.A).ifPresent(all::add);
        parser.getAddressForHost(name, Type.AAAA).ifPresent(all::add);
      } catch (IOException e) {
        return List.of();
      }
    }
    return all;
  }
}
