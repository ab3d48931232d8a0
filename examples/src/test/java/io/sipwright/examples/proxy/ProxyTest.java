package io.sipwright.examples.proxy;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.examples.RawPeer;
import io.sipwright.examples.load.RunningUas;
import java.util.ArrayList;
import java.util.List;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The registrar and proxy among peers that have no stack. */
public class ProxyTest {
  private final List<RawPeer> peers = new ArrayList<>();
  private RunningProxy proxy;
  private RawPeer caller;

  @BeforeMethod
  public void start() throws Exception {
    proxy = new RunningProxy("--domain", "Example.com");
    caller = peer();
  }

  @AfterMethod(alwaysRun = true)
  public void end() {
    proxy.close();
    peers.forEach(RawPeer::close);
    peers.clear();
  }

  @Test
  public void a_registered_user_is_called_through_the_proxy() throws Exception {
    RawPeer bob = registered("bob");
    caller.calling("sip:bob@example.com").request("INVITE", "call", "invite");
    caller.receive("SIP/2.0 100");
    String invite = bob.receive("INVITE sip:raw@127.0.0.1:" + bob.port() + " SIP/2.0");
    assertEquals(RawPeer.header(invite, "Max-Forwards"), "69");
    assertTrue(RawPeer.header(invite, "Record-Route").contains(":" + port() + ";"), invite);
    bob.respond(invite, "180 Ringing");
    caller.receive("SIP/2.0 180");
    bob.respond(invite, "200 OK");
    String ok = caller.receive("SIP/2.0 200");
    assertEquals(ok.lines().filter(line -> line.startsWith("Via:")).count(), 1, ok);
    String route = RawPeer.header(invite, "Record-Route");
    String to = RawPeer.header(ok, "To");
    caller.calling("sip:raw@127.0.0.1:" + bob.port());
    caller.request("ACK", "call", "ack", "To: " + to, "Route: " + route);
    String ack = bob.receive("ACK ");
    assertNull(RawPeer.header(ack, "Route"), ack);
    caller.request("BYE", "call", "bye", "To: " + to, "Route: " + route, "CSeq: 2 BYE");
    bob.respond(bob.receive("BYE "), "200 OK");
    assertEquals(RawPeer.header(caller.receive("SIP/2.0 200"), "CSeq"), "2 BYE");
    String said = proxy.stop();
    assertTrue(
        said.contains("2 requests forwarded, 1 registrations; 0 messages found no way, 0 problems"),
        said);
  }

  @Test
  public void all_contacts_ring_and_the_one_that_answers_ends_the_others() throws Exception {
    RawPeer desk = registered("bob");
    RawPeer mobile = registered("bob");
    caller.calling("sip:bob@example.com").request("INVITE", "fork", "invite");
    String atDesk = desk.receive("INVITE ");
    String atMobile = mobile.receive("INVITE ");
    mobile.respond(atMobile, "180 Ringing");
    caller.receive("SIP/2.0 180");
    desk.respond(atDesk, "200 OK");
    caller.receive("SIP/2.0 200");
    mobile.respond(mobile.receive("CANCEL "), "200 OK");
    mobile.respond(atMobile, "487 Request Terminated");
    mobile.receive("ACK ");
  }

  @Test
  public void the_best_of_all_refusals_goes_back() throws Exception {
    RawPeer desk = registered("bob");
    RawPeer mobile = registered("bob");
    caller.calling("sip:bob@example.com").request("INVITE", "refused", "invite");
    String atDesk = desk.receive("INVITE ");
    mobile.respond(mobile.receive("INVITE "), "503 Service Unavailable");
    mobile.receive("ACK ");
    desk.respond(atDesk, "486 Busy Here");
    desk.receive("ACK ");
    assertTrue(caller.receive("SIP/2.0 4").startsWith("SIP/2.0 486 "));
  }

  @Test
  public void a_call_that_was_given_up_is_cancelled_where_it_rings() throws Exception {
    RawPeer bob = registered("bob");
    caller.calling("sip:bob@example.com").request("INVITE", "given-up", "invite");
    String invite = bob.receive("INVITE ");
    bob.respond(invite, "180 Ringing");
    caller.receive("SIP/2.0 180");
    caller.request("CANCEL", "given-up", "invite");
    assertEquals(RawPeer.header(caller.receive("SIP/2.0 200"), "CSeq"), "1 CANCEL");
    bob.respond(bob.receive("CANCEL "), "200 OK");
    bob.respond(invite, "487 Request Terminated");
    bob.receive("ACK ");
    assertTrue(caller.receive("SIP/2.0 4").startsWith("SIP/2.0 487 "));
  }

