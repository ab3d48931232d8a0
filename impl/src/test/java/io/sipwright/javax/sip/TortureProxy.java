package io.sipwright.javax.sip;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ProxyRequireHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that validates requests as RFC 3261 §16.3 says and sends them on, for a Party: without
 * transactions (§16.11), or with them and with a branch of the test's choice.
 */
final class TortureProxy {
  private static final Set<String> SCHEMES = Set.of("sip", "sips", "tel");

  private final Party party;
  private final @Nullable String branch;
  private @Nullable ServerTransaction waiting;

  TortureProxy(Party party, @Nullable String branch) {
    this.party = party;
    this.branch = branch;
  }

  void onRequest(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    int status = status(request);
    if (status > 0) {
      Response response = party.response(status, request);
      if (status == 420) {
        for (String tag : TortureUas.tags(request, ProxyRequireHeader.NAME)) {
          response.addHeader(Party.HEADERS.createUnsupportedHeader(tag));
        }
      }
      party.provider().sendResponse(response);
      return;
    }
    MaxForwardsHeader hops = (MaxForwardsHeader) request.getHeader(MaxForwardsHeader.NAME);
    if (hops == null) {
      request.addHeader(Party.HEADERS.createMaxForwardsHeader(70));
    } else {
      hops.decrementMaxForwards();
    }
    String own = branch == null ? "z9hG4bKproxy" : branch;
    request.addFirst(Party.HEADERS.createViaHeader(party.host(), party.port, "udp", own));
    if (branch == null) {
      party.provider().sendRequest(request);
      return;
    }
    waiting = Party.transaction(event);
    ClientTransaction onwards = party.provider().getNewClientTransaction(request);
    onwards.sendRequest();
  }

  private static int status(Request request) {
    if (!SCHEMES.contains(request.getRequestURI().getScheme())) {
      return 416;
    }
    if (request.getRequestURI() instanceof SipURI uri && uri.getHeaderNames().hasNext()) {
      return 400; // they must not become headers (RFC 4475 §3.1.2.11)
    }
    MaxForwardsHeader hops = (MaxForwardsHeader) request.getHeader(MaxForwardsHeader.NAME);
    if (hops != null && hops.getMaxForwards() == 0) {
      return 483;
    }
    List<String> required = TortureUas.tags(request, ProxyRequireHeader.NAME);
    return required.isEmpty() ? 0 : 420;
  }

  void onResponse(ResponseEvent event) throws Exception {
    Response response = (Response) event.getResponse().clone();
    response.removeFirst(ViaHeader.NAME);
    Iterator<?> vias = response.getHeaders(ViaHeader.NAME);
    ServerTransaction upstream = waiting;
    if (upstream == null || !vias.hasNext()) {
      return;
    }
    if (((ViaHeader) vias.next()).getHost().equals("255.255.255.255")) {
      return; // never answered to everybody (RFC 4475 §3.3.10)
    }
    upstream.sendResponse(response);
  }
}
