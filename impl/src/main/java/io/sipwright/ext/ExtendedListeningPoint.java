package io.sipwright.ext;

import java.io.IOException;
import javax.sip.ListeningPoint;
import javax.sip.header.ContactHeader;
import javax.sip.header.ViaHeader;

/** A listening point, beyond JAIN SIP. */
public interface ExtendedListeningPoint extends ListeningPoint {
  /** A Via of this listening point, without branch: the top one of a request sent from here. */
  ViaHeader createViaHeader();

  /**
   * A Contact that leads here: {@code <sip:host:port;transport=…>}, the transport left out for UDP.
   */
  ContactHeader createContactHeader();

  /**
   * Sends a double CRLF, which keeps mappings of NATs alive and is answered by nobody over UDP (RFC
   * 5626 §3.5.1, §4.4.1). Over a stream it goes on the connection there is, or a new one. A failure
   * that shows later is told as an I/O exception event.
   *
   * @param host a name, or a numeric address
   * @param port 1 to 65535
   * @throws IOException if the listening point belongs to no provider, the stack was stopped, or
   *     the network refuses it at once
   */
  void sendHeartbeat(String host, int port) throws IOException;
}
