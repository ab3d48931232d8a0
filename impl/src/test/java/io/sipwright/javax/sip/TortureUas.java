package io.sipwright.javax.sip;

import io.sipwright.body.BodyParser;
import io.sipwright.body.BodyPart;
import io.sipwright.body.ParsedBody;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.header.AcceptHeader;
import javax.sip.header.AllowHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.RequireHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A user agent server that inspects requests in the order of RFC 3261 §8.2, for a Party: knows five
 * methods, SIP URIs, no extension, SDP, text and bytes.
 */
final class TortureUas {
  private static final Set<String> METHODS =
      Set.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "REGISTER", "MESSAGE");
  private static final Set<String> SCHEMES = Set.of("sip", "sips");
  private static final Set<String> TYPES =
      Set.of("application/sdp", "text/plain", "application/octet-stream");

  private TortureUas() {}

  static void onRequest(Party party, RequestEvent event) throws Exception {
    Request request = event.getRequest();
    if (request.getMethod().equals(Request.ACK)) {
      return;
    }
    ServerTransaction transaction = Party.transaction(event);
    int status = status(request);
    Response response = party.response(status, request);
    if (status == 501) {
      AllowHeader allow = Party.HEADERS.createAllowHeader("INVITE");
      response.addHeader(allow);
    } else if (status == 420) {
      for (String tag : tags(request, RequireHeader.NAME)) {
        response.addHeader(Party.HEADERS.createUnsupportedHeader(tag));
      }
    } else if (status == 406) {
      response.addHeader(
          Party.HEADERS.createWarningHeader("uas.test", 399, "only application/sdp is answered"));
    }
    transaction.sendResponse(response);
  }

  /** What to answer, by RFC 3261 §8.2.1 to §8.2.3 and §10.3. */
  private static int status(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      return 501;
    }
    if (!SCHEMES.contains(request.getRequestURI().getScheme())) {
      return 416;
    }
    if (!tags(request, RequireHeader.NAME).isEmpty()) {
      return 420;
    }
    ParsedBody body = new BodyParser().parse(request);
    if (!(body instanceof BodyPart part)) {
      return 400;
    }
    if (part.process(each -> TYPES.contains(each.mediaType())) == null) {
      return 415;
    }
    if (request.getMethod().equals(Request.INVITE) && !acceptsSdp(request)) {
      return 406;
    }
    return request.getMethod().equals(Request.REGISTER) ? register(request) : 200;
  }

  private static boolean acceptsSdp(Request request) {
    boolean any = false;
    for (Iterator<?> it = request.getHeaders(AcceptHeader.NAME); it.hasNext(); ) {
      AcceptHeader accept = (AcceptHeader) it.next();
      any = true;
      if (accept.allowsAllContentTypes() || accept.getContentSubType().equalsIgnoreCase("sdp")) {
        return true;
      }
    }
    return !any;
  }

  private static int register(Request request) {
    ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
    boolean broken = false;
    for (ListIterator<?> it = request.getUnrecognizedHeaders(); it.hasNext(); ) {
      String line = (String) it.next();
      broken |= line.regionMatches(true, 0, ContactHeader.NAME, 0, 7) || line.startsWith("m:");
    }
    return broken || !SCHEMES.contains(to.getAddress().getURI().getScheme()) ? 400 : 200;
  }

  /** The option tags in all headers of a name. */
  static List<String> tags(Request request, String name) {
    List<String> tags = new java.util.ArrayList<>();
    for (Iterator<?> it = request.getHeaders(name); it.hasNext(); ) {
      Header header = (Header) it.next();
      tags.add(((javax.sip.header.OptionTag) header).getOptionTag());
    }
    return tags;
  }
}
