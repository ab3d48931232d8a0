package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.call.OutboundRegistrations;
import io.sipwright.call.OutboundRules;
import io.sipwright.ext.SipFlow;
import io.sipwright.header.SipwrightHeaderFactory;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.proxy.OutboundRegistrar;
import io.sipwright.transport.Flow;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** A user agent that keeps itself registered over its flows (RFC 5626 §4). */
public class OutboundRegistrationsTest {
  private static final String URN = "urn:uuid:00000000-0000-1000-8000-000a95a0e128";
  private static final SipwrightHeaderFactory HEADERS = (SipwrightHeaderFactory) Party.HEADERS;

  private Calls calls;
  private Party alice;
  private Party one;
  private Party two;
  private final List<String> news = new ArrayList<>();
  private final List<SipFlow> flows = new ArrayList<>();
  private OutboundRegistrations all;
  private IntFunction<Integer> answers;
  private boolean outbound;
  private int retryAfter;
  private int flowTimer;

  /** What the program does when it's asked for a REGISTER. */
  private Runnable whenAsked;

  /** What it does to a REGISTER that was challenged. */
  private UnaryOperator<@Nullable Request> credentials;

  @BeforeMethod
  public void open() throws Exception {
    calls = new Calls();
    news.clear();
    flows.clear();
    answers = count -> 200;
    outbound = true;
    retryAfter = 0;
    flowTimer = 100;
    whenAsked = () -> {};
    credentials = again -> again;
    alice = calls.party("alice");
    one = calls.party("one").on("REGISTER", event -> answer(one, event));
    two = calls.party("two").on("REGISTER", event -> answer(two, event));
  }

  @AfterMethod
  public void close() {
    all.stop();
    calls.run();
    calls.close();
  }

  private void answer(Party registrar, RequestEvent event) throws Exception {
    Request register = event.getRequest();
    Response response = registrar.response(answers.apply(registrar.requests.size()), register);
    response.setHeader((javax.sip.header.Header) register.getHeader("Contact").clone());
    response.setHeader(Party.HEADERS.createExpiresHeader(1000));
    if (response.getStatusCode() == 200
        && outbound
        && OutboundRegistrar.judge(register) == OutboundRegistrar.Verdict.APPLIES) {
      OutboundRegistrar.accept(response, flowTimer, HEADERS);
    }
    if (retryAfter > 0) {
      response.setHeader(Party.HEADERS.createRetryAfterHeader(retryAfter));
    }
    Party.transaction(event).sendResponse(response);
  }

