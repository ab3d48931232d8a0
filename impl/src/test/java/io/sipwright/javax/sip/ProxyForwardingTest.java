package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.proxy.LoopDetection;
import java.util.List;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.Test;

/**
 * Proxies over JAIN SIP with automatic dialogs off (RFC 3261 §16): what goes through with
 * transactions and without, and how loops are found.
 */
public class ProxyForwardingTest {
  private static final String[] OFF = {"javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"};

  private Party alice;
  private Party proxy;
  private Party bob;

  private void parties(Calls calls) throws Exception {
    alice = calls.party("alice");
    proxy = calls.party("proxy", OFF);
    bob = calls.party("bob").answering("BYE", 200);
  }

  private Request viaProxy(String method) throws Exception {
    Request request = alice.request(method, bob);
    request.addHeader(Party.HEADERS.createHeader("Route", "<sip:10.0.0.2:5060;lr>"));
    return request;
  }

  /** The copy that goes on: our Route taken off, our Via put on. */
  private Request forward(Request request, String branch) throws Exception {
    Request forward = (Request) request.clone();
    forward.removeFirst("Route");
    forward.addFirst(Party.HEADERS.createViaHeader(proxy.host(), proxy.port, "udp", branch));
    return forward;
  }

  private static Response back(Response response) {
    Response back = (Response) response.clone();
    back.removeFirst(ViaHeader.NAME);
    return back;
  }

  /** Forwards INVITEs statefully, CANCELs to their INVITEs, and ACKs statelessly. */
  private void stateful() {
    proxy.on(
        "INVITE",
        event -> {
          ServerTransaction server = Party.transaction(event);
          ClientTransaction client =
              proxy.provider().getNewClientTransaction(forward(event.getRequest(), null));
          server.setApplicationData(client);
          client.setApplicationData(server);
          client.sendRequest();
        });
    proxy.on(
        "CANCEL",
        event -> {
          ServerTransaction cancel = event.getServerTransaction();
          cancel.sendResponse(Party.MESSAGES.createResponse(200, event.getRequest()));
          ServerTransaction invite =
              ((io.sipwright.ext.ExtendedServerTransaction) cancel).getCanceledInviteTransaction();
          ClientTransaction client = (ClientTransaction) invite.getApplicationData();
          proxy.send(client.createCancel());
        });
    proxy.on("ACK", event -> proxy.provider().sendRequest(forward(event.getRequest(), null)));
    for (int status : new int[] {180, 200, 487}) {
      proxy.on(
          status,
          event -> {
            if (!Calls.summary(event.getResponse().toString()).endsWith("CANCEL")) {
              ServerTransaction server =
                  (ServerTransaction) event.getClientTransaction().getApplicationData();
              server.sendResponse(back(event.getResponse()));
            }
          });
    }
  }

  @Test
  public void the_ack_to_a_2xx_goes_through_without_transaction() throws Exception {
    try (Calls calls = new Calls()) {
      parties(calls);
      stateful();
      bob.answering("INVITE", 180, 200);
      alice.on(
          200,
          event -> {
            Request ack = event.getDialog().createAck(1);
            ack.addHeader(Party.HEADERS.createHeader("Route", "<sip:10.0.0.2:5060;lr>"));
            event.getDialog().sendAck(ack);
          });
      alice.send(viaProxy("INVITE"));
      calls.run(100);
      assertEquals(alice.heard(), List.of("180 INVITE", "200 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "ACK"));
      assertEquals(proxy.lastRequest().getServerTransaction(), null);
      calls.runToTheEnd();
      assertEquals(calls.texts("bob>proxy 200 INVITE").size(), 1);
    }
  }

  @Test
  public void a_cancel_goes_hop_by_hop() throws Exception {
    try (Calls calls = new Calls()) {
      parties(calls);
      stateful();
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction invite = Party.transaction(event);
            bob.respond(invite, 180);
            bob.on(
                "CANCEL",
                cancel -> {
                  bob.respond(cancel.getServerTransaction(), 200);
                  bob.respond(invite, 487);
                });
          });
      ClientTransaction invite = alice.send(viaProxy("INVITE"));
      calls.run(100);
      Request cancel = invite.createCancel();
      alice.send(cancel);
      calls.run(100);
      assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
      assertEquals(calls.texts("proxy>bob ACK").size(), 1, "by the proxy's transaction");
      assertEquals(calls.texts("alice>proxy ACK").size(), 1);
    }
  }

