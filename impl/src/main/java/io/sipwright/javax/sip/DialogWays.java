package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogTable;
import io.sipwright.locator.NumericAddress;
import io.sipwright.stack.SipCore;
import io.sipwright.time.Clock;
import io.sipwright.transport.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are the way to the peer of a dialog, as far as that can be seen without asking
 * the DNS: those to the numeric address and port, or the host in {@code .invalid}, that its next
 * request would go to. One that's idle is kept as long as the dialog: a peer behind a NAT, or in a
 * browser, can't be reached in any other way.
 */
final class DialogWays {
  /**
   * How long what was found out counts. A dialog that began since then is no matter: its messages
   * were on the connection, so that isn't idle.
   */
  private static final long FRESH_NANOS = 10_000_000_000L;

  private final DialogTable<DialogImpl> dialogs;

  // Guarded by this.
  private Set<Object> ways = Set.of();
  private long since;
  private boolean known;

  DialogWays(DialogTable<DialogImpl> dialogs) {
    this.dialogs = dialogs;
  }

  /** Whether a connection is such a way. */
  synchronized boolean lead(SipCore core, Flow flow) {
    Clock clock = core.clock();
    if (!known || clock.nanos() - since > FRESH_NANOS) {
      since = clock.nanos();
      known = true;
      ways = find(core);
    }
    return ways.contains(flow) || ways.contains(flow.remote());
  }

  /** Forgets what was found out. */
  synchronized void clear() {
    known = false;
    ways = Set.of();
  }

  private Set<Object> find(SipCore core) {
    Set<Object> found = new HashSet<>();
    for (DialogImpl dialog : dialogs.all()) {
      Object way = way(core, dialog);
      if (way != null) {
        found.add(way);
      }
    }
    return found;
  }

  private static @Nullable Object way(SipCore core, DialogImpl dialog) {
    DialogData data = dialog.data();
    if (data == null) {
      return null;
    }
    URI next =
        data.routeSet().isEmpty() ? data.targetUri() : data.routeSet().get(0).getAddress().getURI();
    if (!(next instanceof SipURI uri) || uri.getHost() == null) {
      return null;
    }
    Flow webSocket = core.webSocketTo(uri.getHost());
    if (webSocket != null) {
      return webSocket;
    }
    InetAddress address = NumericAddress.parse(uri.getHost());
    return address == null || uri.getPort() <= 0
        ? null
        : new InetSocketAddress(address, uri.getPort());
  }
}
