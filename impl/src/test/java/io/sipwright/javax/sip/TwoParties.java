package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;

/** Two parties, for tests of calls from alice to bob. */
abstract class TwoParties {
  Calls calls = new Calls();
  Party alice;
  Party bob;

  @BeforeMethod
  public void begin() throws Exception {
    calls = new Calls();
    alice = calls.party("alice");
    bob = calls.party("bob");
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** Alice's dialog of a call that stands; either side takes INFO and BYE. */
  Dialog established() throws Exception {
    bob.answering("INVITE", 180, 200).answering("BYE", 200).answering("INFO", 200);
    alice.acknowledging().answering("INFO", 200).answering("BYE", 200);
    ClientTransaction invite = alice.send(alice.request("INVITE", bob));
    calls.run();
    assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
    return invite.getDialog();
  }

  /** The dialog of the last request that a party got. */
  static Dialog dialogOf(Party party) {
    return party.lastRequest().getDialog();
  }

  /** The INVITE that a party hasn't answered with a final response yet. */
  static ServerTransaction pendingInvite(Party party) {
    DialogImpl dialog = party.stack.dialogs().all().iterator().next();
    return (ServerTransaction) dialog.uas().pendingInvite();
  }
}
