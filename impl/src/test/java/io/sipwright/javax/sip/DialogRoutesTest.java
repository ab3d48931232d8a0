package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Route sets of dialogs, loose and strict, from both ends (RFC 3261 §12.1, §12.2.1.1). */
public class DialogRoutesTest {
  /** The proxies are one wire end, 10.0.0.2, with two names; the peer's Contact leads elsewhere. */
  private static final String LOOSE_1 = "<sip:one@10.0.0.2:5060;lr>";

  private static final String LOOSE_2 = "<sip:two@10.0.0.2:5060;lr>";
  private static final String STRICT_1 = "<sip:one@10.0.0.2:5060>";
  private static final String TARGET = "sip:peer@10.0.0.9:5060";

  private static List<String> routesOf(Dialog dialog) {
    List<String> routes = new ArrayList<>();
    for (Iterator<?> all = dialog.getRouteSet(); all.hasNext(); ) {
      routes.add(((RouteHeader) all.next()).getAddress().toString().strip());
    }
    return routes;
  }

  private static List<String> headers(String message, String name) {
    List<String> values = new ArrayList<>();
    for (String line : message.split("\r\n")) {
      if (line.startsWith(name + ": ")) {
        for (String value : line.substring(name.length() + 2).split(",")) {
          values.add(value.strip());
        }
      }
    }
    return values;
  }

  @DataProvider
  public Object[][] routes() {
    return new Object[][] {
      {LOOSE_1, TARGET, List.of(LOOSE_1, LOOSE_2)},
      {STRICT_1, "sip:one@10.0.0.2:5060", List.of(LOOSE_2, "<" + TARGET + ">")},
    };
  }

