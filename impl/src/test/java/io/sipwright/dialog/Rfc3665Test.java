package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.dialog.DialogData.Phase;
import io.sipwright.dialog.DialogData.Received;
import io.sipwright.dialog.DialogData.Verdict;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.SipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testng.SkipException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * The call flows of RFC 3665 as data: each user agent follows what it sends and receives; each
 * request it sends in a dialog must be the one that we'd make at that moment.
 */
public class Rfc3665Test {
  /** Cut off at a page break of the RFC when the messages were taken out of it: no Call-ID. */
  private static final String CUT_OFF = "m159.sip";

  private record Step(String label, SipMessage message) {}

  /** A user agent that follows a flow: the dialogs it has, and what it made of them. */
  private static final class Follower {
    private final String name;
    private final Map<DialogKey, DialogData> dialogs = new LinkedHashMap<>();
    private final List<SipMessage> invitesSent = new ArrayList<>();
    private final List<SipMessage> requestsReceived = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    Follower(String name) {
      this.name = name;
    }

    void follow(Step step) throws Exception {
      SipMessage m = step.message;
      if (step.label.contains(" " + name + " -> ")) {
        if (m.isRequest()) {
          sendRequest(step);
        } else {
          sendResponse(m);
        }
      } else if (step.label.endsWith(" -> " + name)) {
        if (m.isRequest()) {
          receiveRequest(step);
        } else {
          receiveResponse(m);
        }
      }
    }

    private void sendRequest(Step step) throws Exception {
      SipMessage m = step.message;
      if (m.method().equals("INVITE")) {
        invitesSent.add(m);
      }
      DialogData d = m.toTag() == null ? null : dialogs.get(DialogKey.asClient(m));
      if (d == null || d.phase() != Phase.CONFIRMED) {
        return; // outside of dialogs, or the transaction's ACK to a failure
      }
      // The first number of a side is its free choice (RFC 3261 §12.2.1.1): take theirs.
      DialogData numbered = d.localSeq() < 0 ? d.withLocalSeq(m.cseq() - 1) : d;
      SipMessage made =
          m.method().equals("ACK")
              ? DialogRequests.createAck(numbered, m.cseq(), invite(m.cseq()), MessageModel.DEFAULT)
              : DialogRequests.createRequest(numbered, m.method(), MessageModel.DEFAULT);
      compare(step.label.split(" ")[0], parts(made), parts(m));
      compared++;
      dialogs.put(d.key(), d.onRequestSent(m));
    }

    private void compare(String label, Map<String, String> made, Map<String, String> given) {
      for (Map.Entry<String, String> part : made.entrySet()) {
        String ours = part.getValue();
        String theirs = given.get(part.getKey());
        if (ours.equals(theirs + ";transport=tcp") && part.getKey().equals("uri")) {
          differences.add(label + " no transport");
        } else if (part.getKey().equals("credentials") && theirs.equals("0") && !ours.equals("0")) {
          differences.add(label + " no credentials");
        } else if (!ours.equals(theirs)) {
          differences.add(label + ' ' + part.getKey() + " is " + theirs + ", ours " + ours);
        }
      }
    }

    private SipMessage invite(long seq) {
      return invitesSent.stream().filter(i -> i.cseq() == seq).reduce((a, b) -> b).orElseThrow();
    }

    private void receiveResponse(SipMessage m) {
      DialogKey key = DialogKey.asClient(m);
      DialogData d = dialogs.get(key);
      if (d != null) {
        DialogData next = d.onResponse(m);
        dialogs.put(key, DialogData.isEndOfBye(m) ? next.terminated() : next);
      } else if (new DialogMethods(List.of()).phaseBy(m) != null) {
        dialogs.put(key, Dialogs.ofClient(invite(m.cseq()), m, false).dialog());
      }
    }

    private void receiveRequest(Step step) {
      SipMessage m = step.message;
      requestsReceived.add(m);
      DialogData d = m.toTag() == null ? null : dialogs.get(DialogKey.asServer(m));
      if (d != null) {
        Received received = d.onRequest(m, false);
        assertEquals(received.verdict(), Verdict.IN_ORDER, step.label);
        dialogs.put(d.key(), received.next());
      }
    }

    private void sendResponse(SipMessage m) {
      DialogKey key = DialogKey.asServer(m);
      DialogData d = dialogs.get(key);
      SipMessage request =
          requestsReceived.stream()
              .filter(r -> r.cseq() == m.cseq() && r.method().equals(m.method()))
              .reduce((a, b) -> b)
              .orElse(null);
      if (request == null) {
        return;
      }
      if (d != null) {
        DialogData next = d.onResponseSent(request, m);
        dialogs.put(key, DialogData.isEndOfBye(m) ? next.terminated() : next);
      } else if (new DialogMethods(List.of()).phaseBy(m) != null) {
        dialogs.put(key, Dialogs.ofServer(request, m, false).dialog());
      }
    }

