package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.bytes;
import static io.sipwright.transaction.Rig.message;
import static io.sipwright.transaction.Rig.request;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** ACK to a final response other than 2xx, and CANCEL. */
public class HopByHopTest {
  private static final String RESPONSE =
      """
      SIP/2.0 486 Busy Here
      v: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
      t: "Bob, \\"the builder\\"" <sip:bob@biloxi.com>;tag=99sa0xk
      f: Alice <sip:alice@atlanta.com>;tag=88sja8x
      i: 987asjd97y7atg
      CSeq: 986759 INVITE
      l: 0

      """;

  @DataProvider
  Object[][] invites() {
    return new Object[][] {
      {
        "route headers go along, in order",
        """
        INVITE sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>
        Max-Forwards: 17
        To: <sip:bob@biloxi.com>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 INVITE
        Route: <sip:p3.example.com>
        Require: 100rel
        Proxy-Require: foo
        Contact: <sip:alice@pc33.atlanta.com>
        Content-Type: text/plain
        Content-Length: 14

        Route: <sip:x>\
        """,
        """
        %s sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>
        Max-Forwards: 17
        To: %s
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Route: <sip:p3.example.com>
        Content-Length: 0

        """,
      },
      {
        "only the topmost of several Via values, of one or more fields",
        """
        INVITE sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP p1.example.com;x="a,\\",b";branch=z9hG4bK1 , SIP/2.0/UDP pc33.atlanta.com
        Via: SIP/2.0/UDP pc34.atlanta.com
        To: <sip:bob@biloxi.com>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 INVITE
        Max-Forwards: 70

        """,
        """
        %s sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP p1.example.com;x="a,\\",b";branch=z9hG4bK1
        To: %s
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Max-Forwards: 70
        Content-Length: 0

        """,
      },
      {
        "compact and odd spellings, folded lines; a missing Max-Forwards is 70",
        """
        INVITE sip:bob@biloxi.com;transport=tcp SIP/2.0
        v : SIP/2.0/UDP pc33.atlanta.com
          ;branch=z9hG4bK1
        t:<sip:bob@biloxi.com>
        F:   Alice
         <sip:alice@atlanta.com>;tag=88sja8x\s\s
        i:987asjd97y7atg
        cseq: 986759   INVITE

        """,
        """
        %s sip:bob@biloxi.com;transport=tcp SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com
          ;branch=z9hG4bK1
        To: %s
        From: Alice
         <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Max-Forwards: 70
        Content-Length: 0

        """,
      },
    };
  }

  @Test(dataProvider = "invites")
  public void ack_has_what_the_invite_had_and_the_responses_to(
      String what, String invite, String made) {
    byte[] ack = HopByHop.ack(bytes(invite), bytes(RESPONSE));
    assertEquals(
        text(ack),
        made.formatted(
            "ACK", "\"Bob, \\\"the builder\\\"\" <sip:bob@biloxi.com>;tag=99sa0xk", "ACK"),
        what);
  }

  @Test(dataProvider = "invites")
  public void cancel_has_what_the_invite_had(String what, String invite, String made) {
    byte[] cancel = HopByHop.cancel(bytes(invite));
    assertEquals(text(cancel), made.formatted("CANCEL", "<sip:bob@biloxi.com>", "CANCEL"), what);
  }

  @Test
  public void a_response_without_to_leaves_the_requests() {
    byte[] ack =
        HopByHop.ack(request("INVITE").encoded(), bytes("SIP/2.0 486 Busy\nCSeq: 1 A\n\n"));
    assertTrue(text(ack).contains("\nTo: Bob <sip:bob@biloxi.com>\n"), text(ack));
  }

  @DataProvider
  Object[][] torn() {
    return new Object[][] {
      {""},
      {"INVITE"},
      {"INVITE sip:b"},
      {"INVITE sip:b SIP/2.0\nVia"},
      {"INVITE sip:b SIP/2.0\nCSeq: 12"},
      {"INVITE sip:b SIP/2.0\nTo:"},
      {"\n"}
    };
  }

  @Test(dataProvider = "torn")
  public void torn_bytes_break_nothing(String invite) {
    assertFalse(text(HopByHop.ack(bytes(invite), bytes(invite))).isEmpty());
  }

  @Test
  public void cancels_are_messages_that_match_nothing_but_their_invite() {
    SipMessage invite = request("INVITE");
    SipMessage cancel = Cancels.of(invite);
    assertEquals(cancel.method(), "CANCEL");
    assertEquals(cancel.maxForwards(), 70);
    assertEquals(cancel.viaBranch(), invite.viaBranch());
    assertEquals(cancel.viaCount(), 1);
    assertEquals(cancel.cseq(), 986759);
    assertEquals(cancel.cseqMethod(), "CANCEL");
    assertEquals(TransactionKey.forCancelled(cancel), TransactionKey.ofServer(invite));
    assertFalse(TransactionKey.ofServer(cancel).equals(TransactionKey.ofServer(invite)));
  }

  @Test
  public void no_cancel_is_made_of_a_request_without_call_id() {
    SipMessage invite =
        message(
            """
            INVITE sip:bob@biloxi.com SIP/2.0
            Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
            To: Bob <sip:bob@biloxi.com>
            From: Alice <sip:alice@atlanta.com>;tag=88sja8x
            Call-ID: 987asjd97y7atg
            CSeq: 986759 INVITE

            """);
    invite.removeHeader("Call-ID");
    assertThrows(IllegalArgumentException.class, () -> Cancels.of(invite));
  }

  private static String text(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    assertTrue(text.endsWith("\r\n\r\n"), text);
    return text.replace("\r\n", "\n");
  }

  @Test
  public void empty_values_stay_empty_and_every_digit_counts() {
    byte[] cancel =
        HopByHop.cancel(
            bytes(
                "INVITE sip:b SIP/2.0\nTo:\nFrom: \n: x\nCSeq: 1029 INVITE\nMax-Forwards: 0\n\n"));
    assertEquals(
        text(cancel),
        """
        CANCEL sip:b SIP/2.0
        To:\s
        From:\s
        CSeq: 1029 CANCEL
        Max-Forwards: 0
        Content-Length: 0

        """);
  }
}
