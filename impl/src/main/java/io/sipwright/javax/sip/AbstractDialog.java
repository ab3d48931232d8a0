package io.sipwright.javax.sip;

import io.sipwright.dialog.DialogData;
import io.sipwright.dialog.DialogKey;
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
  transient @Nullable DialogData data;

  /** Null once its transaction is over and the dialog formed. */
  transient @Nullable SipMessage firstRequest;

  transient boolean terminated;

  private transient volatile @Nullable Object applicationData;

  AbstractDialog(SipProviderImpl provider, boolean server, @Nullable SipMessage firstRequest) {
    this.provider = provider;
    this.server = server;
    this.firstRequest = firstRequest;
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
    if (data == null) {
      return null;
    }
    return data.phase() == DialogData.Phase.EARLY ? DialogState.EARLY : DialogState.CONFIRMED;
  }

  private @Nullable Address address(HeaderType type) {
    return firstRequest != null && firstRequest.peek(type) instanceof AddressHeader header
        ? header.getAddress()
        : null;
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getLocalParty() {
    return data != null ? data.localParty() : address(server ? HeaderType.TO : HeaderType.FROM);
  }

  /** {@inheritDoc} The object itself: what's changed in it counts for requests made afterwards. */
  @Override
  public synchronized @Nullable Address getRemoteParty() {
    return data != null ? data.remoteParty() : address(server ? HeaderType.FROM : HeaderType.TO);
  }

  /** {@inheritDoc} Null while none is known. */
  @Override
  public synchronized @Nullable Address getRemoteTarget() {
    if (data != null) {
      return data.remoteTarget();
    }
    return server ? address(HeaderType.CONTACT) : null;
  }

  /** {@inheritDoc} Null in the null state. */
  @Override
  public synchronized @Nullable String getDialogId() {
    return data == null ? null : data.key().toString();
  }

  synchronized String callId() {
    if (data != null) {
      return data.callId();
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
    return data != null ? Math.max(0, data.localSeq()) : server ? 0 : firstSeq();
  }

  @Override
  @Deprecated
  public int getRemoteSequenceNumber() {
    return (int) getRemoteSeqNumber();
  }

  @Override
  public synchronized long getRemoteSeqNumber() {
    return data != null ? Math.max(0, data.remoteSeq()) : server ? firstSeq() : 0;
  }

  private long firstSeq() {
    return firstRequest == null ? 0 : firstRequest.cseq();
  }

  @Override
  public synchronized void incrementLocalSequenceNumber() {
    if (data != null) {
      data = data.withLocalSeq(Math.max(0, data.localSeq()) + 1);
    }
  }

  @Override
  public synchronized Iterator<? extends RouteHeader> getRouteSet() {
    return data == null ? Collections.emptyIterator() : data.routeSet().iterator();
  }

  @Override
  public synchronized boolean isSecure() {
    return data != null && data.secure();
  }

  @Override
  public boolean isServer() {
    return server;
  }

  @Override
  public synchronized @Nullable String getLocalTag() {
    if (data != null) {
      return data.localTag();
    }
    if (firstRequest == null) {
      return null;
    }
    return server ? firstRequest.toTag() : firstRequest.fromTag();
  }

  @Override
  public synchronized @Nullable String getRemoteTag() {
    if (data != null) {
      return data.remoteTag();
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
    DialogData now;
    synchronized (this) {
      now = data;
    }
    DialogKey key = now == null ? null : now.key();
    return "Dialog[" + (key == null ? callId() : key) + " " + getState() + "]";
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A dialog can't live outside its stack");
  }
}
