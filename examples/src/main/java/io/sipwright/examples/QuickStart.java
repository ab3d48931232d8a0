package io.sipwright.examples;

import java.util.Properties;
import javax.sip.*;
import javax.sip.message.*;

/** The smallest SIP server: answers OPTIONS, which is how SIP says "are you there?". */
public final class QuickStart implements SipListener {
  public QuickStart(int port) throws Exception {
    SipFactory.getInstance().setPathName("io.sipwright"); // the one line that chooses Sipwright
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "quick-start");
    SipStack stack = SipFactory.getInstance().createSipStack(properties);
    ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, ListeningPoint.UDP);
    stack.createSipProvider(point).addSipListener(this);
  }

  @Override
  public void processRequest(RequestEvent event) {
    try {
      Request request = event.getRequest();
      if (!request.getMethod().equals(Request.ACK)) { // an ACK is never answered
        int status = request.getMethod().equals(Request.OPTIONS) ? 200 : 501;
        MessageFactory messages = SipFactory.getInstance().createMessageFactory();
        SipProvider provider = (SipProvider) event.getSource();
        provider
            .getNewServerTransaction(request)
            .sendResponse(messages.createResponse(status, request));
      }
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
