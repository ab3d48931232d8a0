package io.sipwright.examples;

/** Session descriptions (RFC 4566) for programs that talk SIP only and send no sound. */
public final class Sdp {
  private Sdp() {}

  /**
   * One audio stream, G.711, on the discard port of that host: fit as an offer and as an answer to
   * one audio stream.
   */
  public static String audio(String host) {
    String family = host.indexOf(':') < 0 ? "IP4 " : "IP6 ";
    return "v=0\r\n"
        + ("o=sipwright 1 1 IN " + family + host + "\r\n")
        + "s=-\r\n"
        + ("c=IN " + family + host + "\r\n")
        + "t=0 0\r\n"
        + "m=audio 9 RTP/AVP 0 8\r\n"
        + "a=rtpmap:0 PCMU/8000\r\n"
        + "a=rtpmap:8 PCMA/8000\r\n";
  }
}
