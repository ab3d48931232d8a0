package io.sipwright.transaction;

import static io.sipwright.transaction.Rig.message;
import static io.sipwright.transaction.Rig.request;
import static io.sipwright.transaction.Rig.respond;
import static io.sipwright.transaction.Rig.response;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Which messages belong to the same transaction. */
public class TransactionKeyTest {
  private static final String VIA = "Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff";

  @DataProvider
  Object[][] requests() {
    return new Object[][] {
      // what is changed in a request, and whether it still belongs to the transaction
      {"the same again", VIA, VIA, true},
      {"branch in another case", "z9hG4bKkjshdyff", "Z9HG4BKKJSHDYFF", true},
      {"other branch", "kjshdyff", "kjshdyfg", false},
      {"host in another case", "pc33.atlanta.com;", "PC33.Atlanta.COM;", true},
      {"other host", "pc33.atlanta.com;", "pc34.atlanta.com;", false},
      {"the default port", "pc33.atlanta.com;", "pc33.atlanta.com:5060;", true},
      {"other port", "pc33.atlanta.com;", "pc33.atlanta.com:5061;", false},
      {
        "default port of another transport", "UDP pc33.atlanta.com;", "TLS pc33.atlanta.com;", false
      },
      {"port of TLS", "UDP pc33.atlanta.com;", "TLS pc33.atlanta.com:5060;", true},
      {"other received", ";branch", ";received=192.0.2.9;rport=9;branch", true},
      {"other Call-ID", "Call-ID: 987", "Call-ID: 986", true},
      {"other Request-URI", "INVITE sip:bob@biloxi.com", "INVITE sip:b@b.com", true},
      {"other method", "INVITE", "OPTIONS", false},
      {"its ACK", "INVITE", "ACK", true},
      {"its CANCEL", "INVITE", "CANCEL", false},
    };
  }

  @Test(dataProvider = "requests")
  public void requests_match_by_branch_sent_by_and_method(
      String what, String from, String to, boolean same) {
    TransactionKey invite = TransactionKey.ofServer(request("INVITE"));
    SipMessage other = changed(request("INVITE"), from, to);
    check(invite, TransactionKey.ofServer(other), same, what);
    assertFalse(invite.isLegacy());
  }

  @DataProvider
  Object[][] ports() {
    return new Object[][] {
      {"UDP", 5060},
      {"TCP", 5060},
      {"TLS", 5061},
      {"tls", 5061},
      {"SCTP", 5060},
      {"TLS-SCTP", 5061},
      {"WS", 80},
      {"WSS", 443},
    };
  }

  @Test(dataProvider = "ports")
  public void a_missing_port_is_the_transports(String transport, int port) {
    SipMessage without = changed(request("INVITE"), "UDP", transport);
    SipMessage with = changed(without, "pc33.atlanta.com;", "pc33.atlanta.com:" + port + ";");
    assertEquals(TransactionKey.ofServer(without), TransactionKey.ofServer(with));
  }

  @DataProvider
  Object[][] responses() {
    return new Object[][] {
      {"a response to it", "486", "487", true},
      {"branch in another case", "z9hG4bKkjshdyff", "z9HG4bkKJSHDYFF", true},
      {"other branch", "kjshdyff", "kjshdyfg", false},
      {"other method", "986759 INVITE", "986759 CANCEL", false},
      {"other sent-by", "pc33.atlanta.com;", "pc34.atlanta.com;", true},
      {"other To tag", "tag=99sa0xk", "tag=other", true},
    };
  }

  @Test(dataProvider = "responses")
  public void responses_match_by_branch_and_cseq_method(
      String what, String from, String to, boolean same) {
    TransactionKey sent = TransactionKey.ofClient(request("INVITE"));
    SipMessage came = changed(response(486, "INVITE"), from, to);
    check(sent, TransactionKey.ofClient(came), same, what);
  }

