package io.sipwright.javax.sip.address;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Escapes;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Uniform Resource Name: {@code urn:service:sos.police}, {@code
 * urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6} (RFC 8141 §2).
 *
 * <pre>
 * namestring    = assigned-name [ rq-components ] [ "#" f-component ]
 * assigned-name = "urn" ":" NID ":" NSS
 * NID           = (alphanum) 0*30(ldh) (alphanum)
 * NSS           = pchar *(pchar / "/")
 * rq-components = [ "?+" r-component ] [ "?=" q-component ]
 * </pre>
 *
 * <p>A text behind {@code urn:} that breaks this is kept, as a {@link GenericUri}. Service URNs
 * (RFC 5031) have accessors of their own.
 */
public class Urn extends GenericUri {
  private static final long serialVersionUID = 1L;

  /** Name spaces whose names are compared without regard to case: RFC 5031 §3, RFC 9562 §4. */
  private static final Set<String> CASELESS = Set.of("service", "uuid");

  private static final String PCHAR = ":@!$&'()*+,;=-._~";
  private static final int LONGEST_NID = 32;
  private static final int LONGEST_TOP_LEVEL_SERVICE = 27;

  /** A URN with nothing in it yet. */
  public Urn() {}

  /** Whether what stands between two places is {@code NID ":" NSS} with what may follow. */
  static boolean fits(byte[] b, int from, int to) {
    int colon = from;
    while (colon < to && (Chars.is(b[colon], Chars.ALPHANUM) || b[colon] == '-')) {
      colon++;
    }
    int length = colon - from;
    if (length < 2 || length > LONGEST_NID || b[from] == '-' || b[colon - 1] == '-') {
      return false;
    }
    if (colon >= to || b[colon] != ':') {
      return false;
    }
    int end = component(b, colon + 1, to, "/");
    if (end == colon + 1 || b[colon + 1] == '/') {
      return false;
    }
    end = rqComponent(b, end, to, '+');
    end = rqComponent(b, end, to, '=');
    if (end >= 0 && end < to && b[end] == '#') {
      end = component(b, end + 1, to, "/?");
    }
    return end == to;
  }

  /** {@code "?" mark pchar *( pchar / "/" / "?" )}, if it's there; the place behind it, or -1. */
  private static int rqComponent(byte[] b, int from, int to, char mark) {
    if (from < 0 || from + 1 >= to || b[from] != '?' || b[from + 1] != mark) {
      return from;
    }
    int at = from + 2;
    int end = component(b, at, to, "/?");
    if (mark == '+') { // the q-component's mark ends the r-component
      for (int i = at; i + 1 < end; i++) {
        if (b[i] == '?' && b[i + 1] == '=') {
          end = i;
        }
      }
    }
    return end == at || b[at] == '/' || b[at] == '?' ? -1 : end;
  }

  /** The place behind {@code *( pchar / more )}. */
  private static int component(byte[] b, int from, int to, String more) {
    int i = from;
    while (i < to) {
      int next = Escapes.skip(b, i, to, Chars.ALPHANUM);
      if (next == i) {
        if (PCHAR.indexOf(b[i]) < 0 && more.indexOf(b[i]) < 0) {
          return i;
        }
        next++;
      }
      i = next;
    }
    return i;
  }

  @Override
  void parseBody(Scanner in, String scheme, int end) throws SyntaxException {
    if (!fits(in.array(), in.position(), end)) {
      throw in.error("expected a name space and a name");
    }
    super.parseBody(in, scheme, end);
  }

  private String part(String from, String to) {
    String data = getSchemeData();
    int start = data.indexOf(from);
    if (start < 0) {
      return "";
    }
    start += from.length();
    int end = to.isEmpty() ? -1 : data.indexOf(to, start);
    return end < 0 ? data.substring(start) : data.substring(start, end);
  }

  /** The name space (NID) in lower case: {@code "service"}, {@code "uuid"}, {@code "gsma"}. */
  public String getNamespace() {
    String data = getSchemeData();
    return Chars.lower(data.substring(0, Math.max(0, data.indexOf(':'))));
  }

  /** The name within its space (NSS), raw, without components behind {@code ?} and {@code #}. */
  public String getName() {
    String name = part(":", "#");
    int question = name.indexOf('?');
    return question < 0 ? name : name.substring(0, question);
  }

  /** What is behind {@code #}, raw; null if there's none (RFC 8141 §2.3.3). */
  public @Nullable String getFragment() {
    return getSchemeData().indexOf('#') < 0 ? null : part("#", "");
  }

  /** Whether this is a service URN with the labels that RFC 5031 §3 asks for. */
  public boolean isService() {
    return !getServiceLabels().isEmpty();
  }

  /**
   * The labels of a service URN in lower case, top-level service first: {@code [sos, police]} for
   * {@code urn:service:sos.police}; empty for any other URN.
   *
   * <pre>
   * service-URN = "URN:service:" service
   * service     = top-level *("." sub-service)
   * top-level   = let-dig [ *25let-dig-hyp let-dig ]
   * sub-service = let-dig [ *let-dig-hyp let-dig ]
   * </pre>
   */
  public List<String> getServiceLabels() {
    if (!getNamespace().equals("service")) {
      return List.of();
    }
    List<String> labels = List.of(Chars.lower(getName()).split("\\.", -1));
    for (String label : labels) {
      if (!isLabel(label)) {
        return List.of();
      }
    }
    return labels.get(0).length() > LONGEST_TOP_LEVEL_SERVICE ? List.of() : labels;
  }

  private static boolean isLabel(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (!Chars.is(label.charAt(i), Chars.ALPHANUM) && label.charAt(i) != '-') {
        return false;
      }
    }
    return !label.isEmpty() && !label.startsWith("-") && !label.endsWith("-");
  }

  /**
   * Whether this asks for an emergency service: {@code urn:service:sos} or one below it (RFC 5031
   * §4.2).
   */
  public boolean isEmergencyService() {
    return isService() && getServiceLabels().get(0).equals("sos");
  }

  /**
   * Whether this service is the one given, or one below it: {@code sos.police} is within {@code
   * sos}. A resolver that doesn't know a sub-service falls back so (RFC 5031 §4).
   */
  public boolean isWithin(Urn service) {
    List<String> outer = service.getServiceLabels();
    List<String> inner = getServiceLabels();
    return !outer.isEmpty()
        && inner.size() >= outer.size()
        && inner.subList(0, outer.size()).equals(outer);
  }

  @Override
  public Urn clone() {
    return (Urn) super.clone();
  }

  /**
   * URN-equivalence of RFC 8141 §3.1: name space without regard to case, name byte by byte but for
   * the digits of escapes, which are not resolved; components behind {@code ?} and {@code #} don't
   * count. The names of services and UUIDs have no case either.
   */
  @Override
  String normalForm() {
    String space = getNamespace();
    String name = NormalForm.escapes(getName(), false);
    return space + ':' + (CASELESS.contains(space) ? Chars.lower(name) : name);
  }
}
