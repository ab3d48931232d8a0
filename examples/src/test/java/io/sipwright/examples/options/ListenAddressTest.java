package io.sipwright.examples.options;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;
import picocli.CommandLine.TypeConversionException;

public class ListenAddressTest {
  @DataProvider
  public Object[][] read() {
    return new Object[][] {
      {"udp:127.0.0.1:5060", new ListenAddress("udp", "127.0.0.1", 5060), "udp:127.0.0.1:5060"},
      {"TCP:localhost:0", new ListenAddress("tcp", "localhost", 0), "tcp:localhost:0"},
      {"wss:localhost:443", new ListenAddress("wss", "localhost", 443), "wss:localhost:443"},
      {"tcp:[::1]:65535", new ListenAddress("tcp", "::1", 65535), "tcp:[::1]:65535"},
    };
  }

  @Test(dataProvider = "read")
  public void addresses_are_read_and_written(String text, ListenAddress address, String written) {
    assertEquals(ListenAddress.parse(text), address);
    assertEquals(address.toString(), written);
  }

  @DataProvider
  public Object[][] rejected() {
    return new Object[][] {
      {"", "transport:host:port"},
      {"5060", "transport:host:port"},
      {"127.0.0.1:5060", "transport:host:port"},
      {"udp:127.0.0.1", "transport:host:port"},
      {"udp:::1:5060", "transport:host:port"},
      {"udp:127.0.0.1:-1", "transport:host:port"},
      {"sctp:127.0.0.1:5061", "udp, tcp, tls, ws or wss"},
      {"udp:127.0.0.1:65536", "65535"},
    };
  }

  @Test(dataProvider = "rejected")
  public void anything_else_is_refused_with_what_would_be_right(String text, String advice) {
    TypeConversionException e =
        expectThrows(TypeConversionException.class, () -> ListenAddress.parse(text));
    assertTrue(e.getMessage().contains(advice), e.getMessage());
  }
}
