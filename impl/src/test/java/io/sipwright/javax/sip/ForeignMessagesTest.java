package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.message.SipMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ListIterator;
import java.util.Properties;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipStack;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Messages of another vendor, of which nothing is known but the interfaces of javax.sip. */
public class ForeignMessagesTest {
  private static final List<Class<?>> INTERFACES =
      List.of(
          Request.class,
          Response.class,
          ViaHeader.class,
          FromHeader.class,
          ToHeader.class,
          CallIdHeader.class,
          CSeqHeader.class,
          ContactHeader.class,
          Header.class,
          Address.class,
          SipURI.class);

  private Calls calls = new Calls();

  @BeforeMethod
  public void begin() {
    calls = new Calls();
  }

  @AfterMethod
  public void end() {
    calls.close();
  }

  /** The same object, seen through one interface; whatever it hands out is foreign too. */
  private static Object foreign(Object ours) {
    if (ours instanceof ListIterator<?> all) {
      List<Object> copies = new java.util.ArrayList<>();
      all.forEachRemaining(each -> copies.add(foreign(each)));
      return copies.listIterator();
    }
    for (Class<?> type : INTERFACES) {
      if (type.isInstance(ours)) {
        return Proxy.newProxyInstance(
            ForeignMessagesTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(ours, arguments);
                return result == null ? null : foreign(result);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
      }
    }
    return ours;
  }

  @Test
  public void the_foreign_messages_of_this_test_are_foreign() throws Exception {
    Request request = (Request) foreign(calls.party("alice").request("OPTIONS", calls.party("b")));
    assertFalse(request instanceof SipMessage);
    assertFalse(request.getHeader("Via") instanceof io.sipwright.javax.sip.header.Via);
    assertTrue(request.getHeader("Via") instanceof ViaHeader);
  }

  @Test
  public void a_foreign_request_can_be_sent_through_a_transaction() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob").answering("OPTIONS", 200);
    ClientTransaction transaction = alice.send((Request) foreign(alice.request("OPTIONS", bob)));
    calls.run();
    assertEquals(alice.heard(), List.of("200 OPTIONS"));
    assertSame(alice.lastResponse().getClientTransaction(), transaction);
    assertEquals(transaction.getRequest().getMethod(), "OPTIONS");
  }

  @Test
  public void a_foreign_request_can_be_sent_statelessly() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    alice.provider().sendRequest((Request) foreign(alice.request("OPTIONS", bob)));
    calls.run();
    assertEquals(bob.heard(), List.of("OPTIONS"));
  }

  @Test
  public void a_foreign_request_that_cannot_be_read_is_an_exception() throws Exception {
    Party alice = calls.party("alice");
    Request broken =
        (Request)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, method, arguments) ->
                    method.getName().equals("toString") ? "nonsense" : null);
    expectThrows(SipException.class, () -> alice.provider().sendRequest(broken));
    expectThrows(SipException.class, () -> alice.provider().getNewClientTransaction(broken));
  }

  @Test
  public void foreign_responses_can_be_sent() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("OPTIONS", "bob", 1));
    end.send("bob", WireEnd.request("INFO", "bob", 2));
    calls.run(10);
    Request options = bob.requests.get(0).getRequest();
    Request info = bob.requests.get(1).getRequest();
    bob.provider().sendResponse((Response) foreign(bob.response(200, options)));
    ServerTransaction transaction = bob.provider().getNewServerTransaction(info);
    transaction.sendResponse((Response) foreign(bob.response(404, info)));
    calls.run(10);
    assertEquals(end.heard(), List.of("200 OPTIONS", "404 INFO"));
  }

  @Test
  public void a_foreign_request_can_be_answered() throws Exception {
    Party bob = calls.party("bob");
    WireEnd end = calls.wireEnd("end", "udp");
    end.send("bob", WireEnd.request("INFO", "bob", 1));
    calls.run(10);
    Request request = (Request) foreign(bob.lastRequest().getRequest());
    Response response = Party.MESSAGES.createResponse(200, request);
    bob.provider().getNewServerTransaction(request).sendResponse(response);
    calls.run(10);
    assertEquals(end.heard(), List.of("200 INFO"));
  }

  @Test
  public void a_call_can_be_made_of_foreign_messages() throws Exception {
    Party alice = calls.party("alice");
    Party bob = calls.party("bob");
    bob.on(
        "INVITE",
        event -> {
          ServerTransaction transaction = Party.transaction(event);
          transaction.sendResponse((Response) foreign(bob.response(200, transaction.getRequest())));
        });
    bob.answering("BYE", 200);
    ClientTransaction invite = alice.send((Request) foreign(alice.request("INVITE", bob)));
    calls.run(10);
    Dialog dialog = alice.lastResponse().getDialog();
    assertNotNull(dialog);
    assertSame(invite.getDialog(), dialog);
    dialog.sendAck((Request) foreign(dialog.createAck(1)));
    calls.run(10);
    dialog.sendRequest(
        alice.provider().getNewClientTransaction((Request) foreign(dialog.createRequest("BYE"))));
    calls.run(10);
    assertEquals(bob.heard(), List.of("INVITE", "ACK", "BYE"));
    assertEquals(alice.heard(), List.of("200 INVITE", "200 BYE"));
  }

  @Test
  public void a_foreign_router_may_answer_with_a_foreign_hop() throws Exception {
    Party alice =
        calls.party("alice", "javax.sip.ROUTER_PATH", RoutingTest.EverythingToTwo.class.getName());
    WireEnd end = calls.wireEnd("two", "udp");
    alice.send((Request) foreign(alice.request("OPTIONS", "sip:x@10.0.0.9", "udp")));
    calls.run(10);
    assertEquals(end.heard(), List.of("OPTIONS"));
  }

  @Test
  public void stacks_of_several_vendors_come_out_of_one_factory() throws Exception {
    SipFactory factory = SipFactory.getInstance();
    try {
      factory.resetFactory();
      factory.setPathName("io.sipwright");
      Properties properties = Live.properties(Live.newName());
      SipStack ours = factory.createSipStack(properties);
      factory.resetFactory();
      factory.setPathName("io.sipwright.othervendor");
      SipStack other = factory.createSipStack(properties);
      factory.resetFactory();
      factory.setPathName("io.sipwright");
      SipStack oursAgain = factory.createSipStack(properties);
      assertSame(ours.getClass(), SipStackImpl.class);
      assertTrue(other instanceof io.sipwright.othervendor.javax.sip.SipStackImpl);
      assertSame(oursAgain.getClass(), SipStackImpl.class);
      assertNotSame(ours, oursAgain);
    } finally {
      factory.resetFactory();
    }
  }
}
