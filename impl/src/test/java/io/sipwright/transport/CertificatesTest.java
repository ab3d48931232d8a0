package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.ClientAuth;
import io.sipwright.tls.KeySource;
import io.sipwright.tls.TestCa;
import io.sipwright.tls.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Which certificates are good for which domain: RFC 5922 §7, RFC 5280, RFC 2818 for "wss". */
public class CertificatesTest extends TlsSides {
  /** Makes a certificate. */
  private interface Maker {
    TestCa.Identity make(TestCa ca) throws Exception;
  }

  /** Where the message of a failure says nothing more, this stands. */
  private static final String ANY = "";

  private static final String ASKED = "sip.example.com";

  private static TestCa.Wish wish() {
    return TestCa.wish("server");
  }

  /** What it is, the transport, the domain asked for, the certificate, why it's refused or null. */
  private static Object[] row(
      String what, String transport, String domain, Maker maker, String refusal) {
    return new Object[] {what, transport, domain, maker, refusal};
  }

  private static Object[] good(String what, String domain, Maker maker) {
    return row(what, "tls", domain, maker, null);
  }

  private static Object[] bad(String what, String domain, Maker maker, String refusal) {
    return row(what, "tls", domain, maker, refusal);
  }

  @DataProvider
  public static Object[][] serverCertificates() {
    String not = "not for the domain";
    return new Object[][] {
      good("DNS name", ASKED, ca -> ca.issue(wish().dns(ASKED))),
      good("DNS name in another case", "SIP.Example.COM", ca -> ca.issue(wish().dns(ASKED))),
      good("one of several DNS names", ASKED, ca -> ca.issue(wish().dns("a.org").dns(ASKED))),
      good("RSA key", ASKED, ca -> ca.issue(wish().dns(ASKED).rsa())),
      good("SIP URI", ASKED, ca -> ca.issue(wish().uri("sip:" + ASKED))),
      good("SIP URI, scheme in capitals", ASKED, ca -> ca.issue(wish().uri("SIP:" + ASKED))),
      good("SIP URI with port", ASKED, ca -> ca.issue(wish().uri("sip:" + ASKED + ":5061;x=y"))),
      bad("SIP URI of a user", ASKED, ca -> ca.issue(wish().uri("sip:a@" + ASKED)), not),
      bad("SIPS URI", ASKED, ca -> ca.issue(wish().uri("sips:" + ASKED)), not),
      bad("HTTP URI", ASKED, ca -> ca.issue(wish().uri("https://" + ASKED)), not),
      bad(
          "DNS name beside a SIP URI of another domain",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).uri("sip:example.org")),
          not),
      good(
          "DNS name beside a URI that is no SIP domain",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).uri("sip:a@example.org"))),
      good("common name alone", ASKED, ca -> ca.issue(TestCa.wish(ASKED))),
      bad(
          "common name beside other names",
          ASKED,
          ca -> ca.issue(TestCa.wish(ASKED).dns("example.org")),
          not),
      bad(
          "common name beside an address",
          ASKED,
          ca -> ca.issue(TestCa.wish(ASKED).ip("127.0.0.1")),
          not),
      bad("other host", ASKED, ca -> ca.issue(wish().dns("example.org")), not),
      bad("parent domain", ASKED, ca -> ca.issue(wish().dns("example.com")), not),
      bad("subdomain", "example.com", ca -> ca.issue(wish().dns(ASKED)), not),
      bad("wildcard", ASKED, ca -> ca.issue(wish().dns("*.example.com")), not),
      bad("wildcard in the common name", ASKED, ca -> ca.issue(TestCa.wish("*.example.com")), not),
      bad("no name at all", ASKED, ca -> ca.issue(wish()), not),
      good("IP address asked for", "127.0.0.1", ca -> ca.issue(wish().ip("127.0.0.1"))),
      good("IPv6 address asked for", "[::1]", ca -> ca.issue(wish().ip("::1"))),
      good("SIP URI with address", "127.0.0.1", ca -> ca.issue(wish().uri("sip:127.0.0.1"))),
      bad("IP address of another", "127.0.0.1", ca -> ca.issue(wish().ip("127.0.0.2")), not),
      bad("IP address in place of the domain", ASKED, ca -> ca.issue(wish().ip("127.0.0.1")), not),
      bad("DNS name in place of the address", "127.0.0.1", ca -> ca.issue(wish().dns(ASKED)), not),
      bad(
          "expired",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).valid(-9, -2)),
          "validity check failed"),
      bad(
          "not yet valid",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).valid(2, 9)),
          "validity check failed"),
      bad(
          "self-signed",
          ASKED,
          ca -> TestCa.selfSigned(TestCa.wish(ASKED).dns(ASKED)),
          "unable to find valid certification path"),
      bad(
          "unknown authority",
          ASKED,
          ca -> TestCa.root("Another CA").issue(wish().dns(ASKED)),
          "unable to find valid certification path"),
      bad(
          "authority of the same name",
          ASKED,
          ca -> TestCa.root("Test CA").issue(wish().dns(ASKED)),
          ANY),
      good(
          "authority below the trusted one",
          ASKED,
          ca -> ca.intermediate("Below").issue(wish().dns(ASKED))),
      bad(
          "chain without the authority between",
          ASKED,
          ca -> {
            TestCa.Identity whole = ca.intermediate("Below").issue(wish().dns(ASKED));
            return new TestCa.Identity(whole.keys(), List.of(whole.certificate()));
          },
          "unable to find valid certification path"),
      bad(
          "issued by one that is no authority",
          ASKED,
          ca -> ca.notAuthority().issue(wish().dns(ASKED)),
          ANY),
      good("usage: server", ASKED, ca -> ca.issue(wish().dns(ASKED).usage(TestCa.SERVER_AUTH))),
      good(
          "usage: SIP domain and server",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).usage(TestCa.SIP_DOMAIN).usage(TestCa.SERVER_AUTH))),
      bad(
          "usage: client only",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).usage(TestCa.CLIENT_AUTH)),
          "Extended key usage"),
      bad(
          "usage: signing of code",
          ASKED,
          ca -> ca.issue(wish().dns(ASKED).usage(TestCa.CODE_SIGNING)),
          "Extended key usage"),
      // Web sockets have the certificates of web sites (RFC 7118 §9.1).
      row("wss, DNS name", "wss", ASKED, ca -> ca.issue(wish().dns(ASKED)), null),
      row("wss, wildcard", "wss", ASKED, ca -> ca.issue(wish().dns("*.example.com")), null),
      row(
          "wss, SIP URI alone",
          "wss",
          ASKED,
          ca -> ca.issue(wish().uri("sip:" + ASKED)),
          "No name matching sip.example.com"),
      row(
          "wss, other host",
          "wss",
          ASKED,
          ca -> ca.issue(wish().dns("example.org")),
          "No subject alternative DNS name matching"),
    };
  }

  @Test(dataProvider = "serverCertificates")
  public void server_is_spoken_to_if_its_certificate_is_for_the_domain_asked_for(
      String what, String transport, String domain, Maker maker, String refusal) throws Exception {
    KeySource keys = networks.keys(maker.make(networks.ca));
    Endpoint right =
        networks
            .network(networks.trusting().keys(List.of(keys)).build())
            .open(transport, Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    left.flowTo(right.local(), domain).send(Recorder.request("INFO", ""), client);
    if (refusal == null) {
      assertTrue(server.message().text().startsWith("INFO"), what);
      assertTrue(client.failures.isEmpty(), what);
    } else {
      String failure = Recorder.next(client.failures, "failure of " + what).getMessage();
      assertTrue(failure.contains(refusal), what + ": " + failure);
      assertNotNull(Recorder.next(client.closed, "end"));
      assertTrue(server.messages.isEmpty(), what);
    }
  }

  @DataProvider
  public static Object[][] clientCertificates() {
    Maker valid = ca -> ca.issue(TestCa.wish("c").dns("client.example.org"));
    Maker stranger = ca -> TestCa.root("Another CA").issue(TestCa.wish("c").dns("c.org"));
    Maker expired = ca -> ca.issue(TestCa.wish("c").dns("c.org").valid(-9, -2));
    Maker serverOnly = ca -> ca.issue(TestCa.wish("c").dns("c.org").usage(TestCa.SERVER_AUTH));
    Maker clientOnly = ca -> ca.issue(TestCa.wish("c").dns("c.org").usage(TestCa.CLIENT_AUTH));
    return new Object[][] {
      {"off, none", ClientAuth.OFF, null, true, 0},
      {"off, valid: not asked for", ClientAuth.OFF, valid, true, 0},
      {"wanted, none", ClientAuth.WANTED, null, true, 0},
      {"wanted, valid", ClientAuth.WANTED, valid, true, 1},
      {"wanted, of an authority not trusted: not shown", ClientAuth.WANTED, stranger, true, 0},
      {"wanted, expired", ClientAuth.WANTED, expired, false, 0},
      {"needed, none", ClientAuth.NEEDED, null, false, 0},
      {"needed, valid", ClientAuth.NEEDED, valid, true, 1},
      {"needed, for clients", ClientAuth.NEEDED, clientOnly, true, 1},
      {"needed, of an authority not trusted", ClientAuth.NEEDED, stranger, false, 0},
      {"needed, expired", ClientAuth.NEEDED, expired, false, 0},
      {"needed, for servers only", ClientAuth.NEEDED, serverOnly, false, 0},
    };
  }

  @Test(dataProvider = "clientCertificates")
  public void client_is_heard_if_it_shows_what_the_server_wants(
      String what, ClientAuth auth, Maker maker, boolean heard, int shown) throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      TlsSettings tls =
          networks
              .trusting()
              .keys(List.of(networks.keys(networks.server())))
              .clientAuth(auth)
              .build();
      Endpoint right = networks.network(tls).open("tls", Sockets.anyPort(), server);
      List<KeySource> keys = new ArrayList<>();
      if (maker != null) {
        keys.add(networks.keys(maker.make(networks.ca)));
      }
      TlsSettings own = networks.trusting().keys(keys).protocols(List.of(version)).build();
      Endpoint left = networks.network(own).open("tls", Sockets.anyPort(), client);
      left.flowTo(right.local(), ASKED).send(Recorder.request("INFO", ""), client);
      if (heard) {
        assertEquals(
            server.message().flow().tls().peerCertificates().size(), shown, what + version);
      } else {
        assertNotNull(Recorder.next(client.failures, "failure of " + what + version));
        assertTrue(server.messages.isEmpty(), what + version);
      }
    }
  }

  @Test
  public void server_shows_the_certificate_of_the_host_named_by_sni() throws Exception {
    TestCa.Identity first = networks.ca.issue(TestCa.wish("1").dns("first.example.com").rsa());
    TestCa.Identity second = networks.ca.issue(TestCa.wish("2").dns("second.example.com"));
    TestCa.Identity third = networks.ca.issue(TestCa.wish("3").uri("sip:third.example.com").rsa());
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(networks.keys(first), networks.keys(second), networks.keys(third)))
            .build();
    Endpoint right = networks.network(tls).open("tls", Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open("tls", Sockets.anyPort(), client);
    for (String version : List.of("third", "second", "first")) {
      left.flowTo(right.local(), version + ".example.com")
          .send(Recorder.request("INFO", version), client);
      assertTrue(server.message().text().endsWith(version));
    }
    // A name that none has gets some other one, and is refused by the client.
    left.flowTo(right.local(), "fourth.example.com").send(Recorder.request("INFO", ""), client);
    String failure = Recorder.next(client.failures, "failure").getMessage();
    assertTrue(failure.contains("not for the domain fourth.example.com"), failure);
  }

  @Test
  public void versions_before_tls_1_2_are_refused_by_servers_and_clients() throws Exception {
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(networks.keys(networks.server())))
            .protocols(List.of("TLSv1", "TLSv1.1", "TLSv1.2"))
            .build();
    Endpoint right = networks.network(tls).open("tls", Sockets.anyPort(), server);
    SSLContext any = SSLContext.getInstance("TLS");
    any.init(null, null, null);
    try (SSLSocket old =
        (SSLSocket)
            any.getSocketFactory()
                .createSocket(right.local().getAddress(), right.local().getPort())) {
      old.setSoTimeout(20_000);
      old.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1"});
      org.testng.Assert.assertThrows(java.io.IOException.class, old::startHandshake);
    }
    java.io.IOException e =
        org.testng.Assert.expectThrows(
            java.io.IOException.class,
            () ->
                networks
                    .network(networks.trusting().protocols(List.of("TLSv1.1", "SSLv3")).build())
                    .open("tls", Sockets.anyPort(), client));
    assertTrue(e.getMessage().contains("No usable TLS protocol among [TLSv1.1, SSLv3]"));
  }

  @Test
  public void checks_can_be_switched_off() throws Exception {
    KeySource keys = networks.keys(TestCa.selfSigned(TestCa.wish("x").dns("elsewhere.org")));
    for (String transport : List.of("tls", "wss")) {
      Endpoint right =
          networks
              .network(networks.trusting().keys(List.of(keys)).build())
              .open(transport, Sockets.anyPort(), server);
      Endpoint checking =
          networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
      checking.flowTo(right.local(), ASKED).send(Recorder.request("INFO", ""), client);
      Recorder.next(client.failures, "failure over " + transport);
      Endpoint left =
          networks
              .network(networks.trusting().verifyPeers(false).build())
              .open(transport, Sockets.anyPort(), client);
      left.flowTo(right.local(), ASKED).send(Recorder.request("INFO", ""), client);
      assertTrue(server.message().text().startsWith("INFO"), transport);
    }
  }

  @DataProvider
  public static Object[][] stores() {
    return new Object[][] {
      {"PKCS12", "PKCS12"}, {"PKCS12", null}, {"JKS", "JKS"}, {"JKS", null},
    };
  }

  @Test(dataProvider = "stores")
  public void keys_come_from_stores_and_the_owner_trusts_itself(String type, String named)
      throws Exception {
    TestCa.Identity own = TestCa.selfSigned(TestCa.wish(ASKED).dns(ASKED));
    Path file = own.store(networks.file(".ks"), type, "secret");
    KeySource source = new KeySource.StoreFile(file, named, "secret");
    TlsSettings tls = TlsSettings.builder().keys(List.of(source)).build();
    Endpoint right = networks.network(tls).open("tls", Sockets.anyPort(), server);
    Endpoint left = networks.network(tls).open("tls", Sockets.anyPort(), client);
    left.flowTo(right.local(), ASKED).send(Recorder.request("INFO", ""), client);
    assertEquals(server.message().flow().tls().localCertificates(), own.chain());
    assertTrue(Files.exists(file));
  }
}
