package io.sipwright.examples.proxy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sip.header.ContactHeader;
import org.jspecify.annotations.Nullable;

/**
 * Who can be reached where, and until when: the bindings of RFC 3261 §10.3. Bounded: a user has ten
 * at most, of which the one that ends first gives way. The time is handed in, in seconds.
 */
final class LocationService {
  static final int MOST_CONTACTS = 10;
  private static final int MOST_USERS = 10_000;

  /** What became of a change. */
  enum Outcome {
    DONE,
    /** A later request of the same client has been here already; nothing was changed. */
    OUT_OF_ORDER,
    /** No room for one more user; nothing was changed. */
    FULL
  }

  /** A contact, and for how many seconds from now; 0 removes it. */
  record Change(ContactHeader contact, int seconds) {}

  /** A contact, which request put it there, and the second in which it ends. */
  record Binding(ContactHeader contact, String callId, long cseq, long end) {
    private boolean isLaterThan(String otherCallId, long otherCseq) {
      return callId.equals(otherCallId) && cseq >= otherCseq;
    }
  }

  private final Map<String, List<Binding>> users = new HashMap<>();

  /** Changes all of it, or nothing (§10.3 step 7). */
  synchronized Outcome update(
      String user, String callId, long cseq, List<Change> changes, long now) {
    List<Binding> bindings = new ArrayList<>(of(user, now));
    for (Change change : changes) {
      Binding old = find(bindings, change.contact);
      if (old != null && old.isLaterThan(callId, cseq)) {
        return Outcome.OUT_OF_ORDER;
      }
      bindings.remove(old);
      if (change.seconds > 0) {
        ContactHeader contact = (ContactHeader) change.contact.clone();
        bindings.add(new Binding(contact, callId, cseq, now + change.seconds));
      }
    }
    while (bindings.size() > MOST_CONTACTS) {
      bindings.remove(bindings.stream().min(Comparator.comparingLong(Binding::end)).orElseThrow());
    }
    return store(user, bindings, now);
  }

  /** Removes all contacts of a user: {@code Contact: *} (§10.3 step 6). */
  synchronized Outcome clear(String user, String callId, long cseq, long now) {
    for (Binding binding : of(user, now)) {
      if (binding.isLaterThan(callId, cseq)) {
        return Outcome.OUT_OF_ORDER;
      }
    }
    users.remove(user);
    return Outcome.DONE;
  }

  /** The contacts of a user, in the order in which they were registered; empty if none. */
  synchronized List<Binding> of(String user, long now) {
    return users.getOrDefault(user, List.of()).stream().filter(b -> b.end > now).toList();
  }

  private Outcome store(String user, List<Binding> bindings, long now) {
    if (bindings.isEmpty()) {
      users.remove(user);
      return Outcome.DONE;
    }
    if (!users.containsKey(user) && users.size() >= MOST_USERS) {
      users.values().removeIf(all -> all.stream().allMatch(b -> b.end <= now));
      if (users.size() >= MOST_USERS) {
        return Outcome.FULL;
      }
    }
    users.put(user, bindings);
    return Outcome.DONE;
  }

  private static @Nullable Binding find(List<Binding> bindings, ContactHeader contact) {
    for (Binding binding : bindings) {
      if (binding.contact.getAddress().getURI().equals(contact.getAddress().getURI())) {
        return binding;
      }
    }
    return null;
  }
}
