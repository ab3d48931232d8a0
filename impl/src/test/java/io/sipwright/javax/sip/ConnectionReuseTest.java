package io.sipwright.javax.sip;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.tls.TestCa;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Two stacks that call each other over one connection (RFC 5923). */
public class ConnectionReuseTest {
  private static final String KEY = "io.sipwright.CONNECTION_REUSE";

  private static Flow arrival(Party party) {
    return (Flow) ((SipMessage) party.lastRequest().getRequest()).attachment();
  }

  private static boolean offers(Party party) {
    return Calls.header(party.lastRequest().getRequest().toString(), "Via").contains(";alias");
  }

  private static void options(Calls calls, Party from, Party to) throws Exception {
    from.send(from.request("OPTIONS", Party.uri(to, "transport=tcp"), "tcp"));
    calls.run();
  }

  @DataProvider
  public static Object[][] settings() {
    return new Object[][] {{"tcp", "tcp", true}, {"tls", "tcp", false}, {"tcp", "tls", false}};
  }

  @Test(dataProvider = "settings")
  public void other_side_calls_back_over_the_connection_if_both_want_to(
      String one, String other, boolean reused) throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", KEY, one).answering("OPTIONS", 200);
      Party bob = calls.party("bob", KEY, other).answering("OPTIONS", 200);
      options(calls, alice, bob);
      assertEquals(offers(bob), one.equals("tcp"));
      InetSocketAddress opened = arrival(bob).remote();
      options(calls, bob, alice);
      assertEquals(arrival(alice).local().equals(opened), reused);
      assertEquals(alice.heard().size() + bob.heard().size(), 4);
    }
  }

  @Test
  public void connection_that_has_ended_is_replaced() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", KEY, "tcp").answering("OPTIONS", 200);
      Party bob = calls.party("bob", KEY, "tcp").answering("OPTIONS", 200);
      options(calls, alice, bob);
      Flow first = arrival(bob);
      calls.network.close(first);
      calls.run();
      options(calls, bob, alice);
      assertNotEquals(arrival(alice).local(), first.remote());
      assertEquals(alice.lastRequest().getRequest().getMethod(), "OPTIONS");
    }
  }

  @Test
  public void request_of_another_transport_offers_nothing() throws Exception {
    try (Calls calls = new Calls()) {
      Party alice = calls.party("alice", KEY, "tcp");
      Party bob = calls.party("bob", KEY, "tcp").answering("OPTIONS", 200);
      alice.send(alice.request("OPTIONS", bob));
      calls.run();
      assertEquals(bob.heard().size(), 1);
      assertTrue(!offers(bob));
    }
  }

  /** RFC 5923 §8.1: bob's certificate is for both of his names. */
  @Test
  public void domains_of_one_server_share_a_connection_if_the_property_says_so() throws Exception {
    Path folder = Files.createTempDirectory("sipwright-reuse");
    TestCa ca = TestCa.root("Test CA");
    ca.pem(folder.resolve("ca.pem"));
    Party bob = secure(folder, ca, "bob").answering("OPTIONS", 200);
    try {
      for (String reuse : List.of("tls", "tcp")) {
        Party alice = secure(folder, ca, "alice", reuse);
        alice.send(alice.request("OPTIONS", "sips:bob@localhost:" + bob.port, "tls"));
        Live.await("the answer", () -> alice.heard().size() == 1);
        InetSocketAddress first = arrival(bob).remote();
        alice.send(alice.request("OPTIONS", "sips:bob@127.0.0.1:" + bob.port, "tls"));
        Live.await("the answer", () -> alice.heard().size() == 2);
        assertEquals(alice.heard(), List.of("200 OPTIONS", "200 OPTIONS"));
        assertEquals(arrival(bob).remote().equals(first), reuse.equals("tls"));
        alice.stack.stop();
      }
    } finally {
      bob.stack.stop();
      delete(folder);
    }
  }

  @Test
  public void tls_connection_carries_both_ways_what_is_for_its_certificates() throws Exception {
    Path folder = Files.createTempDirectory("sipwright-reuse");
    TestCa ca = TestCa.root("Test CA");
    ca.pem(folder.resolve("ca.pem"));
    Party alice = secure(folder, ca, "alice").answering("OPTIONS", 200);
    Party bob = secure(folder, ca, "bob").answering("OPTIONS", 200);
    try {
      alice.send(alice.request("OPTIONS", "sips:bob@localhost:" + bob.port, "tls"));
      Live.await("the answer", () -> alice.heard().contains("200 OPTIONS"));
      assertTrue(offers(bob));
      InetSocketAddress opened = arrival(bob).remote();
      Request back = bob.request("OPTIONS", "sips:alice@localhost:" + alice.port, "tls");
      bob.send(back);
      Live.await("the answer", () -> bob.heard().contains("200 OPTIONS"));
      assertEquals(arrival(alice).local(), opened);
    } finally {
      alice.stack.stop();
      bob.stack.stop();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The property alone makes it ask for the peer's certificate. */
  private static Party secure(Path folder, TestCa ca, String name) throws Exception {
    return secure(folder, ca, name, "tls");
  }

  private static Party secure(Path folder, TestCa ca, String name, String reuse) throws Exception {
    Path keys =
        ca.issue(TestCa.wish(name).dns("localhost").ip("127.0.0.1"))
            .pem(folder.resolve(name + ".pem"));
    SipStackImpl stack =
        new SipStackImpl(
            Live.properties(
                Live.newName(),
                KEY,
                reuse,
                "io.sipwright.TLS_CERTIFICATES",
                keys.toString(),
                "io.sipwright.TLS_TRUSTED_CERTIFICATES",
                folder.resolve("ca.pem").toString()));
    Party party = new Party(name, "127.0.0.1", Live.freePort("127.0.0.1"), stack);
    party.listen("tls");
    return party;
  }
}
