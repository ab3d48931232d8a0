package io.sipwright.javax.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testng.SkipException;

/**
 * A call flow of an RFC, read from the collection of messages: who sends what to whom, in order.
 * Everything is made to go over UDP, which alone loses messages.
 *
 * @param rfc such as "rfc3665"
 * @param section such as "3.1"
 */
record RfcFlow(String rfc, String section, List<Step> steps) {
  private static final List<String> PARTIES =
      List.of(
          "Announcement Server",
          "Redirect Server",
          "Redirect Proxy",
          "Music Server",
          "Park Server",
          "SIP Server",
          "SIP ALG",
          "Proxy 1",
          "Proxy 2",
          "Proxy 3",
          "Gateway",
          "Proxy",
          "Alice",
          "Carol",
          "Bill",
          "Bob",
          "B1",
          "B2",
          "B3",
          "B4",
          "PC");

  private static final Pattern LABEL = Pattern.compile("F(\\d+) (.*)");

  /**
   * What's wrong in the RFCs' text, or was lost when messages were taken out of it. Flow and
   * number, then: what is replaced in its message, by what; or {@code label} and the right label;
   * or {@code like} and the step that this one, which is missing, is the same message as, with its
   * label.
   */
  private static final String[][] CORRECTIONS = {
    {"rfc3665 3.6 2", "label", "302 Redirect Server -> Alice"},
    {"rfc3665 3.6 10", "label", "200 Proxy 3 -> Alice"},
    {"rfc3665 3.9 6", "like rfc3665 3.11 9", "486 Bob -> Proxy 2"},
    {"rfc3665 3.9 8", "like rfc3665 3.11 11", "486 Proxy 2 -> Proxy 1"},
    {"rfc3665 3.9 10", "like rfc3665 3.11 13", "486 Proxy 1 -> Alice"},
    {"rfc3665 3.10 4", "like rfc3665 3.11 4", "INVITE Proxy 2 -> Bob"},
    {"rfc5359 2.2 19", "9876543210@atlanta.example.com", "9876543210@biloxi.example.com"},
    {"rfc5359 2.5 15", "Replaces=  ", "Replaces="}, // where the line was broken
    {"rfc5359 2.5 15", "5f35a3  ", "5f35a3"},
    {"rfc5359 2.9 7", "tag=329d823", "tag=3145678"}, // RFC 3261 §9.2
    {"rfc5359 2.10 9", "SIP/2.0 200 OK", "SIP/2.0 180 Ringing"},
    {"rfc5359 2.10 3", "like rfc5359 2.11 3", "200 Bob -> Alice"},
    {"rfc5359 2.10 6", "like rfc5359 2.1 12", "200 Alice -> Bob"},
    {"rfc5359 2.13 7", "Max-Forwards:", "Route: <sips:ss1.example.com;lr>\nMax-Forwards:"},
    {"rfc5359 2.13 10", "label", "INVITE Alice -> Announcement Server"},
    {"rfc5359 2.13 11", "label", "200 Announcement Server -> Alice"},
    {"rfc5359 2.17 2", "label", "486 Bob -> Alice"},
    {
      "rfc5359 2.17 16",
      "To: Alice <sips:alice@atlanta.example.com>;tag=837348234",
      "To: Bob <sips:bob@biloxi.example.com>;tag=341123"
    },
  };

  /**
   * A message of a flow.
   *
   * @param number F1 is 1
   * @param text with line feeds; without folded lines, Content-Length and transport
   * @param body its body, or empty
   */
  record Step(int number, String from, String to, String text, String body) {
    boolean isRequest() {
      return !text.startsWith("SIP/2.0");
    }

    int status() {
      return isRequest() ? 0 : Integer.parseInt(text.substring(8, 11));
    }

    /** The method of the request, or of the one that's answered. */
    String method() {
      return isRequest()
          ? text.substring(0, text.indexOf(' '))
          : header("CSeq").replaceAll("\\d+\\s*", "");
    }

    /** Without body, as the wire has it. */
    String wire() {
      return (text + "\n").replace("\n", "\r\n");
    }

    String summary() {
      return isRequest() ? method() : status() + " " + method();
    }

    /** The value of the first header of a name, or an empty text. */
    String header(String name) {
      Matcher matcher = Pattern.compile("^" + name + " *: *(.*)$", Pattern.MULTILINE).matcher(text);
      return matcher.find() ? matcher.group(1).strip() : "";
    }

    String callId() {
      return header("Call-ID");
    }

    /** The tag of From or To, or an empty text. */
    String tag(String header) {
      Matcher matcher = Pattern.compile(";tag=([^;]*)").matcher(header(header));
      return matcher.find() ? matcher.group(1) : "";
    }

