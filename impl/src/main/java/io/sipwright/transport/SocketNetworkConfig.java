package io.sipwright.transport;

import io.sipwright.tls.TlsSettings;

/**
 * How {@link SocketNetwork} uses the machine.
 *
 * @param name what the names of its threads begin with
 * @param daemonThreads whether the virtual machine may end while its threads run
 * @param udp for UDP endpoints
 * @param streamThreads threads shared by all endpoints of stream transports
 * @param maxHeaderBytes longest start line and header on a stream, in bytes
 * @param maxMessageBytes longest message on a stream, in bytes; datagrams are handed on whole
 * @param connectTimeoutMillis how long a connection may take to open
 * @param idleTimeoutMillis after how long without traffic a connection is closed; 0 for never
 * @param partialMessageMillis how long a message on a stream may take from its first to its last
 *     byte before the connection is given up; 0 for ever
 * @param maxPendingBytes how much may wait to be written on one connection; sending more fails, and
 *     the connection is closed if that doesn't change soon
 * @param maxPendingBytesInAll how much may wait to be written on all connections together, beside
 *     64 KiB for each
 * @param maxConnections open connections of all endpoints together; one more takes the place of one
 *     on which no whole message came, or is refused
 * @param maxConnectionsPerSource open connections from one IPv4 address or IPv6 network of 64 bits;
 *     the same
 * @param firstMessageMillis how long a peer that has connected may take to its first whole message;
 *     0 for ever
 * @param keepAlive what is done about keep-alives of peers
 * @param proxies load balancers: what they open must begin with a PROXY header, which says whom it
 *     comes from
 * @param tls keys and certificates, for "tls" and "wss"
 * @param webSocket for "ws" and "wss"
 * @param policy the program's say about who may connect
 */
