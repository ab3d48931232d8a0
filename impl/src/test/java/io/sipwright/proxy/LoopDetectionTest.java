package io.sipwright.proxy;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import io.sipwright.proxy.LoopDetection.Verdict;
import java.util.List;
import java.util.Set;
import javax.sip.header.HeaderFactory;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Loops, spirals and breadth (RFC 5393). */
public class LoopDetectionTest {
  private static final HeaderFactory HEADERS = new HeaderFactoryImpl();

  private final LoopDetection loops = new LoopDetection(Set.of("10.0.0.1:5060", "Proxy.test"));

  private static Request request(String method) throws Exception {
    return new MessageFactoryImpl()
        .createRequest(
            method
                + " sip:bob@home.test SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKclient\r\n"
                + "From: <sip:a@test>;tag=1\r\nTo: <sip:b@test>\r\nCall-ID: c\r\nCSeq: 1 "
                + method
                + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
  }

  /** As it comes back after the proxy has forwarded it. */
  private Request forwarded(Request request, String host, int port) throws Exception {
    Request forwarded = (Request) request.clone();
    forwarded.addFirst(HEADERS.createViaHeader(host, port, "udp", loops.branch(request)));
    forwarded.addFirst(HEADERS.createViaHeader("10.0.0.7", 5060, "udp", "z9hG4bKother"));
    return forwarded;
  }

  @Test
  public void a_request_that_never_was_here_is_new() throws Exception {
    assertEquals(loops.check(request("INVITE")), Verdict.NEW);
    Request elsewhere = forwarded(request("INVITE"), "10.0.0.1", 5070);
    assertEquals(loops.check(elsewhere), Verdict.NEW);
  }

  @Test
  public void one_that_comes_back_as_it_was_is_a_loop() throws Exception {
    assertEquals(loops.check(forwarded(request("INVITE"), "10.0.0.1", 5060)), Verdict.LOOP);
    assertEquals(loops.check(forwarded(request("INVITE"), "proxy.TEST", -1)), Verdict.LOOP);
  }

  @DataProvider
  public Object[][] changes() {
    return new Object[][] {{"uri"}, {"Route"}, {"Proxy-Require"}};
  }

  @Test(dataProvider = "changes")
  public void one_that_comes_back_changed_is_a_spiral(String what) throws Exception {
    Request back = forwarded(request("INVITE"), "10.0.0.1", 5060);
    switch (what) {
      case "uri" -> back.setRequestURI(new AddressFactoryImpl().createURI("sip:carol@home.test"));
      case "Route" -> back.addHeader(HEADERS.createHeader("Route", "<sip:10.0.0.3;lr>"));
      default -> back.addHeader(HEADERS.createProxyRequireHeader("foo"));
    }
    assertEquals(loops.check(back), Verdict.SPIRAL);
    Request again = forwarded(back, "10.0.0.1", 5060);
    assertEquals(loops.check(again), Verdict.LOOP, "a spiral may become a loop");
  }

  @Test
  public void a_branch_is_unique_and_its_digest_does_not_depend_on_the_method() throws Exception {
    String one = loops.branch(request("INVITE"));
    String other = loops.branch(request("INVITE"));
    assertTrue(one.startsWith("z9hG4bK"));
    assertNotEquals(one, other);
    String digest = one.substring(one.indexOf('.'));
    assertTrue(other.endsWith(digest));
    assertTrue(loops.branch(request("CANCEL")).endsWith(digest));
    assertTrue(
        !new LoopDetection(Set.of("10.0.0.1:5060")).branch(request("INVITE")).endsWith(digest),
        "nobody else can make it");
  }

  @Test
  public void a_via_without_digest_says_nothing() throws Exception {
    Request back = request("INVITE");
    back.addFirst(HEADERS.createViaHeader("10.0.0.1", 5060, "udp", "z9hG4bKplain"));
    assertEquals(loops.check(back), Verdict.NEW);
  }

  // --- Max-Breadth ---

  @DataProvider
  public Object[][] breadths() {
    return new Object[][] {
      {null, 60}, {"60", 60}, {"1", 1}, {"0", 0}, {"61", 60}, {"99999999999999", 60}, {"x", 60},
    };
  }

  @Test(dataProvider = "breadths")
  public void a_breadth_is_60_at_most(String value, int breadth) throws Exception {
    Request request = request("INVITE");
    if (value != null) {
      request.addHeader(HEADERS.createHeader("Max-Breadth", value));
    }
    assertEquals(MaxBreadth.of(request), breadth);
  }

  @Test
  public void branches_share_the_breadth_that_came() throws Exception {
    assertEquals(MaxBreadth.split(60, 7), List.of(9, 9, 9, 9, 8, 8, 8));
    assertEquals(MaxBreadth.split(3, 3), List.of(1, 1, 1));
    assertEquals(MaxBreadth.split(1, 1), List.of(1));
    assertThrows(IllegalArgumentException.class, () -> MaxBreadth.split(2, 3));
    assertThrows(IllegalArgumentException.class, () -> MaxBreadth.split(2, 0));
    Request request = request("INVITE");
    MaxBreadth.set(request, 9, HEADERS);
    MaxBreadth.set(request, 8, HEADERS);
    assertEquals(MaxBreadth.of(request), 8);
    assertThrows(IllegalArgumentException.class, () -> MaxBreadth.set(request, 0, HEADERS));
  }
}
