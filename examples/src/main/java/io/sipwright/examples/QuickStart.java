package io.sipwright.examples;

import java.util.Properties;
import javax.sip.*;
import javax.sip.header.ToHeader;
import javax.sip.message.*;

/** The smallest SIP server: answers OPTIONS, which is how SIP says "are you there?". */
public final class QuickStart implements SipListener {
  private final MessageFactory messages;

  public QuickStart(int port) throws Exception {
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName("io.sipwright"); // the one line that chooses Sipwright
    messages = factory.createMessageFactory();
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "quick-start");
    SipStack stack = factory.createSipStack(properties);
    ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, ListeningPoint.UDP);
    stack.createSipProvider(point).addSipListener(this);
  }

  @Override
  public void processRequest(RequestEvent event) {
    try {
      Request request = event.getRequest();
      if (request.getMethod().equals(Request.ACK)) {
        return; // an ACK is never answered
      }
      int status =
          request.getMethod().equals(Request.OPTIONS) ? Response.OK : Response.NOT_IMPLEMENTED;
      Response response = messages.createResponse(status, request);
      ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(Long.toHexString(System.nanoTime()));
      SipProvider provider = (SipProvider) event.getSource();
      provider.getNewServerTransaction(request).sendResponse(response);
    } catch (Exception e) {
      System.err.println("could not answer: " + e);
    }
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

  public static void main(String[] args) throws Exception {
    new QuickStart(5060); // now try: sipsak -s sip:127.0.0.1, or any SIP phone
  }
}
