package io.sipwright.stack;

import io.sipwright.javax.sip.header.FlowTimer;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Flow;
import javax.sip.header.OptionTag;
import org.jspecify.annotations.Nullable;

/**
 * What a 2xx to a REGISTER says about the keep-alives of a flow (RFC 5626 §5.4, §6): as registrar
 * or as edge proxy, whoever sends it must wait for them for longer than that.
 */
public final class FlowPromises {
  private static final String REGISTER = "REGISTER";
  private static final String OUTBOUND = "outbound";

  /** Of a user agent that saves its battery, where there's no Flow-Timer (§4.4.1). */
  private static final int LONGEST_USUAL = 840;

  private FlowPromises() {}

  /**
   * A response goes out: if it's one that has an outbound registration, its connection is kept.
   *
   * @param arrival what its request came on, if that's a {@link Flow}; otherwise nothing is done
   */
  public static void note(SipMessage response, @Nullable Object arrival) {
    if (response.status() / 100 == 2
        && arrival instanceof Flow flow
        && flow.endpoint().reliable()
        && REGISTER.equals(response.cseqMethod())
        && requiresOutbound(response)) {
      flow.promise(
          response.peek(HeaderType.FLOW_TIMER) instanceof FlowTimer timer
              ? timer.getFlowTimer()
              : LONGEST_USUAL);
    }
  }

  private static boolean requiresOutbound(SipMessage response) {
    for (SipHeader header : response.peekAll(HeaderType.REQUIRE)) {
      if (header instanceof OptionTag tag && OUTBOUND.equalsIgnoreCase(tag.getOptionTag())) {
        return true;
      }
    }
    return false;
  }
}
