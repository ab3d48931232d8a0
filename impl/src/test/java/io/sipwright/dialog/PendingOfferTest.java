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
  public Object[][] ends() {
    return new Object[][] {
      // the offer; who sent the request that ended, which one; whether its offer ends too
      {new PendingOffer(true, "UPDATE", 2, false), true, "UPDATE", 2, true},
      {new PendingOffer(false, "UPDATE", 2, false), false, "UPDATE", 2, true},
      {new PendingOffer(true, "UPDATE", 2, false), false, "UPDATE", 2, false},
      {new PendingOffer(true, "UPDATE", 2, false), true, "UPDATE", 3, false},
      {new PendingOffer(true, "UPDATE", 2, false), true, "PRACK", 2, false},
      {new PendingOffer(true, "INVITE", 2, true), true, "INVITE", 2, false},
      {null, true, "UPDATE", 2, false},
    };
  }

  @Test(dataProvider = "ends")
  public void only_the_request_that_made_an_offer_takes_it_along(
      PendingOffer offer, boolean sent, String method, long seq, boolean ends) {
    assertEquals(
        PendingOffer.afterEnd(offer, sent, request(method, seq, true)), ends ? null : offer);
  }

  @DataProvider
  public Object[][] acks() {
    return new Object[][] {
      {new PendingOffer(false, "INVITE", 1, true), true},
      {new PendingOffer(true, "UPDATE", 2, false), false},
      {null, false},
    };
  }

  @Test(dataProvider = "acks")
  public void an_ack_answers_what_a_response_offered(PendingOffer offer, boolean answers) {
    PendingOffer left = answers ? null : offer;
    assertEquals(PendingOffer.afterAck(offer), left);
    assertEquals(PendingOffer.afterRequest(offer, true, request("ACK", 1, true)), left);
    assertEquals(PendingOffer.afterRequest(offer, true, request("ACK", 1, false)), left);
  }

  @DataProvider
  public Object[][] requests() {
    PendingOffer ours = new PendingOffer(true, "INVITE", 1, true);
    PendingOffer theirs = new PendingOffer(false, "INVITE", 1, true);
    PendingOffer prack = new PendingOffer(true, "PRACK", 2, false);
    PendingOffer update = new PendingOffer(true, "UPDATE", 2, false);
    return new Object[][] {
      // what waited; what we send, with a session description or not; what waits then
      {theirs, "PRACK", true, null},
      {theirs, "PRACK", false, theirs},
      {ours, "PRACK", true, prack},
      {null, "PRACK", true, prack},
      {theirs, "UPDATE", true, update},
      {ours, "UPDATE", false, ours},
      {theirs, "INFO", true, theirs},
      {null, "INFO", true, null},
    };
  }

  @Test(dataProvider = "requests")
  public void a_request_of_ours_answers_or_offers(
      PendingOffer before, String method, boolean sdp, PendingOffer after) {
    assertEquals(PendingOffer.afterRequest(before, true, request(method, 2, sdp)), after);
  }

  @DataProvider
  public Object[][] responses() {
    PendingOffer update = new PendingOffer(true, "UPDATE", 2, false);
    PendingOffer theirs = new PendingOffer(false, "UPDATE", 2, false);
    PendingOffer inResponse = new PendingOffer(false, "INVITE", 2, true);
    return new Object[][] {
      // what waited; what comes, to which request, with a session description or not; what's left
      {update, 200, "UPDATE", 2, false, null},
      {update, 200, "UPDATE", 3, false, update},
      {update, 200, "INFO", 2, false, update},
      {update, 199, "UPDATE", 2, false, update},
      {update, 299, "UPDATE", 2, false, null},
      {update, 300, "UPDATE", 2, true, null},
      {update, 300, "UPDATE", 3, true, update},
      {update, 491, "INVITE", 2, false, update},
      {inResponse, 200, "INVITE", 2, false, inResponse},
      {inResponse, 200, "INVITE", 2, true, inResponse},
      {theirs, 200, "INFO", 4, true, theirs},
      {null, 200, "UPDATE", 2, true, null},
      {null, 200, "INVITE", 2, true, inResponse},
      {null, 200, "INVITE", 2, false, null},
      {null, 300, "INVITE", 2, true, null},
    };
  }

  @Test(dataProvider = "responses")
  public void a_response_of_theirs_answers_refuses_or_offers(
      PendingOffer before, int status, String method, long seq, boolean sdp, PendingOffer after) {
    SipMessage request = request(method, seq, false);
    SipMessage response = response(status, method, seq, sdp);
    assertEquals(PendingOffer.afterResponse(before, false, request, response), after);
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
      {"Content-Type: application/json", false},
      {"Content-Type: text/sdp", false},
      {"Content-Type: application/sdp\nContent-Disposition: Session;handling=optional", true},
      {"Subject: no type", false},
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
    assertEquals(Reinvite.onUpdate(true, true, offer).status(), 500, "another UPDATE is pending");
    assertEquals(Reinvite.onInvite(false, true, offer).status(), 500, "an INVITE is pending");
    assertEquals(
        Reinvite.onInvite(true, false, offer).status(), Math.max(invite, 491), "as is ours");
  }
}
