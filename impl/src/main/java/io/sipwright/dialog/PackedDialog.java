package io.sipwright.dialog;

import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.sip.address.Address;
import org.jspecify.annotations.Nullable;

/**
 * The state of a dialog that's over, as one array of bytes: transactions hold the dialog for half a
 * minute more, and seldom does anybody ask what it was.
 *
 * <p>Fields end with a zero byte, which no text in them has; a flag says which are absent.
 */
public final class PackedDialog {
  private static final int SERVER = 1;
  private static final int SECURE = 2;
  private static final int LOCAL_TAG = 4;
  private static final int REMOTE_TAG = 8;
  private static final int TARGET = 16;
  private static final char END = '\0';

  private PackedDialog() {}

  /**
   * The state as bytes.
   *
   * @return null if it can't be told by bytes alone: the dialog isn't over or has a route, or an
   *     address was looked at, so that somebody may hold its parts
   */
  public static byte @Nullable [] pack(DialogData data) {
    byte[] local = text(data.localParty());
    byte[] remote = text(data.remoteParty());
    Address contact = data.remoteTarget();
    byte[] target = contact == null ? null : text(contact);
    if (data.phase() != DialogData.Phase.TERMINATED
        || !data.routeSet().isEmpty()
        || local == null
        || remote == null
        || (contact != null && target == null)
        || hasEnd(data.callId())
        || hasEnd(data.localTag())
        || hasEnd(data.remoteTag())) {
      return null;
    }
    int flags =
        (data.server() ? SERVER : 0)
            | (data.secure() ? SECURE : 0)
            | (data.localTag() != null ? LOCAL_TAG : 0)
            | (data.remoteTag() != null ? REMOTE_TAG : 0)
            | (target != null ? TARGET : 0);
    ByteSink out = new ByteSink(384);
    out.put(flags).put(END).put(data.method()).put(END).put(data.callId()).put(END);
    out.put(data.localTag() == null ? "" : data.localTag()).put(END);
    out.put(data.remoteTag() == null ? "" : data.remoteTag()).put(END);
    out.put(data.localSeq()).put(END).put(data.remoteSeq()).put(END);
    out.put(local, 0, local.length).put(END).put(remote, 0, remote.length).put(END);
    if (target != null) {
      out.put(target, 0, target.length);
    }
    return out.put(END).toBytes();
  }

  private static byte @Nullable [] text(Address address) {
    byte[] text = address instanceof NameAddress ours ? ours.deferredText() : null;
    if (text != null) {
      for (byte b : text) {
        if (b == END) {
          return null;
        }
      }
    }
    return text;
  }

  private static boolean hasEnd(@Nullable String text) {
    return text != null && text.indexOf(END) >= 0;
  }

  /**
   * The state that was packed, its addresses objects of their own.
   *
   * @param packed by {@link #pack}
   * @param model makes the addresses
   */
  public static DialogData unpack(byte[] packed, AddressModel model) {
    Fields in = new Fields(packed);
    int flags = (int) in.number();
    String method = in.text().intern();
    String callId = in.text();
    String localTag = in.text();
    String remoteTag = in.text();
    long localSeq = in.number();
    long remoteSeq = in.number();
    Address local = NameAddress.deferred(in.bytes(), model);
    Address remote = NameAddress.deferred(in.bytes(), model);
    byte[] target = in.bytes();
    return new DialogData(
        method,
        (flags & SERVER) != 0,
        callId,
        (flags & LOCAL_TAG) != 0 ? localTag : null,
        (flags & REMOTE_TAG) != 0 ? remoteTag : null,
        localSeq,
        remoteSeq,
        local,
        remote,
        (flags & TARGET) != 0 ? NameAddress.deferred(target, model) : null,
        List.of(),
        (flags & SECURE) != 0,
        DialogData.Phase.TERMINATED);
  }

  /** Field after field. */
  private static final class Fields {
    private final byte[] packed;
    private int at;

    Fields(byte[] packed) {
      this.packed = packed;
    }

    byte[] bytes() {
      int from = at;
      while (packed[at] != END) {
        at++;
      }
      return Arrays.copyOfRange(packed, from, at++);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    long number() {
      return Long.parseLong(text());
    }
  }
}
