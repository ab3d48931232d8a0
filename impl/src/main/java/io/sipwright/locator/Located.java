package io.sipwright.locator;

import io.sipwright.dns.Answer;
import java.util.List;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * What a search came to.
 *
 * @param targets numeric ones in the order to try them (RFC 3263 §4.3); empty if there are none
 * @param steps what was asked, answered and chosen, in order
 * @param failure why there's no target, in words; null if there is one
 * @param authenticated whether the DNS was asked, and the name server says of each answer that it
 *     checked its signatures (DNSSEC); worth as much as the way to that server
 * @param uri what ENUM made of a telephone number: the Request-URI to send; null without ENUM
 */
public record Located(
    List<Target> targets,
    List<Step> steps,
    @Nullable String failure,
    boolean authenticated,
    @Nullable SipURI uri) {
  /** Copies the lists. */
  public Located {
    targets = List.copyOf(targets);
    steps = List.copyOf(steps);
  }

  /**
   * One step of the way.
   *
   * @param section the rule that was followed, as in {@code RFC 3263 §4.1}
   * @param text what was done and why, in words
   * @param answer of the DNS, if something was asked
   */
  public record Step(String section, String text, @Nullable Answer answer) {}
}