    /** The host of the URI where the request goes first: of its first Route, or itself. */
    String hop() {
      String route = header("Route");
      return hostIn(route.isEmpty() ? text.lines().findFirst().orElse("") : route);
    }

    boolean isProvisional() {
      return !isRequest() && status() < 200;
    }

    @Override
    public String toString() {
      return "F" + number + " " + summary() + " " + from + " -> " + to;
    }
  }

  /** The host of the first URI in a text. */
  static String hostIn(String text) {
    Matcher matcher = Pattern.compile("sip:(?:[^@>; ]*@)?([^:;>? ]+)").matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  Set<String> parties() {
    Set<String> all = new LinkedHashSet<>();
    for (Step step : steps) {
      all.add(step.from);
      all.add(step.to);
    }
    return all;
  }

  /** The last step before one for which something holds, or null. */
  Step before(Step step, java.util.function.Predicate<Step> wanted) {
    Step found = null;
    for (Step each : steps) {
      if (each == step) {
        return found;
      }
      found = wanted.test(each) ? each : found;
    }
    return found;
  }

  @Override
  public String toString() {
    return rfc + " " + section;
  }

  // --- reading ---

  /** The flows of an RFC by their sections. */
  static Map<String, RfcFlow> read(String rfc) {
    Path folder =
        Path.of(System.getProperty("sipwright.shared", "../shared"), "corpus/rfc-messages", rfc);
    if (!Files.isDirectory(folder)) {
      throw new SkipException("no " + folder);
    }
    Map<String, Map<Integer, Step>> found = new LinkedHashMap<>();
    try {
      for (String row : Files.readAllLines(folder.resolve("INDEX.tsv"))) {
        String[] cells = row.split("\t", -1);
        if (cells[0].endsWith(".sip")) {
          String section = cells[1].substring(0, cells[1].indexOf(' ') - 1);
          Matcher label = LABEL.matcher(cells[2]);
          if (!label.matches()) {
            throw new IllegalStateException(row);
          }
          int number = Integer.parseInt(label.group(1));
          String flow = rfc + " " + section;
          String text = Files.readString(folder.resolve(cells[0]), StandardCharsets.ISO_8859_1);
          found
              .computeIfAbsent(section, s -> new java.util.TreeMap<>())
              .put(number, step(flow, number, label.group(2), text));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    addMissing(rfc, found);
    Map<String, RfcFlow> flows = new LinkedHashMap<>();
    found.forEach((s, steps) -> flows.put(s, new RfcFlow(rfc, s, List.copyOf(steps.values()))));
    return flows;
  }

  private static void addMissing(String rfc, Map<String, Map<Integer, Step>> found) {
    for (String[] row : CORRECTIONS) {
      String[] where = row[0].split(" ");
      if (row[1].startsWith("like ") && where[0].equals(rfc)) {
        String[] like = row[1].split(" ");
        Map<Integer, Step> flow = found.get(where[1]);
        Step model = found.get(like[2]).get(Integer.parseInt(like[3]));
        Step first = flow.values().iterator().next();
        String text =
            model
                .text
                .replaceAll("SIP/2.0 480 [^\n]*", "SIP/2.0 486 Busy Here")
                .replace("Call-ID: " + model.callId(), "Call-ID: " + first.callId());
        int number = Integer.parseInt(where[2]);
        String[] ends = ends(row[2]);
        flow.put(number, new Step(number, ends[0], ends[1], text, model.body));
      }
    }
  }

  private static Step step(String flow, int number, String rawLabel, String raw) {
    String label = rawLabel;
    String text = raw.replace("\r\n", "\n");
    for (String[] row : CORRECTIONS) {
      if (row[0].equals(flow + " " + number)) {
        label = row[1].equals("label") ? row[2] : label;
        text = text.replace(row[1], row[2]);
      }
    }
    int end = text.indexOf("\n\n");
    String body = end < 0 ? "" : text.substring(end + 2);
    String head =
        (end < 0 ? text : text.substring(0, end))
            .replaceAll("\n[ \t]+", " ")
            .replaceAll("(?m)^Content-Length:.*\n?", "")
            .replaceAll("(?i);\\s*transport=(tcp|tls)", "")
            .replaceAll("SIP/2.0/(TCP|TLS)", "SIP/2.0/UDP")
            .replace("sips:", "sip:")
            .replace(":5061", ":5060")
            .stripTrailing();
    String[] ends = ends(label);
    return new Step(number, ends[0], ends[1], head + "\n", body);
  }

  private static String[] ends(String label) {
    int arrow = label.indexOf("->");
    if (arrow < 0) {
      throw new IllegalStateException("From whom to whom is " + label);
    }
    String left = label.substring(0, arrow).strip();
    String from = PARTIES.stream().filter(left::endsWith).findFirst().orElseThrow();
    return new String[] {from, label.substring(arrow + 2).strip()};
  }
}