  @Test(dataProvider = "routes")
  public void as_caller_the_record_routes_of_the_response_are_reversed(
      String first, String requestUri, List<String> routes) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      WireEnd proxy = calls.wireEnd("proxy", "udp");
      Dialog dialog =
          alice.send(alice.request("INVITE", "sip:bob@10.0.0.2:5060", "udp")).getDialog();
      calls.run(10);
      proxy.send(
          "alice",
          WireEnd.response(
              200,
              proxy.got.get(0),
              "Record-Route: " + LOOSE_2,
              "Record-Route: " + first,
              "Contact: <" + TARGET + ">"));
      calls.run(10);
      assertEquals(routesOf(dialog), List.of(first, LOOSE_2));
      alice.send(dialog, "BYE");
      calls.run(10);
      assertEquals(proxy.heard(), List.of("INVITE", "ACK", "BYE"));
      for (String message : proxy.got.subList(1, 3)) {
        assertTrue(message.split(" ")[1].equals(requestUri), message);
        assertEquals(headers(message, "Route"), routes);
      }
    }
  }

  @Test(dataProvider = "routes")
  public void as_callee_the_record_routes_of_the_request_are_taken_in_order(
      String first, String requestUri, List<String> routes) throws Exception {
    try (Calls calls = new Calls()) {
      Party bob = calls.party("bob").answering("INVITE", 180, 200);
      WireEnd proxy = calls.wireEnd("proxy", "udp");
      proxy.send(
          "bob",
          WireEnd.request(
              "INVITE",
              "bob",
              1,
              "Record-Route: " + first + ", " + LOOSE_2,
              "Contact: <" + TARGET + ">"));
      calls.run(10);
      assertEquals(headers(proxy.got.get(0), "Record-Route"), List.of(first, LOOSE_2));
      assertEquals(headers(proxy.got.get(1), "Record-Route"), List.of(first, LOOSE_2));
      Dialog dialog = bob.stack.dialogs().all().iterator().next();
      assertEquals(routesOf(dialog), List.of(first, LOOSE_2));
      proxy.send("bob", ack(proxy.got.get(1)));
      bob.send(dialog, "INFO");
      calls.run(10);
      String info = proxy.last();
      assertTrue(info.startsWith("INFO " + requestUri + " "), info);
      assertEquals(headers(info, "Route"), routes);
      assertEquals(Calls.header(info, "To"), "<sip:wire@test>;tag=wire");
    }
  }

  private static String ack(String ok) {
    return WireEnd.request("ACK", "bob", 1)
        .replace("z9hG4bKwire1", "z9hG4bKack")
        .replace("To: <sip:bob@test>", "To: " + Calls.header(ok, "To"));
  }

  @Test
  public void the_bye_for_a_missing_ack_goes_by_a_strict_router_too() throws Exception {
    try (Calls calls = new Calls()) {
      calls.party("bob").answering("INVITE", 200);
      WireEnd proxy = calls.wireEnd("proxy", "udp");
      proxy.send(
          "bob",
          WireEnd.request(
              "INVITE", "bob", 1, "Record-Route: " + STRICT_1, "Contact: <" + TARGET + ">"));
      calls.run(32_100);
      assertTrue(proxy.last().startsWith("BYE sip:one@10.0.0.2:5060 "), proxy.last());
      assertEquals(headers(proxy.last(), "Route"), List.of("<" + TARGET + ">"));
    }
  }

  @Test
  public void the_2xx_makes_the_route_set_anew_and_a_reinvite_leaves_it() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      WireEnd proxy = calls.wireEnd("proxy", "udp");
      Dialog dialog =
          alice.send(alice.request("INVITE", "sip:bob@10.0.0.2:5060", "udp")).getDialog();
      calls.run(10);
      String contact = "Contact: <sip:peer@10.0.0.2:5060>";
      String invite = proxy.got.get(0);
      proxy.send("alice", WireEnd.response(180, invite, "Record-Route: " + LOOSE_1, contact));
      calls.run(10);
      assertEquals(routesOf(dialog), List.of(LOOSE_1));
      proxy.send("alice", WireEnd.response(200, invite, "Record-Route: " + LOOSE_2, contact));
      calls.run(10);
      assertEquals(routesOf(dialog), List.of(LOOSE_2));
      alice.send(dialog, "INVITE");
      calls.run(10);
      proxy.send(
          "alice",
          WireEnd.response(
              200, proxy.last(), "Record-Route: " + LOOSE_1, "Contact: <sip:new@10.0.0.2>"));
      calls.run(10);
      assertEquals(routesOf(dialog), List.of(LOOSE_2));
      assertEquals(dialog.getRemoteTarget().getURI().toString(), "sip:new@10.0.0.2");
    }
  }

  @Test
  public void routes_that_the_program_puts_in_stay() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      WireEnd proxy = calls.wireEnd("proxy", "udp");
      Dialog dialog =
          alice.send(alice.request("INVITE", "sip:bob@10.0.0.2:5060", "udp")).getDialog();
      calls.run(10);
      proxy.send(
          "alice",
          WireEnd.response(
              200, proxy.last(), "Record-Route: " + LOOSE_1, "Contact: <" + TARGET + ">"));
      calls.run(10);
      Request own = dialog.createRequest("INFO");
      own.removeHeader("Route");
      own.addHeader(Party.HEADERS.createRouteHeader(Party.ADDRESSES.createAddress(LOOSE_2)));
      dialog.sendRequest(alice.provider().getNewClientTransaction(own));
      Request bare = dialog.createRequest("OPTIONS");
      bare.removeHeader("Route");
      dialog.sendRequest(alice.provider().getNewClientTransaction(bare));
      calls.run(10);
      assertEquals(headers(proxy.got.get(2), "Route"), List.of(LOOSE_2));
      assertEquals(headers(proxy.got.get(3), "Route"), List.of(LOOSE_1), "the dialog's, if none");
    }
  }

  @Test
  public void a_top_route_that_names_the_own_listening_point_is_taken_off_within_a_dialog()
      throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice").acknowledging();
      Party bob = calls.party("bob").answering("INVITE", 200).answering("INFO", 200);
      Dialog dialog = alice.send(alice.request("INVITE", bob)).getDialog();
      calls.run();
      Request info = dialog.createRequest("INFO");
      for (String route : List.of("<sip:10.0.0.2:5060;lr>", "<sip:10.0.0.7:5060>")) {
        info.addHeader(Party.HEADERS.createRouteHeader(Party.ADDRESSES.createAddress(route)));
      }
      dialog.sendRequest(alice.provider().getNewClientTransaction(info));
      calls.run();
      assertEquals(
          headers(bob.lastRequest().getRequest().toString(), "Route"),
          List.of("<sip:10.0.0.7:5060>"));
    }
  }
}
