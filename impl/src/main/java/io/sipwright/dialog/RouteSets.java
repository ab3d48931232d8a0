package io.sipwright.dialog;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.RecordRoute;
import io.sipwright.javax.sip.header.Route;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.SipMessage;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import javax.sip.address.SipURI;
import javax.sip.address.URI;

/** Record-Route to route set (RFC 3261 §12.1), and what a route set begins with. */
public final class RouteSets {
  private RouteSets() {}

  /** As UAS: the Record-Routes of the request, in order (RFC 3261 §12.1.1). */
  public static List<Route> ofServer(SipMessage request) {
    return Collections.unmodifiableList(routes(request));
  }

  /** As UAC: the Record-Routes of the response, in reverse order (RFC 3261 §12.1.2). */
  public static List<Route> ofClient(SipMessage response) {
    List<Route> routes = routes(response);
    Collections.reverse(routes);
    return Collections.unmodifiableList(routes);
  }

  /** Whether the first route is a strict router, one without {@code lr} (RFC 3261 §12.2.1.1). */
  public static boolean startsStrict(List<Route> routeSet) {
    if (routeSet.isEmpty()) {
      return false;
    }
    Route first = routeSet.get(0);
    // lr behind a URI without angle brackets was read as the header's, and is meant for the URI.
    return !(first.getAddress().getURI() instanceof SipURI uri && uri.hasLrParam())
        && first.getParameter("lr") == null;
  }

  private static List<Route> routes(SipMessage message) {
    List<SipHeader> recorded =
        message.hasHeader(HeaderType.RECORD_ROUTE)
            ? message.peekAll(HeaderType.RECORD_ROUTE)
            : List.of();
    List<Route> routes = new ArrayList<>(recorded.size());
    for (SipHeader header : recorded) {
      if (header instanceof RecordRoute recordRoute && recordRoute.getAddress().getURI() != null) {
        routes.add(route(recordRoute, message.model()));
      }
    }
    return routes;
  }

  private static Route route(RecordRoute recordRoute, HeaderModel model) {
    Route route = ofAddress(recordRoute.getAddress().clone(), model);
    for (Iterator<String> names = recordRoute.getParameterNames(); names.hasNext(); ) {
      String name = names.next();
      try {
        route.setParameter(name, recordRoute.getParameter(name));
      } catch (ParseException e) {
        throw new AssertionError(e); // what one header holds the other can hold
      }
    }
    return route;
  }

  /** The URI of the first route, of a set that has one. */
  static URI firstUri(List<Route> routeSet) {
    return Objects.requireNonNull(routeSet.get(0).getAddress().getURI(), "URI of a route");
  }

  /** A Route with this very address. */
  static Route ofAddress(NameAddress address, HeaderModel model) {
    Route route = (Route) model.header(HeaderType.ROUTE);
    route.setAddress(address);
    return route;
  }
}
