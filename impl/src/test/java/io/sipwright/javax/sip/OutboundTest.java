package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.ext.ExtendedClientTransaction;
import io.sipwright.ext.ExtendedStack;
import io.sipwright.ext.FlowListener;
import io.sipwright.ext.FlowMatch;
import io.sipwright.ext.SipFlow;
import io.sipwright.header.SipwrightHeaderFactory;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.proxy.OutboundEdge;
import io.sipwright.proxy.OutboundRegistrar;
import io.sipwright.transport.Flow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.header.Header;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/**
 * RFC 5626 from end to end: alice registers over TCP through an edge proxy, and is called over that
 * connection.
 */
public class OutboundTest {
  private static final String INSTANCE = "+sip.instance=\"<urn:uuid:0000-1>\"";
  private static final SipwrightHeaderFactory HEADERS = (SipwrightHeaderFactory) Party.HEADERS;

  private Calls calls;
  private Party alice;
  private Party edge;
  private Party home;
  private OutboundEdge rules;
  private final List<String> paths = new ArrayList<>();
  private final List<FlowMatch> matches = new ArrayList<>();

  @BeforeMethod
  public void open() throws Exception {
    calls = new Calls();
    paths.clear();
    matches.clear();
    alice = calls.party("alice").answering("INVITE", 200).answering("OPTIONS", 200);
    edge = calls.party("edge", "javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    home = calls.party("home").answering("INVITE", 200);
    SipURI own = (SipURI) Party.ADDRESSES.createURI("sip:10.0.0.2:5060");
    rules = new OutboundEdge(own, Party.ADDRESSES, HEADERS);
    edge.onAnyRequest(this::forward);
    edge.onAnyResponse(
        event -> {
          Response back = (Response) event.getResponse().clone();
          back.removeFirst(ViaHeader.NAME);
          ClientTransaction client = event.getClientTransaction();
          if (client != null && back.getStatusCode() > 100) {
            ((ServerTransaction) client.getApplicationData()).sendResponse(back);
          }
        });
    home.on(
        "REGISTER",
        event -> {
          Request register = event.getRequest();
          OutboundRegistrar.Verdict verdict = OutboundRegistrar.judge(register);
          Response answer = home.response(verdict.status() == 0 ? 200 : verdict.status(), register);
          if (verdict == OutboundRegistrar.Verdict.APPLIES) {
            OutboundRegistrar.accept(answer, 60, HEADERS);
            register.getHeaders("Path").forEachRemaining(p -> paths.add(value((Header) p)));
          }
          Party.transaction(event).sendResponse(answer);
        });
  }

  @AfterMethod
  public void close() {
    calls.close();
  }

  private static String value(Header header) {
    return header.toString().substring(header.toString().indexOf(':') + 1).strip();
  }

  /** What an edge proxy does with a request, as its documentation has it. */
  private void forward(RequestEvent event) throws Exception {
    Request request = event.getRequest();
    ExtendedStack stack = edge.stack;
    FlowMatch match = stack.findFlow(request);
    matches.add(match);
    ServerTransaction server = request.getMethod().equals("ACK") ? null : Party.transaction(event);
    if (match.status() != 0) {
      server.sendResponse(Party.MESSAGES.createResponse(match.status(), request));
      return;
    }
    Request forward = (Request) request.clone();
    boolean incoming = match.kind() == FlowMatch.Kind.INCOMING;
    SipFlow flow = incoming ? match.flow() : stack.flowOf(request);
    if (request.getMethod().equals("REGISTER")) {
      if (OutboundEdge.wantsPath(request)) {
        rules.addPath(request, forward, flow);
      }
    } else if (OutboundEdge.needsFlow(request, match)) {
      rules.addRecordRoute(forward, flow);
    }
    if (!incoming) {
      forward.removeFirst("Route");
    }
    String transport = incoming ? flow.transport() : "udp";
    forward.addFirst(Party.HEADERS.createViaHeader("10.0.0.2", 5060, transport, null));
    if (server == null) {
      edge.provider().sendRequest(forward);
      return;
    }
    ClientTransaction client = edge.provider().getNewClientTransaction(forward);
    client.setApplicationData(server);
    client.sendRequest();
  }

  private Request register(String contactParameters, String supported) throws Exception {
    Request register = alice.request("REGISTER", "sip:10.0.0.3:5060", "tcp");
    register.setHeader(
        Party.HEADERS.createHeader(
            "Contact", "<sip:alice@10.0.0.1:9;transport=tcp>" + contactParameters));
    register.addHeader(Party.HEADERS.createHeader("Route", "<sip:10.0.0.2:5060;transport=tcp;lr>"));
    if (supported != null) {
      register.addHeader(Party.HEADERS.createSupportedHeader(supported));
    }
    return register;
  }

  private ExtendedClientTransaction registered() throws Exception {
    ClientTransaction sent = alice.send(register(";reg-id=1;" + INSTANCE, "outbound"));
    calls.run();
    assertEquals(alice.heard(), List.of("200 REGISTER"));
    assertEquals(paths.size(), 1);
    return (ExtendedClientTransaction) sent;
  }

  private Request toAlice(String method) throws Exception {
    Request request = home.request(method, "sip:alice@10.0.0.1:9;transport=tcp", "udp");
    request.addHeader(Party.HEADERS.createHeader("Route", paths.get(0)));
    return request;
  }

  @Test
  public void call_goes_down_the_connection_of_the_registration() throws Exception {
    SipFlow flow = registered().getFlow();
    assertNotNull(flow);
    assertEquals(flow.transport(), "tcp");
    assertTrue(
        paths.get(0).matches("<sip:flow-[^@]+@10\\.0\\.0\\.2:5060;(lr;ob|ob;lr)>"), paths.get(0));
    Response ok = alice.lastResponse().getResponse();
    assertEquals(value(ok.getHeader("Require")), "outbound");
    assertEquals(value(ok.getHeader("Flow-Timer")), "60");

    calls.network.clearTrace();
    home.acknowledging().send(toAlice("INVITE"));
    calls.run();
    assertEquals(
        calls.wire(),
        List.of(
            "home>edge INVITE",
            "edge>alice INVITE",
            "alice>edge 200 INVITE",
            "edge>home 200 INVITE",
            "home>edge ACK",
            "edge>alice ACK"));
    // Nothing listens at port 9: it's the connection that it came on.
    Flow arrival = (Flow) ((SipMessage) alice.lastRequest().getRequest()).attachment();
    assertEquals(arrival.local(), flow.local());
    assertNull(alice.lastRequest().getRequest().getHeader("Route"));
    assertEquals(matches.get(1).kind(), FlowMatch.Kind.INCOMING);
    assertTrue(matches.get(1).flow().isOpen());
    String recorded = value(alice.requests.get(0).getRequest().getHeader("Record-Route"));
    assertEquals(recorded, paths.get(0).replace(";ob", ""));
  }

  @Test
  public void flow_that_has_gone_is_answered_430() throws Exception {
    List<String> ended = new ArrayList<>();
    edge.on(
        "REGISTER",
        event -> {
          edge.stack
              .flowOf(event.getRequest())
              .watch("x", (flow, reason) -> ended.add(flow.remote() + " " + reason));
          forward(event);
        });
    SipFlow flow = registered().getFlow();
    calls.network.close(arrival(edge));
    calls.run();
    assertFalse(flow.isOpen());
    assertEquals(ended.size(), 1, ended.toString());
    assertTrue(ended.get(0).endsWith("The connection was closed"), ended.toString());
    home.send(toAlice("OPTIONS"));
    calls.run();
    assertEquals(home.heard().get(home.heard().size() - 1), "430 OPTIONS");
    assertEquals(matches.get(1).kind(), FlowMatch.Kind.FAILED);
    // A connection that's opened meanwhile is another flow.
    alice.send(alice.request("OPTIONS", "sip:10.0.0.2:5060;transport=tcp", "tcp")).getState();
    home.send(toAlice("OPTIONS"));
    calls.run();
    assertEquals(home.heard().get(home.heard().size() - 1), "430 OPTIONS");
    // Whoever sends it all the same is told before anything is sent.
    Request request = toAlice("OPTIONS");
    SipException e = expectThrows(SipException.class, () -> edge.send(request));
    assertTrue(e.getMessage().contains("430"), e.getMessage());
  }

  private static Flow arrival(Party party) {
    return (Flow) ((SipMessage) party.lastRequest().getRequest()).attachment();
  }

  @Test
  public void forged_token_is_answered_403() throws Exception {
    registered();
    paths.set(0, paths.get(0).replaceFirst("flow-...", "flow-AAA"));
    home.send(toAlice("OPTIONS"));
    calls.run();
    assertEquals(home.heard().get(home.heard().size() - 1), "403 OPTIONS");
    assertEquals(matches.get(1).kind(), FlowMatch.Kind.FORBIDDEN);
    assertTrue(alice.requests.isEmpty());
  }

  @Test
  public void request_from_the_agent_over_the_flow_of_its_route_goes_on() throws Exception {
    registered();
    Request request = alice.request("INVITE", "sip:home@10.0.0.3:5060", "tcp");
    request.setHeader(
        Party.HEADERS.createHeader("Contact", "<sip:alice@10.0.0.1:9;transport=tcp;ob>"));
    request.addHeader(
        Party.HEADERS.createHeader("Route", paths.get(0).replace(";lr", ";transport=tcp;lr")));
    alice.send(request);
    calls.run();
    assertEquals(matches.get(1).kind(), FlowMatch.Kind.OUTGOING);
    Request arrived = home.lastRequest().getRequest();
    assertEquals(arrived.getMethod(), "INVITE");
    assertNull(arrived.getHeader("Route"));
    assertEquals(value(arrived.getHeader("Record-Route")), paths.get(0).replace(";ob", ""));
    // The dialog's requests of the other side come over the flow.
    home.send(home.lastServerTransaction().getDialog().createRequest("BYE"));
    calls.run();
    assertEquals(alice.lastRequest().getRequest().getMethod(), "BYE");
    assertEquals(arrival(alice).endpoint().transport(), "tcp");
  }

  @Test
  public void first_hop_that_does_not_support_outbound_is_answered_439() throws Exception {
    edge.on(
        "REGISTER",
        event -> { // as a proxy that never heard of it
          Request forward = (Request) event.getRequest().clone();
          forward.removeFirst("Route");
          forward.addFirst(Party.HEADERS.createViaHeader("10.0.0.2", 5060, "udp", null));
          ClientTransaction client = edge.provider().getNewClientTransaction(forward);
          client.setApplicationData(Party.transaction(event));
          client.sendRequest();
        });
    alice.send(register(";reg-id=1;" + INSTANCE, "outbound"));
    calls.run();
    alice.send(register(";reg-id=1;" + INSTANCE, null)); // didn't ask
    calls.run();
    assertEquals(alice.heard(), List.of("439 REGISTER", "200 REGISTER"));
    assertNull(alice.lastResponse().getResponse().getHeader("Require"));
  }

  @Test
  public void registrar_that_is_the_first_hop_needs_no_path() throws Exception {
    Request direct = register(";reg-id=1;" + INSTANCE, "outbound");
    direct.removeFirst("Route");
    direct.setRequestURI(Party.ADDRESSES.createURI("sip:10.0.0.3:5060;transport=tcp"));
    alice.send(direct);
    calls.run();
    assertEquals(value(alice.lastResponse().getResponse().getHeader("Require")), "outbound");
    SipFlow flow = home.stack.flowOf(home.lastRequest().getRequest());
    // It may be its own edge proxy (RFC 5626 §6).
    Request call = home.request("OPTIONS", "sip:alice@10.0.0.1:9;transport=tcp", "tcp");
    call.addHeader(Party.HEADERS.createHeader("Route", "<sip:" + flow.token() + "@10.0.0.3;lr>"));
    home.send(call);
    calls.run();
    assertEquals(home.heard(), List.of("REGISTER", "200 OPTIONS"));
    assertNull(alice.lastRequest().getRequest().getHeader("Route"));
  }

  @Test
  public void contacts_that_cannot_be_bound_together_are_refused() throws Exception {
    Request two = register(";reg-id=1;" + INSTANCE, "outbound");
    two.addHeader(Party.HEADERS.createHeader("Contact", "<sip:alice@10.0.0.9>"));
    alice.send(two);
    calls.run();
    Request away = register(";reg-id=1;" + INSTANCE, "outbound");
    away.addHeader(Party.HEADERS.createHeader("Contact", "<sip:alice@10.0.0.9>;expires=0"));
    alice.send(away);
    Request nameless = register(";reg-id=1", "outbound");
    calls.run();
    alice.send(nameless);
    calls.run();
    assertEquals(alice.heard(), List.of("400 REGISTER", "200 REGISTER", "200 REGISTER"));
    assertNull(alice.lastResponse().getResponse().getHeader("Require"), "no instance");
  }

  @Test
  public void large_request_along_a_flow_of_datagrams_stays_on_it() throws Exception {
    Request register = alice.request("REGISTER", "sip:10.0.0.3:5060", "udp");
    register.setHeader(
        Party.HEADERS.createHeader("Contact", "<sip:alice@10.0.0.1:5060>;reg-id=1;" + INSTANCE));
    register.addHeader(Party.HEADERS.createHeader("Route", "<sip:10.0.0.2:5060;lr>"));
    register.addHeader(Party.HEADERS.createSupportedHeader("outbound"));
    alice.send(register);
    calls.run();
    Request large = home.request("OPTIONS", "sip:alice@10.0.0.1:9", "udp");
    large.addHeader(Party.HEADERS.createHeader("Route", paths.get(0)));
    large.addHeader(Party.HEADERS.createHeader("Subject", "x".repeat(1500)));
    home.send(large);
    calls.run();
    assertEquals(arrival(alice).endpoint().transport(), "udp");
    assertEquals(home.lastResponse().getResponse().getStatusCode(), 200);
  }

  @Test
  public void agent_keeps_its_flow_alive_and_hears_when_it_fails() throws Exception {
    ExtendedClientTransaction registration = registered();
    List<String> heard = new ArrayList<>();
    FlowListener listener =
        new FlowListener() {
          @Override
          public void onFlowAlive(SipFlow flow) {
            heard.add("alive");
          }

          @Override
          public void onFlowFailed(SipFlow flow, String reason) {
            heard.add(reason + (flow.isOpen() ? " but open" : ""));
          }
        };
    SipFlow flow = registration.getFlow();
    expectThrows(IllegalArgumentException.class, () -> flow.keepAlive("c", -1, listener));
    flow.keepAlive("c", 60, listener);
    calls.network.clearTrace();
    calls.run(61_000);
    assertEquals(calls.wire(), List.of("alice>edge keep-alive", "edge>alice keep-alive"));
    assertEquals(heard, List.of("alive"));
    calls.link("alice", "edge").cut(true);
    calls.run(75_000);
    assertEquals(heard, List.of("alive", "No pong came within 10 s"));
    calls.link("alice", "edge").cut(false);
    SipFlow again = registered(2);
    assertFalse(again.equals(flow), "another flow");
    assertTrue(again.isOpen());
  }

  private SipFlow registered(int count) throws Exception {
    ClientTransaction sent = alice.send(register(";reg-id=1;" + INSTANCE, "outbound"));
    calls.run();
    assertEquals(paths.size(), count);
    return ((ExtendedClientTransaction) sent).getFlow();
  }

  @Test
  public void message_that_did_not_come_from_anywhere_has_no_flow() throws Exception {
    Request own = alice.request("OPTIONS", home);
    assertNull(alice.stack.flowOf(own));
    assertEquals(alice.stack.findFlow(own).kind(), FlowMatch.Kind.NONE);
    own.addHeader(Party.HEADERS.createHeader("Route", "<sip:flow-AAAA@example.com;lr>"));
    assertEquals(alice.stack.findFlow(own).kind(), FlowMatch.Kind.NONE, "somebody else's");
    Iterator<?> none = own.getHeaders("Path");
    assertFalse(none.hasNext());
  }
}
