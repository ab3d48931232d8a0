package io.sipwright.othervendor.javax.sip;

import java.util.Properties;

/** Another vendor's stack, as far as {@code SipFactory} is concerned. */
public class SipStackImpl extends io.sipwright.javax.sip.SipStackImpl {
  /** As JAIN wants it. */
  public SipStackImpl(Properties properties) throws javax.sip.PeerUnavailableException {
    super(properties);
  }
}
