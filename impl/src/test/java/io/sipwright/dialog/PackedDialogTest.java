package io.sipwright.dialog;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sip.address.Address;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class PackedDialogTest {
  private static final AddressModel MODEL = HeaderModel.DEFAULT;

  private static Address address(String text) {
    return NameAddress.deferred(text.getBytes(StandardCharsets.UTF_8), MODEL);
  }

  private static DialogData data(
      boolean server, String callId, @Nullable String localTag, @Nullable String remoteTag) {
    return new DialogData(
        server ? "INVITE" : "SUBSCRIBE",
        server,
        callId,
        localTag,
        remoteTag,
        server ? -1 : 7,
        server ? Integer.MAX_VALUE : -1,
        address("\"J\u00f6rg\" <sip:us@example.com>"),
        address("sip:them@example.com"),
        server ? address("<sip:them@192.0.2.1:5070;transport=tcp>") : null,
        List.of(),
        server,
        DialogData.Phase.TERMINATED);
  }

  /** Not the dialogs themselves: who reports a test looks at its arguments, and they'd be read. */
  @DataProvider
  Object[][] dialogs() {
    return new Object[][] {
      {true, "a84b4c76e66710@pc33", "1", "9fxced76sl"},
      {false, "\u00e9", null, "t"},
      {false, "", "t", null},
      {true, "x", "", ""},
    };
  }

  @Test(dataProvider = "dialogs")
  public void what_is_packed_is_the_same_when_unpacked(
      boolean server, String callId, @Nullable String localTag, @Nullable String remoteTag) {
    DialogData before = data(server, callId, localTag, remoteTag);
    byte[] packed = PackedDialog.pack(before);
    assertNotNull(packed);
    DialogData after = PackedDialog.unpack(packed, MODEL);
    assertEquals(after.localParty().toString(), before.localParty().toString());
    assertEquals(after, before);
    assertEquals(after.key(), before.key());
    assertTrue(after.method() == before.method(), "interned");
  }

  @Test
  public void what_bytes_alone_can_not_tell_is_left_alone() {
    DialogData data = data(true, "id", "l", "r");
    DialogData looked = data(true, "id", "l", "r");
    assertNotNull(looked.remoteParty().getURI());
    assertNull(PackedDialog.pack(looked), "somebody may have the URI");
    DialogData target = data(true, "id", "l", "r");
    assertNotNull(target.remoteTarget().getURI());
    assertNull(PackedDialog.pack(target), "somebody may have the URI of the target");
    assertNull(PackedDialog.pack(data(true, "i\0d", "l", "r")));
    assertNull(PackedDialog.pack(data(true, "id", "\0", "r")));
    assertNull(PackedDialog.pack(data(true, "id", "l", "\0")));
    assertNull(PackedDialog.pack(changed(data, List.of(new Route()), data.phase())));
    assertNull(PackedDialog.pack(changed(data, List.of(), DialogData.Phase.CONFIRMED)));
    assertNotNull(PackedDialog.pack(changed(data, List.of(), data.phase())));
  }

  private static DialogData changed(DialogData d, List<Route> routes, DialogData.Phase phase) {
    return new DialogData(
        d.method(),
        d.server(),
        d.callId(),
        d.localTag(),
        d.remoteTag(),
        d.localSeq(),
        d.remoteSeq(),
        d.localParty(),
        d.remoteParty(),
        d.remoteTarget(),
        routes,
        d.secure(),
        phase);
  }
}
