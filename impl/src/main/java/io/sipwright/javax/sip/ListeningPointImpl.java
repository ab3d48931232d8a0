package io.sipwright.javax.sip;

import io.sipwright.ext.ExtendedListeningPoint;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.address.SipUri;
import io.sipwright.javax.sip.header.Contact;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.locator.Target;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Ipv6;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import io.sipwright.time.Clock;
import io.sipwright.transport.Endpoint;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.header.ContactHeader;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;

/** An address that a stack receives on (RFC 3261 §18). Receives from its creation on. */
public class ListeningPointImpl implements ExtendedListeningPoint {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;
  private final String transport;
  private final transient Endpoint endpoint;
  private final transient MessageModel model;
  private transient volatile @Nullable SipProviderImpl provider;
  private final boolean wildcard;

  /** Of the wildcard, what peers are told instead. */
  private final transient OwnAddresses ownAddresses;

  private volatile @Nullable String sentByHost;
  private volatile int sentByPort = -1;

  ListeningPointImpl(String host, Endpoint endpoint, MessageModel model, Clock clock) {
    this.host = host;
    this.port = endpoint.local().getPort();
    this.transport = endpoint.transport();
    this.endpoint = endpoint;
    this.model = model;
    this.ownAddresses = new OwnAddresses(endpoint::addressTowards, clock);
    this.wildcard = endpoint.local().getAddress().isAnyLocalAddress();
  }

  /** Why there's no listening point for a transport. */
  static String unsupported(String transport) {
    String what = "Transport " + transport + " is not supported: use udp, tcp, tls, ws or wss";
    return Chars.lower(transport).contains("sctp")
        ? what + ". SCTP (RFC 4168) is not in this stack; few systems and networks carry it"
        : what;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Nullable SipProviderImpl provider() {
    return provider;
  }

  void attachTo(@Nullable SipProviderImpl provider) {
    this.provider = provider;
  }

  @Override
  public int getPort() {
    return port;
  }

  /** In lower case: "udp", "tcp", …: compare without regard to case. */
  @Override
  public String getTransport() {
    return transport;
  }

  /** As it was given when the listening point was made. */
  @Override
  public String getIPAddress() {
    return host;
  }

  /**
   * Sets what stands in the top Via of requests in place of the address and port.
   *
   * @param sentBy {@code host} or {@code host:port}
   */
  @Override
  public void setSentBy(String sentBy) throws ParseException {
    Scanner in = new Scanner(Objects.requireNonNull(sentBy, "sentBy"));
    String name = in.host();
    int number = in.accept(':') ? in.port() : -1;
    if (!in.atEnd()) {
      throw in.error("sent-by must be host or host:port; unexpected text");
    }
    if (number == 0) {
      throw new SyntaxException("the port of sent-by must be 1 to 65535", sentBy.length());
    }
    sentByHost = Checks.host(name, "sent-by"); // without zone, which means nothing to others
    sentByPort = number;
  }

  /** {@code host:port}, or what {@link #setSentBy} put in its place. */
  @Override
  public String getSentBy() {
    String name = sentByHost;
    if (name == null) {
      return bracketed(host) + ":" + port;
    }
    return sentByPort < 0 ? name : name + ":" + sentByPort;
  }

  /** The host that goes into Via and Contact. */
  String viaHost() {
    String name = sentByHost;
    return name == null ? bracketed(host) : name;
  }

  /** Whether it's bound to all addresses of the machine. */
  boolean isWildcard() {
    return wildcard;
  }

  /**
   * What goes into messages to a peer in place of the wildcard: what {@link #setSentBy} wants, or
   * the address by which the peer is reached.
   *
   * @param peer null if that's not known
   */
  String hostTowards(@Nullable InetAddress peer) {
    return sentByHost != null ? viaHost() : ownAddresses.towards(peer);
  }

  /** The port that goes into Via and Contact, or -1 for none. */
  int viaPort() {
    return sentByHost == null ? port : sentByPort;
  }

  /**
   * Whether a Via's sent-by is what {@link #setSentBy} wants there; true if it was never called.
   */
  boolean hasWantedSentBy(@Nullable String host, int port) {
    String name = sentByHost;
    return name == null || (name.equalsIgnoreCase(host) && port == sentByPort);
  }

  /** Whether a target is of a family of addresses that can be sent to from here; null is. */
  boolean reaches(@Nullable Target target) {
    if (target == null) {
      return true;
    }
    InetAddress own = endpoint.local().getAddress();
    boolean ipv6 = target.host().charAt(0) == '[';
    return own instanceof Inet6Address ? ipv6 || own.isAnyLocalAddress() : !ipv6;
  }

  /** Whether a Via's sent-by names this listening point. */
  boolean isNamedBy(@Nullable String viaHost, int viaPort) {
    if (viaHost == null) {
      return false;
    }
    int usual = Target.defaultPort(transport);
    int actual = viaPort < 0 ? usual : viaPort;
    String given = spelled(viaHost);
    boolean ownAddress =
        actual == port && (given.equals(spelled(bracketed(host))) || ownAddresses.wereTold(given));
    String name = sentByHost;
    int ownPort = sentByPort < 0 ? usual : sentByPort;
    return ownAddress || (name != null && spelled(name).equals(given) && actual == ownPort);
  }

  @Override
  public ViaHeader createViaHeader() {
    try {
      Via via = (Via) model.header(HeaderType.VIA);
      via.setTransport(Chars.upper(transport));
      via.setHost(viaHost());
      if (viaPort() > 0) {
        via.setPort(viaPort());
      }
      return via;
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException("listening point can't be written as a Via: " + this, e);
    }
  }

  @Override
  public ContactHeader createContactHeader() {
    try {
      SipUri uri = model.sipUri();
      uri.setHost(viaHost());
      if (viaPort() > 0) {
        uri.setPort(viaPort());
      }
      if (!transport.equals("udp")) {
        uri.setTransportParam(transport);
      }
      NameAddress address = model.address();
      address.setURI(uri);
      Contact contact = (Contact) model.header(HeaderType.CONTACT);
      contact.setAddress(address);
      return contact;
    } catch (ParseException e) {
      throw new IllegalStateException("listening point can't be written as a Contact: " + this, e);
    }
  }

  @Override
  public void sendHeartbeat(String peer, int peerPort) throws IOException {
    Objects.requireNonNull(peer, "host");
    SipProviderImpl sender = provider;
    if (sender == null) {
      throw new IOException("The listening point " + this + " belongs to no provider");
    }
    try {
      sender.outbound().sendKeepAlive(this, new Target(peer, peerPort, transport));
    } catch (SipException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** In one of its many spellings: IPv6 as RFC 5952 has it, names in lower case. */
  private static String spelled(String host) {
    byte[] address = host.startsWith("[") ? Ipv6.parse(host) : null;
    return address == null ? Chars.lower(host) : '[' + Ipv6.text(address) + ']';
  }

  private static String bracketed(String host) {
    if (host.indexOf(':') < 0 || host.startsWith("[")) {
      return host;
    }
    int scope = host.indexOf('%');
    return "[" + (scope < 0 ? host : host.substring(0, scope)) + "]";
  }

  /** Equal where address, port and transport are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListeningPoint that
        && port == that.getPort()
        && transport.equalsIgnoreCase(that.getTransport())
        && host.equalsIgnoreCase(that.getIPAddress());
  }

  @Override
  public int hashCode() {
    return Objects.hash(Chars.lower(host), port, transport);
  }

  @Override
  public String toString() {
    return bracketed(host) + ":" + port + "/" + transport;
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A listening point can't live outside its stack");
  }
}
