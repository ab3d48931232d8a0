package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.AddressHeader;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Whole messages: RFC 3261 §16.6 step 6, §16.12.1.2, and the routers and routes fed with them. */
public class StrictRouteTest {
  private static SipMessage parse(String lines) {
    byte[] bytes =
        (lines.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    Parsed parsed =
        new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, false)
            .parse(bytes, 0, bytes.length, false);
    assertTrue(parsed instanceof SipMessage, lines);
    return (SipMessage) parsed;
  }

  private static SipMessage bye(String requestUri, String... routes) {
    StringBuilder text = new StringBuilder("BYE " + requestUri + " SIP/2.0\n");
    for (String route : routes) {
      text.append("Route: ").append(route).append('\n');
    }
    return parse(
        text
            + "Via: SIP/2.0/UDP u2;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=a\nTo: <sip:b@b>;tag=b\n"
            + "Call-ID: c1\nCSeq: 1 BYE\nMax-Forwards: 70");
  }

  private static String routes(SipMessage message) {
    StringBuilder text = new StringBuilder();
    for (SipHeader header : message.peekAll(HeaderType.ROUTE)) {
      text.append(text.length() == 0 ? "" : " ")
          .append(((AddressHeader) header).getAddress().getURI());
    }
    return text.toString();
  }

  /** RFC 3261 §16.12.1.2, at P4 after it took itself out of the Routes. */
  @Test
  public void a_request_for_a_strict_router_is_rewritten() throws SipException {
    SipMessage bye =
        bye(
            "sip:caller@u1.example.com",
            "<sip:p3.middle.com>",
            "<sip:p2.example.com;lr>",
            "<sip:p1.example.com;lr>");
    assertTrue(StrictRoute.isNext(bye));
    assertEquals(NextHop.of(bye, null).host(), "p3.middle.com");
    assertTrue(StrictRoute.rewrite(bye));
    assertEquals(bye.peekRequestUri().toString(), "sip:p3.middle.com");
    assertEquals(
        routes(bye), "sip:p2.example.com;lr sip:p1.example.com;lr sip:caller@u1.example.com");
    assertEquals(NextHop.ofRequestUri(bye).host(), "p3.middle.com");
    assertFalse(StrictRoute.rewrite(bye));
  }

  @DataProvider
  public Object[][] others() {
    return new Object[][] {
      {new String[] {}}, {new String[] {"<sip:p1;lr>", "<sip:p2>"}}, {new String[] {"sip:p1;lr"}},
    };
  }

  @Test(dataProvider = "others")
  public void other_requests_stay_as_they_are(String[] routes) throws SipException {
    SipMessage bye = bye("sip:a@u1", routes);
    assertFalse(StrictRoute.isNext(bye));
    assertFalse(StrictRoute.rewrite(bye));
    assertEquals(bye.peekRequestUri().toString(), "sip:a@u1");
  }

  @Test
  public void the_default_router_follows_route_proxy_and_request_uri() throws Exception {
    DefaultRouter direct = new DefaultRouter(null, null);
    DefaultRouter proxied = new DefaultRouter(null, "192.0.2.3:5080/tcp");
    Request plain = (Request) bye("sip:a@192.0.2.1:5070");
    Request routed = (Request) bye("sip:a@192.0.2.1:5070", "<sip:p1:5090;lr>");
    Request tel = (Request) bye("tel:+1555");
    assertEquals(direct.getNextHop(plain).toString(), "192.0.2.1:5070/udp");
    assertEquals(proxied.getNextHop(plain).toString(), "192.0.2.3:5080/tcp");
    assertEquals(proxied.getNextHop(routed).toString(), "p1:5090/udp");
    assertEquals(proxied.getNextHop(tel).toString(), "192.0.2.3:5080/tcp");
    assertNull(direct.getNextHop(tel));
    assertNull(direct.getNextHops(tel));
    assertEquals(((Hop) direct.getNextHops(plain).next()).getPort(), 5070);
    Request broken = (Request) bye("sip:a@192.0.2.1", "<tel:+1555>");
    assertThrows(SipException.class, () -> direct.getNextHop(broken));
    assertNull(direct.getNextHops(broken));
  }

  @Test
  public void a_request_of_another_vendor_is_routed_too() throws Exception {
    Request ours = (Request) bye("sip:a@192.0.2.1:5070", "<sip:p1:5090;lr>");
    Request foreign =
        (Request)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, method, arguments) -> method.invoke(ours, arguments));
    assertEquals(new DefaultRouter(null, null).getNextHop(foreign).toString(), "p1:5090/udp");
  }

  @Test
  public void the_top_via_of_a_message_gives_the_way_back() {
    SipMessage request = bye("sip:a@u1");
    InetSocketAddress source = new InetSocketAddress(NumericAddress.parse("192.0.2.77"), 7777);
    assertEquals(
        ResponseRoute.of(request, source).toString(), "[192.0.2.77:5060/udp, u2:5060/udp]");
    request.stampVia("192.0.2.78", -1);
    assertEquals(
        ResponseRoute.of(request, null),
        List.of(new Target("192.0.2.78", 5060, "udp"), new Target("u2", 5060, "udp")));
  }
}
