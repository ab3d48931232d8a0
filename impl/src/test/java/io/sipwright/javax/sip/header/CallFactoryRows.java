package io.sipwright.javax.sip.header;

import static io.sipwright.javax.sip.header.HeaderFactoryTest.row;

/** The create methods for headers about a call and those in it, for {@link HeaderFactoryTest}. */
final class CallFactoryRows {
  private CallFactoryRows() {}

  static Object[][] rows() {
    return new Object[][] {
      row("createPrivacyHeader", "Privacy: user;id", "user;id"),
    };
  }
}