    String phases() {
      StringBuilder text = new StringBuilder();
      dialogs.values().forEach(d -> text.append(text.length() == 0 ? "" : " ").append(d.phase()));
      return text.toString();
    }
  }

  private static Map<String, String> parts(SipMessage m) {
    boolean credentials = m.hasHeader(HeaderType.PROXY_AUTHORIZATION);
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("method", m.method());
    parts.put("uri", m.peekRequestUri().toString());
    parts.put("routes", Messages.routes(m));
    parts.put("From", m.peek(HeaderType.FROM).getValue());
    parts.put("To", m.peek(HeaderType.TO).getValue());
    parts.put("Call-ID", m.callId());
    parts.put("CSeq", m.cseq() + " " + m.cseqMethod());
    parts.put(
        "credentials",
        String.valueOf(credentials ? m.peekAll(HeaderType.PROXY_AUTHORIZATION).size() : 0));
    return parts;
  }

  private static Map<String, List<Step>> flows() throws IOException {
    Path folder =
        Path.of(System.getProperty("sipwright.shared", "../shared"), "corpus/rfc-messages/rfc3665");
    if (!Files.isDirectory(folder)) {
      throw new SkipException("no " + folder);
    }
    Map<String, List<Step>> flows = new LinkedHashMap<>();
    for (String row : Files.readAllLines(folder.resolve("INDEX.tsv"))) {
      String[] cells = row.split("\t", -1);
      if (cells[0].endsWith(".sip") && !cells[0].equals(CUT_OFF)) {
        String section = cells[1].substring(0, cells[1].indexOf(' ') - 1);
        SipMessage message = Messages.parse(Files.readAllBytes(folder.resolve(cells[0])));
        flows
            .computeIfAbsent(section, s -> new ArrayList<>())
            .add(new Step(cells[2] + " of " + section, message));
      }
    }
    return flows;
  }

  /**
   * Section, phases at Alice's and at Bob's end, requests made by either that were compared, and
   * how those of the RFC differ from ours. They do where the examples depart from RFC 3261: they
   * leave the transport of the Contact out of the Request-URI (§12.2.1.1), and the credentials of
   * the INVITE out of its ACK (§13.2.2.4).
   */
  @DataProvider
  public Object[][] endings() {
    return new Object[][] {
      {"3.1", "TERMINATED", "TERMINATED", 1, 1, "F4 no transport, F5 no transport"},
      {
        "3.2",
        "TERMINATED",
        "TERMINATED",
        1,
        1,
        "F15 no transport, F15 no credentials, F18 no transport"
      },
      {"3.3", "CONFIRMED", "CONFIRMED", 1, 0, ""},
      {"3.4", "TERMINATED", "TERMINATED", 1, 1, "F18 no credentials"},
      {"3.5", "TERMINATED", "TERMINATED", 2, 0, "F12 no credentials"},
      {"3.6", "TERMINATED", "TERMINATED", 1, 1, "F11 no transport, F13 no transport"},
      {"3.7", "TERMINATED", "TERMINATED", 2, 2, ""},
      {"3.8", "TERMINATED", "TERMINATED", 0, 0, ""},
      {"3.9", "", "", 0, 0, ""},
      {"3.10", "", "", 0, 0, ""},
      {"3.11", "TERMINATED", "TERMINATED", 0, 0, ""},
    };
  }

  @Test(dataProvider = "endings")
  public void a_flow_leaves_the_dialogs_it_should_and_has_the_requests_we_would_make(
      String section, String atAlice, String atBob, int ofAlice, int ofBob, String differences)
      throws Exception {
    List<Step> steps = flows().get(section);
    assertNotNull(steps, section);
    assertTrue(steps.size() > 3, section);
    Follower alice = new Follower("Alice");
    Follower bob = new Follower("Bob");
    for (Step step : steps) {
      Step plain = new Step(step.label.replace(" of " + section, ""), step.message);
      alice.follow(plain);
      bob.follow(plain);
    }
    List<String> found = new ArrayList<>(alice.differences);
    found.addAll(bob.differences);
    assertEquals(String.join(", ", found), differences);
    assertEquals(alice.phases() + " / " + bob.phases(), atAlice + " / " + atBob);
    assertEquals(alice.compared + " / " + bob.compared, ofAlice + " / " + ofBob);
  }
}