  @Test
  public void a_cancel_finds_its_invite() {
    assertEquals(
        TransactionKey.forCancelled(request("CANCEL")), TransactionKey.ofServer(request("INVITE")));
    SipMessage legacy = legacy("INVITE", "");
    assertEquals(
        TransactionKey.forCancelled(legacy("CANCEL", "")), TransactionKey.ofServer(legacy));
  }

  @DataProvider
  Object[][] legacyRequests() {
    return new Object[][] {
      {"the same again", "INVITE", "INVITE", true},
      {"other Request-URI", "INVITE sip:bob@biloxi.com", "INVITE sip:b@b.com", false},
      {"other To tag", "To: <sip:bob@biloxi.com>", "To: <sip:bob@biloxi.com>;tag=1", false},
      {"other From tag", "tag=88sja8x", "tag=88sja8y", false},
      {"other Call-ID", "987asjd97y7atg", "986asjd97y7atg", false},
      {"other CSeq", "986759", "986760", false},
      {"other method", "INVITE", "OPTIONS", false},
      {"other host", "pc33.atlanta.com", "pc34.atlanta.com", false},
      {"other port", "pc33.atlanta.com", "pc33.atlanta.com:5070", false},
      {"other transport", "2.0/UDP", "2.0/TCP", false},
      {"a branch", "pc33.atlanta.com", "pc33.atlanta.com;branch=1", false},
      {"other From name", "From: Alice", "From: \"Alice\"", true},
      {"its CANCEL", "INVITE", "CANCEL", false},
      {"its ACK, which has a key of its own", "INVITE", "ACK", false},
    };
  }

  @Test(dataProvider = "legacyRequests")
  public void requests_without_the_cookie_match_by_the_rules_for_rfc_2543(
      String what, String from, String to, boolean same) {
    TransactionKey invite = TransactionKey.ofServer(legacy("INVITE", ""));
    SipMessage other = changed(legacy("INVITE", ""), from, to);
    check(invite, TransactionKey.ofServer(other), same, what);
    assertTrue(invite.isLegacy());
  }

  @Test
  public void a_branch_without_the_cookie_is_legacy() {
    SipMessage request = changed(request("INVITE"), "z9hG4bKkjshdyff", "1");
    assertTrue(TransactionKey.ofServer(request).isLegacy());
    check(
        TransactionKey.ofServer(request),
        TransactionKey.ofServer(changed(request, "branch=1", "branch=2")),
        false,
        "other branch");
  }