public record SocketNetworkConfig(
    String name,
    boolean daemonThreads,
    UdpSettings udp,
    int streamThreads,
    int maxHeaderBytes,
    int maxMessageBytes,
    int connectTimeoutMillis,
    int idleTimeoutMillis,
    int partialMessageMillis,
    int maxPendingBytes,
    long maxPendingBytesInAll,
    int maxConnections,
    int maxConnectionsPerSource,
    int firstMessageMillis,
    KeepAliveSettings keepAlive,
    AddressRanges proxies,
    TlsSettings tls,
    WebSocketSettings webSocket,
    ConnectionPolicy policy) {
  /** What suits most. */
  public static final SocketNetworkConfig DEFAULT = builder().build();

  /** Checks the ranges. */
  public SocketNetworkConfig {
    positive("streamThreads", streamThreads);
    positive("maxHeaderBytes", maxHeaderBytes);
    positive("maxMessageBytes", maxMessageBytes);
    positive("connectTimeoutMillis", connectTimeoutMillis);
    positive("maxPendingBytes", maxPendingBytes);
    if (maxPendingBytesInAll <= 0) {
      throw new IllegalArgumentException(
          "maxPendingBytesInAll must be positive: " + maxPendingBytesInAll);
    }
    positive("maxConnections", maxConnections);
    positive("maxConnectionsPerSource", maxConnectionsPerSource);
    notNegative("firstMessageMillis", firstMessageMillis);
    notNegative("idleTimeoutMillis", idleTimeoutMillis);
    notNegative("partialMessageMillis", partialMessageMillis);
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  private static void notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }

  /** A builder that begins with what suits most. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets one value after another. */
  public static final class Builder {
    private String name = "sipwright";
    private boolean daemonThreads;
    private UdpSettings udp = UdpSettings.DEFAULT;
    private int streamThreads = Math.min(4, Runtime.getRuntime().availableProcessors());
    private int maxHeaderBytes = 64 << 10;
    private int maxMessageBytes = 512 << 10;
    private int connectTimeoutMillis = 4_000;
    private int idleTimeoutMillis;
    private int partialMessageMillis = 32_000;
    private int maxPendingBytes = 1 << 20;
    private long maxPendingBytesInAll = Long.MAX_VALUE / 2;
    private int maxConnections = 2_048;
    private int maxConnectionsPerSource = 1_024;
    private int firstMessageMillis = 120_000;
    private KeepAliveSettings keepAlive = KeepAliveSettings.DEFAULT;
    private AddressRanges proxies = AddressRanges.NONE;
    private TlsSettings tls = TlsSettings.DEFAULT;
    private WebSocketSettings webSocket = WebSocketSettings.DEFAULT;
    private ConnectionPolicy policy = ConnectionPolicy.ANY;

    private Builder() {}

    /** {@link SocketNetworkConfig#name()}: "sipwright". */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** {@link SocketNetworkConfig#daemonThreads()}: false. */
    public Builder daemonThreads(boolean value) {
      daemonThreads = value;
      return this;
    }

    /** {@link SocketNetworkConfig#udp()}: {@link UdpSettings#DEFAULT}. */
    public Builder udp(UdpSettings value) {
      udp = value;
      return this;
    }

    /** {@link SocketNetworkConfig#streamThreads()}: as many as there are processors, up to 4. */
    public Builder streamThreads(int value) {
      streamThreads = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxHeaderBytes()}: 64 KiB. */
    public Builder maxHeaderBytes(int value) {
      maxHeaderBytes = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxMessageBytes()}: 512 KiB. */
    public Builder maxMessageBytes(int value) {
      maxMessageBytes = value;
      return this;
    }

    /** {@link SocketNetworkConfig#connectTimeoutMillis()}: 4 seconds. */
    public Builder connectTimeoutMillis(int value) {
      connectTimeoutMillis = value;
      return this;
    }

    /** {@link SocketNetworkConfig#idleTimeoutMillis()}: never. */
    public Builder idleTimeoutMillis(int value) {
      idleTimeoutMillis = value;
      return this;
    }

    /** {@link SocketNetworkConfig#partialMessageMillis()}: 32 seconds. */
    public Builder partialMessageMillis(int value) {
      partialMessageMillis = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxPendingBytes()}: 1 MiB. */
    public Builder maxPendingBytes(int value) {
      maxPendingBytes = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxPendingBytesInAll()}: any number. */
    public Builder maxPendingBytesInAll(long value) {
      maxPendingBytesInAll = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxConnections()}: 2,048. */
    public Builder maxConnections(int value) {
      maxConnections = value;
      return this;
    }

    /** {@link SocketNetworkConfig#maxConnectionsPerSource()}: 1,024. */
    public Builder maxConnectionsPerSource(int value) {
      maxConnectionsPerSource = value;
      return this;
    }

    /** {@link SocketNetworkConfig#firstMessageMillis()}: two minutes. */
    public Builder firstMessageMillis(int value) {
      firstMessageMillis = value;
      return this;
    }

    /** {@link SocketNetworkConfig#keepAlive()}: {@link KeepAliveSettings#DEFAULT}. */
    public Builder keepAlive(KeepAliveSettings value) {
      keepAlive = value;
      return this;
    }

    /** {@link SocketNetworkConfig#proxies()}: none. */
    public Builder proxies(AddressRanges value) {
      proxies = value;
      return this;
    }

    /** {@link SocketNetworkConfig#tls()}: no keys, and the trust of Java. */
    public Builder tls(TlsSettings value) {
      tls = value;
      return this;
    }

    /** {@link SocketNetworkConfig#webSocket()}: any path and origin. */
    public Builder webSocket(WebSocketSettings value) {
      webSocket = value;
      return this;
    }

    /** {@link SocketNetworkConfig#policy()}: content with everybody. */
    public Builder policy(ConnectionPolicy value) {
      policy = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SocketNetworkConfig build() {
      return new SocketNetworkConfig(
          name,
          daemonThreads,
          udp,
          streamThreads,
          maxHeaderBytes,
          maxMessageBytes,
          connectTimeoutMillis,
          idleTimeoutMillis,
          partialMessageMillis,
          maxPendingBytes,
          maxPendingBytesInAll,
          maxConnections,
          maxConnectionsPerSource,
          firstMessageMillis,
          keepAlive,
          proxies,
          tls,
          webSocket,
          policy);
    }
  }
}
