package io.sipwright.locator;

import static org.testng.Assert.assertEquals;

import io.sipwright.locator.ResponseRoute.TopVia;
import java.net.InetSocketAddress;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3261 §18.2.2 and RFC 3581 §4, a Via and a source address at a time. */
public class ResponseRouteTest {
  /**
   * Via: transport, host, port (0: none), maddr, received, rport ("-": absent, "": without value);
   * source address and port (null: unknown); targets.
   */
  @DataProvider
  public Object[][] routes() {
    return new Object[][] {
      // received, and the port of sent-by
      {"UDP", "pc.a.com", 0, null, "192.0.2.4", "-", null, "192.0.2.4:5060/udp pc.a.com:5060/udp"},
      {
        "UDP",
        "pc.a.com",
        5070,
        null,
        "192.0.2.4",
        "-",
        null,
        "192.0.2.4:5070/udp pc.a.com:5070/udp"
      },
      {"UDP", "192.0.2.4", 5070, null, "192.0.2.4", "-", null, "192.0.2.4:5070/udp"},
      // sent-by alone
      {"UDP", "192.0.2.9", 0, null, null, "-", null, "192.0.2.9:5060/udp"},
      {"udp", "pc.a.com", 5066, null, null, "-", null, "pc.a.com:5066/udp"},
      // rport: there and nowhere else
      {"UDP", "10.1.1.1", 4540, null, "192.0.2.1", "9988", null, "192.0.2.1:9988/udp"},
      {"UDP", "10.1.1.1", 0, null, "192.0.2.1", "9988", "192.0.2.7:1", "192.0.2.1:9988/udp"},
      {"UDP", "10.1.1.1", 0, null, "192.0.2.1", "", null, "192.0.2.1:5060/udp 10.1.1.1:5060/udp"},
      {"UDP", "10.1.1.1", 0, null, null, "9988", null, "10.1.1.1:5060/udp"},
      // the source stands in for what nobody filled in
      {"UDP", "10.1.1.1", 5062, null, null, "", "192.0.2.1:9988", "192.0.2.1:9988/udp"},
      {
        "UDP",
        "10.1.1.1",
        5062,
        null,
        null,
        "-",
        "192.0.2.1:9988",
        "192.0.2.1:5062/udp 10.1.1.1:5062/udp"
      },
      {"UDP", "192.0.2.1", 5062, null, null, "-", "192.0.2.1:9988", "192.0.2.1:5062/udp"},
      // maddr comes before received and rport
      {
        "UDP",
        "10.1.1.1",
        0,
        "224.0.1.75",
        "192.0.2.1",
        "9988",
        "192.0.2.1:9988",
        "224.0.1.75:5060/udp"
      },
      {"UDP", "10.1.1.1", 5070, "224.0.1.75", null, "-", null, "224.0.1.75:5070/udp"},
      {"UDP", "10.1.1.1", 5070, "", "192.0.2.1", "9", null, "192.0.2.1:9/udp"},
      // streams: maddr and rport don't count, the port is that of sent-by
      {
        "TCP",
        "10.1.1.1",
        5070,
        "224.0.1.75",
        "192.0.2.1",
        "9988",
        null,
        "192.0.2.1:5070/tcp 10.1.1.1:5070/tcp"
      },
      {"TCP", "pc.a.com", 0, null, "192.0.2.1", "-", null, "192.0.2.1:5060/tcp pc.a.com:5060/tcp"},
      {"TCP", "pc.a.com", 0, null, null, "-", null, "pc.a.com:5060/tcp"},
      {"TLS", "pc.a.com", 0, null, "192.0.2.1", "", null, "192.0.2.1:5061/tls pc.a.com:5061/tls"},
      {
        "WS",
        "df7jal23ls0d.invalid",
        0,
        null,
        "192.0.2.1",
        "-",
        null,
        "192.0.2.1:80/ws df7jal23ls0d.invalid:80/ws"
      },
      {"WSS", "x.invalid", 0, null, "192.0.2.1", "-", null, "192.0.2.1:443/wss x.invalid:443/wss"},
      // IPv6, with and without brackets
      {"UDP", "[2001:db8::9]", 0, null, "2001:db8::1", "5080", null, "[2001:db8::1]:5080/udp"},
      {
        "UDP",
        "[2001:db8::9]",
        0,
        null,
        "[2001:db8::1]",
        "-",
        null,
        "[2001:db8::1]:5060/udp [2001:db8::9]:5060/udp"
      },
      {"UDP", "[::1]", 5062, null, null, "", "[::1]:7000", "[0:0:0:0:0:0:0:1]:7000/udp"},
    };
  }

  @Test(dataProvider = "routes")
  public void a_response_goes_where_the_via_says(
      String transport,
      String host,
      int port,
      String maddr,
      String received,
      String rport,
      String source,
      String expected) {
    TopVia via =
        new TopVia(
            transport,
            host,
            port == 0 ? -1 : port,
            maddr,
            received,
            !rport.equals("-"),
            rport.isEmpty() || rport.equals("-") ? -1 : Integer.parseInt(rport));
    StringBuilder found = new StringBuilder();
    for (Target target : ResponseRoute.of(via, address(source))) {
      found.append(found.length() == 0 ? "" : " ").append(target);
    }
    assertEquals(found.toString(), expected);
  }

  private static InetSocketAddress address(String text) {
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        NumericAddress.parse(text.substring(0, colon)),
        Integer.parseInt(text.substring(colon + 1)));
  }

  @Test
  public void a_via_that_names_no_place_leads_nowhere() {
    assertEquals(
        ResponseRoute.of(new TopVia("UDP", "", -1, null, null, false, -1), null), List.of());
  }
}
