package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.DnsCache;
import io.sipwright.dns.DnsClient;
import io.sipwright.dns.HostsFile;
import io.sipwright.dns.TestDnsServer;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.time.VirtualClock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 3263, a rule at a time, against a name server on loopback sockets. */
public class Rfc3263Test {
  private static final String UT = "udp,tcp";
  private static final String UTS = "udp,tcp,tls";

  private TestDnsServer server;
  private DnsCache dns;

  @BeforeClass
  public void begin() throws Exception {
    server = new TestDnsServer().add(Rfc3263Zones.TEXT);
    dns =
        new DnsCache(
            new DnsClient(List.of(server.address()), 5000, 2, "test-dns-client"),
            new VirtualClock(),
            1000);
  }

  @AfterClass(alwaysRun = true)
  public void end() throws Exception {
    dns.close();
    server.close();
  }

  /** Rule, URI, our transports, and the targets in their order; "-" stands for none. */
  @DataProvider
  public static Object[][] clientRules() {
    return new Object[][] {
      // §4.1, transport given
      {
        "4.1 transport parameter is used",
        "sip:plain.test:5070;transport=tcp",
        UT,
        "192.0.2.21:5070/tcp 192.0.2.22:5070/tcp"
      },
      {
        "4.1 transport parameter in any case",
        "sip:192.0.2.5;transport=TCP",
        UT,
        "192.0.2.5:5060/tcp"
      },
      {"4.1 transport that the client lacks", "sip:plain.test;transport=sctp", UT, "-"},
      {
        "4.1 transport parameter wins over NAPTR",
        "sip:example.com;transport=udp",
        UTS,
        "192.0.2.2:5060/udp"
      },
      // §4.1, numeric host
      {"4.1 numeric, SIP: UDP", "sip:192.0.2.5", UTS, "192.0.2.5:5060/udp"},
      {"4.1 numeric, SIPS: TLS over TCP", "sips:192.0.2.5", UTS, "192.0.2.5:5061/tls"},
      {"4.1 numeric IPv6", "sip:[2001:db8::5]", UTS, "[2001:db8::5]:5060/udp"},
      {"4.1 maddr is the TARGET", "sip:example.com;maddr=192.0.2.6", UTS, "192.0.2.6:5060/udp"},
      {"4.1 maddr may be a name", "sip:example.com;maddr=srv.test", UT, "192.0.2.11:5062/udp"},
      // §4.1, port given
      {"4.1 port, SIP: UDP", "sip:plain.test:5080", UTS, "192.0.2.21:5080/udp 192.0.2.22:5080/udp"},
      {
        "4.1 port, SIPS: TLS",
        "sips:plain.test:5080",
        UTS,
        "192.0.2.21:5080/tls 192.0.2.22:5080/tls"
      },
      {"4.1 port 5060 counts as given", "sip:example.com:5060", UTS, "192.0.2.99:5060/udp"},
      // §4.1, NAPTR
      {"4.1 NAPTR: TLS first for a client with TLS", "sip:example.com", UTS, "192.0.2.3:5061/tls"},
      {
        "4.1 NAPTR: TCP for a client without TLS",
        "sip:example.com",
        UT,
        "192.0.2.1:5060/tcp 192.0.2.2:5070/tcp"
      },
      {"4.1 NAPTR: UDP for a client with UDP only", "sip:example.com", "udp", "192.0.2.2:5060/udp"},
      {"4.1 NAPTR: SIPS discards what isn't SIPS", "sips:example.com", UTS, "192.0.2.3:5061/tls"},
      {"4.1 NAPTR: SIPS never falls back to SIP", "sips:siponly.test", UTS, "192.0.2.92:5061/tls"},
      {
        "4.1 NAPTR: the server's order, not the client's",
        "sip:orders.test",
        "tcp,udp",
        "192.0.2.11:5062/udp"
      },
      {"4.1 NAPTR: preference within an order", "sip:preferences.test", UT, "192.0.2.12:5063/tcp"},
      {"4.1 NAPTR: replacement in another domain", "sip:hosted.test", UT, "192.0.2.11:5062/udp"},
      {"4.1 NAPTR: flags and services in any case", "sip:lower.test", UT, "192.0.2.12:5063/tcp"},
      {"4.1 NAPTR: other services are discarded", "sip:others.test", UT, "192.0.2.11:5062/udp"},
      {"4.1 NAPTR: SIPS+D2U is discarded", "sip:tlsudp.test", UTS, "192.0.2.11:5062/udp"},
      {
        "4.1 NAPTR: regexp and replacement together are an error",
        "sip:both.test",
        UT,
        "192.0.2.11:5062/udp"
      },
      {
        "4.1 NAPTR: none for our transports counts as none",
        "sip:useless.test",
        UT,
        "192.0.2.11:5066/udp"
      },
      {"4.1 NAPTR: SCTP", "sip:sctp.test", "udp,sctp", "192.0.2.11:5060/sctp"},
      {"4.1 NAPTR: WebSocket (RFC 7118)", "sip:ws.test", "udp,ws", "192.0.2.12:80/ws"},
      {"4.1 NAPTR: secure WebSocket (RFC 7118)", "sip:ws.test", "udp,ws,wss", "192.0.2.11:443/wss"},
      {
        "4.1 NAPTR: flag a leads to a host (RFC 3403)",
        "sip:flaga.test",
        UT,
        "192.0.2.21:5060/tcp 192.0.2.22:5060/tcp"
      },
      {
        "4.1 NAPTR: no flag leads to further rules (RFC 3403)",
        "sip:chain.test",
        UT,
        "192.0.2.12:5063/tcp"
      },
      {"4.1 NAPTR: a loop ends", "sip:loop.test", UT, "192.0.2.94:5060/udp"},
      {
        "4.1 NAPTR: a record that leads nowhere yields to the next",
        "sip:dead.test",
        UT,
        "192.0.2.11:5062/udp"
      },
      // §4.1, no NAPTR
      {
        "4.1 no NAPTR: SRV of each transport, ours first", "sip:srv.test", UT, "192.0.2.11:5062/udp"
      },
      {
        "4.1 no NAPTR: the client's own preference",
        "sip:srv.test",
        "tcp,udp",
        "192.0.2.12:5063/tcp"
      },
      {"4.1 no NAPTR: _sip only for SIP", "sip:srv.test", "tls,udp", "192.0.2.11:5062/udp"},
      {"4.1 no NAPTR: _sips for SIPS", "sips:srv.test", UTS, "192.0.2.13:5064/tls"},
      {"4.1 no NAPTR: the transport that has SRV", "sip:tcponly.test", UT, "192.0.2.12:5065/tcp"},
      {"4.1 no SRV: UDP for SIP", "sip:plain.test", UTS, "192.0.2.21:5060/udp 192.0.2.22:5060/udp"},
      {
        "4.1 no SRV: TLS for SIPS",
        "sips:plain.test",
        UTS,
        "192.0.2.21:5061/tls 192.0.2.22:5061/tls"
      },
      {
        "4.1 no SRV: what the client has in place of UDP",
        "sip:plain.test",
        "tcp",
        "192.0.2.21:5060/tcp 192.0.2.22:5060/tcp"
      },
      // §4.2, numeric
      {"4.2 numeric with port", "sip:192.0.2.5:5099", UT, "192.0.2.5:5099/udp"},
      {
        "4.2 numeric, default port of TLS", "sip:192.0.2.5;transport=tls", UTS, "192.0.2.5:5061/tls"
      },
      {"4.2 numeric, default port of WS", "sip:192.0.2.5;transport=ws", "ws", "192.0.2.5:80/ws"},
      // §4.2, port
      {
        "4.2 port: all addresses, in order",
        "sip:plain.test:5090",
        UT,
        "192.0.2.21:5090/udp 192.0.2.22:5090/udp"
      },
      {"4.2 port: AAAA", "sip:six.test:5090", UT, "[2001:db8::21]:5090/udp"},
      {"4.2 port: SRV isn't asked", "sip:srv.test:5090", UT, "192.0.2.98:5090/udp"},
      {"4.2 port: a name that isn't there", "sip:nowhere.test:5090", UT, "-"},
      // §4.2, no port
      {
        "4.2 SRV for the transport of the URI",
        "sip:srv.test;transport=tcp",
        UT,
        "192.0.2.12:5063/tcp"
      },
      {
        "4.2 SRV: _sips._tcp for transport=tls",
        "sip:srv.test;transport=tls",
        UTS,
        "192.0.2.13:5064/tls"
      },
      {
        "4.2 SRV: _sips._tcp for SIPS with transport=tcp",
        "sips:srv.test;transport=tcp",
        UTS,
        "192.0.2.13:5064/tls"
      },
      {"4.2 SRV through an alias", "sip:aliassrv.test;transport=udp", UT, "192.0.2.11:5062/udp"},
      {
        "4.2 no SRV: addresses, default port",
        "sip:plain.test;transport=tcp",
        UT,
        "192.0.2.21:5060/tcp 192.0.2.22:5060/tcp"
      },
      {
        "4.2 no SRV: default port of TLS",
        "sip:plain.test;transport=tls",
        UTS,
        "192.0.2.21:5061/tls 192.0.2.22:5061/tls"
      },
      {
        "4.2 no SRV after NAPTR: addresses, NAPTR's transport",
        "sip:deadall.test",
        UT,
        "192.0.2.93:5060/tcp"
      },
      {
        "4.2 addresses through an alias",
        "sip:alias.test",
        UT,
        "192.0.2.21:5060/udp 192.0.2.22:5060/udp"
      },
      {"4.2 nothing at all", "sip:nowhere.test", UT, "-"},
      {"4.2 the root isn't a host", "sip:nowhere.test.", UT, "-"},
      // RFC 7984
      {
        "RFC 7984 both families", "sip:dual.test", UT, "[2001:db8::31]:5060/udp 192.0.2.31:5060/udp"
      },
      // §4.3, RFC 2782
      {
        "4.3 SRV by priority",
        "sip:prio.test",
        UT,
        "192.0.2.12:5060/udp 192.0.2.11:5060/udp 192.0.2.13:5060/udp"
      },
      {
        "4.3 SRV: all addresses of a server before the next",
        "sip:multi.test",
        UT,
        "[2001:db8::31]:5060/udp 192.0.2.31:5060/udp 192.0.2.21:5060/udp 192.0.2.22:5060/udp"
      },
      {
        "4.3 SRV: a server without address is passed over",
        "sip:gap.test",
        UT,
        "192.0.2.11:5060/udp"
      },
      {"4.3 SRV: no server with address, no way back to A", "sip:nothing.test", UT, "-"},
      {"4.3 SRV: the root as target means no service", "sip:root.test;transport=udp", UT, "-"},
      {"4.3 SRV: no service on any transport", "sip:root.test", UT, "-"},
      {"4.3 SRV: no service on one transport", "sip:halfroot.test", UT, "192.0.2.12:5060/tcp"},
      {"4.3 SRV: port 0 is none", "sip:port0.test", UT, "192.0.2.12:5060/udp"},
      {"4.3 SRV: the same server twice is tried once", "sip:same.test", UT, "192.0.2.11:5060/udp"},
    };
  }

