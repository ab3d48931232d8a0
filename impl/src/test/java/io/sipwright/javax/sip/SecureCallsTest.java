package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Whole stacks that talk over TLS, on real sockets. */
public class SecureCallsTest {
  private static final String PASSWORD = "secret";

  private Path folder;
  private TestCa ca;
  private final List<Party> parties = new ArrayList<>();

  @BeforeMethod
  public void makeFolder() throws Exception {
    folder = Files.createTempDirectory("sipwright-calls");
    ca = TestCa.root("Test CA");
    ca.pem(folder.resolve("ca.pem"));
  }

  @AfterMethod
  public void end() throws Exception {
    parties.forEach(party -> party.stack.stop());
    parties.forEach(Party::assertNothingFailed);
    parties.clear();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Party party(String transport, String... settings) throws Exception {
    String name = Live.newName();
    for (int i = 0; ; i++) {
      SipStackImpl stack = new SipStackImpl(Live.properties(name, settings));
      Party party = new Party(name, "127.0.0.1", Live.freePort("127.0.0.1"), stack);
      try {
        party.listen(transport);
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

  /** A party with a certificate for localhost and 127.0.0.1, in a store as old programs have it. */
  private Party secure(String storeType) throws Exception {
    TestCa.Identity identity =
        ca.issue(TestCa.wish("localhost").dns("localhost").ip("127.0.0.1").rsa());
    Path store = identity.store(folder.resolve(Live.newName() + ".ks"), storeType, PASSWORD);
    return party(
        "tls",
        "javax.net.ssl.keyStore",
        store.toString(),
        "javax.net.ssl.keyStorePassword",
        PASSWORD,
        "io.sipwright.TLS_TRUSTED_CERTIFICATES",
        folder.resolve("ca.pem").toString());
  }

  private static Request invite(Party from, String uri) throws Exception {
    Request invite = from.request("INVITE", uri, "tls");
    invite.setHeader(contact(from));
    return invite;
  }

  private static javax.sip.header.ContactHeader contact(Party of) throws Exception {
    return Party.HEADERS.createContactHeader(
        Party.ADDRESSES.createAddress(
            Party.ADDRESSES.createURI("sips:" + of.name + "@127.0.0.1:" + of.port)));
  }

  @Test
  public void a_call_goes_over_tls_from_its_invite_to_its_bye() throws Exception {
    Party alice = secure("PKCS12").acknowledging();
    Party bob = secure("JKS");
    AtomicReference<ServerTransaction> answered = new AtomicReference<>();
    bob.on(
        "INVITE",
        event -> {
          ServerTransaction transaction = Party.transaction(event);
          answered.set(transaction);
          Response ok = bob.response(200, event.getRequest());
          ok.setHeader(contact(bob));
          transaction.sendResponse(ok);
        });
    alice.answering("BYE", 200);
    ClientTransaction invite = alice.send(invite(alice, "sips:bob@localhost:" + bob.port));
    Live.await("the ACK", () -> bob.heard().contains("ACK"));

    Request arrived = bob.requests.get(0).getRequest();
    assertEquals(((ViaHeader) arrived.getHeader("Via")).getTransport(), "TLS");
    TlsSession session = ((SecureTransaction) invite).getTlsSession();
    assertNotNull(session);
    assertEquals(session.peerDomains(), List.of("localhost"));
    SecureTransaction server = (SecureTransaction) answered.get();
    assertTrue(server.isSecure());
    assertEquals(server.getTlsSession().cipherSuite(), session.cipherSuite());

    Dialog dialog = answered.get().getDialog();
    assertTrue(dialog.isSecure());
    Request bye = dialog.createRequest("BYE");
    dialog.sendRequest(bob.provider().getNewClientTransaction(bye));
    Live.await("the answer to BYE", () -> bob.heard().contains("200 BYE"));
    assertEquals(alice.heard(), List.of("200 INVITE", "BYE"));
  }

  @Test
  public void server_that_is_not_the_one_asked_for_gets_no_request() throws Exception {
    Party alice = secure("PKCS12");
    TestCa.Identity other = ca.issue(TestCa.wish("x").dns("elsewhere.example.com"));
    Path pem = other.pem(folder.resolve("other.pem"));
    Party mallory = party("tls", "io.sipwright.TLS_CERTIFICATES", pem.toString());
    alice.send(alice.request("OPTIONS", "sips:bob@localhost:" + mallory.port, "tls"));
    Live.await("the failure", () -> alice.ioExceptions.size() == 1);
    assertEquals(alice.ioExceptions.get(0).getTransport(), "tls");
    assertEquals(mallory.heard(), List.of());
  }

  @Test
  public void sips_never_goes_over_a_plain_transport() throws Exception {
    Party alice = party("tcp");
    Party bob = party("tcp");
    SipException e =
        expectThrows(
            SipException.class,
            () ->
                alice.send(
                    alice.request(
                        "OPTIONS", "sips:bob@127.0.0.1:" + bob.port + ";transport=tcp", "tcp")));
    assertTrue(e.getMessage().contains("tls"), e.getMessage());
    assertEquals(bob.heard(), List.of());
  }

  /** Leads everything to one place, over TCP. */
  public static final class Careless implements javax.sip.address.Router {
    static volatile int port;

    @SuppressWarnings("unused") // as JAIN prescribes it
    public Careless(javax.sip.SipStack stack, String proxy) {}

    @Override
    public javax.sip.address.Hop getOutboundProxy() {
      return null;
    }

    @Override
    public javax.sip.address.Hop getNextHop(Request request) {
      return new io.sipwright.locator.HopAddress(
          new io.sipwright.locator.Target("127.0.0.1", port, "tcp"));
    }

    @Override
    public java.util.ListIterator<?> getNextHops(Request request) {
      return null;
    }
  }

  @Test
  public void sips_goes_over_no_plain_transport_even_if_a_router_says_so() throws Exception {
    Party alice = party("tcp", "javax.sip.ROUTER_PATH", Careless.class.getName());
    Party bob = party("tcp");
    Careless.port = bob.port;
    SipException e =
        expectThrows(
            SipException.class,
            () -> alice.send(alice.request("OPTIONS", "sips:bob@localhost", "tcp")));
    assertTrue(e.getMessage().contains("must go over TLS"), e.getMessage());
    Request routed = alice.request("OPTIONS", "sip:bob@localhost", "tcp");
    routed.addHeader(
        Party.HEADERS.createRouteHeader(
            Party.ADDRESSES.createAddress(Party.ADDRESSES.createURI("sips:p.example.com;lr"))));
    assertTrue(
        expectThrows(SipException.class, () -> alice.send(routed))
            .getMessage()
            .contains("sips:p.example.com"));
    assertEquals(bob.heard(), List.of());
  }

  @Test
  public void via_and_contact_of_a_listening_point_say_tls() throws Exception {
    Party bob = party("tls");
    ListeningPointImpl point = bob.provider().getListeningPoint("TLS");
    assertEquals(point.getTransport(), ListeningPoint.TLS.toLowerCase(java.util.Locale.ROOT));
    assertTrue(point.createViaHeader().toString().startsWith("Via: SIP/2.0/TLS 127.0.0.1:"));
    assertTrue(point.createContactHeader().toString().contains(";transport=tls"));
    assertFalse(point.isNamedBy("127.0.0.1", -1));
  }

  @Test
  public void keys_are_read_again_when_the_program_asks() throws Exception {
    Path pem = folder.resolve("bob.pem");
    ca.issue(TestCa.wish("old").dns("localhost")).pem(pem);
    Party bob =
        party(
                "tls",
                "io.sipwright.TLS_CERTIFICATES",
                pem.toString(),
                "io.sipwright.TLS_RELOAD_SECONDS",
                "0")
            .answering("OPTIONS", 200);
    Files.delete(pem);
    SipException e = expectThrows(SipException.class, bob.stack::reloadKeys);
    assertTrue(e.getMessage().contains("there is no such file"), e.getMessage());
    TestCa.Identity renewed = ca.issue(TestCa.wish("new").dns("localhost"));
    renewed.pem(pem);
    bob.stack.reloadKeys();
    Party alice = secure("PKCS12");
    ClientTransaction options =
        alice.send(alice.request("OPTIONS", "sips:bob@localhost:" + bob.port, "tls"));
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertEquals(((SecureTransaction) options).getTlsSession().peerCertificates(), renewed.chain());
  }

  @Test
  public void listening_point_with_unreadable_keys_is_refused_with_the_file() throws Exception {
    Properties properties =
        Live.properties(
            Live.newName(), "io.sipwright.TLS_CERTIFICATES", folder.resolve("none.pem").toString());
    SipStackImpl stack = new SipStackImpl(properties);
    InvalidArgumentException e =
        expectThrows(
            InvalidArgumentException.class,
            () -> stack.createListeningPoint("127.0.0.1", Live.freePort("127.0.0.1"), "tls"));
    assertTrue(e.getMessage().contains("none.pem"), e.getMessage());
    assertEquals(Live.threadsOf(stack.getStackName()), List.of());
  }

  @Test
  public void policy_that_can_not_be_made_is_told_when_the_stack_is() {
    Properties properties =
        Live.properties(Live.newName(), "io.sipwright.CONNECTION_POLICY", "java.lang.String");
    PeerUnavailableException e =
        expectThrows(PeerUnavailableException.class, () -> new SipStackImpl(properties));
    assertTrue(e.getMessage().contains("ConnectionPolicy"), e.getMessage());
  }

  @Test
  public void plain_transactions_have_no_tls_session() throws Exception {
    Party alice = party("tcp");
    Party bob = party("tcp").answering("OPTIONS", 200);
    ClientTransaction options =
        alice.send(alice.request("OPTIONS", Party.uri(bob, "transport=tcp"), "tcp"));
    Live.await("an answer", () -> alice.responses.size() == 1);
    assertNull(((SecureTransaction) options).getTlsSession());
    assertFalse(((SecureTransaction) bob.lastServerTransaction()).isSecure());
  }
}
