package io.sipwright.dialog;

import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;

/** Messages for tests, from text. */
final class Messages {
  private static final MessageParser PARSER =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, false);

  private Messages() {}

  /** A message as it would come off the wire. */
  static SipMessage parse(byte[] bytes) {
    Parsed parsed = PARSER.parse(bytes, 0, bytes.length, false);
    assertTrue(
        parsed instanceof SipMessage, new String(bytes, StandardCharsets.UTF_8) + " is " + parsed);
    return (SipMessage) parsed;
  }

  /** A message of a start line and header lines, each but the last ended by a line feed. */
  static SipMessage parse(String lines) {
    String text = lines.strip().replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n\r\n";
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A request of alice to bob with further header lines. */
  static SipMessage request(String method, long seq, String toTag, String... more) {
    return parse(
        method
            + " sip:bob@biloxi.com SIP/2.0\nVia: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK1\n"
            + "From: Alice <sip:alice@atlanta.com>;tag=a\nTo: Bob <sip:bob@biloxi.com>"
            + (toTag == null ? "" : ";tag=" + toTag)
            + "\nCall-ID: c1\nMax-Forwards: 70\nCSeq: "
            + seq
            + ' '
            + method
            + '\n'
            + String.join("\n", more));
  }

  /** A request of bob to alice in their dialog. */
  static SipMessage requestBack(String method, long seq, String... more) {
    return parse(
        method
            + " sip:alice@pc33.atlanta.com SIP/2.0\n"
            + "Via: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bK2\n"
            + "From: Bob <sip:bob@biloxi.com>;tag=b\nTo: Alice <sip:alice@atlanta.com>;tag=a"
            + "\nCall-ID: c1\nMax-Forwards: 70\nCSeq: "
            + seq
            + ' '
            + method
            + '\n'
            + String.join("\n", more));
  }

  /** A response to a request of alice. */
  static SipMessage response(int status, String method, long seq, String toTag, String... more) {
    return parse(
        "SIP/2.0 "
            + status
            + " Whatever\nVia: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK1\n"
            + "From: Alice <sip:alice@atlanta.com>;tag=a\nTo: Bob <sip:bob@biloxi.com>"
            + (toTag == null ? "" : ";tag=" + toTag)
            + "\nCall-ID: c1\nCSeq: "
            + seq
            + ' '
            + method
            + '\n'
            + String.join("\n", more));
  }

  /** A response to a request of bob. */
  static SipMessage responseBack(int status, String method, long seq, String... more) {
    return parse(
        "SIP/2.0 "
            + status
            + " Whatever\nVia: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bK2\n"
            + "From: Bob <sip:bob@biloxi.com>;tag=b\nTo: Alice <sip:alice@atlanta.com>;tag=a"
            + "\nCall-ID: c1\nCSeq: "
            + seq
            + ' '
            + method
            + '\n'
            + String.join("\n", more));
  }

  /** The URIs of the Routes, with a space between them. */
  static String routes(SipMessage message) {
    StringBuilder text = new StringBuilder();
    if (message.hasHeader(HeaderType.ROUTE)) {
      for (SipHeader header : message.peekAll(HeaderType.ROUTE)) {
        text.append(text.length() == 0 ? "" : " ")
            .append(((AddressHeader) header).getAddress().getURI());
      }
    }
    return text.toString();
  }
}
