package io.sipwright.javax.sip.message;

import java.nio.charset.StandardCharsets;

/** Messages written as lines, for tests. */
final class Texts {
  private Texts() {}

  /** Lines joined by CRLF, with the blank line at the end. */
  static String message(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  static final String INVITE =
      message(
          "INVITE sip:bob@biloxi.example.com SIP/2.0",
          "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport",
          "v: SIP/2.0/TCP first.example.com;branch=z9hG4bKa , SIP/2.0/TLS second.example.com",
          "Max-Forwards: 70",
          "t: \"Bob, B.\" <sip:bob@biloxi.example.com>",
          "From: Alice <sip:alice@atlanta.example.com>;tag=1928301774",
          "Call-ID: a84b4c76e66710@pc33.atlanta.example.com",
          "CSeq: 314159 INVITE",
          "Record-Route: <sip:p2.example.com;lr>,  <sip:p1.example.com;lr>",
          "Contact:   <sip:alice@pc33.atlanta.example.com>",
          "Timestamp: 54.2",
          "X-Odd:  one,two",
          "x-odd: three",
          "Expires: 180",
          "Content-Length: 0");

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Parsed parse(String text) {
    return new MessageParser().parse(bytes(text));
  }

  /** A message that must be taken. */
  static SipMessage taken(String text) {
    Parsed parsed = parse(text);
    if (parsed instanceof SipMessage message) {
      return message;
    }
    throw new AssertionError(parsed.toString());
  }

  static SipRequest request(String text) {
    return (SipRequest) taken(text);
  }

  /** Bytes that must be refused. */
  static Malformed refused(String text) {
    return (Malformed) parse(text);
  }

  static String sent(SipMessage message) {
    return new String(message.encoded(), StandardCharsets.UTF_8);
  }
}
