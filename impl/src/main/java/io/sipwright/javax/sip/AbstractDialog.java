package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
import io.sipwright.dialog.PackedDialog;
import io.sipwright.ext.ExtendedDialog;
import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.CallId;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.SipMessage;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.text.ParseException;
import java.util.Collections;
import java.util.Iterator;
import javax.sip.DialogState;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.header.CallIdHeader;
import javax.sip.header.RouteHeader;
import org.jspecify.annotations.Nullable;

/** What a dialog knows and shows to programs; {@link DialogImpl} is what it does. */
public abstract class AbstractDialog implements ExtendedDialog {
  private static final long serialVersionUID = 1L;

  final transient SipProviderImpl provider;
  final transient boolean server;

  // Guarded by this.
  private transient @Nullable DialogData data;

  /** In the place of the data, of a dialog that's over: see {@link #pack}. */
  private transient byte @Nullable [] packed;

  /** Whether a program has got an address that it may change, or knows by identity. */
  private transient boolean shown;

  /** Null once its transaction is over and the dialog formed. */
  transient @Nullable SipMessage firstRequest;

  transient boolean terminated;

  private transient volatile @Nullable Object applicationData;

  AbstractDialog(SipProviderImpl provider, boolean server, @Nullable SipMessage firstRequest) {
    this.provider = provider;
    this.server = server;
    this.firstRequest = firstRequest;
  }

  /** What is known of it; null before it's formed. */
  final synchronized @Nullable DialogData data() {
    byte[] bytes = packed;
    if (bytes != null) {
      data = PackedDialog.unpack(bytes, provider.model());
      packed = null;
    }
    return data;
  }

  /** Replaces what is known of it. */
  final synchronized void data(@Nullable DialogData next) {
    data = next;
    packed = null;
  }

  /** Whether it has a state, be it over. */
  final synchronized boolean isFormed() {
    return data != null || packed != null;
  }

  /** It's over and everybody knows: of what is known of it bytes will do, until somebody asks. */
  final synchronized void pack() {
    if (data != null && !shown) {
      packed = PackedDialog.pack(data);
      data = packed == null ? data : null;
    }
  }

  @Override
  public SipProvider getSipProvider() {
    return provider;
  }

  @Override
  public synchronized @Nullable DialogState getState() {
    if (terminated) {
      return DialogState.TERMINATED;
    }
    DialogData now = data();
    if (now == null) {
      return null;
    }
    return now.phase() == DialogData.Phase.EARLY ? DialogState.EARLY : DialogState.CONFIRMED;
  }

  /** What is known of it, for a program that gets parts of that. */
  private @Nullable DialogData shown() {
    shown = true;
    return data();
  }

  private @Nullable Address address(HeaderType type) {
    return firstRequest != null && firstRequest.peek(type) instanceof AddressHeader header
        ? header.getAddress()
        : null;
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getLocalParty() {
    DialogData now = shown();
    return now != null ? now.localParty() : address(server ? HeaderType.TO : HeaderType.FROM);
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getRemoteParty() {
    DialogData now = shown();
    return now != null ? now.remoteParty() : address(server ? HeaderType.FROM : HeaderType.TO);
  }

  /** {@inheritDoc} Null while none is known. */
  @Override
  public synchronized @Nullable Address getRemoteTarget() {
    DialogData now = shown();
    if (now != null) {
      return now.remoteTarget();
    }
    return server ? address(HeaderType.CONTACT) : null;
  }

  /** {@inheritDoc} Null in the null state. */
  @Override
  public synchronized @Nullable String getDialogId() {
    DialogData now = data();
    return now == null ? null : now.key().toString();
  }

  synchronized String callId() {
    DialogData now = data();
    if (now != null) {
      return now.callId();
    }
    return firstRequest == null ? "" : provider.callIdOf(firstRequest);
  }

  @Override
  public CallIdHeader getCallId() {
    CallId header = (CallId) provider.model().header(HeaderType.CALL_ID);
    try {
      header.setCallId(callId());
    } catch (ParseException e) {
      throw new IllegalStateException("Call-ID of the first request", e);
    }
    return header;
  }

  @Override
  @Deprecated
  public int getLocalSequenceNumber() {
    return (int) getLocalSeqNumber();
  }

  @Override
  public synchronized long getLocalSeqNumber() {
    DialogData now = data();
    return now != null ? Math.max(0, now.localSeq()) : server ? 0 : firstSeq();
  }

  @Override
  @Deprecated
  public int getRemoteSequenceNumber() {
    return (int) getRemoteSeqNumber();
  }

  @Override
  public synchronized long getRemoteSeqNumber() {
    DialogData now = data();
    return now != null ? Math.max(0, now.remoteSeq()) : server ? firstSeq() : 0;
  }

  private long firstSeq() {
    return firstRequest == null ? 0 : firstRequest.cseq();
  }

  @Override
  public synchronized void incrementLocalSequenceNumber() {
    DialogData now = data();
    if (now != null) {
      data(now.withLocalSeq(Math.max(0, now.localSeq()) + 1));
    }
  }

  @Override
  public synchronized Iterator<? extends RouteHeader> getRouteSet() {
    DialogData now = shown();
    return now == null ? Collections.emptyIterator() : now.routeSet().iterator();
  }

  @Override
  public synchronized boolean isSecure() {
    DialogData now = data();
    return now != null && now.secure();
  }

  @Override
  public boolean isServer() {
    return server;
  }

  @Override
  public synchronized @Nullable String getLocalTag() {
    DialogData now = data();
    if (now != null) {
      return now.localTag();
    }
    if (firstRequest == null) {
      return null;
    }
    return server ? firstRequest.toTag() : firstRequest.fromTag();
  }

  @Override
  public synchronized @Nullable String getRemoteTag() {
    DialogData now = data();
    if (now != null) {
      return now.remoteTag();
    }
    return server && firstRequest != null ? firstRequest.fromTag() : null;
  }

  @Override
  public void setApplicationData(@Nullable Object applicationData) {
    this.applicationData = applicationData;
  }

  /** Survives the dialog's end. */
  @Override
  public @Nullable Object getApplicationData() {
    return applicationData;
  }

  @Override
  public String toString() {
    DialogData now = data();
    DialogKey key = now == null ? null : now.key();
    return "Dialog[" + (key == null ? callId() : key) + " " + getState() + "]";
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A dialog can't live outside its stack");
  }
}
