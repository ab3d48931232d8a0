package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Offers and answers that go by in a dialog's messages (RFC 3264, RFC 6337 §2). */
public class PendingOfferTest {
  private static final String SDP = "Content-Type: application/sdp";

  private static SipMessage withBody(SipMessage message) {
    String text = new String(message.encoded(), StandardCharsets.UTF_8);
    String head = text.replaceAll("(?i)Content-Length:[^\r]*\r\n", "").stripTrailing();
    return Messages.parse(
        (head + "\r\nContent-Length: 5\r\n\r\nv=0\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static SipMessage request(String method, long seq, boolean sdp) {
    return sdp
        ? withBody(Messages.request(method, seq, "b", SDP))
        : Messages.request(method, seq, "b");
  }

  private static SipMessage response(
      int status, String method, long seq, boolean sdp, String... more) {
    SipMessage plain =
        Messages.response(
            status, method, seq, "b", (String.join("\n", more) + (sdp ? "\n" + SDP : "")).strip());
    return sdp ? withBody(plain) : plain;
  }

  /** What goes by, each word a message: method or status, {@code +} with a session description. */
  @DataProvider
  public Object[][] exchanges() {
    return new Object[][] {
      {"INVITE+", "ours INVITE 1"},
      {"INVITE+ 183+", "ours INVITE 1"}, // not reliable: no answer yet
      {"INVITE+ 183r+", null},
      {"INVITE+ 183r", "ours INVITE 1"},
      {"INVITE+ 183r+ 200+", null},
      {"INVITE+ 200+", null},
      {"INVITE+ 200", null}, // a peer that gives no answer
      {"INVITE+ 488", null},
      {"INVITE", null},
      {"INVITE 180", null},
      {"INVITE 200+", "theirs INVITE 1 in response"},
      {"INVITE 200+ ACK+", null},
      {"INVITE 200+ ACK", null},
      {"INVITE 183r+", "theirs INVITE 1 in response"},
      {"INVITE 183r+ PRACK+", null},
      {"INVITE 183r+ PRACK+ 200+ ACK", null},
      {"INVITE 183r+ 500", null},
      {"INVITE+ 183r+ PRACK+", "ours PRACK 1"},
      {"INVITE+ 183r+ PRACK+ 200-PRACK+", null},
      {"INVITE+ 183r+ PRACK+ 200-PRACK", null},
      {"UPDATE+", "ours UPDATE 1"},
      {"UPDATE+ 200-UPDATE+", null},
      {"UPDATE+ 491-UPDATE", null},
      {"UPDATE", null},
      {"UPDATE+ INFO", "ours UPDATE 1"},
      {"UPDATE+ 200-INFO", "ours UPDATE 1"},
    };
  }

  @Test(dataProvider = "exchanges")
  public void an_offer_waits_until_its_answer_or_its_refusal(String messages, String left) {
    PendingOffer offer = null;
    SipMessage invite = request("INVITE", 1, messages.startsWith("INVITE+"));
    for (String word : messages.split(" ")) {
      boolean sdp = word.endsWith("+");
      String name = word.replace("+", "");
      if (Character.isDigit(name.charAt(0))) {
        int status = Integer.parseInt(name.substring(0, 3));
        String method = name.contains("-") ? name.substring(4) : "INVITE";
        String reliable = name.endsWith("r") ? "Require: 100rel\nRSeq: 1" : "Subject: x";
        SipMessage request = method.equals("INVITE") ? invite : request(method, 1, sdp);
        offer =
            PendingOffer.afterResponse(
                offer, false, request, response(status, method, 1, sdp, reliable));
      } else {
        offer = PendingOffer.afterRequest(offer, true, request(name, 1, sdp));
      }
    }
    String text =
        offer == null
            ? null
            : (offer.ours() ? "ours " : "theirs ")
                + offer.method()
                + " "
                + offer.seq()
                + (offer.inResponse() ? " in response" : "");
    assertEquals(text, left);
  }

  @Test
  public void a_request_that_ends_without_answer_takes_its_offer_along() {
    SipMessage update = request("UPDATE", 2, true);
    PendingOffer offer = PendingOffer.afterRequest(null, true, update);
    assertEquals(PendingOffer.afterEnd(offer, true, request("UPDATE", 3, true)), offer);
    assertEquals(PendingOffer.afterEnd(offer, false, update), offer);
    assertNull(PendingOffer.afterEnd(offer, true, update));
  }

  @DataProvider
  public Object[][] bodies() {
    return new Object[][] {
      {"Content-Type: application/sdp", true},
      {"Content-Type: APPLICATION/SDP", true},
      {"Content-Type: multipart/mixed;boundary=x", true},
      {"Content-Type: application/sdp\nContent-Disposition: session", true},
      {"Content-Type: application/sdp\nContent-Disposition: early-session", false},
      {"Content-Type: text/plain", false},
    };
  }

  @Test(dataProvider = "bodies")
  public void only_a_session_description_is_an_offer(String headers, boolean session) {
    SipMessage message = withBody(Messages.request("INVITE", 1, null, headers));
    assertEquals(PendingOffer.hasSession(message), session);
    assertEquals(PendingOffer.hasSession(Messages.request("INVITE", 1, null, headers)), false);
  }

  @DataProvider
  public Object[][] meetings() {
    PendingOffer ours = new PendingOffer(true, "UPDATE", 1, false);
    PendingOffer theirs = new PendingOffer(false, "UPDATE", 1, false);
    return new Object[][] {
      {null, 0, 0, 0},
      {ours, 491, 0, 491},
      {theirs, 500, 0, 500},
    };
  }

  @Test(dataProvider = "meetings")
  public void what_meets_a_waiting_offer_is_refused(
      PendingOffer offer, int invite, int plainUpdate, int update) {
    assertEquals(Reinvite.onInvite(false, false, offer).status(), invite);
    assertEquals(Reinvite.onUpdate(false, false, offer).status(), plainUpdate);
    assertEquals(Reinvite.onUpdate(false, true, offer).status(), update);
    assertEquals(Reinvite.onUpdate(true, false, offer).status(), 500, "another UPDATE is pending");
  }
}
