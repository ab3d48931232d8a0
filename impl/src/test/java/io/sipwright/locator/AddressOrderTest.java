package io.sipwright.locator;

import static org.testng.Assert.assertEquals;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** RFC 6724 §6 and its examples in §10.2, as far as they need no routing table. */
public class AddressOrderTest {
  /** Rule, our addresses, a host's in the order of the answer, the order to try them. */
  @DataProvider
  public static Object[][] orders() {
    return new Object[][] {
      {
        "1: a family we can't send from goes last",
        "198.51.100.2",
        "2001:db8::1 198.51.100.9",
        "198.51.100.9 2001:db8::1"
      },
      {
        "1: the other way round",
        "2001:db8::2",
        "198.51.100.9 2001:db8::1",
        "2001:db8::1 198.51.100.9"
      },
      {
        "2: matching scope",
        "2001:db8::2 169.254.13.78",
        "198.51.100.121 2001:db8::1",
        "2001:db8::1 198.51.100.121"
      },
      {
        "2: matching scope, IPv4",
        "fe80::1 198.51.100.117",
        "2001:db8::1 198.51.100.121",
        "198.51.100.121 2001:db8::1"
      },
      {
        "5: matching label",
        "2002:c633:6401::2",
        "2001:db8:1::1 2002:c633:6401::1",
        "2002:c633:6401::1 2001:db8:1::1"
      },
      {
        "6: IPv6 has the higher precedence",
        "2001:db8::2 10.1.2.4",
        "10.1.2.3 2001:db8::1",
        "2001:db8::1 10.1.2.3"
      },
      {
        "6: unique local addresses yield to IPv4",
        "fd00::2 10.1.2.4",
        "fd00::1 10.1.2.3",
        "10.1.2.3 fd00::1"
      },
      {
        "6: Teredo yields to IPv4",
        "2001::2 198.51.100.2",
        "2001::1 198.51.100.1",
        "198.51.100.1 2001::1"
      },
      {"8: smaller scope", "2001:db8::2 fe80::2", "2001:db8::1 fe80::1", "fe80::1 2001:db8::1"},
      {
        "9: longest matching prefix",
        "2001:db8:1::2 2001:db8:3f44::2",
        "2001:db8:3ffe::1 2001:db8:1::1",
        "2001:db8:1::1 2001:db8:3ffe::1"
      },
      {
        "10: otherwise as they came",
        "198.51.100.2",
        "198.51.100.9 198.51.100.3",
        "198.51.100.9 198.51.100.3"
      },
      {
        "10: IPv4 prefixes say nothing",
        "198.51.100.2",
        "203.0.113.1 198.51.100.3",
        "203.0.113.1 198.51.100.3"
      },
      {"no address of ours known", "", "198.51.100.9 2001:db8::1", "2001:db8::1 198.51.100.9"},
      {"wildcard", ":: 0.0.0.0", "198.51.100.9 2001:db8::1", "2001:db8::1 198.51.100.9"},
      {"repeated ones", "198.51.100.2", "198.51.100.9 198.51.100.9", "198.51.100.9"},
    };
  }

  @Test(dataProvider = "orders")
  public void addresses_are_tried_in_the_order_of_rfc_6724(
      String rule, String sources, String answer, String expected) {
    assertEquals(AddressOrder.of(list(answer), list(sources)), list(expected), rule);
  }

  private static List<InetAddress> list(String text) {
    List<InetAddress> all = new ArrayList<>();
    for (String one : text.split(" ")) {
      if (!one.isEmpty()) {
        all.add(Objects.requireNonNull(NumericAddress.parse(one)));
      }
    }
    return all;
  }
}
