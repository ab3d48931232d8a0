package io.sipwright.examples;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * One SIP stack with its factories: what each program starts from. The provider is the one {@code
 * sip.path} names.
 */
public final class Agent implements AutoCloseable {
  /**
   * The system property with the path name of the JAIN SIP provider to use; {@code io.sipwright}
   * when unset.
   */
  public static final String PATH_PROPERTY = "sip.path";

  private static final int PORT_TRIES = 50;
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SipStack stack;
  private final AddressFactory addresses;
  private final HeaderFactory headers;
  private final MessageFactory messages;

  private Agent(SipFactory factory, SipStack stack) throws PeerUnavailableException {
    this.stack = stack;
    addresses = factory.createAddressFactory();
    headers = factory.createHeaderFactory();
    messages = factory.createMessageFactory();
  }

  /**
   * Makes a stack of that name. Nothing is listened on yet.
   *
   * @param properties the stack's properties besides its name
   * @throws PeerUnavailableException if the provider's classes are not on the class path
   */
  public static Agent open(String name, Map<String, String> properties)
      throws PeerUnavailableException {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty(
        "javax.sip.STACK_NAME", name + "-" + OPENED.incrementAndGet()); // one name, one stack
    SipFactory factory = SipFactory.getInstance();
    synchronized (
        factory) { // a singleton with a path name: not to be changed under another program's feet
      factory.setPathName(System.getProperty(PATH_PROPERTY, "io.sipwright"));
      return new Agent(factory, factory.createSipStack(all));
    }
  }

  /** The stack itself. */
  public SipStack stack() {
    return stack;
  }

  /** Makes addresses and URIs. */
  public AddressFactory addresses() {
    return addresses;
  }

  /** Makes headers. */
  public HeaderFactory headers() {
    return headers;
  }

  /** Makes requests and responses. */
  public MessageFactory messages() {
    return messages;
  }

  /**
   * Listens on an address, with a provider of its own, and hands its events to the listener.
   *
   * @param transport {@code udp}, {@code tcp}, {@code tls}, {@code ws} or {@code wss}
   * @param port the port, or 0 for a free one of the system's choice
   * @throws IOException if the address can't be listened on; the message says which and why
   */
  public SipProvider listen(String transport, String host, int port, SipListener listener)
      throws IOException {
    ListeningPoint point = port == 0 ? bindAnywhere(transport, host) : bind(transport, host, port);
    try {
      SipProvider provider = stack.createSipProvider(point);
      provider.addSipListener(listener);
      return provider;
    } catch (SipException | java.util.TooManyListenersException e) {
      throw cannotListen(transport, host, point.getPort(), e);
    }
  }

  /**
   * JAIN knows no port 0: finds a free port first, and another one if somebody takes it in between.
   */
  private ListeningPoint bindAnywhere(String transport, String host) throws IOException {
    IOException last = null;
    for (int i = 0; i < PORT_TRIES; i++) {
      int port = freePort(transport, host);
      try {
        return bind(transport, host, port);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last == null ? new IOException("no free port on " + host) : last;
  }

  private ListeningPoint bind(String transport, String host, int port) throws IOException {
    try {
      return stack.createListeningPoint(host, port, transport);
    } catch (SipException | InvalidArgumentException e) {
      throw cannotListen(transport, host, port, e);
    }
  }

  private static int freePort(String transport, String host) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName(host), 0);
    if (transport.toLowerCase(Locale.ROOT).equals(ListeningPoint.UDP)) {
      try (DatagramSocket socket = new DatagramSocket(any)) {
        return socket.getLocalPort();
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(any);
      return socket.getLocalPort();
    }
  }

  private static IOException cannotListen(String transport, String host, int port, Exception why) {
    String detail = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    return new IOException(
        "cannot listen on " + transport + ":" + host + ":" + port + ": " + detail, why);
  }

  /**
   * A request outside any dialog: From with a new tag, To without one, a new Call-ID, CSeq 1, a Via
   * whose branch the stack fills in, Max-Forwards 70.
   */
  public Request newRequest(
      String method, SipProvider provider, URI target, Address from, Address to)
      throws ParseException, InvalidArgumentException {
    return messages.createRequest(
        target,
        method,
        provider.getNewCallId(),
        headers.createCSeqHeader(1L, method),
        headers.createFromHeader(from, newTag()),
        headers.createToHeader(to, null),
        List.of(newVia(provider)),
        headers.createMaxForwardsHeader(70));
  }

  /** A tag for From or To: 64 random bits (RFC 3261 §19.3 asks for at least 32). */
  public String newTag() {
    return Long.toHexString(RANDOM.nextLong());
  }

  /** A Via header for what is sent through a provider; the stack fills in the branch. */
  public ViaHeader newVia(SipProvider provider) throws ParseException, InvalidArgumentException {
    ListeningPoint point = provider.getListeningPoint();
    return headers.createViaHeader(
        point.getIPAddress(), point.getPort(), point.getTransport(), null);
  }

  /**
   * The URI under which a provider is reached: {@code sip:user@host:port;transport=...}. The user
   * may be null.
   */
  public SipURI uriOf(SipProvider provider, @Nullable String user) throws ParseException {
    ListeningPoint point = provider.getListeningPoint();
    SipURI uri = addresses.createSipURI(user, point.getIPAddress());
    uri.setPort(point.getPort());
    uri.setTransportParam(point.getTransport());
    return uri;
  }

  /**
   * Adds what a message that makes a dialog needs: where to reach us, and an SDP body with one
   * audio stream.
   */
  public void describe(Message message, SipProvider provider, String user) throws ParseException {
    message.setHeader(headers.createContactHeader(addresses.createAddress(uriOf(provider, user))));
    String host = provider.getListeningPoint().getIPAddress();
    message.setContent(Sdp.audio(host), headers.createContentTypeHeader("application", "sdp"));
  }

  /** Stops the stack; its ports are free again shortly after. */
  @Override
  public void close() {
    stack.stop();
  }
}
