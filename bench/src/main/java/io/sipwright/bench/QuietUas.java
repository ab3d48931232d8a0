package io.sipwright.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers INVITE with 180 and 200, anything else with 200, and keeps nothing of it. */
final class QuietUas implements SipListener {
  static final String SDP =
      """
      v=0
      o=callee 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 6000 RTP/AVP 0 101
      a=rtpmap:0 PCMU/8000
      a=rtpmap:101 telephone-event/8000
      """
          .replace("\n", "\r\n");

  /** What To tags begin with; then follows the caller's. */
  static final String TAG = "t-";

  private static final byte[] SDP_BYTES = SDP.getBytes(StandardCharsets.US_ASCII);

  private final MessageFactory messages;
  private final SipProvider provider;
  private final ContactHeader contact;
  private final ContentTypeHeader sdpType;
  private final int port;
  private final Runnable work;

  QuietUas(String pathName, Properties properties) throws Exception {
    this(factoryOf(pathName), properties);
  }

  private QuietUas(SipFactory factory, Properties properties) throws Exception {
    this(factory, factory.createSipStack(properties), freePort(), ListeningPoint.UDP);
  }

  /**
   * On a stack that was made already.
   *
   * @param factory of the same implementation
   * @param transport as {@link ListeningPoint} names it
   */
  QuietUas(SipFactory factory, SipStack stack, int port, String transport) throws Exception {
    this(factory, stack, port, transport, () -> {});
  }

  /**
   * One that has to do something before it answers.
   *
   * @param work what's to be done for each request but ACK
   */
  QuietUas(SipFactory factory, SipStack stack, int port, String transport, Runnable work)
      throws Exception {
    this.port = port;
    this.work = work;
    messages = factory.createMessageFactory();
    HeaderFactory headers = factory.createHeaderFactory();
    SipURI uri = factory.createAddressFactory().createSipURI("callee", "127.0.0.1");
    uri.setPort(port);
    contact = headers.createContactHeader(factory.createAddressFactory().createAddress(uri));
    sdpType = headers.createContentTypeHeader("application", "sdp");
    ListeningPoint udp = stack.createListeningPoint("127.0.0.1", port, transport);
    provider = stack.createSipProvider(udp);
    provider.addSipListener(this);
  }

  private static SipFactory factoryOf(String pathName) {
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName(pathName);
    return factory;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  @Override
  public void processRequest(RequestEvent event) {
    try {
      Request request = event.getRequest();
      if (request.getMethod().equals(Request.ACK)) {
        return;
      }
      work.run();
      ServerTransaction transaction = event.getServerTransaction();
      if (transaction == null) {
        transaction = provider.getNewServerTransaction(request);
      }
      if (request.getMethod().equals(Request.INVITE)) {
        Response ringing = response(Response.RINGING, request);
        ringing.setHeader((ContactHeader) contact.clone());
        transaction.sendResponse(ringing);
        Response ok = response(Response.OK, request);
        ok.setContent(SDP_BYTES, sdpType);
        ok.setHeader((ContactHeader) contact.clone());
        transaction.sendResponse(ok);
      } else {
        transaction.sendResponse(response(Response.OK, request));
      }
    } catch (Exception e) {
      System.err.println("Request not answered: " + e);
    }
  }

  private Response response(int status, Request request) throws Exception {
    Response response = messages.createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(TAG + ((FromHeader) response.getHeader(FromHeader.NAME)).getTag());
    }
    return response;
  }

  @Override
  public void processResponse(ResponseEvent event) {}

  @Override
  public void processTimeout(TimeoutEvent event) {}

  @Override
  public void processIOException(IOExceptionEvent event) {}

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}
}
