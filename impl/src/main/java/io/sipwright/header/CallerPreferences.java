package io.sipwright.header;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.sip.header.ContactHeader;
import javax.sip.header.EventHeader;
import javax.sip.message.Request;

/**
 * What a caller wants of the user agent that its request reaches, and which of several contacts fit
 * that, in which order: what a proxy does with Accept-Contact and Reject-Contact (RFC 3841 §7.2).
 *
 * <pre>
 * List&lt;ContactHeader&gt; targets = CallerPreferences.of(request).order(registered);
 * </pre>
 */
public final class CallerPreferences {
  /** A value of Accept-Contact: a predicate with its flags. */
  private record Wanted(FeatureSet features, boolean require, boolean explicit) {}

  /**
   * A contact that is left.
   *
   * @param contact the contact
   * @param q what the callee gave it, 0 to 1
   * @param preference how well it fits the caller's preferences, 0 to 1: {@code Qa} of RFC 3841
   *     §7.2.4
   */
  public record Ranked(ContactHeader contact, double q, double preference) {}

  private final List<Wanted> accepted;
  private final List<FeatureSet> rejected;
  private final boolean implicit;

  private CallerPreferences(List<Wanted> accepted, List<FeatureSet> rejected, boolean implicit) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.implicit = implicit;
  }

  /**
   * The preferences of a request: those in its Accept-Contact and Reject-Contact headers or, if it
   * has neither, a user agent that knows its method and, for SUBSCRIBE, its event package (RFC 3841
   * §7.2.1, §7.2.2).
   */
  public static CallerPreferences of(Request request) {
    List<Wanted> accepted = new ArrayList<>();
    for (Iterator<?> all = request.getHeaders(AcceptContactHeader.NAME); all.hasNext(); ) {
      if (all.next() instanceof AcceptContactHeader h) {
        accepted.add(new Wanted(h.getFeatures(), h.isRequired(), h.isExplicit()));
      }
    }
    List<FeatureSet> rejected = new ArrayList<>();
    for (Iterator<?> all = request.getHeaders(RejectContactHeader.NAME); all.hasNext(); ) {
      if (all.next() instanceof RejectContactHeader h) {
        rejected.add(h.getFeatures());
      }
    }
    if (!accepted.isEmpty() || !rejected.isEmpty()) {
      return new CallerPreferences(accepted, rejected, false);
    }
    String event =
        request.getMethod().equals(Request.SUBSCRIBE)
                && request.getHeader(EventHeader.NAME) instanceof EventHeader h
            ? h.getEventType()
            : null;
    FeatureSet implied = FeatureSet.implied(request.getMethod(), event);
    return new CallerPreferences(List.of(new Wanted(implied, true, false)), List.of(), true);
  }

  /**
   * The contacts to try, best first: by the callee's q-value, then by how well they fit (RFC 3841
   * §7.2.4); those that don't are left out. Contacts without features always stay.
   *
   * @param targets in any order; those that are equal in all that counts keep theirs
   * @return a list of its own. Empty if explicit preferences exclude all, which a proxy answers
   *     with 480; implicit ones never exclude the last
   */
  public List<ContactHeader> order(Collection<? extends ContactHeader> targets) {
    List<ContactHeader> ordered = new ArrayList<>();
    rank(targets).forEach(ranked -> ordered.add(ranked.contact()));
    return ordered;
  }

  /** As {@link #order}, with the numbers. */
  public List<Ranked> rank(Collection<? extends ContactHeader> targets) {
    List<Ranked> ranked = new ArrayList<>();
    for (ContactHeader contact : targets) {
      FeatureSet features = FeatureSet.of(contact);
      double preference = features.isEmpty() ? 1 : preference(features);
      if (preference >= 0) {
        ranked.add(new Ranked(contact, q(contact), preference));
      }
    }
    if (ranked.isEmpty() && implicit) {
      targets.forEach(contact -> ranked.add(new Ranked(contact, q(contact), 1)));
    }
    ranked.sort(
        Comparator.comparingDouble(Ranked::q).thenComparingDouble(Ranked::preference).reversed());
    return ranked;
  }

  private static double q(ContactHeader contact) {
    float q = contact.getQValue();
    return q < 0 ? 1 : q;
  }

  /** {@code Qa}, or -1 if the contact is to be dropped. */
  private double preference(FeatureSet contact) {
    for (FeatureSet unwanted : rejected) {
      if (unwanted.isCoveredBy(contact) && unwanted.matches(contact)) {
        return -1;
      }
    }
    double sum = 0;
    int matching = 0;
    for (Wanted wanted : accepted) {
      if (!wanted.features().matches(contact)) {
        if (wanted.require()) {
          return -1;
        }
        continue;
      }
      double score = wanted.features().score(contact);
      if (score < 1 && wanted.explicit()) {
        if (wanted.require()) {
          return -1;
        }
        score = 0;
      }
      sum += score;
      matching++;
    }
    if (matching > 0) {
      return sum / matching;
    }
    return accepted.isEmpty() ? 1 : 0;
  }
}
