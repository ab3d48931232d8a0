package io.sipwright.ext;

/**
 * Figures about a stack. What it holds is that of one moment, what's counted began when the stack
 * was started; a stopped stack holds nothing, and has the counts of its last run no more but for
 * {@link Refusals}, which go on as long as the object.
 *
 * @param clientTransactions client transactions, those that linger included (RFC 3261 §17)
 * @param serverTransactions server transactions, those that linger included
 * @param dialogs dialogs, early or confirmed
 * @param timers armed timers
 * @param callsWaiting calls with events that wait for the listener; with a serial listener 0 or 1
 * @param waitingBytes about what the requests take that wait for the listener
 * @param connections of the stream transports
 * @param refusals what the stack did not take
 */
public record StackStatistics(
    int clientTransactions,
    int serverTransactions,
    int dialogs,
    int timers,
    int callsWaiting,
    long waitingBytes,
    Connections connections,
    Refusals refusals) {

  /**
   * Connections of TCP, TLS and WebSocket, and how often which limit was reached.
   *
   * @param open at this moment, both ways
   * @param unsentBytes what waits to be written on all of them
   * @param refused were closed at once, as there were {@code MAX_CONNECTIONS}
   * @param refusedPerSource were closed at once, as their source had {@code
   *     MAX_CONNECTIONS_PER_SOURCE}
   * @param displaced were closed for others, as they had sent no whole message
   * @param slowHandshakes took longer than {@code TLS_HANDSHAKE_TIMEOUT} for a handshake, of TLS or
   *     WebSocket
   * @param silent sent no whole message within {@code FIRST_MESSAGE_TIMEOUT}
   * @param withoutKeepAlives sent neither message nor keep-alive for as long as their keep-alives
   *     may take (RFC 5626 §5.4)
   * @param slow did not bring a message to its end within {@code READ_TIMEOUT}
   * @param badProxyHeaders came from a load balancer without the PROXY header that they must have
   * @param idle were closed after {@code MAX_SOCKET_IDLE_TIME}
   * @param tooLong sent a message beyond {@code MAX_MESSAGE_SIZE}
   * @param unread had {@code MAX_WRITE_QUEUE} waiting and did not read
   */
  public record Connections(
      int open,
      long unsentBytes,
      long refused,
      long refusedPerSource,
      long displaced,
      long slowHandshakes,
      long silent,
      long withoutKeepAlives,
      long slow,
      long badProxyHeaders,
      long idle,
      long tooLong,
      long unread) {}

  /**
   * Messages that the listener never saw, and why.
   *
   * @param unreadable messages that could not be read: answered where enough could be read for
   *     that, otherwise dropped
   * @param brokenStreams connections closed because their bytes could not be cut into messages
   * @param overload requests answered 503 because others waited longer than {@code OVERLOAD_WAIT}
   *     or took most of the room
   * @param queueFull requests that found no room to wait: answered 503 over streams, dropped over
   *     UDP
   * @param tooLate requests that waited longer than {@code CONGESTION_CONTROL_TIMEOUT}: the same
   * @param transactionsFull requests answered 503 as there were {@code MAX_SERVER_TRANSACTIONS}
   * @param dialogsFull requests answered 503 as there were {@code MAX_DIALOGS}
   * @param tooManyRoutes requests answered 400 for more than {@code MAX_RECORD_ROUTES}
   */
  public record Refusals(
      long unreadable,
      long brokenStreams,
      long overload,
      long queueFull,
      long tooLate,
      long transactionsFull,
      long dialogsFull,
      long tooManyRoutes) {
    /** How many requests were shed for want of time or room. */
    public long shed() {
      return overload + queueFull + tooLate + transactionsFull + dialogsFull;
    }
  }
}
