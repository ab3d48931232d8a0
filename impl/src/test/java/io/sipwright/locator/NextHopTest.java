package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.address.AddressModel;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.HeaderAddress;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3261 §8.1.2 and the parts of RFC 3263 §4 that need no DNS, a request at a time. */
public class NextHopTest {
  /**
   * First Route, Request-URI, outbound proxy, target, and whether service records could be asked.
   */
  @DataProvider
  public Object[][] hops() {
    return new Object[][] {
      // transport and port from the Request-URI
      {null, "sip:bob@192.0.2.1", null, "192.0.2.1:5060/udp", false},
      {null, "sip:bob@192.0.2.1:5070", null, "192.0.2.1:5070/udp", false},
      {null, "sip:bob@192.0.2.1;transport=tcp", null, "192.0.2.1:5060/tcp", false},
      {null, "sip:bob@192.0.2.1:5070;transport=TCP", null, "192.0.2.1:5070/tcp", false},
      {null, "sip:bob@192.0.2.1;transport=tls", null, "192.0.2.1:5061/tls", false},
      {null, "sip:bob@192.0.2.1;transport=ws", null, "192.0.2.1:80/ws", false},
      {null, "sip:bob@192.0.2.1;transport=foo", null, "192.0.2.1:5060/foo", false},
      {null, "sip:bob@192.0.2.1:0", null, "192.0.2.1:5060/udp", false},
      {null, "sip:[2001:db8::1]", null, "[2001:db8::1]:5060/udp", false},
      {null, "sip:bob@[2001:db8::1]:5070;transport=tcp", null, "[2001:db8::1]:5070/tcp", false},
      // names: service records only without a port
      {null, "sip:bob@biloxi.com", null, "biloxi.com:5060/udp", true},
      {null, "sip:bob@biloxi.com:5060", null, "biloxi.com:5060/udp", false},
      {null, "sip:bob@biloxi.com;transport=tcp", null, "biloxi.com:5060/tcp", true},
      {null, "sip:bob@127.1", null, "127.1:5060/udp", true},
      // sips
      {null, "sips:bob@192.0.2.1", null, "192.0.2.1:5061/tls", false},
      {null, "sips:bob@biloxi.com", null, "biloxi.com:5061/tls", true},
      {null, "sips:bob@192.0.2.1:5070", null, "192.0.2.1:5070/tls", false},
      {null, "sips:bob@192.0.2.1;transport=tcp", null, "192.0.2.1:5061/tls", false},
      {null, "sips:bob@192.0.2.1;transport=udp", null, "192.0.2.1:5061/tls", false},
      {null, "sips:bob@192.0.2.1;transport=ws", null, "192.0.2.1:443/wss", false},
      // maddr
      {null, "sip:bob@biloxi.com;maddr=192.0.2.8", null, "192.0.2.8:5060/udp", false},
      {
        null,
        "sip:bob@biloxi.com:5070;maddr=239.255.255.1;ttl=15",
        null,
        "239.255.255.1:5070/udp",
        false
      },
      // the first Route comes before the proxy and the Request-URI
      {"<sip:p1.a.com;lr>", "sip:bob@192.0.2.1", null, "p1.a.com:5060/udp", true},
      {
        "<sip:192.0.2.7:5062;transport=tcp;lr>",
        "sip:bob@192.0.2.1",
        "192.0.2.3",
        "192.0.2.7:5062/tcp",
        false
      },
      {"sip:192.0.2.7", "sip:bob@192.0.2.1", null, "192.0.2.7:5060/udp", false},
      {"<sip:192.0.2.7;lr>", "tel:+1555", null, "192.0.2.7:5060/udp", false},
      {"<sips:192.0.2.7;lr>", "sip:bob@192.0.2.1", null, "192.0.2.7:5061/tls", false},
      // a sips Request-URI makes the Route and the proxy sips too
      {"<sip:192.0.2.7;lr>", "sips:bob@192.0.2.1", null, "192.0.2.7:5061/tls", false},
      {"<sip:192.0.2.7;transport=tcp;lr>", "sips:bob@192.0.2.1", null, "192.0.2.7:5061/tls", false},
      {null, "sips:bob@192.0.2.1", "192.0.2.3:5060/udp", "192.0.2.3:5060/tls", false},
      // the outbound proxy
      {null, "sip:bob@192.0.2.1", "192.0.2.3:5080/TCP", "192.0.2.3:5080/tcp", false},
      {null, "sip:bob@192.0.2.1:5070", "proxy.a.com", "proxy.a.com:5060/udp", false},
      {null, "tel:+1555", "192.0.2.3/tcp", "192.0.2.3:5060/tcp", false},
      {null, null, "192.0.2.3:5060/udp", "192.0.2.3:5060/udp", false},
      // nowhere
      {null, "tel:+1555", null, null, false},
      {null, null, null, null, false},
    };
  }

  @Test(dataProvider = "hops")
  public void a_request_goes_to_its_first_route_or_the_proxy_or_its_uri(
      String route, String requestUri, String proxy, String expected, boolean serviceRecords)
      throws Exception {
    URI uri = requestUri == null ? null : uri(requestUri);
    Target outbound = proxy == null ? null : OutboundProxy.parse(proxy);
    Destination found =
        route == null ? NextHop.withoutRoute(uri, outbound) : NextHop.alongRoute(route(route), uri);
    if (expected == null) {
      assertNull(found);
      return;
    }
    assertNotNull(found);
    assertEquals(found.target().toString(), expected);
    assertEquals(found.needsServiceRecords(), serviceRecords);
  }