  @Test(dataProvider = "clientRules")
  public void a_client_finds_targets(String rule, String uri, String transports, String expected)
      throws Exception {
    Located located = locate(newLocator(), uri, transports, List.of());
    assertEquals(text(located), expected, rule + ": " + located.steps());
    assertEquals(located.failure() == null, !expected.equals("-"), rule);
    for (Target target : located.targets()) {
      assertTrue(uri.contains(target.identity()), "certificate for " + target.identity());
    }
  }

  /** Rule, SIP URI, targets that failed before, the list then. */
  @DataProvider
  public static Object[][] failures() {
    return new Object[][] {
      {
        "4.3 the next in the list is tried first",
        "sip:prio.test",
        "192.0.2.12:5060/udp",
        "192.0.2.11:5060/udp 192.0.2.13:5060/udp 192.0.2.12:5060/udp"
      },
      {
        "4.3 and the one after that",
        "sip:prio.test",
        "192.0.2.12:5060/udp 192.0.2.11:5060/udp",
        "192.0.2.13:5060/udp 192.0.2.12:5060/udp 192.0.2.11:5060/udp"
      },
      {
        "4.3 when all failed all are tried",
        "sip:prio.test",
        "192.0.2.13:5060/udp 192.0.2.12:5060/udp 192.0.2.11:5060/udp",
        "192.0.2.12:5060/udp 192.0.2.11:5060/udp 192.0.2.13:5060/udp"
      },
      {
        "4.3 the next address of the same host",
        "sip:plain.test",
        "192.0.2.21:5060/udp",
        "192.0.2.22:5060/udp 192.0.2.21:5060/udp"
      },
      {
        "4.3 a failure over another transport says nothing",
        "sip:plain.test",
        "192.0.2.21:5060/tcp",
        "192.0.2.21:5060/udp 192.0.2.22:5060/udp"
      },
    };
  }