  @Test
  public void a_legacy_ack_finds_its_invite_by_the_to_tag_of_the_response() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(legacy("INVITE", ""));
    TransactionKey right = TransactionKey.ofServer(legacy("ACK", ";tag=99sa0xk"));
    TransactionKey wrong = TransactionKey.ofServer(legacy("ACK", ";tag=other"));
    TransactionKey none = TransactionKey.ofServer(legacy("ACK", ""));
    respond(server, 180, "INVITE");
    assertNull(rig.table.server(right));
    respond(server, 486, "INVITE");
    assertSame(rig.table.server(right), server);
    assertNull(rig.table.server(wrong));
    assertNull(rig.table.server(none));
    server.ack(legacy("ACK", ";tag=99sa0xk"));
    assertEquals(server.stage(), TransactionStage.CONFIRMED);
    rig.clock.runUntilIdle();
    assertNull(rig.table.server(right));
    rig.expect(
        """
        0 sent 180
        0 sent 486
        0 ack
        5000 terminated
        """);
    rig.expectEmpty();
  }

  @Test
  public void a_legacy_ack_to_a_2xx_is_passed_up() {
    Rig rig = Rig.udp();
    ServerDriver server = rig.server(legacy("INVITE", ""));
    respond(server, 200, "INVITE");
    ServerDriver found = rig.table.server(TransactionKey.ofServer(legacy("ACK", ";tag=99sa0xk")));
    assertSame(found, server);
    server.ack(legacy("ACK", ";tag=99sa0xk"));
    assertEquals(server.stage(), TransactionStage.ACCEPTED);
    rig.expect(
        """
        0 sent 200
        0 ack to 2xx
        """);
    server.terminate();
    rig.expectEmpty();
  }

  @Test
  public void keys_equal_nothing_else() {
    TransactionKey invite = TransactionKey.ofServer(request("INVITE"));
    assertFalse(invite.equals(null));
    assertFalse(invite.equals((Object) "INVITE"));
  }

  @Test
  public void branches_are_new_each_time_and_have_the_cookie() {
    String branch = BranchIds.next();
    assertTrue(branch.startsWith("z9hG4bK") && branch.length() == 27, branch);
    assertNotEquals(BranchIds.next(), branch);
    assertTrue(BranchIds.hasCookie(branch) && BranchIds.hasCookie("Z9HG4BK1"));
    assertFalse(BranchIds.hasCookie("z9hG4b") || BranchIds.hasCookie(null));
    String unattended = BranchIds.nextUnattended();
    assertNotEquals(BranchIds.nextUnattended(), unattended);
    assertTrue(BranchIds.hasCookie(unattended) && BranchIds.isUnattended(unattended));
    assertTrue(BranchIds.isUnattended(unattended.toUpperCase(Locale.ROOT)));
    assertFalse(BranchIds.isUnattended(branch) || BranchIds.isUnattended(null));
  }

  private static void check(TransactionKey a, TransactionKey b, boolean same, String what) {
    assertEquals(a.equals(b), same, what + ": " + a + " and " + b);
    assertEquals(b.equals(a), same, what);
    if (same) {
      assertEquals(a.hashCode(), b.hashCode(), what);
    }
  }

  private static SipMessage changed(SipMessage message, String from, String to) {
    String text = new String(message.encoded(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    assertTrue(text.contains(from), from);
    return message(text.replace(from, to));
  }

  /** A request of a client that follows RFC 2543. */
  private static SipMessage legacy(String method, String toTag) {
    return message(
        """
        %s sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com
        To: <sip:bob@biloxi.com>%s
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 986759 %s
        Content-Length: 0

        """
            .formatted(method, toTag, method));
  }

  @Test
  public void a_cancel_to_be_sent_finds_its_invite() {
    SipMessage cancel = request("CANCEL");
    assertEquals(
        TransactionKey.forCancelledByClient(cancel), TransactionKey.ofClient(request("INVITE")));
    SipMessage bare = legacy("CANCEL", "");
    assertEquals(
        TransactionKey.forCancelledByClient(bare), TransactionKey.ofClient(legacy("INVITE", "")));
    assertNotEquals(
        TransactionKey.forCancelledByClient(bare), TransactionKey.ofClient(request("INVITE")));
  }

  @Test
  public void a_port_of_zero_is_a_port() {
    SipMessage zero = changed(request("INVITE"), "pc33.atlanta.com;", "pc33.atlanta.com:0;");
    assertNotEquals(TransactionKey.ofServer(zero), TransactionKey.ofServer(request("INVITE")));
  }

  @Test
  public void legacy_requests_are_told_apart_by_their_first_lines_alone() {
    SipMessage folded =
        changed(legacy("INVITE", ""), "Call-ID", "Subject: sip:x@y SIP/2.0\nCall-ID");
    assertEquals(TransactionKey.ofServer(folded), TransactionKey.ofServer(legacy("INVITE", "")));
  }

  @Test
  public void a_key_says_what_it_is_made_of() {
    assertEquals(
        TransactionKey.ofServer(request("ACK")).toString(),
        "INVITE z9hG4bKkjshdyff from pc33.atlanta.com:5060");
    assertEquals(TransactionKey.ofClient(request("BYE")).toString(), "BYE z9hG4bKkjshdyff");
    assertEquals(
        TransactionKey.ofServer(legacy("ACK", ";tag=1")).toString(),
        "RFC 2543 ACK sip:bob@biloxi.com SIP/2.0 88sja8x 987asjd97y7atg 986759"
            + " UDP pc33.atlanta.com:-1;null to-tag=1");
  }
}
