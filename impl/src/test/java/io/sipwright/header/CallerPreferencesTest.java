package io.sipwright.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.message.Request;
import org.testng.annotations.Test;

/** Which contacts a request may reach, and in which order (RFC 3841 §7.2). */
public class CallerPreferencesTest {
  /** The five registered contacts of RFC 3841 §7.2.5. */
  private static final String[] REGISTERED = {
    "sip:u1@h.example.com;audio;video;methods=\"INVITE,BYE\";q=0.2",
    "sip:u2@h.example.com;audio=\"FALSE\";methods=\"INVITE\";actor=\"msg-taker\";q=0.2",
    "sip:u3@h.example.com;audio;actor=\"msg-taker\";methods=\"INVITE\";video;q=0.3",
    "sip:u4@h.example.com;audio;methods=\"INVITE,OPTIONS\";q=0.2",
    "sip:u5@h.example.com;q=0.5",
  };

  private static Request request(String method, String headers) throws ParseException {
    return new MessageFactoryImpl()
        .createRequest(
            method
                + " sip:user@example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
                + "From: <sip:a@a.example>;tag=1\r\nTo: <sip:user@example.com>\r\n"
                + "Call-ID: 1\r\nCSeq: 1 "
                + method
                + "\r\nMax-Forwards: 70\r\n"
                + headers.replaceAll("\\R", "\r\n")
                + "\r\n");
  }

  private static List<ContactHeader> contacts(String... values) throws ParseException {
    List<ContactHeader> contacts = new ArrayList<>();
    for (String value : values) {
      contacts.add((ContactHeader) new HeaderFactoryImpl().createHeader("Contact", value));
    }
    return contacts;
  }

  /** Users, q-values and preferences, in order. */
  private static String ranked(Request request, String... contacts) throws ParseException {
    return CallerPreferences.of(request).rank(contacts(contacts)).stream()
        .map(
            r ->
                "%s %.1f %.2f"
                    .formatted(
                        ((SipURI) r.contact().getAddress().getURI()).getUser(),
                        r.q(),
                        r.preference()))
        .collect(Collectors.joining(", "));
  }

  @Test
  public void example_of_rfc_3841_gives_u5_u1_u4() throws Exception {
    Request invite =
        request(
            "INVITE",
            """
            Reject-Contact: *;actor="msg-taker";video
            Accept-Contact: *;audio;require
            Accept-Contact: *;video;explicit
            Accept-Contact: *;methods="BYE";class="business";q=1.0
            """);
    assertEquals(ranked(invite, REGISTERED), "u5 0.5 1.00, u1 0.2 0.83, u4 0.2 0.50");
    List<ContactHeader> targets = contacts(REGISTERED);
    assertEquals(
        CallerPreferences.of(invite).order(targets),
        List.of(targets.get(4), targets.get(0), targets.get(3)));
  }

  @Test
  public void predicate_of_rfc_3841_section_7_2_3_is_that_of_the_contact() throws Exception {
    FeatureSet features =
        FeatureSet.of(
            contacts(
                    "<sip:user@example.com>;audio;video;mobility=\"fixed\";+sip.message=\"TRUE\""
                        + ";other-param=66372;methods=\"INVITE,OPTIONS,BYE,CANCEL,ACK\""
                        + ";schemes=\"sip,http\"")
                .get(0));
    assertEquals(
        features.toString(),
        "sip.audio[TRUE] sip.video[TRUE] sip.mobility[fixed] sip.message[TRUE]"
            + " sip.methods[INVITE, OPTIONS, BYE, CANCEL, ACK] sip.schemes[sip, http]");
  }

  @Test
  public void require_and_explicit_drop_what_says_nothing_about_the_feature() throws Exception {
    String[] two = {"sip:says@a;video", "sip:silent@a;audio", "sip:refuses@a;video=\"FALSE\""};
    assertEquals(
        ranked(request("INVITE", "Accept-Contact: *;video;require;explicit\r\n"), two),
        "says 1.0 1.00");
    assertEquals(
        ranked(request("INVITE", "Accept-Contact: *;video;require\r\n"), two),
        "says 1.0 1.00, silent 1.0 0.00");
    assertEquals(
        ranked(request("INVITE", "a: *;video\r\n"), two),
        "says 1.0 1.00, silent 1.0 0.00, refuses 1.0 0.00");
  }

  @Test
  public void reject_drops_only_who_speaks_of_all_its_features() throws Exception {
    String[] all = {"sip:a@a;audio", "sip:b@a;audio;video", "sip:c@a"};
    assertEquals(ranked(request("INVITE", "j: *;audio;video\r\n"), all), "a 1.0 1.00, c 1.0 1.00");
    assertEquals(ranked(request("INVITE", "j: *\r\n"), all), "c 1.0 1.00");
  }

  @Test
  public void without_preferences_the_method_and_the_event_package_count() throws Exception {
    String[] all = {
      "sip:calls@a;methods=\"INVITE,BYE\"",
      "sip:talks@a;methods=\"INVITE,MESSAGE\"",
      "sip:watches@a;methods=\"SUBSCRIBE\";events=\"presence\"",
      "sip:reads@a;methods=\"SUBSCRIBE\";events=\"message-summary\"",
    };
    assertEquals(ranked(request("MESSAGE", ""), all), "talks 1.0 1.00");
    assertEquals(ranked(request("SUBSCRIBE", "Event: presence\r\n"), all), "watches 1.0 1.00");
    assertEquals(ranked(request("MESSAGE", "Event: presence\r\n"), all), "talks 1.0 1.00");
  }

  @Test
  public void implicit_preferences_never_leave_nobody() throws Exception {
    assertEquals(
        ranked(request("PUBLISH", ""), "sip:a@a;methods=\"BYE\";q=0.1", "sip:b@a;methods=\"BYE\""),
        "b 1.0 1.00, a 0.1 1.00");
    assertTrue(
        CallerPreferences.of(request("INVITE", "a: *;methods=\"PUBLISH\";require\r\n"))
            .order(contacts("sip:a@a;methods=\"BYE\""))
            .isEmpty());
  }

  @Test
  public void contacts_alike_keep_their_order() throws Exception {
    assertEquals(
        ranked(request("INVITE", ""), "sip:a@a", "sip:b@a;q=1", "sip:c@a;q=0.5", "sip:d@a"),
        "a 1.0 1.00, b 1.0 1.00, d 1.0 1.00, c 0.5 1.00");
  }
}
