package io.sipwright.javax.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

/** Whole stacks over WebSockets: with each other, and with Java's own client as a browser. */
public class WebSocketCallsTest {
  private final List<Party> parties = new ArrayList<>();

  @AfterMethod
  public void end() {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
  }

  private Party party(String... settings) throws Exception {
    return partyAt("127.0.0.1", settings);
  }

  private Party partyAt(String address, String... settings) throws Exception {
    String name = Live.newName();
    for (int i = 0; ; i++) {
      SipStackImpl stack = new SipStackImpl(Live.properties(name, settings));
      Party party = new Party(name, address, Live.freePort(address), stack);
      try {
        party.listen("ws");
        parties.add(party);
        return party;
      } catch (InvalidArgumentException takenMeanwhile) {
        stack.stop();
        if (i == 20) {
          throw takenMeanwhile;
        }
      }
    }
  }

  /** What runs in a web page: has no address, and a name in .invalid in its place. */
  private static final class Page implements WebSocket.Listener, AutoCloseable {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    final String host;
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Page(Party server, String host) {
      this.host = host;
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .subprotocols("sip")
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port + "/"), this)
              .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      messages.add(UTF_8.decode(data).toString());
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.add(status);
      return null;
    }

    String request(String method, String callId, int cseq, String toTag) {
      return method
          + " sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/WS "
          + host
          + ";branch=z9hG4bK"
          + callId
          + cseq
          + method
          + "\r\n"
          + "Max-Forwards: 70\r\n"
          + "From: <sip:alice@example.com>;tag=a\r\n"
          + "To: <sip:bob@example.com>"
          + (toTag == null ? "" : ";tag=" + toTag)
          + "\r\nCall-ID: "
          + callId
          + "\r\nCSeq: "
          + cseq
          + " "
          + method
          + "\r\nContact: <sip:alice@"
          + host
          + ";transport=ws>\r\n\r\n";
    }

    void send(String message) {
      socket.sendText(message, true).join();
    }

    String message() throws InterruptedException {
      String message = messages.poll(20, TimeUnit.SECONDS);
      assertNotNull(message, "no message");
      return message;
    }

    static String line(String message, String name) {
      return message
          .lines()
          .filter(l -> l.startsWith(name + ":"))
          .findFirst()
          .orElseThrow()
          .substring(name.length() + 1)
          .strip();
    }

    /** The 200 to a request. */
    static String ok(String request) {
      StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
      for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
        response.append(name).append(": ").append(line(request, name)).append("\r\n");
      }
      return response.append("\r\n").toString();
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  private static String tag(String header) {
    return header.substring(header.indexOf(";tag=") + 5);
  }

  @Test
  public void requests_within_a_dialog_find_the_web_socket_of_a_page() throws Exception {
    Party bob = party();
    bob.answering("INVITE", 200).answering("REGISTER", 200);
    try (Page page = new Page(bob, "df7jal23ls0d.invalid");
        Page other = new Page(bob, "other.invalid")) {
      other.send(other.request("REGISTER", "o", 1, null));
      assertTrue(other.message().startsWith("SIP/2.0 200 "));
      page.send(page.request("INVITE", "c1", 1, null));
      String ok = page.message();
      assertTrue(ok.startsWith("SIP/2.0 200 "), ok);
      page.send(page.request("ACK", "c1", 1, tag(Page.line(ok, "To"))));
      Live.await("the ACK", () -> bob.heard().contains("ACK"));
      Dialog dialog = bob.lastServerTransaction().getDialog();
      ClientTransaction bye = bob.provider().getNewClientTransaction(dialog.createRequest("BYE"));
      dialog.sendRequest(bye);
      String arrived = page.message();
      assertTrue(
          arrived.startsWith("BYE sip:alice@df7jal23ls0d.invalid;transport=ws SIP/2.0"), arrived);
      assertTrue(Page.line(arrived, "Via").startsWith("SIP/2.0/WS 127.0.0.1:" + bob.port));
      page.send(Page.ok(arrived));
      Live.await("the answer", () -> bob.heard().contains("200 BYE"));
      assertTrue(other.messages.isEmpty());
    }
  }

  @Test
  public void registered_page_is_called_until_its_web_socket_is_closed() throws Exception {
    Party bob = party();
    bob.answering("REGISTER", 200);
    String uri = "sip:alice@x1.invalid;transport=ws";
    try (Page page = new Page(bob, "x1.invalid")) {
      page.send(page.request("REGISTER", "r", 1, null));
      assertTrue(page.message().startsWith("SIP/2.0 200 "));
      bob.send(bob.request("OPTIONS", uri, "ws"));
      String arrived = page.message();
      assertTrue(arrived.startsWith("OPTIONS " + uri), arrived);
      page.send(Page.ok(arrived));
      Live.await("the answer", () -> bob.heard().contains("200 OPTIONS"));
    }
    Live.await(
        "the end of the WebSocket", () -> bob.stack.core().webSocketTo("x1.invalid") == null);
    bob.send(bob.request("OPTIONS", uri, "ws"));
    Live.await("the failure", () -> bob.heard().contains("I/O error"));
  }

  @Test
  public void host_of_a_page_is_not_given_to_another_address_while_it_is_connected()
      throws Exception {
    Party bob = party().answering("REGISTER", 200);
    Party mallory = partyAt("127.0.0.2").answering("OPTIONS", 200);
    ListeningPointImpl point = mallory.provider().getListeningPoint("ws");
    point.setSentBy("x1.invalid");
    try (Page page = new Page(bob, "x1.invalid")) {
      page.send(page.request("REGISTER", "r1", 1, null));
      page.message();
      claim(mallory, point, bob);
      bob.send(bob.request("OPTIONS", "sip:alice@x1.invalid;transport=ws", "ws"));
      assertTrue(page.message().startsWith("OPTIONS"));
    }
    Live.await("the end of the page", () -> bob.stack.core().webSocketTo("x1.invalid") == null);
    claim(mallory, point, bob);
    bob.send(bob.request("OPTIONS", "sip:alice@x1.invalid;transport=ws", "ws"));
    Live.await("the request", () -> mallory.heard().contains("OPTIONS"));
    assertEquals(mallory.heard(), List.of("200 REGISTER", "200 REGISTER", "OPTIONS"));
  }

  /** Says that a host is its own, and waits for the answer. */
  private static void claim(Party who, ListeningPointImpl point, Party server) throws Exception {
    int before = who.heard().size();
    Request register = who.request("REGISTER", Party.uri(server, "transport=ws"), "ws");
    register.setHeader(point.createViaHeader());
    register.setHeader(point.createContactHeader());
    who.send(register);
    Live.await("the answer", () -> who.heard().size() > before);
  }

  @Test
  public void page_that_reconnects_from_the_same_address_takes_its_host_along() throws Exception {
    Party bob = party();
    bob.answering("REGISTER", 200);
    try (Page page = new Page(bob, "x2.invalid");
        Page again = new Page(bob, "x2.invalid")) {
      page.send(page.request("REGISTER", "r1", 1, null));
      page.message();
      again.send(again.request("REGISTER", "r2", 1, null));
      again.message();
      // From the same address it's the page after a reconnection.
      bob.send(bob.request("OPTIONS", "sip:alice@x2.invalid;transport=ws", "ws"));
      assertTrue(again.message().startsWith("OPTIONS"));
      assertTrue(page.messages.isEmpty());
    }
  }

  @Test
  public void response_to_a_page_that_is_gone_fails_at_once() throws Exception {
    Party bob = party();
    try (Page page = new Page(bob, "x3.invalid")) {
      page.send(page.request("INFO", "i", 1, null));
      Live.await("the request", () -> bob.heard().contains("INFO"));
    }
    Live.await(
        "the end of the WebSocket", () -> bob.stack.core().webSocketTo("x3.invalid") == null);
    ServerTransaction transaction = Party.transaction(bob.lastRequest());
    SipException e = expectThrows(SipException.class, () -> bob.respond(transaction, 200));
    assertTrue(e.getMessage().contains("WebSocket of the request is closed"), e.getMessage());
  }

  @Test
  public void stacks_call_each_other_and_the_caller_is_reached_by_a_name_in_invalid()
      throws Exception {
    Party alice = party().acknowledging();
    alice.answering("BYE", 200);
    Party bob = party();
    ListeningPointImpl point = alice.provider().getListeningPoint("ws");
    point.setSentBy("alice7x.invalid");
    AtomicReference<ServerTransaction> answered = new AtomicReference<>();
    bob.on(
        "INVITE",
        event -> {
          Response ok = bob.response(200, event.getRequest());
          ok.setHeader(bob.provider().getListeningPoint("ws").createContactHeader());
          ServerTransaction transaction = Party.transaction(event);
          answered.set(transaction);
          transaction.sendResponse(ok);
        });
    Request invite = alice.request("INVITE", Party.uri(bob, "transport=ws"), "ws");
    invite.setHeader(point.createContactHeader());
    alice.send(invite);
    Live.await("the ACK", () -> bob.heard().contains("ACK"));
    Dialog dialog = answered.get().getDialog();
    bob.send(dialog, "BYE");
    Live.await("the answer", () -> bob.heard().contains("200 BYE"));
    assertEquals(
        bob.requests.get(0).getRequest().getHeader("Via").toString().split(";")[0].strip(),
        "Via: SIP/2.0/WS alice7x.invalid");
  }

  @Test
  public void host_in_invalid_that_nobody_has_is_no_way() throws Exception {
    Party bob = party();
    try {
      bob.send(bob.request("OPTIONS", "sip:alice@nobody.invalid;transport=ws", "ws"));
      Live.await("the failure", () -> bob.heard().contains("I/O error"));
    } catch (TransactionUnavailableException e) {
      assertNotNull(e.getMessage());
    }
    assertFalse(bob.heard().contains("200 OPTIONS"));
  }
}