  @Test(dataProvider = "failures")
  public void what_failed_goes_last(String rule, String uri, String failed, String expected)
      throws Exception {
    Locator locator = newLocator();
    for (String target : failed.split(" ")) {
      locator.memory().failed(OutboundProxy.parse(target));
    }
    assertEquals(text(locate(locator, uri, UT, List.of())), expected, rule);
  }

  /** Rule, the top Via's transport, host and port, the targets once the way back is broken. */
  @DataProvider
  public static Object[][] serverRules() {
    return new Object[][] {
      {"5 numeric sent-by with port", "UDP", "192.0.2.7", 5070, "192.0.2.7:5070/udp"},
      {"5 numeric sent-by without port", "TCP", "192.0.2.7", -1, "192.0.2.7:5060/tcp"},
      {"5 numeric sent-by, TLS", "TLS", "192.0.2.7", -1, "192.0.2.7:5061/tls"},
      {"5 numeric sent-by, IPv6", "UDP", "[2001:db8::7]", -1, "[2001:db8::7]:5060/udp"},
      {
        "5 name with port: each address",
        "UDP",
        "client.test",
        5070,
        "192.0.2.41:5070/udp 192.0.2.42:5070/udp"
      },
      {
        "5 name with port: the Via's transport",
        "TLS",
        "client.test",
        5070,
        "192.0.2.41:5070/tls 192.0.2.42:5070/tls"
      },
      {"5 name with port: no SRV", "UDP", "pool.test", 5060, "192.0.2.43:5060/udp"},
      {
        "5 name without port: SRV, in order",
        "UDP",
        "pool.test",
        -1,
        "192.0.2.41:5080/udp 192.0.2.42:5080/udp 192.0.2.11:5081/udp"
      },
      {"5 name without port: SRV of TCP", "TCP", "pool.test", -1, "192.0.2.12:5082/tcp"},
      {"5 name without port: _sips for TLS", "TLS", "pool.test", -1, "192.0.2.13:5083/tls"},
      {
        "5 name without port and SRV: addresses",
        "TCP",
        "client.test",
        -1,
        "192.0.2.41:5060/tcp 192.0.2.42:5060/tcp"
      },
      {"5 nobody there", "UDP", "nowhere.test", -1, "-"},
    };
  }

