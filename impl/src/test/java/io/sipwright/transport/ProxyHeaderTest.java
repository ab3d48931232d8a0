package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.transport.ProxyHeader.Progress;
import java.net.InetAddress;
import java.util.HexFormat;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** HAProxy's doc/proxy-protocol.txt, §2.1 and §2.2. */
public class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static byte[] v2(String hex) {
    return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
  }

  private static byte[] v1(String line) {
    return (line + "\r\n").getBytes(ISO_8859_1);
  }

  @DataProvider
  public static Object[][] headers() {
    String v6 = "20010db8000000000000000000000001";
    String to6 = "20010db8000000000000000000000002";
    return new Object[][] {
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 56324 5060"), "192.0.2.7:56324"},
      {v1("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535"), "255.255.255.255:65535"},
      {v1("PROXY TCP6 2001:db8::1 2001:db8::2 56324 5060"), "[2001:db8:0:0:0:0:0:1]:56324"},
      {v1("PROXY UNKNOWN"), null},
      {
        v1(
            "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
                + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"), // 107 bytes
        null
      },
      {v2("21 11 000c c0000207 c6336401 dc04 13c4"), "192.0.2.7:56324"},
      {v2("21 21 0024 " + v6 + to6 + "dc04 13c4"), "[2001:db8:0:0:0:0:0:1]:56324"},
      {v2("21 11 0013 c0000207 c6336401 dc04 13c4 03 0004 11223344"), "192.0.2.7:56324"}, // a TLV
      {v2("20 00 0000"), null}, // LOCAL
      {v2("20 11 000c c0000207 c6336401 dc04 13c4"), null}, // LOCAL: addresses mean nothing
      {v2("21 00 0000"), null}, // AF_UNSPEC
      {v2("21 00 0003 010203"), null},
      {v2("21 31 00d8 " + "41".repeat(216)), null}, // AF_UNIX
      {v2("21 12 000c c0000207 c6336401 dc04 13c4"), null}, // datagrams, over a stream
    };
  }

  @Test(dataProvider = "headers")
  public void says_whom_the_connection_comes_from_at_its_last_byte(byte[] header, String source) {
    ProxyHeader reading = new ProxyHeader();
    for (int i = 0; i < header.length - 1; i++) {
      assertEquals(reading.take(header[i]), Progress.MORE, "byte " + i);
    }
    assertEquals(reading.take(header[header.length - 1]), Progress.DONE);
    if (source == null) {
      assertNull(reading.source());
    } else {
      assertEquals(Addresses.text(reading.source()), source);
    }
  }

  @Test
  public void longest_header_is_passed_over_without_being_kept() {
    byte[] start = v2("21 11 ffff c0000207 c6336401 dc04 13c4");
    ProxyHeader reading = new ProxyHeader();
    for (byte b : start) {
      assertEquals(reading.take(b), Progress.MORE);
    }
    for (int i = 12; i < 0xFFFF - 1; i++) {
      assertEquals(reading.take((byte) i), Progress.MORE);
    }
    assertEquals(reading.take((byte) 0), Progress.DONE);
    assertEquals(Addresses.text(reading.source()), "192.0.2.7:56324");
  }

  @DataProvider
  public static Object[][] rejects() {
    return new Object[][] {
      {"OPTIONS sip:a@b SIP/2.0".getBytes(ISO_8859_1), 1, "No PROXY header"},
      {"PRACK sip:a@b SIP/2.0".getBytes(ISO_8859_1), 3, "No PROXY header"},
      {"\r\n\r\nINVITE".getBytes(ISO_8859_1), 5, "No PROXY header"},
      {new byte[] {0x16, 3, 1}, 1, "No PROXY header"}, // TLS
      {v1("PROXY "), 8, "neither TCP4 nor"},
      {v1("PROXY TCP5 192.0.2.7 198.51.100.1 56324 5060"), 46, "neither TCP4 nor"},
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 56324"), 41, "two addresses"},
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 56324 5060 "), 47, "two addresses"},
      {v1("PROXY TCP4  192.0.2.7 198.51.100.1 56324 5060"), 47, "two addresses"},
      {v1("PROXY TCP4 2001:db8::1 2001:db8::2 1 1"), 40, "address"},
      {v1("PROXY TCP6 192.0.2.7 198.51.100.1 1 1"), 39, "address"},
      {v1("PROXY TCP4 192.0.2.256 198.51.100.1 1 1"), 41, "address"},
      {v1("PROXY TCP4 192.0.2 198.51.100.1 1 1"), 37, "address"},
      {v1("PROXY TCP4 localhost 198.51.100.1 1 1"), 39, "address"},
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 65536 1"), 43, "port"},
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 1 -1"), 40, "port"},
      {v1("PROXY TCP4 192.0.2.7 198.51.100.1 01 1"), 40, "port"},
      {("PROXY " + "x".repeat(200)).getBytes(ISO_8859_1), 107, "no end"},
      {v2("31 11 000c"), 16, "version"},
      {v2("11 11 000c"), 16, "version"},
      {v2("22 11 000c"), 16, "command"},
      {v2("21 11 000b"), 16, "no room"},
      {v2("21 21 0023"), 16, "no room"},
    };
  }

  @Test(dataProvider = "rejects")
  public void what_is_no_header_is_bad_where_that_shows(byte[] bytes, int at, String reason) {
    ProxyHeader reading = new ProxyHeader();
    int i = 0;
    while (reading.take(bytes[i]) == Progress.MORE) {
      i++;
    }
    assertTrue(reading.reason().contains(reason), reading.reason());
    assertTrue(reading.reason().endsWith(" at byte " + at), reading.reason());
    assertEquals(i + 1, at);
    assertNull(reading.source());
  }

  @DataProvider
  public static Object[][] networks() {
    return new Object[][] {
      {"all", "192.0.2.1", true},
      {"all", "2001:db8::1", true},
      {"192.0.2.1", "192.0.2.1", true},
      {"192.0.2.1", "192.0.2.2", false},
      {"10.0.0.0/8, 192.0.2.0/25", "192.0.2.127", true},
      {"10.0.0.0/8 192.0.2.0/25", "192.0.2.128", false},
      {"10.0.0.0/8", "10.255.0.1", true},
      {"0.0.0.0/0", "2001:db8::1", false},
      {"2001:db8::/33", "2001:db8:7fff::1", true},
      {"2001:db8::/33", "2001:db8:8000::1", false},
      {"::ffff:10.0.0.0/104", "10.255.0.1", true},
      {"::ffff:10.0.0.0/104", "11.0.0.1", false},
      {"::ffff:10.0.0.0/104", "::ffff:10.1.2.3", true},
      {"10.0.0.0/8", "::ffff:10.1.2.3", true},
      {"::ffff:192.0.2.1", "192.0.2.1", true},
      {"::ffff:c000:201", "192.0.2.1", true},
      {"::ffff:0:0/96", "192.0.2.1", true},
      {"::ffff:0:0/96", "2001:db8::1", false},
      {"::fffe:0:0/96", "192.0.2.1", false},
      {"::/0", "192.0.2.1", false},
      {"::/0", "2001:db8::1", true},
      {"", "192.0.2.1", false},
    };
  }

  @Test(dataProvider = "networks")
  public void networks_contain_what_begins_like_them(String list, String address, boolean within)
      throws Exception {
    AddressRanges ranges = AddressRanges.parse(list);
    assertEquals(ranges.contains(InetAddress.getByName(address)), within);
  }

  @DataProvider
  public static Object[][] noNetworks() {
    return new Object[][] {
      {"example.com"},
      {"10.0.0.0/33"},
      {"10.0.0/8"},
      {"10.0.0.0/"},
      {"10.0.0.0/-1"},
      {"::1/129"},
      {"[::1]"},
      {"10.0.0.0/8/8"},
      {"1"},
      {"::ffff:10.0.0.0/8"},
      {"::ffff:10.0.0.0/95"},
    };
  }

  @Test(dataProvider = "noNetworks")
  public void what_is_no_network_is_none(String list) {
    assertNull(AddressRanges.parse(list));
    assertFalse(AddressRanges.NONE.contains(Sockets.V4));
  }
}
