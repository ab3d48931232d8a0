package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;

import java.util.HexFormat;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** IPv6 addresses in all their spellings: RFC 5954 §4.1, RFC 3986 §3.2.2. */
public class Ipv6Test {
  @DataProvider
  static Object[][] addresses() {
    return new Object[][] {
      {"::", "00000000000000000000000000000000"},
      {"::1", "00000000000000000000000000000001"},
      {"[::1]", "00000000000000000000000000000001"},
      {"1::", "00010000000000000000000000000000"},
      {"1:2:3:4:5:6:7:8", "00010002000300040005000600070008"},
      {"1:2:3:4:5:6:7::", "00010002000300040005000600070000"},
      {"::2:3:4:5:6:7:8", "00000002000300040005000600070008"},
      {"2001:DB8::9:01", "20010db8000000000000000000090001"},
      {"fe80::abcd", "fe80000000000000000000000000abcd"},
      {"1:2::7:8", "00010002000000000000000000070008"},
      {"::ffff:192.0.2.128", "00000000000000000000ffffc0000280"},
      {"0:0:0:0:0:FFFF:129.144.52.38", "00000000000000000000ffff81903426"},
      {"::1.2.3.4", "00000000000000000000000001020304"},
      {"1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304"},
      {"1::1.2.3.4", "00010000000000000000000001020304"},
    };
  }

  @Test(dataProvider = "addresses")
  void every_spelling_gives_the_sixteen_bytes(String text, String hex) {
    assertEquals(HexFormat.of().formatHex(Ipv6.parse(text)), hex);
  }

  @DataProvider
  static Object[][] others() {
    return new Object[][] {
      {""},
      {":"},
      {":::"},
      {"[]"},
      {"["},
      {"[::1"},
      {"::1]"},
      {"1"},
      {"1:2"},
      {"1:2:3:4:5:6:7"},
      {"1:2:3:4:5:6:7:"},
      {":1:2:3:4:5:6:7"},
      {"1:2:3:4:5:6:7:8:"},
      {"1:2:3:4:5:6:7:8:9"},
      {"1:2:3:4:5:6:7:8::"},
      {"::1:2:3:4:5:6:7:8"},
      {"1::2:3:4:5:6:7:8"},
      {"1::2::3"},
      {"::1::"},
      {"1:::2"},
      {"12345::"},
      {"g::"},
      {"::1%eth0"},
      {"::1 "},
      {"1.2.3.4"},
      {"::1.2.3"},
      {"::1.2.3.4.5"},
      {"::1.2.3.256"},
      {"::1..3.4"},
      {"::1.2.3."},
      {"::.1.2.3"},
      {"::1.2.3.4:5"},
      {"1:2:3:4:5:6:7:1.2.3.4"},
      {"::1.2.3.-4"},
      {"::1.2.3.99999999999999"},
      {"h:5060"},
      {"example.com"},
      {"::\u0661"},
    };
  }

  @Test(dataProvider = "others")
  void other_text_is_no_address(String text) {
    assertNull(Ipv6.parse(text));
  }

  @DataProvider
  public Object[][] shortest() {
    return new Object[][] {
      {"0:0:0:0:0:0:0:0", "::"},
      {"0:0:0:0:0:0:0:1", "::1"},
      {"2001:DB8:0:0:0:0:0:0", "2001:db8::"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"fe80::202:b3ff:fe1e:8329", "fe80::202:b3ff:fe1e:8329"},
      {"0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"},
    };
  }

  @Test(dataProvider = "shortest")
  public void addresses_are_written_as_rfc_5952_has_it(String text, String shortest) {
    assertEquals(Ipv6.text(java.util.Objects.requireNonNull(Ipv6.parse(text))), shortest);
  }
}
