package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Connections that end anywhere in a handshake, a record, an upgrade or a message, and peers that
 * speak something else: every one ends, every sender is told, nothing is left behind.
 */
public class CutConnectionsTest extends TlsSides {
  /** A byte here and there; all of them are cut in the slow profile. */
  private static final int STRIDE = 151;

  /** The same where there's nothing but the message. */
  private static final int SHORT_STRIDE = 7;

  @DataProvider
  public static Object[][] transportsAndCuts() {
    return new Object[][] {
      {"tcp", Shears.Cut.RESET},
      {"tcp", Shears.Cut.FIN},
      {"tcp", Shears.Cut.HALF_CLOSE},
      {"tls", Shears.Cut.RESET},
      {"tls", Shears.Cut.FIN},
      {"tls", Shears.Cut.HALF_CLOSE},
      {"ws", Shears.Cut.RESET},
      {"ws", Shears.Cut.FIN},
      {"ws", Shears.Cut.HALF_CLOSE},
      {"wss", Shears.Cut.RESET},
      {"wss", Shears.Cut.FIN},
      {"wss", Shears.Cut.HALF_CLOSE},
    };
  }

  @Test(dataProvider = "transportsAndCuts")
  public void connection_cut_at_some_byte_ends_on_both_sides(String transport, Shears.Cut cut)
      throws Exception {
    cutEvery(transport.equals("tcp") ? SHORT_STRIDE : STRIDE, transport, cut);
  }

  @Test(dataProvider = "transportsAndCuts", groups = "slow")
  public void connection_cut_at_each_byte_ends_on_both_sides(String transport, Shears.Cut cut)
      throws Exception {
    cutEvery(1, transport, cut);
  }

  private void cutEvery(int stride, String transport, Shears.Cut cut) throws Exception {
    TlsSettings tls = networks.withKeys();
    Endpoint right = networks.network(tls).open(transport, Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    byte[] message = Recorder.request("INFO", "whole");
    int whole;
    try (Shears shears = Shears.ofRequests(right.local())) {
      left.flowTo(shears.address(), TlsNetworks.DOMAIN).send(message, client);
      server.message();
      whole = shears.passed();
    }
    assertTrue(transport.equals("tcp") ? whole == message.length : whole > message.length);
    try (Shears shears = Shears.ofRequests(right.local())) {
      for (int i = 0; i < whole - 1; i += stride) {
        shears.cutBehind(i, cut);
        server.closed.clear();
        int before = shears.accepted();
        left.flowTo(shears.address(), TlsNetworks.DOMAIN).send(message, client);
        assertNotNull(Recorder.next(client.failures, "failure, cut at " + i));
        for (int n = shears.accepted() - before; n > 0; n--) {
          Recorder.next(server.closed, "end of a connection cut at " + i);
        }
      }
      assertTrue(server.messages.isEmpty(), "a message that never came whole");
      shears.rest();
      left.flowTo(shears.address(), TlsNetworks.DOMAIN).send(message, client);
      assertTrue(server.message().text().endsWith("whole"));
    }
  }

  @DataProvider
  public static Object[][] layers() {
    return new Object[][] {{"tcp"}, {"tls"}, {"ws"}, {"wss"}};
  }

  @Test(dataProvider = "layers")
  public void message_record_or_frame_that_never_ends_ends_the_connection(String transport)
      throws Exception {
    TlsSettings tls = networks.withKeys();
    SocketNetwork limited =
        networks.network(Sockets.config().tls(tls).partialMessageMillis(200).idleTimeoutMillis(0));
    Endpoint right = limited.open(transport, Sockets.anyPort(), server);
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    byte[] message = Recorder.request("ACK", "whole"); // not sent again if the connection breaks
    int whole;
    try (Shears shears = Shears.ofRequests(right.local())) {
      left.flowTo(shears.address(), TlsNetworks.DOMAIN).send(message, client);
      server.message();
      whole = shears.passed();
    }
    try (Shears shears = Shears.ofRequests(right.local())) {
      shears.cutBehind(whole - 1, Shears.Cut.HOLD);
      left.flowTo(shears.address(), TlsNetworks.DOMAIN).send(message, client);
      Recorder.next(server.closed, "end of the one that lacks a byte");
      assertEquals(limited.figures().reached(ConnectionLimit.MESSAGE_TIME), 1);
      assertTrue(server.messages.isEmpty());
    }
  }

  private static final byte[] HELLO = {
    0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3, 0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3
  };

  @DataProvider
  public static Object[][] strangers() {
    byte[] sip = Recorder.request("OPTIONS", "plain");
    byte[] http = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);
    byte[] zeros = new byte[100];
    return new Object[][] {
      {"tls", "SIP", sip},
      {"tls", "HTTP", http},
      {"tls", "zeros", zeros},
      {"wss", "SIP", sip},
      {"wss", "HTTP", http},
      {"tcp", "TLS", HELLO},
      {"tcp", "HTTP", http},
      {"ws", "TLS", HELLO},
      {"ws", "SIP", sip},
      {"ws", "HTTP", http},
    };
  }

  @Test(dataProvider = "strangers")
  public void what_speaks_another_protocol_is_closed(String transport, String what, byte[] bytes)
      throws Exception {
    TlsSettings tls =
        networks
            .trusting()
            .keys(List.of(networks.keys(networks.server())))
            .handshakeTimeoutMillis(2_000)
            .build();
    Endpoint right = networks.network(tls).open(transport, Sockets.anyPort(), server);
    try (Socket socket = new Socket(right.local().getAddress(), right.local().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (java.net.SocketException reset) {
      assertNotNull(reset); // an end too
    }
    assertNotNull(Recorder.next(server.closed, "end of " + what));
    assertEquals(server.messages.size(), 0);
  }
}
