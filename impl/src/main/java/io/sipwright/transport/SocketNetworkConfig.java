package io.sipwright.transport;

/**
 * How {@link SocketNetwork} uses the machine.
 *
 * @param name what the names of its threads begin with
 * @param daemonThreads whether the virtual machine may end while its threads run
 * @param udpReceiveBuffer size to ask for, in bytes; the system may give less; 0 for its default
 * @param udpSendBuffer size to ask for, in bytes; the system may give less; 0 for its default
 * @param udpThreads threads that receive, for each UDP endpoint
 * @param streamThreads threads shared by all endpoints of stream transports
 * @param maxHeaderBytes longest start line and header on a stream, in bytes
 * @param maxMessageBytes longest message on a stream, in bytes; datagrams are handed on whole
 * @param connectTimeoutMillis how long a connection may take to open
 * @param idleTimeoutMillis after how long without traffic a connection is closed; 0 for never
 * @param partialMessageMillis how long a message on a stream may take from its first to its last
 *     byte before the connection is given up; 0 for ever
 * @param maxPendingBytes how much may wait to be written on one connection; sending more fails
 * @param maxConnections open connections of all endpoints together; more are refused
 */
public record SocketNetworkConfig(
    String name,
    boolean daemonThreads,
    int udpReceiveBuffer,
    int udpSendBuffer,
    int udpThreads,
    int streamThreads,
    int maxHeaderBytes,
    int maxMessageBytes,
    int connectTimeoutMillis,
    int idleTimeoutMillis,
    int partialMessageMillis,
    int maxPendingBytes,
    int maxConnections) {
  /** What suits most. */
  public static final SocketNetworkConfig DEFAULT = builder().build();

  /** Checks the ranges. */
  public SocketNetworkConfig {
    positive("udpThreads", udpThreads);
    positive("streamThreads", streamThreads);
    positive("maxHeaderBytes", maxHeaderBytes);
    positive("maxMessageBytes", maxMessageBytes);
    positive("connectTimeoutMillis", connectTimeoutMillis);
    positive("maxPendingBytes", maxPendingBytes);
    positive("maxConnections", maxConnections);
    notNegative("udpReceiveBuffer", udpReceiveBuffer);
    notNegative("udpSendBuffer", udpSendBuffer);
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
    private int udpReceiveBuffer = 4 << 20;
    private int udpSendBuffer = 4 << 20;
    private int udpThreads = 1;
    private int streamThreads = Math.min(4, Runtime.getRuntime().availableProcessors());
    private int maxHeaderBytes = 64 << 10;
    private int maxMessageBytes = 512 << 10;
    private int connectTimeoutMillis = 4_000;
    private int idleTimeoutMillis;
    private int partialMessageMillis = 32_000;
    private int maxPendingBytes = 1 << 20;
    private int maxConnections = 50_000;

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

    /** {@link SocketNetworkConfig#udpReceiveBuffer()}: 4 MiB. */
    public Builder udpReceiveBuffer(int value) {
      udpReceiveBuffer = value;
      return this;
    }

    /** {@link SocketNetworkConfig#udpSendBuffer()}: 4 MiB. */
    public Builder udpSendBuffer(int value) {
      udpSendBuffer = value;
      return this;
    }

    /** {@link SocketNetworkConfig#udpThreads()}: 1. */
    public Builder udpThreads(int value) {
      udpThreads = value;
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

    /** {@link SocketNetworkConfig#maxConnections()}: 50,000. */
    public Builder maxConnections(int value) {
      maxConnections = value;
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
          udpReceiveBuffer,
          udpSendBuffer,
          udpThreads,
          streamThreads,
          maxHeaderBytes,
          maxMessageBytes,
          connectTimeoutMillis,
          idleTimeoutMillis,
          partialMessageMillis,
          maxPendingBytes,
          maxConnections);
    }
  }
}
