package io.sipwright.javax.sip.header;

import static io.sipwright.javax.sip.header.HeaderFactoryTest.address;
import static io.sipwright.javax.sip.header.HeaderFactoryTest.row;

import java.text.ParseException;

/** The create methods for headers about a call and those in it, for {@link HeaderFactoryTest}. */
final class CallFactoryRows {
  private static final String BOB = "\"Bob\" <sip:bob@example.com>";

  private CallFactoryRows() {}

  static Object[][] rows() throws ParseException {
    return new Object[][] {
      row("createAcceptContactHeader", "Accept-Contact: *"),
      row(
          "createAcceptResourcePriorityHeader",
          "Accept-Resource-Priority: dsn.flash",
          "dsn",
          "flash"),
      row("createAnswerModeHeader", "Answer-Mode: Auto", "Auto"),
      row("createFlowTimerHeader", "Flow-Timer: 120", 120),
      row("createJoinHeader", "Join: a@b;to-tag=1;from-tag=2", "a@b", "1", "2"),
      row("createMinSEHeader", "Min-SE: 90", 90),
      row("createPAssertedIdentityHeader", "P-Asserted-Identity: " + BOB, address()),
      row("createPEarlyMediaHeader", "P-Early-Media: supported", "supported"),
      row("createPMediaAuthorizationHeader", "P-Media-Authorization: 0A1b", "0A1b"),
      row("createPPreferredIdentityHeader", "P-Preferred-Identity: " + BOB, address()),
      row("createPathHeader", "Path: " + BOB, address()),
      row("createPermissionMissingHeader", "Permission-Missing: " + BOB, address()),
      row("createPrivAnswerModeHeader", "Priv-Answer-Mode: Auto", "Auto"),
      row("createPrivacyHeader", "Privacy: user;id", "user;id"),
      row("createReferSubHeader", "Refer-Sub: false", false),
      row("createReferredByHeader", "Referred-By: " + BOB, address()),
      row("createRejectContactHeader", "Reject-Contact: *"),
      row("createReplacesHeader", "Replaces: a@b;to-tag=1;from-tag=2", "a@b", "1", "2"),
      row("createRequestDispositionHeader", "Request-Disposition: no-fork", "no-fork"),
      row("createResourcePriorityHeader", "Resource-Priority: dsn.flash", "dsn", "flash"),
      row("createSecurityClientHeader", "Security-Client: tls", "tls"),
      row("createSecurityServerHeader", "Security-Server: tls", "tls"),
      row("createSecurityVerifyHeader", "Security-Verify: tls", "tls"),
      row("createServiceRouteHeader", "Service-Route: " + BOB, address()),
      row("createSessionExpiresHeader", "Session-Expires: 1800", 1800),
      row(
          "createTargetDialogHeader",
          "Target-Dialog: a@b;remote-tag=1;local-tag=2",
          "a@b",
          "1",
          "2"),
      row("createTriggerConsentHeader", "Trigger-Consent: " + BOB, address()),
    };
  }

  /** What is out of the range of a number. */
  static Object[][] outOfRange() {
    return new Object[][] {
      row("createFlowTimerHeader", "", -1),
      row("createMinSEHeader", "", -1),
      row("createSessionExpiresHeader", "", -1),
    };
  }
}