  /** A branch that's the same for INVITE, CANCEL and ACK to a refusal (RFC 3261 §16.11). */
  private static String branchOf(Request request) {
    ViaHeader via = (ViaHeader) request.getHeader(ViaHeader.NAME);
    return via.getBranch() + "-p";
  }

  @Test
  public void a_stateless_proxy_forwards_invite_cancel_and_acks_alike() throws Exception {
    try (Calls calls = new Calls()) {
      parties(calls);
      for (String method : List.of("INVITE", "CANCEL", "ACK")) {
        proxy.on(
            method,
            event ->
                proxy
                    .provider()
                    .sendRequest(forward(event.getRequest(), branchOf(event.getRequest()))));
      }
      for (int status : new int[] {180, 200, 487}) {
        proxy.on(status, event -> proxy.provider().sendResponse(back(event.getResponse())));
      }
      bob.on(
          "INVITE",
          event -> {
            ServerTransaction invite = Party.transaction(event);
            bob.respond(invite, 180);
            bob.on(
                "CANCEL",
                cancel -> {
                  bob.respond(cancel.getServerTransaction(), 200);
                  bob.respond(invite, 487);
                });
          });
      ClientTransaction invite = alice.send(viaProxy("INVITE"));
      calls.run(100);
      alice.send(invite.createCancel());
      calls.run(100);
      assertEquals(alice.heard(), List.of("180 INVITE", "200 CANCEL", "487 INVITE"));
      assertEquals(bob.heard(), List.of("INVITE", "CANCEL"));
      assertEquals(calls.texts("proxy>bob ACK").size(), 1, "alice's, passed on");
      calls.run(40_000);
      assertEquals(calls.texts("bob>proxy 487 INVITE").size(), 1, "the ACK was matched");
      assertEquals((int) proxy.stack.statistics().get("serverTransactions"), 0);
      assertEquals(bob.timeouts, List.of());
    }
  }

  @Test
  public void a_loop_between_two_proxies_is_answered_482() throws Exception {
    try (Calls calls = new Calls()) {
      alice = calls.party("alice");
      Party one = calls.party("one", OFF);
      Party two = calls.party("two", OFF);
      looping(one, two);
      looping(two, one);
      alice.send(alice.request("MESSAGE", "sip:nobody@10.0.0.2:5060", "udp"));
      calls.run(1000);
      assertEquals(alice.heard(), List.of("482 MESSAGE"));
      assertEquals(one.heard().stream().filter("MESSAGE"::equals).count(), 2);
      assertTrue(two.heard().contains("MESSAGE"));
    }
  }

  private static void looping(Party proxy, Party next) {
    LoopDetection loops = new LoopDetection(Set.of(proxy.host() + ":" + proxy.port));
    String way = "<sip:" + next.host() + ":" + next.port + ";lr>";
    proxy.on("MESSAGE", event -> forwardOrRefuse(proxy, loops, way, event));
    proxy.on(
        482,
        event -> {
          ServerTransaction server =
              (ServerTransaction) event.getClientTransaction().getApplicationData();
          server.sendResponse(back(event.getResponse()));
        });
  }

  private static void forwardOrRefuse(
      Party proxy, LoopDetection loops, String way, RequestEvent event) throws Exception {
    ServerTransaction server = Party.transaction(event);
    Request request = event.getRequest();
    request.removeFirst("Route"); // that led here
    if (loops.check(request) == LoopDetection.Verdict.LOOP) {
      server.sendResponse(Party.MESSAGES.createResponse(482, request));
      return;
    }
    Request forward = (Request) request.clone();
    forward.addFirst(
        Party.HEADERS.createViaHeader(proxy.host(), proxy.port, "udp", loops.branch(request)));
    forward.addHeader(Party.HEADERS.createHeader("Route", way));
    ClientTransaction client = proxy.provider().getNewClientTransaction(forward);
    client.setApplicationData(server);
    assertSame(client.getRequest().getMethod(), "MESSAGE");
    client.sendRequest();
  }
}
