package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;

import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** MESSAGE (RFC 3428), PUBLISH (RFC 3903), INFO (RFC 6086) and OPTIONS, in dialogs and outside. */
public class OtherMethodsTest {
  @DataProvider
  public Object[][] methods() {
    return new Object[][] {{"MESSAGE"}, {"PUBLISH"}, {"INFO"}, {"OPTIONS"}, {"FOO"}};
  }

  @Test(dataProvider = "methods")
  public void outside_of_dialogs_they_make_none(String method) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice");
      Party bob = calls.party("bob").answering(method, 200);
      ClientTransaction sent = alice.send(alice.request(method, bob));
      assertNull(sent.getDialog());
      calls.run();
      assertEquals(alice.heard(), List.of("200 " + method));
      assertSame(alice.lastResponse().getClientTransaction(), sent);
      assertNull(alice.lastResponse().getDialog());
      assertNull(bob.lastRequest().getDialog());
      assertNull(bob.lastRequest().getServerTransaction());
      calls.runToTheEnd();
      assertEquals(bob.endedTransactions.size(), 1);
      assertEquals((int) bob.stack.statistics().get("dialogs"), 0);
    }
  }

  @Test(dataProvider = "methods")
  public void in_dialogs_they_count_and_change_nothing_else(String method) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200).answering(method, 469);
      Dialog ours = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      Dialog theirs = bob.lastRequest().getDialog();
      String target = theirs.getRemoteTarget().toString();
      alice.send(ours, method);
      calls.run();
      assertEquals(bob.heard(), List.of("INVITE", "ACK", method));
      assertSame(bob.lastRequest().getDialog(), theirs);
      assertSame(bob.lastRequest().getServerTransaction().getDialog(), theirs);
      assertSame(alice.lastResponse().getDialog(), ours);
      assertEquals(theirs.getRemoteSeqNumber(), 2);
      assertEquals(theirs.getRemoteTarget().toString(), target);
      assertEquals(ours.getState(), DialogState.CONFIRMED);
      assertEquals(theirs.getState(), DialogState.CONFIRMED);
    }
  }
}