  @Test
  public void a_route_that_is_no_sip_uri_is_an_error() {
    assertThrows(SipException.class, () -> NextHop.alongRoute(route("<tel:+1>"), uri("sip:a@b")));
    assertThrows(SipException.class, () -> NextHop.alongRoute(null, uri("sip:a@b")));
  }

  @DataProvider
  public Object[][] proxies() {
    return new Object[][] {
      {"192.0.2.1:5060/udp", "192.0.2.1:5060/udp"},
      {" 192.0.2.1:5062/TCP ", "192.0.2.1:5062/tcp"},
      {"192.0.2.1", "192.0.2.1:5060/udp"},
      {"192.0.2.1/tls", "192.0.2.1:5061/tls"},
      {"proxy.a.com:5061", "proxy.a.com:5061/udp"},
      {"[2001:db8::1]:5060/udp", "[2001:db8::1]:5060/udp"},
      {"[2001:db8::1]", "[2001:db8::1]:5060/udp"},
      {"", null},
      {"192.0.2.1:", null},
      {"192.0.2.1:x/udp", null},
      {"192.0.2.1:0/udp", null},
      {"192.0.2.1:70000/udp", null},
      {"192.0.2.1:5060/", null},
      {"192.0.2.1:5060/udp;lr", null},
      {"2001:db8::1", null},
      {"a\r\nb", null},
    };
  }

  @Test(dataProvider = "proxies")
  public void an_outbound_proxy_is_read_or_refused(String text, String expected) {
    if (expected == null) {
      String message =
          expectThrows(IllegalArgumentException.class, () -> OutboundProxy.parse(text))
              .getMessage();
      assertTrue(message.contains("should be host:port/transport"), message);
    } else {
      assertEquals(OutboundProxy.parse(text).toString(), expected);
    }
  }

  @Test
  public void the_default_router_has_the_proxy_it_was_given() {
    Hop proxy = new DefaultRouter(null, "192.0.2.1:5062/tcp").getOutboundProxy();
    assertEquals(proxy.getHost(), "192.0.2.1");
    assertEquals(proxy.getPort(), 5062);
    assertEquals(proxy.getTransport(), "tcp");
    assertEquals(proxy.toString(), "192.0.2.1:5062/tcp");
    assertEquals(proxy, new HopAddress(OutboundProxy.parse("192.0.2.1:5062/TCP")));
    assertEquals(proxy.hashCode(), new HopAddress(Target.of(proxy)).hashCode());
    assertNull(new DefaultRouter(null, null).getOutboundProxy());
    assertNull(new DefaultRouter(null, " ").getOutboundProxy());
    assertThrows(IllegalArgumentException.class, () -> new DefaultRouter(null, "a:b:c"));
  }

  /** What routers of other vendors answer. */
  @DataProvider
  public Object[][] foreignHops() {
    return new Object[][] {
      {"192.0.2.1", 5062, "TCP", "192.0.2.1:5062/tcp"},
      {"192.0.2.1", -1, null, "192.0.2.1:5060/udp"},
      {"192.0.2.1", 0, "TLS", "192.0.2.1:5061/tls"},
      {"2001:db8::1", 5060, "udp", "[2001:db8::1]:5060/udp"},
      {null, 5060, "udp", null},
      {"", 5060, "udp", null},
      {"a", 65536, "udp", null},
    };
  }

  @Test(dataProvider = "foreignHops")
  public void a_hop_of_any_vendor_becomes_a_target(
      String host, int port, String transport, String expected) {
    Hop hop =
        new Hop() {
          @Override
          public String getHost() {
            return host;
          }

          @Override
          public int getPort() {
            return port;
          }

          @Override
          public String getTransport() {
            return transport;
          }
        };
    if (expected == null) {
      assertThrows(IllegalArgumentException.class, () -> Target.of(hop));
    } else {
      assertEquals(Target.of(hop).toString(), expected);
    }
  }

  @Test
  public void a_uri_for_the_request_line_has_no_method_and_no_headers() throws Exception {
    URI full = uri("sip:a@b;method=BYE;transport=tcp;lr?Subject=x&Priority=urgent");
    assertEquals(Uris.forRequestLine(full).toString(), "sip:a@b;transport=tcp;lr");
    assertEquals(full.toString(), "sip:a@b;method=BYE;transport=tcp;lr?Subject=x&Priority=urgent");
    URI tel = uri("tel:+1555");
    assertEquals(Uris.forRequestLine(tel), tel);
  }

  private static URI uri(String text) throws ParseException {
    return new AddressFactoryImpl().createURI(text);
  }

  private static HeaderAddress route(String text) throws ParseException {
    NameAddress address = NameAddress.parse(new Scanner(text), new AddressModel());
    return new HeaderAddress() {
      @Override
      public Address getAddress() {
        return address;
      }

      @Override
      public void setAddress(Address other) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Test
  public void the_certificate_must_be_for_the_host_of_the_uri_whatever_its_maddr()
      throws Exception {
    SipURI uri = (SipURI) new AddressFactoryImpl().createURI("sips:a@Example.com;maddr=192.0.2.1");
    Target target = Destination.of(uri, false).target();
    assertEquals(target, new Target("192.0.2.1", 5061, "tls", "example.com"));
    assertEquals(target.identity(), "example.com");
    assertEquals(new Target("192.0.2.1", 5061, "tls").identity(), "192.0.2.1");
  }
}
