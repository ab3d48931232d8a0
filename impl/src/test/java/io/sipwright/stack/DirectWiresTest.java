package io.sipwright.stack;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.locator.ResponseRoute;
import io.sipwright.locator.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class DirectWiresTest {
  private final DirectWires wires = new DirectWires(new WireLog("test", true));

  private static SipMessage request(String via) {
    String text =
        "OPTIONS sip:a@b SIP/2.0\r\nVia: "
            + via
            + "\r\nFrom: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n"
            + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    return (SipMessage) new MessageParser().parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @DataProvider
  Object[][] vias() {
    return new Object[][] {
      // sent from 192.0.2.9:5070; whether the response goes straight back
      {"SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bK1", true},
      {"SIP/2.0/udp 192.0.2.9:5070;branch=z9hG4bK1;received=192.0.2.9", true},
      {"SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1;rport=5070", true},
      {"SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1;rport", true},
      {"SIP/2.0/UDP pc.example.com;rport=5070;received=192.0.2.9", true},
      {"SIP/2.0/UDP 10.1.1.1:5070;rport=5070;received=192.0.2.9", true},
      {"SIP / 2.0 / UDP 10.1.1.1:5070 ;rport=5070 ;received=192.0.2.9", true},
      {"SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1", false},
      {"SIP/2.0/UDP 192.0.2.9:5071;branch=z9hG4bK1", false},
      {"SIP/2.0/UDP 192.0.2.8:5070;branch=z9hG4bK1", false},
      {"SIP/2.0/UDP pc.example.com:5070;branch=z9hG4bK1;received=192.0.2.9", false},
      {"SIP/2.0/UDP 192.0.2.9:5070;rport=5071;received=192.0.2.9", false},
      {"SIP/2.0/UDP 192.0.2.9:5070;rport=5070;received=192.0.2.8", false},
      {"SIP/2.0/UDP 192.0.2.9:5070;maddr=224.0.1.75", false},
      {"SIP/2.0/UDP 192.0.2.9:5070;rport=5070;received=192.0.2.9;maddr=224.0.1.75", false},
      {"SIP/2.0/UDPX 192.0.2.9:5070;branch=z9hG4bK1", false},
      {"SIP/2.0/TCP 192.0.2.9:5070;branch=z9hG4bK1", false},
      {"SIP/2.0/UDP a.invalid;rport=5070;received=192.0.2.9", false},
    };
  }

  @Test(dataProvider = "vias")
  public void straight_back_goes_what_response_routing_sends_nowhere_else(
      String via, boolean direct) {
    NotingFlow flow = new NotingFlow("192.0.2.9", 5070, "udp");
    SipMessage request = request(via);
    assertEquals(wires.back(flow, request) != null, direct);
    request.header(HeaderType.VIA); // an object from now on
    assertEquals(wires.back(flow, request) != null, direct, "by object");
    List<Target> targets = ResponseRoute.of(request, flow.remote());
    boolean only = targets.size() == 1 && flow.remote().equals(targets.get(0).numeric());
    assertTrue(only || !direct, "" + targets);
  }

  @Test
  public void ipv6_is_compared_without_brackets() {
    NotingFlow flow = new NotingFlow("2001:db8::9", 5070, "udp");
    String address = flow.remote().getAddress().getHostAddress();
    assertNotNull(wires.back(flow, request("SIP/2.0/UDP [::1];rport=5070;received=" + address)));
    assertNotNull(wires.back(flow, request("SIP/2.0/UDP x;rport;received=[" + address + "]")));
  }

  @Test
  public void streams_have_other_ways_when_a_connection_ends() {
    NotingFlow flow = new NotingFlow("192.0.2.9", 5070, "tcp");
    assertNull(wires.back(flow, request("SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bK1")));
  }

  @Test
  public void all_requests_of_a_flow_share_one() {
    NotingFlow flow = new NotingFlow("192.0.2.9", 5070, "udp");
    NotingFlow other = new NotingFlow("192.0.2.9", 5070, "udp");
    SipMessage request = request("SIP/2.0/UDP 192.0.2.9;rport");
    DirectWires.DirectWire wire = wires.back(flow, request);
    assertSame(wires.back(flow, request("SIP/2.0/UDP 192.0.2.9;rport")), wire);
    wire.send(new byte[] {1}, cause -> {});
    assertEquals(flow.sent.size(), 1);
    DirectWires.DirectWire another = wires.back(other, request);
    another.send(new byte[] {2}, cause -> {});
    assertEquals(flow.sent.size(), 1, "not by the flow of somebody before");
    assertEquals(other.sent.get(0), new byte[] {2});
  }

  @Test
  public void failures_are_told() {
    NotingFlow flow = new NotingFlow("192.0.2.9", 5070, "udp");
    flow.failure = new IOException("no route");
    List<IOException> told = new ArrayList<>();
    wires.back(flow, request("SIP/2.0/UDP 192.0.2.9;rport")).send(new byte[0], told::add);
    assertEquals(told, List.of(flow.failure));
  }
}
