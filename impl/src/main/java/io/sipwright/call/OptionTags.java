package io.sipwright.call;

import java.util.Iterator;
import javax.sip.header.OptionTag;
import javax.sip.header.RSeqHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** What messages say of reliable provisional responses (RFC 3262). */
final class OptionTags {
  private static final String RELIABLE = "100rel";

  private OptionTags() {}

  /** Whether a provisional response wants a PRACK. */
  static boolean isReliable(Response response) {
    return response.getHeader(RSeqHeader.NAME) != null
        && listsReliable(response.getHeaders(RequireHeader.NAME));
  }

  /** Whether the sender of an INVITE takes such responses. */
  static boolean takesReliable(Request invite) {
    return listsReliable(invite.getHeaders(RequireHeader.NAME))
        || listsReliable(invite.getHeaders(SupportedHeader.NAME));
  }

  static boolean isReliable(OptionTag tag) {
    return RELIABLE.equalsIgnoreCase(tag.getOptionTag());
  }

  private static boolean listsReliable(Iterator<?> tags) {
    while (tags.hasNext()) {
      if (tags.next() instanceof OptionTag tag && isReliable(tag)) {
        return true;
      }
    }
    return false;
  }
}
