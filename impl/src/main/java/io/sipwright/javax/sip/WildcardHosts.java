package io.sipwright.javax.sip;

import io.sipwright.javax.sip.header.Contact;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.header.Via;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Flow;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/**
 * Puts an address that the peer can send to in the place of {@code 0.0.0.0} or {@code [::]} in Via
 * and Contact: programs write there what their listening point says, and one that is bound to all
 * addresses has no other.
 */
final class WildcardHosts {
  private static final Set<String> WILDCARDS =
      Set.of("0.0.0.0", "[::]", "::", "[0:0:0:0:0:0:0:0]", "0:0:0:0:0:0:0:0");

  private WildcardHosts() {}

  /**
   * A request from a listening point to a peer.
   *
   * @param peer null if its address isn't known yet
   */
  static void replace(SipMessage request, ListeningPointImpl point, @Nullable InetAddress peer)
      throws ParseException, InvalidArgumentException {
    if (!point.isWildcard()) {
      return;
    }
    String viaHost = request.viaHost();
    if (viaHost != null
        && WILDCARDS.contains(viaHost)
        && request.header(HeaderType.VIA) instanceof Via via) {
      via.setHost(point.hostTowards(peer));
    }
    replaceContact(request, point, peer);
  }

  /** A response, on the way that its request came. */
  static void replace(SipMessage response, SipStackImpl stack, SipMessage request)
      throws SipException {
    if (request.attachment() instanceof Flow flow) {
      ListeningPointImpl point = stack.listeningPoints().at(flow.endpoint());
      if (point != null && point.isWildcard()) {
        try {
          replaceContact(response, point, flow.remote().getAddress());
        } catch (ParseException e) {
          throw new SipException("The Contact can't name this machine: " + e.getMessage(), e);
        }
      }
    }
  }

  /** The header may stand in other messages of the program's too, for other peers: it's copied. */
  private static void replaceContact(
      SipMessage message, ListeningPointImpl point, @Nullable InetAddress peer)
      throws ParseException {
    List<SipHeader> contacts = message.peekAll(HeaderType.CONTACT);
    if (contacts.size() != 1
        || !(contacts.get(0) instanceof Contact contact)
        || contact.isWildCard()
        || !(contact.getAddress().getURI() instanceof SipURI given)
        || !WILDCARDS.contains(given.getHost())) {
      return;
    }
    Contact copy = (Contact) contact.clone();
    SipURI uri = (SipURI) copy.getAddress().getURI();
    uri.setHost(point.hostTowards(peer));
    message.setHeader(copy);
  }
}
