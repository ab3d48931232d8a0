package io.sipwright.proxy;

import io.sipwright.header.SipwrightContactHeader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.OptionTag;
import javax.sip.header.SupportedHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;

/** What messages say of outbound (RFC 5626). */
final class OutboundMarks {
  static final String OUTBOUND = "outbound";
  private static final Set<String> FORM_DIALOGS =
      Set.of(Request.INVITE, Request.SUBSCRIBE, Request.REFER);

  private OutboundMarks() {}

  static int count(Message message, String name) {
    int count = 0;
    for (Iterator<?> all = message.getHeaders(name); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** The Contacts, but for {@code *}. */
  static List<SipwrightContactHeader> contacts(Message message) {
    List<SipwrightContactHeader> contacts = new ArrayList<>();
    for (Iterator<?> all = message.getHeaders(ContactHeader.NAME); all.hasNext(); ) {
      if (all.next() instanceof SipwrightContactHeader contact && contact.getAddress() != null) {
        contacts.add(contact);
      }
    }
    return contacts;
  }

  static boolean hasOb(Address address) {
    return address.getURI() instanceof SipURI uri && uri.getParameter("ob") != null;
  }

  static boolean supports(Message message) {
    for (Iterator<?> all = message.getHeaders(SupportedHeader.NAME); all.hasNext(); ) {
      if (all.next() instanceof OptionTag tag && OUTBOUND.equalsIgnoreCase(tag.getOptionTag())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a request may make a dialog: it's none within one. */
  static boolean formsDialog(Request request) {
    return FORM_DIALOGS.contains(request.getMethod())
        && request.getHeader(ToHeader.NAME) instanceof ToHeader to
        && to.getTag() == null;
  }
}