  @Test(dataProvider = "serverRules")
  public void a_server_finds_the_way_back(
      String rule, String transport, String host, int port, String expected) throws Exception {
    assertEquals(text(wayBack(newLocator(), transport, host, port)), expected, rule);
  }

  static Located wayBack(Locator locator, String transport, String host, int port) {
    ResponseRoute.TopVia via =
        new ResponseRoute.TopVia(transport, host, port, null, null, false, -1);
    CompletableFuture<Located> found = new CompletableFuture<>();
    locator.locate(
        Objects.requireNonNull(via.sentBy()),
        new Abilities(List.of("udp", "tcp", "tls"), List.of()),
        found::complete);
    return found.join();
  }

  /** Our addresses, a host, the targets. */
  @DataProvider
  public static Object[][] families() {
    return new Object[][] {
      {"192.0.2.200", "sip:dual.test", "192.0.2.31:5060/udp"},
      {"2001:db8::200", "sip:dual.test", "[2001:db8::31]:5060/udp"},
      {"192.0.2.200 2001:db8::200", "sip:dual.test", "[2001:db8::31]:5060/udp 192.0.2.31:5060/udp"},
      {"192.0.2.200", "sip:six.test", "-"},
      {"0.0.0.0", "sip:dual.test", "192.0.2.31:5060/udp"},
      {"::", "sip:dual.test", "[2001:db8::31]:5060/udp 192.0.2.31:5060/udp"},
      {
        "192.0.2.200",
        "sip:multi.test",
        "192.0.2.31:5060/udp 192.0.2.21:5060/udp 192.0.2.22:5060/udp"
      },
    };
  }

