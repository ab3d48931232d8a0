package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.FlowListener;
import io.sipwright.ext.SipFlow;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transport.Flow;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Flows of RFC 5626 over real sockets. */
public class LiveFlowsTest {
  private Party alice;
  private Party bob;

  @BeforeMethod
  public void open() throws Exception {
    alice = Live.party().answering("OPTIONS", 200);
    bob = Live.party().answering("REGISTER", 200);
  }

  @AfterMethod
  public void close() {
    for (Party party : List.of(alice, bob)) {
      party.stack.stop();
      party.assertNothingFailed();
    }
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"tcp"}, {"udp"}};
  }

  private SipFlow register(String transport) throws Exception {
    String uri = Party.uri(bob, "transport=" + transport);
    ExtendedClientTransaction sent =
        (ExtendedClientTransaction) alice.send(alice.request("REGISTER", uri, transport));
    Live.await("the answer", () -> alice.heard().contains("200 REGISTER"));
    return sent.getFlow();
  }

  private Request along(SipFlow flow, String transport) throws Exception {
    // Nobody is at that address: it's the flow that leads to alice.
    Request request = bob.request("OPTIONS", "sip:alice@192.0.2.1;transport=" + transport, "udp");
    request.addHeader(
        Party.HEADERS.createHeader("Route", "<sip:" + flow.token() + "@bob.invalid;lr>"));
    return request;
  }

  @Test(dataProvider = "transports")
  public void request_goes_along_the_flow_of_a_token_and_no_other_way(String transport)
      throws Exception {
    SipFlow own = register(transport);
    SipFlow flow = bob.stack.flowOf(bob.lastRequest().getRequest());
    assertEquals(flow.transport(), transport);
    assertEquals(flow.remote(), own.local());
    bob.send(along(flow, transport));
    Live.await("the answer", () -> bob.heard().contains("200 OPTIONS"));
    Flow arrival = (Flow) ((SipMessage) alice.lastRequest().getRequest()).attachment();
    assertEquals(arrival.local(), own.local());
    if (transport.equals("tcp")) {
      List<String> ended = new CopyOnWriteArrayList<>();
      flow.watch("x", (which, reason) -> ended.add(reason));
      arrival.close();
      Live.await("the end", () -> ended.size() == 1);
      assertFalse(flow.isOpen());
      SipException e = expectThrows(SipException.class, () -> bob.send(along(flow, transport)));
      assertTrue(e.getMessage().contains("430"), e.getMessage());
      assertFalse(register(transport).equals(own));
      expectThrows(SipException.class, () -> bob.send(along(flow, transport)));
    }
  }

  @Test(dataProvider = "transports")
  public void keep_alives_are_answered_until_the_peer_is_gone(String transport) throws Exception {
    SipFlow flow = register(transport);
    List<String> news = new CopyOnWriteArrayList<>();
    SipFlow.KeepAlive keepAlive =
        flow.keepAlive(
            "x",
            1,
            new FlowListener() {
              @Override
              public void onFlowFailed(SipFlow failed, String reason) {
                news.add("failed");
              }

              @Override
              public void onFlowAlive(SipFlow works) {
                news.add("alive");
              }
            });
    Live.await("a pong", () -> news.contains("alive"));
    if (transport.equals("tcp")) {
      bob.stack.stop();
      Live.await("the failure", () -> news.contains("failed"));
      assertEquals(news, List.of("alive", "failed"));
    } else {
      keepAlive.stop();
      assertEquals(news, List.of("alive"));
    }
  }
}
