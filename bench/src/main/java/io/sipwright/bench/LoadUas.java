package io.sipwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * The program under load: answers INVITE with 180 and 200, anything else with 200, on any provider
 * of {@code javax.sip}.
 *
 * <p>Arguments: path name of the provider, transport, port, then {@code key=value} properties of
 * the stack. Each line on standard input is answered by a line of figures: bytes allocated,
 * milliseconds of garbage collection, bytes of heap in use, failures.
 */
public final class LoadUas implements SipListener {
  private static final byte[] SDP =
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
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final MessageFactory messages;
  private final SipProvider provider;
  private final ContactHeader contact;
  private final ContentTypeHeader sdpType;
  private final AtomicLong tags = new AtomicLong(System.nanoTime());
  private final LongAdder failures = new LongAdder();

  private LoadUas(String pathName, String transport, int port, Properties properties)
      throws Exception {
    SipFactory factory = SipFactory.getInstance();
    factory.setPathName(pathName);
    SipStack stack = factory.createSipStack(properties);
    messages = factory.createMessageFactory();
    HeaderFactory headers = factory.createHeaderFactory();
    AddressFactory addresses = factory.createAddressFactory();
    SipURI uri = addresses.createSipURI("bench", "127.0.0.1");
    uri.setPort(port);
    uri.setTransportParam(transport);
    contact = headers.createContactHeader(addresses.createAddress(uri));
    sdpType = headers.createContentTypeHeader("application", "sdp");
    provider = stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, transport));
    provider.addSipListener(this);
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "bench");
    for (int i = 3; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      properties.setProperty(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    LoadUas uas = new LoadUas(args[0], args[1], Integer.parseInt(args[2]), properties);
    System.out.println("READY");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(uas.figures());
    }
    System.exit(0); // the old stack's threads don't all end
  }

  private String figures() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long allocated = 0;
    if (threads instanceof com.sun.management.ThreadMXBean detailed) {
      for (long bytes : detailed.getThreadAllocatedBytes(detailed.getAllThreadIds())) {
        allocated += Math.max(0, bytes);
      }
    }
    long collecting = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collecting += Math.max(0, collector.getCollectionTime());
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return allocated + " " + collecting + " " + heap + " " + failures.sum();
  }

  private Response response(int status, Request request, @Nullable String tag) throws Exception {
    Response response = messages.createResponse(status, request);
    ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
    if (to.getTag() == null) {
      to.setTag(tag == null ? Long.toHexString(tags.incrementAndGet()) : tag);
    }
    return response;
  }

  @Override
  public void processRequest(RequestEvent event) {
    try {
      Request request = event.getRequest();
      if (request.getMethod().equals(Request.ACK)) {
        return;
      }
      ServerTransaction transaction = event.getServerTransaction();
      if (transaction == null) {
        transaction = provider.getNewServerTransaction(request);
      }
      if (request.getMethod().equals(Request.INVITE)) {
        String tag = Long.toHexString(tags.incrementAndGet());
        Response ringing = response(Response.RINGING, request, tag);
        ringing.setHeader((ContactHeader) contact.clone());
        transaction.sendResponse(ringing);
        Response ok = response(Response.OK, request, tag);
        ok.setContent(SDP, sdpType);
        ok.setHeader((ContactHeader) contact.clone());
        transaction.sendResponse(ok);
      } else {
        transaction.sendResponse(response(Response.OK, request, null));
      }
    } catch (Exception e) {
      failures.increment();
      if (failures.sum() < 5) {
        System.err.println("Request not answered: " + e);
      }
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {}

  @Override
  public void processTimeout(TimeoutEvent event) {
    failures.increment();
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    failures.increment();
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}
}
