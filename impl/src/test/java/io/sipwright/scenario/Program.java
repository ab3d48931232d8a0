package io.sipwright.scenario;

import io.sipwright.javax.sip.SipStackImpl;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import io.sipwright.scenario.Happening.What;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** A program on a stack of its own that notes what it's told and does. */
abstract class Program implements SipListener {
  static final AddressFactory ADDRESSES = new AddressFactoryImpl();
  static final HeaderFactory HEADERS = new HeaderFactoryImpl();
  static final MessageFactory MESSAGES = new MessageFactoryImpl();

  /** Something a program does. */
  interface Act {
    void run() throws Exception;
  }

  final World world;
  final String name;
  final SipStackImpl stack;
  final SipProvider provider;
  private final String host;
  private int tags;

  Program(World world, String name, SipStackImpl stack) throws Exception {
    this.world = world;
    this.name = name;
    this.stack = stack;
    host = world.hostOf(stack);
    provider =
        stack.createSipProvider(stack.createListeningPoint(host, 5060, world.plan.transport()));
    provider.addSipListener(this);
  }

  abstract void onRequest(RequestEvent event);

  abstract void onResponse(ResponseEvent event);

  void onSent(ClientTransaction transaction) {}

  void onOver(Transaction transaction) {}

  void onNoAnswer(ClientTransaction transaction) {}

  // --- what it does ---

  /** Does something that may fail as the API says, where the network or the peer is the cause. */
  final void attempt(Act act) {
    try {
      act.run();
    } catch (SipException e) {
      // too late, or no way there
    } catch (Exception e) {
      world.fault(name, World.stackTrace(e));
    }
  }

  final @Nullable ServerTransaction open(RequestEvent event) {
    try {
      ServerTransaction known = event.getServerTransaction();
      ServerTransaction transaction =
          known == null ? provider.getNewServerTransaction(event.getRequest()) : known;
      note(What.DID_OPEN, key(transaction), event.getRequest());
      return transaction;
    } catch (TransactionAlreadyExistsException e) {
      world.fault(name, "The listener got a request that has a transaction: " + e.getMessage());
    } catch (SipException e) {
      world.fault(name, World.stackTrace(e));
    }
    return null;
  }

  final void end(Transaction transaction) {
    try {
      note(What.DID_END, key(transaction), null);
      transaction.terminate();
    } catch (Exception e) {
      world.fault(name, World.stackTrace(e));
    }
  }

  final Request newRequest(String method, String uri, String to) throws Exception {
    ViaHeader via = HEADERS.createViaHeader(host, 5060, world.plan.transport(), null);
    Request request =
        MESSAGES.createRequest(
            ADDRESSES.createURI(uri),
            method,
            provider.getNewCallId(),
            HEADERS.createCSeqHeader(1L, method),
            HEADERS.createFromHeader(
                ADDRESSES.createAddress("<sip:" + name + "@test>"), name + "-" + tags++),
            HEADERS.createToHeader(ADDRESSES.createAddress("<" + to + ">"), null),
            new ArrayList<>(List.of(via)),
            HEADERS.createMaxForwardsHeader(70));
    return request;
  }

  final ContactHeader contact(String parameters) {
    try {
      return HEADERS.createContactHeader(ADDRESSES.createAddress("<" + uri() + parameters + ">"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  final String uri() {
    String transport = world.plan.transport();
    return "sip:"
        + name
        + "@"
        + host
        + ":5060"
        + (transport.equals("udp") ? "" : ";transport=" + transport);
  }

  // --- what is noted ---

  static String key(Transaction transaction) {
    return transaction.getBranchId() + " " + transaction.getRequest().getMethod();
  }

  final void note(What what, String transaction, @Nullable Message message) {
    world.note(name, what, transaction, message == null ? null : Facts.of(message.toString()));
  }

  final void noteSent(ClientTransaction transaction) {
    note(What.DID_REQUEST, key(transaction), transaction.getRequest());
    onSent(transaction);
  }

  @Override
  public final void processRequest(RequestEvent event) {
    ServerTransaction transaction = event.getServerTransaction();
    note(What.TOLD_REQUEST, transaction == null ? "" : key(transaction), event.getRequest());
    onRequest(event);
  }

  @Override
  public final void processResponse(ResponseEvent event) {
    ClientTransaction transaction = event.getClientTransaction();
    note(What.TOLD_RESPONSE, transaction == null ? "" : key(transaction), event.getResponse());
    onResponse(event);
  }

  @Override
  public final void processTimeout(TimeoutEvent event) {
    if (event.isServerTransaction()) {
      note(What.TOLD_NO_ACK, key(event.getServerTransaction()), null);
    } else {
      note(What.TOLD_TIMEOUT, key(event.getClientTransaction()), null);
      onNoAnswer(event.getClientTransaction());
    }
  }

  @Override
  public final void processIOException(IOExceptionEvent event) {
    note(What.TOLD_ERROR, "", null);
  }

  @Override
  public final void processTransactionTerminated(TransactionTerminatedEvent event) {
    boolean server = event.isServerTransaction();
    Transaction transaction = server ? event.getServerTransaction() : event.getClientTransaction();
    note(server ? What.TOLD_SERVER_OVER : What.TOLD_CLIENT_OVER, key(transaction), null);
    onOver(transaction);
  }

  @Override
  public final void processDialogTerminated(DialogTerminatedEvent event) {
    note(What.TOLD_DIALOG_OVER, String.valueOf(event.getDialog().getDialogId()), null);
  }
}