  @Test(dataProvider = "families")
  public void only_families_that_can_be_used_are_asked_for(
      String sources, String uri, String expected) throws Exception {
    List<InetAddress> ours = new ArrayList<>();
    for (String source : sources.split(" ")) {
      ours.add(InetAddress.getByName(source));
    }
    assertEquals(text(locate(newLocator(), uri, UT, ours)), expected);
  }

  @Test
  public void steps_name_their_rules_and_answers() throws Exception {
    Located located = locate(newLocator(), "sip:example.com", UT, List.of());
    List<String> steps =
        located.steps().stream()
            .map(s -> s.section() + " " + s.text() + (s.answer() == null ? "" : " ?"))
            .toList();
    assertEquals(
        steps.subList(0, 5),
        List.of(
            "RFC 3263 §4.1 example.com NAPTR ?",
            "RFC 3263 §4.1 chosen by order and preference: 90 50 \"s\" \"SIP+D2T\" \"\""
                + " _sip._tcp.example.com.",
            "RFC 3263 §4.2 _sip._tcp.example.com SRV ?",
            "RFC 2782 in order of priority, and by chance as weights say: 0 0 5060"
                + " server1.example.com.",
            "RFC 2782 in order of priority, and by chance as weights say: 1 0 5070"
                + " server2.example.com."));
  }

  @Test
  public void a_domain_that_withdraws_its_offer_of_tls_is_noted() throws Exception {
    Locator locator = newLocator();
    assertFalse(locator.hasWithdrawnTls("a.test", false));
    assertFalse(locator.hasWithdrawnTls("a.test", true));
    assertFalse(locator.hasWithdrawnTls("A.test", true));
    assertTrue(locator.hasWithdrawnTls("a.test", false));
    assertTrue(locator.hasWithdrawnTls("a.test", false));
    assertFalse(locator.hasWithdrawnTls("b.test", false));
  }

  @Test
  public void without_service_records_only_addresses_are_asked_for() throws Exception {
    Locator locator =
        new Locator(
            dns, HostsFile.none(), null, new VirtualClock(), new Locator.Settings(false, null, 0));
    assertEquals(text(locate(locator, "sip:example.com", UTS, List.of())), "192.0.2.99:5060/udp");
    assertEquals(
        text(locate(locator, "sip:srv.test;transport=tcp", UTS, List.of())), "192.0.2.98:5060/tcp");
  }

  @Test
  public void localhost_is_not_asked_of_the_dns() throws Exception {
    int before = server.questions().size();
    assertEquals(
        text(locate(newLocator(), "sip:localhost;transport=tcp", UT, List.of())),
        "127.0.0.1:5060/tcp [0:0:0:0:0:0:0:1]:5060/tcp");
    assertEquals(server.questions().size(), before);
  }

  @Test
  public void the_resolver_of_host_names_gives_all_addresses() throws Exception {
    CompletableFuture<HostResolver.Result> found = new CompletableFuture<>();
    newLocator().resolve("plain.test", found::complete);
    assertEquals(found.join().addresses().size(), 2);
    CompletableFuture<HostResolver.Result> none = new CompletableFuture<>();
    newLocator().resolve("nowhere.test", none::complete);
    assertEquals(none.join().addresses(), List.of());
    assertFalse(String.valueOf(none.join().failure()).isEmpty());
    assertNull(found.join().failure());
  }

  private Locator newLocator() {
    return new Locator(dns, HostsFile.none(), null, new VirtualClock(), Locator.Settings.DEFAULT);
  }

  static Located locate(Locator locator, String uri, String transports, List<InetAddress> sources)
      throws Exception {
    CompletableFuture<Located> found = new CompletableFuture<>();
    locator.locate(
        new AddressFactoryImpl().createURI(uri),
        new Abilities(List.of(transports.split(",")), sources),
        new SplittableRandom(1),
        found::complete);
    return found.join();
  }

  static String text(Located located) {
    return located.targets().isEmpty()
        ? "-"
        : located.targets().stream()
            .map(t -> t.toString().replace("2001:db8:0:0:0:0:0:", "2001:db8::"))
            .collect(Collectors.joining(" "));
  }
}
