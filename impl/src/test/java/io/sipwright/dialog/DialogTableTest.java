package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Identifiers of dialogs, and the table of dialogs by them. */
public class DialogTableTest {
  @Test
  public void requests_are_found_by_to_tag_and_responses_by_from_tag() {
    DialogTable<String> table = new DialogTable<>();
    DialogKey callee = new DialogKey("c1", "b", "a");
    DialogKey caller = new DialogKey("c1", "a", "b");
    assertNull(table.putIfAbsent(callee, "callee"));
    assertNull(table.putIfAbsent(caller, "caller"));
    assertEquals(table.putIfAbsent(caller, "another"), "caller");
    assertEquals(table.size(), 2);

    assertEquals(table.findForRequest(Messages.request("BYE", 2, "b")), "callee");
    assertEquals(table.findForRequest(Messages.requestBack("BYE", 2)), "caller");
    assertEquals(table.findForResponse(Messages.response(200, "BYE", 2, "b")), "caller");
    assertEquals(table.findForResponse(Messages.responseBack(200, "BYE", 2)), "callee");
    assertNull(table.findForRequest(Messages.request("BYE", 2, "x")));
    assertNull(table.findForResponse(Messages.response(200, "BYE", 2, "x")));
  }

  @Test
  public void a_request_without_to_tag_is_outside_of_all_dialogs() {
    DialogTable<String> table = new DialogTable<>();
    table.putIfAbsent(new DialogKey("c1", null, "a"), "odd");
    assertNull(table.findForRequest(Messages.request("INVITE", 1, null)));
    assertEquals(table.find(new DialogKey("c1", null, "a")), "odd");
  }

  @Test
  public void only_the_dialog_itself_is_taken_out() {
    DialogTable<String> table = new DialogTable<>();
    DialogKey key = new DialogKey("c1", "a", "b");
    table.putIfAbsent(key, "one");
    assertFalse(table.remove(key, "two"));
    assertTrue(table.remove(key, "one"));
    assertEquals(table.size(), 0);
    assertTrue(table.all().isEmpty());
  }

  @DataProvider
  public Object[][] others() {
    return new Object[][] {
      {new DialogKey("C1", "a", "b")},
      {new DialogKey("c1", "b", "a")},
      {new DialogKey("c1", "A", "b")},
      {new DialogKey("c1", null, "b")},
      {new DialogKey("c1", "a", null)},
      {new DialogKey("c1", null, null)},
    };
  }

  @Test(dataProvider = "others")
  public void keys_differ_by_every_part(DialogKey other) {
    DialogKey key = new DialogKey("c1", "a", "b");
    assertNotEquals(key, other);
    assertNotEquals(key.toString(), other.toString());
    assertEquals(Integer.signum(key.compareTo(other)), -Integer.signum(other.compareTo(key)));
    assertNotEquals(key.compareTo(other), 0);
  }

  @Test
  public void equal_keys_are_equal() {
    DialogKey key = new DialogKey("c1", "a", null);
    DialogKey same = new DialogKey(new String("c1"), new String("a"), null);
    assertEquals(key, same);
    assertEquals(key.hashCode(), same.hashCode());
    assertEquals(key.compareTo(same), 0);
    assertEquals(key.toString(), "c1:a:");
    assertEquals(List.of(key.callId(), key.localTag()), List.of("c1", "a"));
    assertNull(key.remoteTag());
  }

  /** The order has no meaning, but a tree of keys needs it to be one. */
  @Test
  public void the_order_of_keys_goes_by_call_id_then_local_then_remote_tag() {
    List<DialogKey> rising =
        List.of(
            new DialogKey("c1", null, null),
            new DialogKey("c1", null, "b"),
            new DialogKey("c1", "a", null),
            new DialogKey("c1", "a", "b"),
            new DialogKey("c1", "a", "c"),
            new DialogKey("c1", "b", "a"),
            new DialogKey("c2", null, null));
    for (int i = 0; i < rising.size(); i++) {
      for (int j = 0; j < rising.size(); j++) {
        assertEquals(Integer.signum(rising.get(i).compareTo(rising.get(j))), Integer.compare(i, j));
        assertEquals(rising.get(i).equals(rising.get(j)), i == j);
      }
    }
  }

  @Test
  public void a_hash_is_made_of_all_three_parts_in_their_order() {
    int none = Arrays.asList(0, 0, 0).hashCode();
    for (String[] parts : new String[][] {{"c1", "a", "b"}, {"c1", "b", "a"}, {"x", null, "y"}}) {
      assertEquals(
          new DialogKey(parts[0], parts[1], parts[2]).hashCode(),
          Arrays.asList(parts).hashCode() - none);
    }
  }

  @Test
  public void a_message_without_call_id_has_no_key_and_no_dialog() {
    DialogTable<String> table = new DialogTable<>();
    SipMessage bye = Messages.request("BYE", 2, "b");
    SipMessage ok = Messages.response(200, "BYE", 2, "b");
    assertEquals(DialogKey.asServer(bye), new DialogKey("c1", "b", "a"));
    assertEquals(DialogKey.asClient(ok), new DialogKey("c1", "a", "b"));
    for (SipMessage message : List.of(bye, ok)) {
      ((javax.sip.message.Message) message).removeHeader("Call-ID");
      assertNull(DialogKey.asServer(message));
      assertNull(DialogKey.asClient(message));
      assertNull(table.findForRequest(message));
      assertNull(table.findForResponse(message));
    }
  }

  @Test
  public void the_table_shows_all_and_forgets_all_but_lets_nobody_else_change_it() {
    DialogTable<String> table = new DialogTable<>();
    table.putIfAbsent(new DialogKey("c1", "a", "b"), "one");
    table.putIfAbsent(new DialogKey("c2", "a", "b"), "two");
    assertEquals(Set.copyOf(table.all()), Set.of("one", "two"));
    assertThrows(UnsupportedOperationException.class, () -> table.all().clear());
    table.clear();
    assertEquals(table.size(), 0);
    assertNull(table.find(new DialogKey("c1", "a", "b")));
  }

  @Test
  public void the_last_256_dialogs_that_ended_are_known() {
    EndedDialogs ended = new EndedDialogs();
    assertFalse(ended.contains(new DialogKey("c0", "a", "b")));
    for (int i = 0; i < 300; i++) {
      ended.add(new DialogKey("c" + i, "a", "b"));
    }
    for (int i = 0; i < 301; i++) {
      assertEquals(ended.contains(new DialogKey("c" + i, "a", "b")), i >= 44 && i < 300, "c" + i);
    }
    assertFalse(ended.contains(new DialogKey("c299", "b", "a")));
  }
}
