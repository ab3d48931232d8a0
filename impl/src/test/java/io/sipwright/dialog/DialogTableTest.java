package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import java.util.List;
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
}
