package io.sipwright.dialog;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.message.SipMessage;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import javax.sip.address.Address;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * The state of a dialog (RFC 3261 §12): immutable, replaced as a whole. {@link Dialogs} makes it,
 * {@link DialogRequests} makes requests from it.
 *
 * <p>The addresses and routes in it are objects that can change, and the JAIN API shows them to
 * programs, which change them: what's changed counts for requests made afterwards. They're shared
 * with no message.
 *
 * @param method of the request that formed the dialog
 * @param server whether this side was the UAS of that request
 * @param callId the Call-ID
 * @param localTag our tag; null with a peer of RFC 2543 that doesn't do tags
 * @param remoteTag the peer's tag, or null likewise
 * @param localSeq number of our last request in the dialog; -1: none yet
 * @param remoteSeq number of the peer's last request in it; -1: none yet
 * @param localParty address of our From or To
 * @param remoteParty address of the peer's From or To
 * @param remoteTarget the peer's Contact, where requests go; null if it gave none
 * @param routeSet the way there; unmodifiable
 * @param secure whether the request that formed it had a SIPS URI and came or went over TLS
 * @param phase how far it is
 */
public record DialogData(
    String method,
    boolean server,
    String callId,
    @Nullable String localTag,
    @Nullable String remoteTag,
    long localSeq,
    long remoteSeq,
    Address localParty,
    Address remoteParty,
    @Nullable Address remoteTarget,
    List<Route> routeSet,
    boolean secure,
    Phase phase)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** States of a dialog (RFC 3261 §12). */
  public enum Phase {
    /** Formed by a provisional response. */
    EARLY,
    /** Formed or confirmed by a 2xx, or by a NOTIFY. */
    CONFIRMED,
    /** Over. */
    TERMINATED
  }

  /** What to do with a request that came in. */
  public enum Verdict {
    /** Pass it on. */
    IN_ORDER,
    /** Answer it 500: its CSeq number is lower than that of one before (RFC 3261 §12.2.2). */
    OUT_OF_ORDER
  }

  /**
   * What a request from the peer leads to.
   *
   * @param verdict whether it's in order
   * @param next the state from now on; the old one if it isn't
   */
  public record Received(Verdict verdict, DialogData next) {}

  /** Makes sure that nobody changes the route set. */
  public DialogData {
    routeSet = routeSet.isEmpty() ? List.of() : Collections.unmodifiableList(routeSet);
  }

  /** The dialog's identifier. */
  public DialogKey key() {
    return new DialogKey(callId, localTag, remoteTag);
  }

  /**
   * The URI for requests to the peer: its Contact's, or for a peer that gave none its address of
   * record, which reaches most that forgot.
   */
  public URI targetUri() {
    Address address = remoteTarget != null ? remoteTarget : remoteParty;
    return address.getURI();
  }

  /**
   * Whether requests must be sent to the URI in their request line although they have Routes: the
   * first of the route set is a strict router (RFC 3261 §8.1.2, §12.2.1.1).
   */
  public boolean goesByRequestUri() {
    return RouteSets.startsStrict(routeSet);
  }

  // --- what comes in and goes out as requests ---

  /**
   * A request from the peer (RFC 3261 §12.2.2): its number becomes the remote sequence number. The
   * numbers of ACK and CANCEL are those of other requests and don't count.
   *
   * <p>The target isn't refreshed yet: see {@link #onResponseSent}.
   *
   * @param anyOrder whether lower numbers are in order too; they change nothing
   */
  public Received onRequest(SipMessage request, boolean anyOrder) {
    String requestMethod = request.method();
    long seq = request.cseq();
    if (requestMethod.equals("ACK") || requestMethod.equals("CANCEL")) {
      return new Received(Verdict.IN_ORDER, this);
    }
    if (seq < remoteSeq) {
      return new Received(anyOrder ? Verdict.IN_ORDER : Verdict.OUT_OF_ORDER, this);
    }
    return new Received(Verdict.IN_ORDER, seq == remoteSeq ? this : withRemoteSeq(seq));
  }

  /**
   * A request of ours was sent: its number becomes the local sequence number if it's higher (RFC
   * 3261 §12.2.1.1). ACK and CANCEL don't count.
   */
  public DialogData onRequestSent(SipMessage request) {
    String requestMethod = request.method();
    boolean counts = !requestMethod.equals("ACK") && !requestMethod.equals("CANCEL");
    return counts && request.cseq() > localSeq ? withLocalSeq(request.cseq()) : this;
  }

  /**
   * A request of ours goes to the Contact of a target refresh request that isn't answered yet: then
   * that is the target from now on, whatever the answer will be (RFC 6141 §4.6).
   *
   * @param pending the peer's request
   */
  public DialogData onRequestSentWhile(SipMessage pending, SipMessage request) {
    Address contact = TargetRefresh.contactOf(pending);
    return contact != null && contact.getURI().equals(request.peekRequestUri())
        ? refreshedBy(pending)
        : this;
  }

  // --- what comes in and goes out as responses ---

  /**
   * A response to a request of ours in this dialog, or to the one that formed it.
   *
   * <ul>
   *   <li>2xx to the forming request confirms an early dialog, and the route set is made anew from
   *       it (RFC 3261 §13.2.2.4); 3xx to 6xx ends an early dialog (§12.3).
   *   <li>2xx and reliable 1xx to a target refresh request refresh the target (§12.2.1.2, RFC 6141
   *       §4.7).
   * </ul>
   *
   * <p>When it's over, only a 2xx to INVITE changes anything: its ACK goes to the target it gives.
   *
   * <p>Nothing else changes the state: what a failure within a confirmed dialog means is for its
   * user to say, and the end by BYE is {@link #terminated}.
   */
  public DialogData onResponse(SipMessage response) {
    if (phase == Phase.TERMINATED) {
      boolean acknowledged = response.status() / 100 == 2 && "INVITE".equals(response.cseqMethod());
      return acknowledged ? refreshedBy(response) : this;
    }
    boolean forming = phase == Phase.EARLY && !server && method.equals(response.cseqMethod());
    if (forming && response.status() >= 300) {
      return terminated();
    }
    DialogData next =
        forming && response.status() / 100 == 2 ? confirmed(RouteSets.ofClient(response)) : this;
    return TargetRefresh.isBy(response) ? next.refreshedBy(response) : next;
  }

  /**
   * A response of ours to a request of the peer in this dialog, or to the one that formed it.
   *
   * <ul>
   *   <li>2xx to the forming request confirms an early dialog; 3xx to 6xx ends one.
   *   <li>2xx and reliable 1xx to a target refresh request refresh the target with the Contact of
   *       that request. Earlier than that, or with an error as answer, it must not be done (RFC
   *       6141 §4.6): otherwise anybody who isn't authenticated yet could turn the dialog away.
   * </ul>
   */
  public DialogData onResponseSent(SipMessage request, SipMessage response) {
    if (phase == Phase.TERMINATED) {
      return this;
    }
    boolean forming = phase == Phase.EARLY && server && method.equals(request.method());
    if (forming && response.status() >= 300) {
      return terminated();
    }
    DialogData next = forming && response.status() / 100 == 2 ? confirmed(routeSet) : this;
    return TargetRefresh.isBy(response) ? next.refreshedBy(request) : next;
  }

  /**
   * Whether a response of either side ends a dialog because of the BYE it answers (RFC 3261 §15.1):
   * any final one but a challenge, which the same BYE with credentials may follow.
   */
  public static boolean isEndOfBye(SipMessage response) {
    int status = response.status();
    return "BYE".equals(response.cseqMethod()) && status >= 200 && status != 401 && status != 407;
  }

  private DialogData refreshedBy(SipMessage message) {
    String refreshing = message.method();
    Address contact =
        TargetRefresh.isTargetRefresh(refreshing) ? TargetRefresh.contactOf(message) : null;
    return contact == null ? this : copy(localSeq, remoteSeq, contact, routeSet, phase);
  }

  // --- copies ---

  /** The same, over. */
  public DialogData terminated() {
    return phase == Phase.TERMINATED
        ? this
        : copy(localSeq, remoteSeq, remoteTarget, routeSet, Phase.TERMINATED);
  }

  /** The same with another number of our last request; -1: none. */
  public DialogData withLocalSeq(long seq) {
    return copy(seq, remoteSeq, remoteTarget, routeSet, phase);
  }

  /** The same with another tag of the peer, which was given in its first response by RFC 2543. */
  public DialogData withRemoteTag(String tag) {
    return new DialogData(
        method,
        server,
        callId,
        localTag,
        tag,
        localSeq,
        remoteSeq,
        localParty,
        remoteParty,
        remoteTarget,
        routeSet,
        secure,
        phase);
  }

  private DialogData withRemoteSeq(long seq) {
    return copy(localSeq, seq, remoteTarget, routeSet, phase);
  }

  private DialogData confirmed(List<Route> routes) {
    return copy(localSeq, remoteSeq, remoteTarget, routes, Phase.CONFIRMED);
  }

  private DialogData copy(
      long newLocalSeq,
      long newRemoteSeq,
      @Nullable Address newTarget,
      List<Route> newRouteSet,
      Phase newPhase) {
    return new DialogData(
        method,
        server,
        callId,
        localTag,
        remoteTag,
        newLocalSeq,
        newRemoteSeq,
        localParty,
        remoteParty,
        newTarget,
        newRouteSet,
        secure,
        newPhase);
  }

  /** An address of ours with the parts of another one, to be put into a message. */
  static NameAddress copyOf(Address address) {
    return NameAddress.of((Address) address.clone());
  }
}
