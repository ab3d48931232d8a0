package io.sipwright.transaction;

import io.sipwright.javax.sip.message.RequestGlance;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a message is matched to its transaction by: RFC 3261 §17.1.3 for responses, §17.2.3 for
 * requests.
 *
 * <p>Branches and hosts are compared without regard to case. A request whose branch lacks the magic
 * cookie gets a key after the rules for clients of RFC 2543, called legacy here.
 *
 * <p>Keys are compared by their {@linkplain Fingerprint fingerprints}, which is what a transaction
 * keeps of its key.
 */
public final class TransactionKey {
  private static final String INVITE = "INVITE";
  private static final String ACK = "ACK";

  /** The branch; in a legacy key all that has to match but To tag and method. */
  private final String branch;

  /** A server's: the host of sent-by; in a legacy key the To tag. A client's: empty. */
  private final String qualifier;

  private final int port;
  private final String method;
  private final boolean legacy;
  private final long high;
  private final long low;

  private TransactionKey(
      String branch, @Nullable String qualifier, int port, String method, boolean legacy) {
    this.branch = branch;
    this.qualifier = qualifier == null ? "" : qualifier;
    this.port = port;
    this.method = method;
    this.legacy = legacy;
    Fingerprint print = new Fingerprint().text(method).number(legacy ? -1 : port);
    if (legacy) {
      print.text(branch).text(this.qualifier);
    } else {
      print.caselessText(branch).caselessText(this.qualifier);
    }
    high = print.high();
    low = print.low();
  }

  /**
   * The key of a request to send, or of a response that came: branch and CSeq method (RFC 3261
   * §17.1.3).
   */
  public static TransactionKey ofClient(SipMessage message) {
    String branch = message.viaBranch();
    return new TransactionKey(branch == null ? "" : branch, "", 0, message.method(), false);
  }

  /**
   * The key of a request that came: branch, sent-by and method (RFC 3261 §17.2.3). An ACK has the
   * key of its INVITE, except that a legacy one has one of its own, which {@link
   * TransactionTable#server} knows.
   */
  public static TransactionKey ofServer(SipMessage request) {
    return ofServer(request, request.method());
  }

  /** The key of a request of which no more than that was read; null for clients of RFC 2543. */
  public static @Nullable TransactionKey ofServer(RequestGlance request) {
    String branch = request.branch();
    if (!BranchIds.hasCookie(branch)) {
      return null;
    }
    int port = request.viaPort() >= 0 ? request.viaPort() : defaultPort(request.transport());
    return new TransactionKey(branch, request.viaHost(), port, request.method(), false);
  }

  /**
   * The key of a request of which nothing but a response to it can be read.
   *
   * @param method of the request
   */
  public static TransactionKey ofAnswered(SipMessage response, String method) {
    return ofServer(response, method);
  }

  /** The key of the INVITE that a CANCEL is for (RFC 3261 §9.2). */
  public static TransactionKey forCancelled(SipMessage cancel) {
    return ofServer(cancel, INVITE);
  }

  /** As a client: the key of the INVITE that a CANCEL to be sent is for (RFC 3261 §9.1). */
  public static TransactionKey forCancelledByClient(SipMessage cancel) {
    String branch = cancel.viaBranch();
    return new TransactionKey(branch == null ? "" : branch, "", 0, INVITE, false);
  }

  private static TransactionKey ofServer(SipMessage request, String method) {
    String branch = request.viaBranch();
    if (branch == null || !BranchIds.hasCookie(branch)) {
      return new TransactionKey(legacyId(request), request.toTag(), 0, method, true);
    }
    int port = request.viaPort();
    return new TransactionKey(
        branch,
        request.viaHost(),
        port >= 0 ? port : defaultPort(request.viaTransport()),
        method.equals(ACK) ? INVITE : method,
        false);
  }

  /** The method of the request that made the transaction; ACK for the key of a legacy ACK. */
  public String method() {
    return method;
  }

  /** Whether it follows the rules for clients of RFC 2543. */
  public boolean isLegacy() {
    return legacy;
  }

  /** A legacy INVITE's: the key of the ACK to a response with this To tag. */
  TransactionKey forAck(@Nullable String toTag) {
    return new TransactionKey(branch, toTag, port, ACK, legacy);
  }

  boolean isLegacyAck() {
    return legacy && method.equals(ACK);
  }

  /**
   * Request-URI, From tag, Call-ID, CSeq number and top Via. The copies of a request are the same
   * byte by byte, so that the values may be compared as text.
   */
  private static String legacyId(SipMessage request) {
    byte[] encoded = request.encoded();
    int from = indexOf(encoded, ' ', 0);
    String uriAndVersion =
        new String(encoded, from, indexOf(encoded, '\n', from) - from, StandardCharsets.ISO_8859_1);
    return uriAndVersion
        + '\n'
        + request.fromTag()
        + '\n'
        + request.callId()
        + '\n'
        + request.cseq()
        + '\n'
        + request.viaTransport()
        + ' '
        + request.viaHost()
        + ':'
        + request.viaPort()
        + ';'
        + request.viaBranch();
  }

  /** Where a byte stands next, or the length. */
  private static int indexOf(byte[] bytes, char wanted, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** RFC 3261 §18.1.1; for WebSocket RFC 7118 §5.2 with the ports of RFC 6455 §3. */
  private static int defaultPort(@Nullable String transport) {
    if (transport == null) {
      return 5060;
    }
    return switch (transport.length()) {
      case 2 -> transport.equalsIgnoreCase("WS") ? 80 : 5060;
      case 3 ->
          transport.equalsIgnoreCase("TLS") ? 5061 : transport.equalsIgnoreCase("WSS") ? 443 : 5060;
      default -> transport.equalsIgnoreCase("TLS-SCTP") ? 5061 : 5060;
    };
  }

  /** Upper half of its fingerprint. */
  long high() {
    return high;
  }

  /** Lower half of its fingerprint. */
  long low() {
    return low;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransactionKey key && low == key.low && high == key.high;
  }

  @Override
  public int hashCode() {
    return (int) low;
  }

  @Override
  public String toString() {
    return legacy
        ? "RFC 2543 " + method + branch.replaceAll("\\s+", " ") + " to-tag=" + qualifier
        : method + ' ' + branch + (qualifier.isEmpty() ? "" : " from " + qualifier + ':' + port);
  }
}
