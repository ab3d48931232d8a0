package io.sipwright.proxy;

import io.sipwright.header.PathHeader;
import io.sipwright.header.SipwrightContactHeader;
import io.sipwright.header.SipwrightHeaderFactory;
import java.text.ParseException;
import java.util.Iterator;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ExpiresHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * What a registrar makes of a REGISTER that may ask for outbound (RFC 5626 §6).
 *
 * <pre>
 * OutboundRegistrar.Verdict verdict = OutboundRegistrar.judge(register);
 * if (verdict.status() != 0) { … answer 400 or 439 }
 * if (verdict == APPLIES) {
 *   … bind AOR, instance and reg-id to Contact, Path and, if it's the first hop, stack.flowOf(register)
 *   OutboundRegistrar.accept(ok, 120, headers);
 * } else { … bind AOR and Contact, as ever }
 * </pre>
 */
public final class OutboundRegistrar {
  /** FIRST_HOP_LACKS_OUTBOUND_SUPPORT of §11.6. */
  private static final int LACKS_SUPPORT = 439;

  /** What to do about a REGISTER. */
  public enum Verdict {
    /** The binding is one of an instance over one of its flows. */
    APPLIES,
    /** It doesn't ask for outbound, or can't have it: {@code reg-id} is ignored. */
    IGNORED,
    /** The first hop doesn't support it: 439 (First Hop Lacks Outbound Support). */
    FIRST_HOP_LACKS_SUPPORT,
    /** More than one binding at a time: 400. */
    MALFORMED;

    /** What to answer; 0 if it's no error. */
    public int status() {
      return switch (this) {
        case APPLIES, IGNORED -> 0;
        case FIRST_HOP_LACKS_SUPPORT -> LACKS_SUPPORT;
        case MALFORMED -> Response.BAD_REQUEST;
      };
    }
  }

  private OutboundRegistrar() {}

  /** What to do about a REGISTER. */
  public static Verdict judge(Request register) {
    List<SipwrightContactHeader> contacts = OutboundMarks.contacts(register);
    boolean asked = contacts.stream().anyMatch(contact -> contact.getRegId() > 0);
    if (!asked) {
      return Verdict.IGNORED;
    }
    if (!OutboundEdge.isFirstHop(register) && !firstHopHasOb(register)) {
      return OutboundMarks.supports(register) ? Verdict.FIRST_HOP_LACKS_SUPPORT : Verdict.IGNORED;
    }
    List<SipwrightContactHeader> bound =
        contacts.stream().filter(contact -> expires(contact, register) != 0).toList();
    boolean together = bound.stream().anyMatch(contact -> contact.getRegId() > 0);
    if (bound.size() > 1 && together) {
      return Verdict.MALFORMED;
    }
    boolean named =
        contacts.stream()
            .anyMatch(contact -> contact.getRegId() > 0 && contact.getInstanceId() != null);
    return named && OutboundMarks.supports(register) ? Verdict.APPLIES : Verdict.IGNORED;
  }

  private static int expires(SipwrightContactHeader contact, Request register) {
    int own = contact.getExpires();
    if (own >= 0) {
      return own;
    }
    return register.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader all
        ? all.getExpires()
        : -1;
  }

  /** Proxies put theirs before what's there: the first hop's is the last one (RFC 3327 §5.2). */
  private static boolean firstHopHasOb(Request register) {
    boolean marked = false;
    for (Iterator<?> all = register.getHeaders(PathHeader.NAME); all.hasNext(); ) {
      marked = all.next() instanceof PathHeader path && OutboundMarks.hasOb(path.getAddress());
    }
    return marked;
  }

  /**
   * Says in the 2xx that outbound is in use, and how long this side waits for keep-alives.
   *
   * @param flowTimer seconds; 0 to leave it to the user agent, and where the registrar isn't the
   *     first hop
   * @throws IllegalArgumentException if it's negative
   */
  public static void accept(Response ok, int flowTimer, SipwrightHeaderFactory headers) {
    if (flowTimer < 0) {
      throw new IllegalArgumentException("Flow-Timer must not be negative: " + flowTimer);
    }
    try {
      ok.addHeader(headers.createRequireHeader(OutboundMarks.OUTBOUND));
      if (flowTimer > 0) {
        ok.setHeader(headers.createFlowTimerHeader(flowTimer));
      }
    } catch (ParseException | InvalidArgumentException e) {
      throw new IllegalStateException(e); // words and numbers of our own
    }
  }
}