  @Test
  public void a_call_leads_from_one_transport_to_another_and_back() throws Exception {
    try (RunningUas uas = new RunningUas("--max-calls", "1");
        RunningProxy between =
            new RunningProxy(
                "--route", "echo=sip:127.0.0.1:" + uas.port("tcp") + ";transport=tcp")) {
      caller.towards(between.port("udp")).calling("sip:echo@127.0.0.1:" + between.port("udp"));
      caller.request("INVITE", "through", "invite");
      String ok = caller.receive("SIP/2.0 200");
      List<String> routes =
          ok.lines()
              .filter(line -> line.startsWith("Record-Route:"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .flatMap(line -> List.of(line.split(",")).stream())
              .toList();
      assertEquals(routes.size(), 2, ok);
      assertTrue(routes.get(0).contains("transport=tcp"), ok);
      assertTrue(routes.get(1).contains("transport=udp"), ok);
      String contact = RawPeer.header(ok, "Contact").replaceAll("[<>]", "");
      String route = "Route: " + routes.get(1) + "," + routes.get(0);
      String to = "To: " + RawPeer.header(ok, "To");
      caller.calling(contact).request("ACK", "through", "ack", to, route);
      caller.request("BYE", "through", "bye", to, route, "CSeq: 2 BYE");
      assertEquals(RawPeer.header(caller.receive("SIP/2.0 200"), "CSeq"), "2 BYE");
      assertEquals(uas.exitCode(), 0);
      assertTrue(uas.screen.text().contains("1 calls: 1 completed"), uas.screen.text());
    }
  }

  @DataProvider
  public Object[][] refused() {
    return new Object[][] {
      {"sip:nobody@example.com", "Max-Forwards: 70", "404"},
      {"sip:bob@example.com", "Max-Forwards: 0", "483"},
      {"sip:bob@example.com", "Proxy-Require: teleport", "420"},
      {"tel:+358-555-1234567", "Max-Forwards: 70", "416"},
      {"sip:gone@127.0.0.1:1;transport=tcp", "Max-Forwards: 70", "500"},
    };
  }

  @Test(dataProvider = "refused")
  public void what_leads_nowhere_is_refused(String target, String header, String status)
      throws Exception {
    registered("bob");
    caller.calling(target).request("INVITE", "refused", "refused", header);
    String response = caller.receive("SIP/2.0 " + status);
    assertEquals(RawPeer.header(response, "Unsupported"), status.equals("420") ? "teleport" : null);
    caller.request("ACK", "refused", "refused", "To: " + RawPeer.header(response, "To"));
  }

  @Test
  public void the_proxy_itself_can_be_asked_whether_it_is_there() throws Exception {
    caller.calling("sip:example.com").request("OPTIONS", "there", "there");
    assertTrue(caller.receive("SIP/2.0").startsWith("SIP/2.0 200 "));
  }

  @Test
  public void a_registration_is_told_with_its_time_and_taken_back() throws Exception {
    RawPeer bob = registered("bob");
    proxy.screen.await("^bob is at sip:raw@127\\.0\\.0\\.1:" + bob.port() + " for 3600 s$");
    bob.request("REGISTER", "reg-bob", "again", "Expires: 60", "CSeq: 2 REGISTER", to("bob"));
    String renewed = bob.receive("SIP/2.0 200");
    assertTrue(RawPeer.header(renewed, "Contact").endsWith(">;expires=60"), renewed);
    bob.request("REGISTER", "reg-bob", "late", "Expires: 60", "CSeq: 1 REGISTER", to("bob"));
    bob.receive("SIP/2.0 500");
    String all = "Contact: *";
    bob.request("REGISTER", "reg-bob", "all", all, "CSeq: 3 REGISTER", to("bob"));
    bob.receive("SIP/2.0 400");
    bob.request("REGISTER", "reg-bob", "0", all, "Expires: 0", "CSeq: 4 REGISTER", to("bob"));
    assertNull(RawPeer.header(bob.receive("SIP/2.0 200"), "Contact"));
    caller.calling("sip:bob@example.com").request("OPTIONS", "nobody", "nobody");
    caller.receive("SIP/2.0 404");
  }

  /** A phone of a user that has registered. */
  private RawPeer registered(String user) throws Exception {
    RawPeer phone = peer().calling("sip:example.com");
    phone.request("REGISTER", "reg-" + user + peers.size(), "reg" + phone.port(), to(user));
    phone.receive("SIP/2.0 200");
    return phone;
  }

  private static String to(String user) {
    return "To: <sip:" + user + "@example.com>";
  }

  private RawPeer peer() throws Exception {
    RawPeer peer = new RawPeer().towards(port());
    peers.add(peer);
    return peer;
  }

  private int port() throws InterruptedException {
    return proxy.port("udp");
  }
}
