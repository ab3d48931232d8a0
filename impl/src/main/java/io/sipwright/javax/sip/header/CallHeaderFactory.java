package io.sipwright.javax.sip.header;

import io.sipwright.header.PrivacyHeader;
import java.text.ParseException;

/**
 * The part of the header factory that makes headers of extensions about a call, those in it, and
 * what they want of each other.
 */
abstract class CallHeaderFactory extends CoreHeaderFactory {
  CallHeaderFactory(HeaderModel model) {
    super(model);
  }

  @Override
  public PrivacyHeader createPrivacyHeader(String privacy) throws ParseException {
    PrivacyHeader h = make(PrivacyHeader.class, HeaderType.PRIVACY);
    h.setPrivacy(privacy);
    return h;
  }
}
