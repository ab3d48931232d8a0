package io.sipwright.examples.proxy;

import io.sipwright.examples.Agent;
import io.sipwright.examples.proxy.LocationService.Binding;
import io.sipwright.examples.proxy.LocationService.Change;
import io.sipwright.examples.proxy.LocationService.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Consumer;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Answers REGISTER (RFC 3261 §10.3). Asks nobody who they are: it's for tests. All names of the
 * proxy are one domain, so a user is known by the part before the {@code @} alone.
 */
final class Registrar {
  /** The longest registration, and the one of those that don't say how long. */
  static final int MOST_SECONDS = 3600;

  private final Agent agent;
  private final LocationService locations;
  private final Consumer<String> told;

  /** The last parameter is told of each change, in a sentence. */
  Registrar(Agent agent, LocationService locations, Consumer<String> told) {
    this.agent = agent;
    this.locations = locations;
    this.told = told;
  }

  /** Does what the request asks for; gives the answer to it. */
  Response answer(Request request, long now) throws Exception {
    String user = userOf(request);
    if (user == null) {
      return response(Response.NOT_FOUND, request);
    }
    String callId = ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
    long cseq = ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber();
    int expires =
        request.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader header
            ? header.getExpires()
            : MOST_SECONDS;
    List<Change> changes = new ArrayList<>();
    boolean all = false;
    ListIterator<?> contacts = request.getHeaders(ContactHeader.NAME);
    while (contacts.hasNext()) {
      ContactHeader contact = (ContactHeader) contacts.next();
      all |= contact.isWildCard();
      if (!contact.isWildCard()) {
        int asked = contact.getExpires() < 0 ? expires : contact.getExpires();
        changes.add(new Change(contact, Math.min(asked, MOST_SECONDS)));
      }
    }
    if (all && (expires != 0 || !changes.isEmpty())) {
      return response(Response.BAD_REQUEST, request);
    }
    Outcome outcome =
        all
            ? locations.clear(user, callId, cseq, now)
            : locations.update(user, callId, cseq, changes, now);
    return switch (outcome) {
      case DONE -> {
        changes.forEach(change -> tell(user, change));
        yield registered(request, user, now);
      }
      case OUT_OF_ORDER -> response(Response.SERVER_INTERNAL_ERROR, request);
      case FULL -> response(Response.SERVICE_UNAVAILABLE, request);
    };
  }

  /** The address-of-record's user; null if there's none. */
  private static @Nullable String userOf(Request request) {
    ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
    return to.getAddress().getURI() instanceof SipURI uri ? uri.getUser() : null;
  }

  /** 200 with all that's registered now (§10.3 step 8). */
  private Response registered(Request request, String user, long now) throws Exception {
    Response ok = response(Response.OK, request);
    for (Binding binding : locations.of(user, now)) {
      ContactHeader contact = (ContactHeader) binding.contact().clone();
      contact.setExpires((int) (binding.end() - now));
      ok.addHeader(contact);
    }
    return ok;
  }

  private Response response(int status, Request request) throws Exception {
    Response response = agent.messages().createResponse(status, request);
    ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(agent.newTag());
    return response;
  }

  private void tell(String user, Change change) {
    Object where = change.contact().getAddress().getURI();
    told.accept(
        change.seconds() == 0
            ? user + " is no longer at " + where
            : user + " is at " + where + " for " + change.seconds() + " s");
  }
}
