package io.sipwright.scenario;

import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges by one rule what it's given, and makes the messages for that. */
final class Bench {
  static final String CALL = "call";

  /** A request within or outside of a dialog: {@code INVITE 1 branch from/to uri <contact>}. */
  static Facts request(
      String method, long cseq, String branch, String from, String to, String... more) {
    return message(
        method + " " + (more.length > 0 ? more[0] : "sip:b") + " SIP/2.0",
        method,
        cseq,
        branch,
        from,
        to,
        more);
  }

  static Facts response(
      int status, String method, long cseq, String branch, String from, String to, String... more) {
    return message("SIP/2.0 " + status + " Text", method, cseq, branch, from, to, more);
  }

  /** More: the URI, the Contact, further header lines. */
  static Facts message(
      String first,
      String method,
      long cseq,
      String branch,
      String from,
      String to,
      String... more) {
    StringBuilder text = new StringBuilder(first).append("\r\n");
    text.append("Via: SIP/2.0/UDP h;branch=").append(branch).append("\r\n");
    text.append("From: <sip:f@h>;tag=").append(from).append("\r\n");
    text.append("To: <sip:t@h>").append(to.isEmpty() ? "" : ";tag=" + to).append("\r\n");
    text.append("Call-ID: " + CALL + "\r\nCSeq: ").append(cseq).append(' ').append(method);
    text.append("\r\n");
    if (more.length > 1) {
      text.append("Contact: <").append(more[1]).append(">\r\n");
    }
    for (int i = 2; i < more.length; i++) {
      text.append(more[i]).append("\r\n");
    }
    Facts facts = Facts.of(text + "\r\n");
    assertNotNull(facts);
    return facts;
  }

  static final Facts OPTIONS = request("OPTIONS", 1, "b", "a", "");
  static final Facts OK = response(200, "OPTIONS", 1, "b", "a", "z");
  static final Facts ACCEPTED = response(200, "INVITE", 1, "b", "a", "z");
  static final Facts ACK = request("ACK", 1, "c", "a", "z");
  static final Facts BYE = request("BYE", 1, "d", "z", "a");

  private final Course course;
  private long at;
  private String who = "me";

  Bench as(String name) {
    who = name;
    return this;
  }

  Bench(Rule rule) {
    course = new Course(List.of(rule));
  }

  Bench at(long millis) {
    at = millis;
    return this;
  }

  Bench add(Happening.What what, String transaction, @Nullable Facts message) {
    course.add(new Happening(at * Happening.MILLI, who, what, transaction, message));
    return this;
  }

  Bench add(Happening.What what, Facts message) {
    return add(what, "", message);
  }

  void clean() {
    course.end(at * Happening.MILLI);
    assertNull(course.breach());
  }

  void breaks(String why) {
    course.end(at * Happening.MILLI);
    String breach = course.breach();
    assertNotNull(breach, "nothing was found");
    assertTrue(breach.contains(why), breach);
  }
}
