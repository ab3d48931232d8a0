package io.sipwright.call;

import io.sipwright.ext.ExtendedListeningPoint;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.EventHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** What is taken over from a message of one side into that for the other side. */
final class Onward {
  private static final int AMBIGUOUS = 485;

  /**
   * Headers that belong to one side: to its dialog, its way, or what its peer can do on it; in
   * lower case. All others are taken over.
   */
  private static final Set<String> OWN =
      Set.of(
          "via",
          "from",
          "to",
          "call-id",
          "cseq",
          "contact",
          "max-forwards",
          "route",
          "record-route",
          "path",
          "service-route",
          "content-length",
          "content-type",
          "authorization",
          "proxy-authorization",
          "www-authenticate",
          "proxy-authenticate",
          "authentication-info",
          "proxy-authentication-info",
          "proxy-require",
          "security-client",
          "security-server",
          "security-verify",
          "rseq",
          "rack",
          "replaces",
          "join",
          "target-dialog",
          "timestamp",
          "max-breadth",
          "user-agent",
          "server");

  private final MessageFactory messages;

  Onward(MessageFactory messages) {
    this.messages = messages;
  }

  /** An INVITE outside of any dialog, to another URI, with Call-ID, tag and number of its own. */
  Request invite(Request received, URI uri, SipProvider out) throws SipException {
    try {
      CSeqHeader cseq = (CSeqHeader) received.getHeader(CSeqHeader.NAME).clone();
      cseq.setSeqNumber(1);
      FromHeader from = (FromHeader) received.getHeader(FromHeader.NAME).clone();
      from.setTag(newTag(out));
      ToHeader to = (ToHeader) received.getHeader(ToHeader.NAME).clone();
      to.removeParameter("tag");
      Request onward =
          messages.createRequest(
              (URI) uri.clone(),
              received.getMethod(),
              out.getNewCallId(),
              cseq,
              from,
              to,
              new ArrayList<>(),
              oneLess(received));
      onward.addHeader(contact(out, uri));
      take(received, onward);
      return onward;
    } catch (ParseException | InvalidArgumentException e) {
      throw new SipException("The request can't be sent on: " + e.getMessage(), e);
    }
  }

  /** RFC 3261 §16.6 (3): so that a call that's relayed in a circle comes to its end. */
  private static MaxForwardsHeader oneLess(Request received)
      throws SipException, InvalidArgumentException {
    MaxForwardsHeader hops = (MaxForwardsHeader) received.getHeader(MaxForwardsHeader.NAME);
    if (hops == null || hops.getMaxForwards() <= 0) {
      throw new SipException("The request may not be sent on: its Max-Forwards is used up");
    }
    MaxForwardsHeader fewer = (MaxForwardsHeader) hops.clone();
    fewer.setMaxForwards(hops.getMaxForwards() - 1);
    return fewer;
  }

  private static String newTag(SipProvider provider) {
    String random = provider.getNewCallId().getCallId();
    int at = random.indexOf('@');
    return at < 0 ? random : random.substring(0, at);
  }

  /** Our Contact on a side, over the transport that a URI asks for. */
  static ContactHeader contact(SipProvider provider, @Nullable URI uri) throws SipException {
    String transport = uri instanceof SipURI sip ? sip.getTransportParam() : null;
    ListeningPoint point = transport == null ? null : provider.getListeningPoint(transport);
    ListeningPoint[] all = provider.getListeningPoints();
    if (point == null && all.length > 0) {
      point = all[0];
    }
    if (!(point instanceof ExtendedListeningPoint own)) {
      throw new SipException("The provider has no listening point");
    }
    return own.createContactHeader();
  }

  /** A response to the request of the other side. */
  Response response(Response received, int status, Request to) throws SipException {
    try {
      Response onward = messages.createResponse(status, to);
      if (status == received.getStatusCode()) {
        onward.setReasonPhrase(received.getReasonPhrase());
      }
      take(received, onward);
      return onward;
    } catch (ParseException e) {
      throw new SipException("The response can't be sent on: " + e.getMessage(), e);
    }
  }

  /** A response of our own. */
  Response response(int status, Request to) throws SipException {
    try {
      return messages.createResponse(status, to);
    } catch (ParseException e) {
      throw new SipException("No response can be made: " + e.getMessage(), e);
    }
  }

  /** Takes over the body and all headers that don't belong to one side. */
  void take(Message received, Message onward) throws SipException {
    try {
      for (Iterator<?> names = received.getHeaderNames(); names.hasNext(); ) {
        String name = (String) names.next();
        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
          takeAll(received, onward, name);
        }
      }
      if (received instanceof Response response && namesOthers(response.getStatusCode())) {
        takeAll(received, onward, ContactHeader.NAME);
      }
      byte[] body = received.getRawContent();
      if (body != null
          && received.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type) {
        onward.setContent(body.clone(), (ContentTypeHeader) type.clone());
      }
    } catch (ParseException e) {
      throw new SipException("The body can't be taken over: " + e.getMessage(), e);
    }
  }

  /** Whether its Contacts aren't the sender's own (RFC 3261 §20.10). */
  private static boolean namesOthers(int status) {
    return status / 100 == 3 || status == AMBIGUOUS;
  }

  /** Those that are there already are the stack's own. */
  private static void takeAll(Message received, Message onward, String name) {
    if (onward.getHeader(name) == null) {
      for (Iterator<?> all = received.getHeaders(name); all.hasNext(); ) {
        Header header = (Header) all.next();
        boolean own = header instanceof RequireHeader require && isOwn(require, received);
        if (!own) {
          onward.addHeader((Header) header.clone());
        }
      }
    }
  }

  /** A response that isn't sent reliably on the other side doesn't say it is. */
  private static boolean isOwn(RequireHeader require, Message received) {
    return received instanceof Response && OptionTags.isReliable(require);
  }

  /** A NOTIFY of a REFER names that by its number, which is another one on the other side. */
  static void translate(Request notify, Leg from) throws SipException {
    try {
      if (notify.getHeader(EventHeader.NAME) instanceof EventHeader event
          && "refer".equals(event.getEventType())
          && event.getEventId() != null) {
        Long there = from.numberThere(Long.parseLong(event.getEventId()));
        if (there != null) {
          event.setEventId(there.toString());
        }
      }
    } catch (NumberFormatException e) {
      // no number of a REFER
    } catch (ParseException e) {
      throw new SipException(e.getMessage(), e);
    }
  }
}