  private final class User implements OutboundRegistrations.User {
    @Override
    public Request createRegister(int regId, CallIdHeader callId) {
      whenAsked.run();
      try {
        Request register = alice.request("REGISTER", "sip:test", "tcp");
        register.setHeader(callId);
        return register;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public @Nullable Request answerChallenge(int regId, ResponseEvent challenge) {
      Request again = (Request) challenge.getClientTransaction().getRequest().clone();
      if (again.getHeader("Subject") != null) {
        return credentials.apply(null);
      }
      try {
        again.addHeader(Party.HEADERS.createHeader("Subject", "the answer"));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return credentials.apply(again);
    }

    @Override
    public void onRegistered(int regId, @Nullable SipFlow flow, Response response) {
      news.add(regId + " registered" + (flow == null ? " without flow" : ""));
      flows.add(flow);
    }

    @Override
    public void onFailed(int regId, String reason, @Nullable Response response, int nextTry) {
      news.add(regId + " " + reason);
      waits.add(nextTry);
    }
  }

  private final List<Integer> waits = new ArrayList<>();

  private void start(String transport, Party... proxies) throws Exception {
    waits.clear();
    List<SipURI> uris = new ArrayList<>();
    for (Party proxy : proxies) {
      String uri = "sip:" + proxy.address + ":5060;transport=" + transport;
      uris.add((SipURI) Party.ADDRESSES.createURI(uri));
    }
    all =
        new OutboundRegistrations(
            alice.provider(), HEADERS, Party.ADDRESSES, uris, OutboundRules.of(URN), new User());
    if (alice.provider().listener() == alice) {
      alice.provider().removeSipListener(alice);
      alice.provider().addSipListener(new Listener());
    }
    all.start();
  }

  private final class Listener implements SipListener {
    @Override
    public void processRequest(RequestEvent event) {}

    @Override
    public void processResponse(ResponseEvent event) {
      assertTrue(all.onResponse(event));
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
      assertTrue(all.onTimeout(event));
    }

    @Override
    public void processIOException(javax.sip.IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
      all.onTerminated(event);
    }

    @Override
    public void processDialogTerminated(javax.sip.DialogTerminatedEvent event) {}
  }

  private static String header(Request request, String name) {
    return Calls.header(request.toString(), name);
  }

  private static InetSocketAddress source(Request request) {
    return ((Flow) ((SipMessage) request).attachment()).remote();
  }

  @Test
  public void registers_over_a_flow_to_each_proxy_and_refreshes_over_the_same() throws Exception {
    start("tcp", one, two);
    calls.run(850_000);
    assertEquals(news, List.of("1 registered", "2 registered"));
    Request first = one.lastRequest().getRequest();
    assertTrue(header(first, "Contact").contains(";reg-id=1"), first.toString());
    assertTrue(header(first, "Contact").contains("+sip.instance=\"<" + URN + ">\""));
    assertTrue(header(two.lastRequest().getRequest(), "Contact").contains(";reg-id=2"));
    assertTrue(first.toString().contains("outbound") && first.toString().contains("path"));
    assertNotEquals(header(first, "Call-ID"), header(two.lastRequest().getRequest(), "Call-ID"));
    calls.run(100_000); // 90 % of 1000 s
    Request refresh = one.lastRequest().getRequest();
    assertEquals(news.subList(2, news.size()), List.of("1 registered", "2 registered"));
    assertEquals(header(refresh, "Call-ID"), header(first, "Call-ID"));
    assertEquals(header(first, "CSeq"), "1 REGISTER");
    assertEquals(header(refresh, "CSeq"), "2 REGISTER");
    assertEquals(source(refresh), source(first));
    assertEquals(flows.get(2), flows.get(0));
    long pings = calls.wire().stream().filter("alice>one keep-alive"::equals).count();
    assertTrue(pings >= 9 && pings <= 12, pings + " in 950 s, one in 80 to 100 s");
  }

  @Test
  public void flow_that_worked_is_replaced_at_once_when_it_fails() throws Exception {
    start("tcp", one, two);
    calls.run(105_000); // each had a keep-alive
    calls.network.reset((Flow) ((SipMessage) one.lastRequest().getRequest()).attachment());
    calls.run();
    assertEquals(news.size(), 4, news.toString());
    assertTrue(news.get(2).startsWith("1 "), news.toString());
    assertEquals(news.get(3), "1 registered");
    assertEquals(waits, List.of(0));
    Request again = one.lastRequest().getRequest();
    assertTrue(header(again, "Contact").contains(";reg-id=1"));
    assertEquals(header(again, "CSeq"), "2 REGISTER");
    assertNotEquals(source(again), source(one.requests.get(0).getRequest()));
    assertEquals(two.requests.size(), 1);
  }

  @Test
  public void flow_that_never_worked_is_replaced_after_a_while() throws Exception {
    start("tcp", one);
    calls.run();
    calls.link("alice", "one").cut(true);
    calls.run(111_000);
    assertEquals(news, List.of("1 registered", "1 No pong came within 10 s"));
    assertTrue(waits.get(0) >= 30 && waits.get(0) <= 60, waits.toString());
    calls.link("alice", "one").cut(false);
    calls.run(61_000);
    assertEquals(news.get(2), "1 registered");
    assertTrue(flows.get(1).isOpen());
    assertFalse(flows.get(0).isOpen());
  }

  @Test
  public void waits_double_from_failure_to_failure_up_to_half_an_hour() throws Exception {
    answers = count -> 500;
    start("tcp", one);
    calls.run(10L * 1800 * 1000);
    assertTrue(waits.size() >= 10, waits.toString());
    int most = 60;
    for (int wait : waits) {
      assertTrue(wait >= most / 2 && wait <= most, waits.toString());
      most = Math.min(1800, 2 * most);
    }
    assertEquals(news.get(0), "1 500 Server Internal Error");
    answers = count -> 200;
    calls.run(1_801_000);
    assertEquals(news.get(news.size() - 1), "1 registered");
  }

  @Test
  public void wait_is_longer_where_another_flow_works_and_as_long_as_the_registrar_says()
      throws Exception {
    two.on(
        "REGISTER",
        event -> Party.transaction(event).sendResponse(two.response(403, event.getRequest())));
    start("tcp", one, two);
    calls.run();
    assertEquals(news, List.of("1 registered", "2 403 Forbidden"));
    assertTrue(waits.get(0) >= 90 && waits.get(0) <= 180, waits.toString());
    retryAfter = 700;
    answers = count -> 503;
    two.on("REGISTER", event -> answer(two, event));
    calls.run(181_000);
    assertEquals(waits.get(1), 700, "longer than 180 to 360 s");
    assertTrue(flows.get(0).isOpen());
  }

  @DataProvider
  public static Object[][] longWaits() {
    return new Object[][] {{1799, 1799}, {1801, 1800}, {7200, 1800}, {Integer.MAX_VALUE, 1800}};
  }

  @Test(dataProvider = "longWaits")
  public void retry_after_is_obeyed_up_to_the_longest_wait(int said, int waited) throws Exception {
    retryAfter = said;
    answers = count -> count == 1 ? 503 : 200;
    start("tcp", one);
    calls.run(waited * 1000L - 10);
    assertEquals(waits, List.of(waited));
    assertEquals(news, List.of("1 503 Service Unavailable"));
    calls.run(1_000);
    assertEquals(news.get(1), "1 registered");
  }

  @Test
  public void challenge_is_answered_once_and_then_is_a_failure() throws Exception {
    answers = count -> count < 2 ? 401 : 200;
    start("tcp", one);
    calls.run();
    assertEquals(news, List.of("1 registered"));
    assertEquals(header(one.lastRequest().getRequest(), "Subject"), "the answer");
    assertEquals(header(one.lastRequest().getRequest(), "CSeq"), "2 REGISTER");
    all.stop();
    news.clear();
    answers = count -> 407;
    start("tcp", two);
    calls.run();
    assertEquals(news, List.of("1 407 Proxy Authentication Required"));
    assertEquals(two.requests.size(), 2);
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {{"tcp", "REGISTER could not be sent"}, {"udp", "No response came"}};
  }

  @Test(dataProvider = "transports")
  public void proxy_that_is_not_there_is_tried_again(String transport, String reason)
      throws Exception {
    if (transport.equals("tcp")) {
      calls.network.refuse(calls.address("one"), true);
    } else {
      calls.link("alice", "one").cut(true);
    }
    start(transport, one);
    calls.run(transport.equals("tcp") ? 20_000 : 33_000);
    assertEquals(news.size(), 1, news.toString());
    assertTrue(news.get(0).contains(reason), news.toString());
    calls.network.refuse(calls.address("one"), false);
    calls.link("alice", "one").cut(false);
    calls.run(61_000);
    assertEquals(news.get(news.size() - 1), "1 registered");
    if (transport.equals("udp")) {
      calls.run(60_000);
      assertTrue(calls.wire().size() > 10, "STUN goes on");
    }
  }

  @Test
  public void registrar_without_outbound_gets_no_keep_alives() throws Exception {
    outbound = false;
    start("tcp", one);
    calls.run(890_000);
    assertEquals(news, List.of("1 registered without flow"));
    assertFalse(calls.wire().contains("alice>one keep-alive"));
    calls.run(20_000);
    assertEquals(one.requests.size(), 2, "but it's refreshed");
    assertNull(flows.get(1));
  }

  @Test
  public void nothing_is_sent_after_the_stop() throws Exception {
    start("tcp", one);
    calls.run();
    all.stop();
    calls.run();
    calls.network.clearTrace();
    calls.run(2_000_000);
    assertEquals(calls.wire(), List.of());
    expectThrows(IllegalArgumentException.class, () -> start("tcp"));
    assertEquals(OutboundRules.of(URN).instanceId(), URN);
    expectThrows(IllegalArgumentException.class, () -> new OutboundRules(URN, 0, 1, 1));
  }

  @Test
  public void credentials_that_are_never_believed_are_not_sent_for_ever() throws Exception {
    answers = count -> count > 50 ? 200 : 401; // so that it ends in any case
    credentials = again -> (Request) one.lastRequest().getRequest().clone();
    start("tcp", one);
    calls.run(20_000);
    assertEquals(news, List.of("1 401 Unauthorized"));
    assertEquals(one.requests.size(), 5);
    calls.run(61_000);
    assertEquals(one.requests.size(), 10, "the next try begins anew");
  }

  @Test
  public void program_that_throws_is_asked_again_after_a_while() throws Exception {
    whenAsked =
        () -> {
          whenAsked = () -> {};
          throw new IllegalStateException("not yet");
        };
    start("tcp", one);
    calls.run(20_000);
    assertEquals(news.size(), 1, news.toString());
    assertTrue(news.get(0).contains("not yet"), news.toString());
    calls.run(61_000);
    assertEquals(news.get(1), "1 registered");
  }

  @Test
  public void challenge_whose_answer_throws_is_a_failure() throws Exception {
    answers = count -> count < 2 ? 401 : 200;
    credentials =
        again -> {
          throw new IllegalStateException("no password");
        };
    start("tcp", one);
    calls.run(20_000);
    assertEquals(news, List.of("1 401 Unauthorized"));
    calls.run(61_000);
    assertEquals(news.get(1), "1 registered");
  }

  @Test
  public void stop_while_the_program_makes_its_register_keeps_that_from_being_sent()
      throws Exception {
    whenAsked = () -> all.stop();
    start("tcp", one);
    calls.run(200_000);
    assertEquals(one.requests.size(), 0);
    assertEquals(calls.wire(), List.of());
    assertEquals(news, List.of());
    whenAsked = () -> {};
    all.start();
    calls.run();
    assertEquals(news, List.of("1 registered"), "it can begin again");
  }

  @Test
  public void keep_alives_go_as_often_as_the_latest_flow_timer_says() throws Exception {
    start("tcp", one);
    calls.run(890_000);
    flowTimer = 20;
    calls.run(20_000); // refreshed
    assertEquals(one.requests.size(), 2);
    calls.network.clearTrace();
    calls.run(200_000);
    long pings = calls.wire().stream().filter("alice>one keep-alive"::equals).count();
    assertTrue(pings >= 9 && pings <= 13, pings + " in 200 s, one in 16 to 20 s");
    calls.network.reset((Flow) ((SipMessage) one.lastRequest().getRequest()).attachment());
    calls.run();
    assertEquals(waits, List.of(0));
  }

  @Test
  public void registrar_that_gives_outbound_up_gets_no_more_keep_alives() throws Exception {
    start("tcp", one);
    calls.run(890_000);
    outbound = false;
    calls.run(20_000); // refreshed
    assertEquals(news, List.of("1 registered", "1 registered without flow"));
    calls.network.clearTrace();
    calls.run(500_000);
    assertFalse(calls.wire().contains("alice>one keep-alive"));
  }
}
