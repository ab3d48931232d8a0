package io.sipwright.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at in a message. Read from its text by other means than the stack's own, so
 * that a fault in reading isn't believed.
 *
 * @param request whether it's a request
 * @param method of a request its own, of a response the one in CSeq
 * @param status of a response; 0 for a request
 * @param uri of a request; empty for a response
 * @param branch of the top Via; empty if there's none
 * @param callId the Call-ID; empty if there's none
 * @param fromTag the tag in From; empty if there's none
 * @param toTag the tag in To; empty if there's none
 * @param cseq the number in CSeq; -1 if there's none
 * @param rseq the number in RSeq; -1 if there's none
 * @param contact the URI of the first Contact; empty if there's none
 * @param routes the URIs of the Route headers
 * @param recordRoutes the URIs of the Record-Route headers
 */
record Facts(
    boolean request,
    String method,
    int status,
    String uri,
    String branch,
    String callId,
    String fromTag,
    String toTag,
    long cseq,
    long rseq,
    String contact,
    List<String> routes,
    List<String> recordRoutes) {

  /** Of bytes that were sent; null for a keep-alive and for what's no message at all. */
  static @Nullable Facts of(byte[] bytes) {
    return of(new String(bytes, ISO_8859_1));
  }

  /** Of a message's text. */
  static @Nullable Facts of(String text) {
    int end = text.indexOf("\r\n");
    String[] first = end <= 0 ? new String[0] : text.substring(0, end).split(" ", 3);
    if (first.length < 3) {
      return null;
    }
    boolean request = !first[0].regionMatches(true, 0, "SIP/", 0, 4);
    Reader reader = new Reader();
    int from = end + 2;
    while (from < text.length()) {
      int next = text.indexOf("\r\n", from);
      if (next == from || next < 0) {
        break;
      }
      reader.line(text.substring(from, next));
      from = next + 2;
    }
    return new Facts(
        request,
        request ? first[0] : reader.method,
        request ? 0 : (int) number(first[1]),
        request ? first[1] : "",
        reader.branch,
        reader.callId,
        reader.fromTag,
        reader.toTag,
        reader.cseq,
        reader.rseq,
        reader.contact,
        reader.routes,
        reader.recordRoutes);
  }

  private static final class Reader {
    private String branch = "";
    private String callId = "";
    private String fromTag = "";
    private String toTag = "";
    private String method = "";
    private String contact = "";
    private long cseq = -1;
    private long rseq = -1;
    private List<String> routes = Collections.emptyList();
    private List<String> recordRoutes = Collections.emptyList();

    void line(String line) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        return;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon)) {
        case "Via" -> branch = branch.isEmpty() ? parameter(value, "branch") : branch;
        case "Call-ID" -> callId = value;
        case "From" -> fromTag = parameter(behindUri(value), "tag");
        case "To" -> toTag = parameter(behindUri(value), "tag");
        case "CSeq" -> {
          int space = value.indexOf(' ');
          cseq = space < 0 ? -1 : number(value.substring(0, space));
          method = value.substring(space + 1).strip();
        }
        case "RSeq" -> rseq = number(value);
        case "Contact" -> contact = contact.isEmpty() ? uri(value) : contact;
        case "Route" -> routes = with(routes, value);
        case "Record-Route" -> recordRoutes = with(recordRoutes, value);
        default -> {}
      }
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String behindUri(String value) {
    return value.substring(value.indexOf('>') + 1);
  }

  private static String parameter(String value, String name) {
    int start = value.indexOf(";" + name + "=");
    if (start < 0) {
      return "";
    }
    int from = start + name.length() + 2;
    int to = from;
    while (to < value.length() && value.charAt(to) != ';' && value.charAt(to) != ',') {
      to++;
    }
    return value.substring(from, to);
  }

  private static String uri(String value) {
    int open = value.indexOf('<');
    int close = value.indexOf('>');
    return open >= 0 && close > open ? value.substring(open + 1, close) : value;
  }

  private static List<String> with(List<String> before, String values) {
    List<String> all = new ArrayList<>(before);
    for (String value : values.split(",")) {
      all.add(uri(value));
    }
    return all;
  }

  boolean is(String wanted) {
    return method.equals(wanted);
  }

  /** Whether it's a 2xx to an INVITE. */
  boolean accepts() {
    return status / 100 == 2 && is("INVITE");
  }

  boolean isFinal() {
    return status >= 200;
  }

  /** {@code INVITE 1} or {@code 200 INVITE 1}. */
  @Override
  public String toString() {
    return (request ? "" : status + " ")
        + method
        + " "
        + cseq
        + " ["
        + branch
        + " "
        + callId
        + " "
        + fromTag
        + "/"
        + toTag
        + (request ? " " + uri + (routes.isEmpty() ? "" : " via " + routes) : "")
        + (contact.isEmpty() ? "" : " <" + contact + ">")
        + "]";
  }
}
