package io.sipwright.locator;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.dns.HostsFile;
import io.sipwright.dns.VirtualDns;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 6116: telephone numbers. */
public class EnumTest {
  private static final String ZONE =
      """
      8.4.1.0.6.4.9.7.0.2.4.4.e164.test. NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@pbx.test!" .
      1.e164.test.  NAPTR 10 100 "u" "E2U+sip" "!^.*$!sip:second@pbx.test!" .
      1.e164.test.  NAPTR 10 50 "u" "E2U+sip" "!^\\\\+(.*)$!sip:\\\\1@pbx.test!" .
      1.e164.test.  NAPTR 5 1 "u" "E2U+mailto" "!^.*$!mailto:a@b!" .
      2.e164.test.  NAPTR 10 10 "u" "sip+E2U" "!^.*$!sip:old@pbx.test!" .
      3.e164.test.  NAPTR 10 10 "" "" "" 3.elsewhere.test.
      3.elsewhere.test. NAPTR 10 10 "U" "e2u+SIP" "!^.*$!sips:there@pbx.test!" .
      4.e164.test.  NAPTR 10 10 "u" "E2U+sip" "!^.*$!http://x!" .
      4.e164.test.  NAPTR 20 10 "u" "E2U+sip" "!(.*)*x!sip:bomb@pbx.test!" .
      5.e164.test.  NAPTR 10 10 "" "" "" 5.e164.test.
      6.e164.test.  NAPTR 10 10 "u" "E2U+voice:tel+sip" "!^.*$!sip:both@pbx.test!" .
      7.e164.test.  NAPTR 10 10 "u" "E2U+sip" "!^.*$!sip:a@pbx.test>!" .
      _sip._udp.pbx.test.  SRV 0 0 5070 host.pbx.test.
      _sips._tcp.pbx.test. SRV 0 0 5071 host.pbx.test.
      host.pbx.test.       A 192.0.2.1
      """;

  private final VirtualClock clock = new VirtualClock();

  private Locator locator(@Nullable String suffix) {
    return new Locator(
        new VirtualDns(clock).add(ZONE),
        HostsFile.none(),
        null,
        clock,
        new Locator.Settings(true, suffix, 0));
  }

  private Located locate(Locator locator, String uri) throws Exception {
    List<Located> found = new ArrayList<>();
    locator.locate(
        new AddressFactoryImpl().createURI(uri),
        new Abilities(List.of("udp", "tcp", "tls"), List.of()),
        new SplittableRandom(1),
        found::add);
    clock.runUntilIdle();
    assertEquals(found.size(), 1);
    return found.get(0);
  }

  @DataProvider
  public Object[][] numbers() {
    return new Object[][] {
      {"tel:+442079460148", "sip:info@pbx.test", "192.0.2.1:5070/udp"},
      {"tel:+44-207-946-0148", "sip:info@pbx.test", "192.0.2.1:5070/udp"},
      {"tel:+1", "sip:1@pbx.test", "192.0.2.1:5070/udp"}, // by preference; mail isn't for us
      {"tel:+2", "sip:old@pbx.test", "192.0.2.1:5070/udp"}, // RFC 2916's form
      {"tel:+3", "sips:there@pbx.test", "192.0.2.1:5071/tls"}, // a further rule; any case
      {"tel:+4", null, null}, // no SIP URI, and a pattern that would run away
      {"tel:+5", null, null}, // a loop
      {"tel:+6", "sip:both@pbx.test", "192.0.2.1:5070/udp"}, // several services (§3.4.3)
      {"tel:+7", null, null}, // no URI
      {"tel:+9", null, null}, // not there
      {"tel:+1234567890123456", null, null}, // too long for E.164
    };
  }

  @Test(dataProvider = "numbers")
  public void a_number_becomes_a_uri_and_that_is_located(
      String number, @Nullable String uri, @Nullable String target) throws Exception {
    Located located = locate(locator("e164.test"), number);
    assertEquals(located.uri() == null ? null : located.uri().toString(), uri);
    assertEquals(located.targets().isEmpty() ? null : located.targets().get(0).toString(), target);
    assertEquals(located.failure() == null, target != null);
  }

  @Test
  public void local_numbers_and_stacks_without_enum_map_nothing() throws Exception {
    Locator off = locator(null);
    assertFalse(off.canMap(new AddressFactoryImpl().createURI("tel:+1")));
    assertTrue(locate(off, "tel:+1").targets().isEmpty());
    Locator on = locator("e164.test");
    assertFalse(on.canMap(new AddressFactoryImpl().createURI("tel:1;phone-context=example.com")));
    assertFalse(on.canMap(new AddressFactoryImpl().createURI("sip:1@example.com")));
    assertTrue(on.canMap(new AddressFactoryImpl().createURI("tel:+1")));
  }
}
