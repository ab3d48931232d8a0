package io.sipwright.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.locator.NumericAddress;
import io.sipwright.transport.SocketNetworkConfig;
import java.util.List;
import java.util.Properties;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What of the configuration reaches sockets and logs. */
public class SocketEnvironmentTest {
  private static SocketNetworkConfig settings(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "test");
    properties.setProperty(key, value);
    return SocketEnvironment.settings(StackConfig.of(properties), "test");
  }

  @DataProvider
  public Object[][] rows() {
    return new Object[][] {
      {"RECEIVE_UDP_BUFFER_SIZE", "70000", "udp.receiveBuffer", 70_000},
      {"RECEIVE_UDP_BUFFER_SIZE", "0", "udp.receiveBuffer", 0},
      {"SEND_UDP_BUFFER_SIZE", "70000", "udp.sendBuffer", 70_000},
      {"SEND_UDP_BUFFER_SIZE", "0", "udp.sendBuffer", 0},
      {"UDP_SOCKETS", "3", "udp.sockets", 3},
      {"UDP_THREADS", "3", "udp.threads", 3},
      {"UDP_DETECT_UNREACHABLE", "true", "udp.detectUnreachable", true},
      {"UDP_ANSWER_STUN", "false", "udp.answerStun", false},
      {
        "MULTICAST_GROUPS",
        "224.0.1.75, [ff02::1]",
        "udp.multicastGroups",
        List.of(NumericAddress.parse("224.0.1.75"), NumericAddress.parse("[ff02::1]"))
      },
      {"MAX_CONNECTIONS", "7", "maxConnections", 7},
      {"MAX_CONNECTIONS", "0", "maxConnections", Integer.MAX_VALUE / 2},
      {"RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT", "130", "keepAlive.silenceMillis", 130_000},
      {"RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT", "-1", "keepAlive.silenceMillis", 0},
      {"MIN_KEEPALIVE_TIME_SECONDS", "20", "keepAlive.leastPingMillis", 20_000},
      {"PROXY_PROTOCOL", "10.0.0.0/8, ::1", "proxies.toString", "10.0.0.0/8, ::1"},
      {"PROXY_PROTOCOL", "", "proxies.toString", ""},
      {"CONNECTION_TIMEOUT", "1234", "connectTimeoutMillis", 1234},
      {"READ_TIMEOUT", "1234", "partialMessageMillis", 1234},
      {"READ_TIMEOUT", "-1", "partialMessageMillis", 0},
      {"MAX_SOCKET_IDLE_TIME", "1234", "idleTimeoutMillis", 1234},
      {"MAX_MESSAGE_SIZE", "70000", "maxMessageBytes", 70_000},
      {"MAX_MESSAGE_SIZE", "70000", "maxHeaderBytes", 70_000},
      {"MAX_WRITE_QUEUE", "70000", "maxPendingBytes", 70_000},
      {"MAX_WRITE_QUEUE", "0", "maxPendingBytes", Integer.MAX_VALUE},
      {"MAX_CONNECTIONS_PER_SOURCE", "7", "maxConnectionsPerSource", 7},
      {"FIRST_MESSAGE_TIMEOUT", "1234", "firstMessageMillis", 1234},
      {"TLS_HANDSHAKE_TIMEOUT", "1234", "tls.handshakeTimeoutMillis", 1234},
      {"DAEMON_THREADS", "true", "daemonThreads", true},
      {"DAEMON_THREADS", "false", "daemonThreads", false},
    };
  }

  @Test(dataProvider = "rows")
  public void a_property_reaches_the_network(
      String property, String value, String accessor, Object expected)
      throws ReflectiveOperationException {
    SocketNetworkConfig settings = settings("io.sipwright." + property, value);
    Object found = settings;
    for (String step : accessor.split("\\.")) {
      found = found.getClass().getMethod(step).invoke(found);
    }
    assertEquals(found, expected);
  }

  @Test
  public void defaults_are_those_that_are_documented() {
    SocketNetworkConfig settings = settings("io.sipwright.DAEMON_THREADS", "true");
    assertEquals(settings.maxConnections(), 2_048);
    assertEquals(settings.maxConnectionsPerSource(), 1_024);
    assertEquals(settings.tls().handshakeTimeoutMillis(), 10_000);
    assertEquals(settings.partialMessageMillis(), 32_000);
    assertEquals(settings.idleTimeoutMillis(), 120_000);
    assertEquals(settings.maxPendingBytes(), 1 << 20);
    assertEquals(settings.maxPendingBytesInAll(), Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  public void bodies_are_left_out_of_the_wire_log_if_asked_for() {
    String head = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 6\r\n\r\n";
    byte[] message = (head + "secret").getBytes(US_ASCII);
    assertEquals(new WireLog("test", false).text(message, 0, message.length), head);
    assertTrue(new WireLog("test", true).text(message, 0, message.length).endsWith("secret"));
  }
}
