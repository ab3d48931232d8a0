package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import io.sipwright.tls.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Objects;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Connections through load balancers that say whom they come from. */
public class ProxyProtocolTest {
  private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 5060\r\n";
  private static final byte[] V2 =
      HexFormat.of()
          .parseHex("0d0a0d0a000d0a515549540a" + "2111000fc0000207c6336401dc0413c4040000");
  private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.7", 56324);

  private TlsNetworks networks;
  private SocketNetwork network;
  private final Recorder server = new Recorder();

  @BeforeMethod
  public void open() throws Exception {
    networks = new TlsNetworks();
    server.messages.clear();
    server.closed.clear();
  }

  @AfterMethod
  public void close() throws Exception {
    networks.close();
  }

  private static SocketNetworkConfig.Builder behind(String proxies) {
    return Sockets.config().proxies(Objects.requireNonNull(AddressRanges.parse(proxies)));
  }

  private Endpoint endpoint(SocketNetworkConfig.Builder config, String transport) throws Exception {
    network = networks.network(config);
    return network.open(transport, Sockets.anyPort(), server);
  }

  private static Socket connect(Endpoint to) throws IOException {
    Socket socket = new Socket(to.local().getAddress(), to.local().getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private long reached(ConnectionLimit limit) {
    return network.figures().reached(limit);
  }

  /** Puts a header before what it relays, as load balancers do; for one connection. */
  private static final class Balancer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket();
    private final InetSocketAddress to;
    private final byte[] header;
    private Socket client = new Socket();
    private Socket behind = new Socket();

    Balancer(InetSocketAddress to, byte[] header) throws IOException {
      this.to = to;
      this.header = header;
      listening.bind(Sockets.anyPort());
      Thread thread = new Thread(this::relay, "balancer");
      thread.setDaemon(true);
      thread.start();
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void relay() {
      try {
        client = listening.accept();
        behind = new Socket(to.getAddress(), to.getPort());
        behind.getOutputStream().write(header);
        Thread back = new Thread(() -> pump(behind, client), "balancer-back");
        back.setDaemon(true);
        back.start();
        pump(client, behind);
      } catch (IOException e) {
        assertTrue(listening.isClosed(), e.toString());
      }
    }

    private static void pump(Socket from, Socket to) {
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException e) {
        assertTrue(from.isClosed() || to.isClosed(), e.toString());
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
      client.close();
      behind.close();
    }
  }

  @DataProvider
  public static Object[][] transports() {
    return new Object[][] {
      {"tcp", V1.getBytes(ISO_8859_1)}, {"tcp", V2}, {"tls", V2}, {"ws", V2}, {"wss", V2},
    };
  }

  @Test(dataProvider = "transports")
  public void peer_is_the_one_the_header_names(String transport, byte[] header) throws Exception {
    TlsSettings tls = networks.withKeys();
    Endpoint right = endpoint(behind("127.0.0.0/8").tls(tls), transport);
    Recorder client = new Recorder();
    Endpoint left =
        networks.network(networks.trusting().build()).open(transport, Sockets.anyPort(), client);
    try (Balancer balancer = new Balancer(right.local(), header)) {
      left.flowTo(balancer.address(), TlsNetworks.DOMAIN)
          .send(Recorder.request("OPTIONS", ""), client);
      Flow flow = server.message().flow();
      assertEquals(flow.remote(), SOURCE);
      assertTrue(flow.toString().contains("from 192.0.2.7:56324"), flow.toString());
      assertSame(right.existingFlow(SOURCE), flow);
      flow.send(Recorder.ok("back"), client);
      assertTrue(client.message().text().endsWith("back"));
      assertEquals(network.figures().open(), 1);
    }
    Recorder.next(server.closed, "end");
    assertEquals(network.figures().open(), 0);
    assertEquals(reached(ConnectionLimit.PROXY_HEADER), 0);
  }

  @Test
  public void header_may_be_split_anywhere_and_the_message_may_follow_at_once() throws Exception {
    Endpoint endpoint = endpoint(behind("all"), "tcp");
    byte[] request = Recorder.ok("body"); // nothing that wants an answer
    for (int cut = 0; cut < V2.length; cut++) {
      try (Socket socket = connect(endpoint)) {
        OutputStream out = socket.getOutputStream();
        out.write(V2, 0, cut);
        out.flush();
        byte[] rest = new byte[V2.length - cut + request.length];
        System.arraycopy(V2, cut, rest, 0, V2.length - cut);
        System.arraycopy(request, 0, rest, V2.length - cut, request.length);
        out.write(rest);
        Recorder.Received received = server.message();
        assertEquals(received.flow().remote(), SOURCE, "cut at " + cut);
        assertTrue(received.text().endsWith("body"));
      }
      Recorder.next(server.closed, "end");
    }
  }

  @Test
  public void check_of_health_is_the_load_balancers_own_connection() throws Exception {
    Endpoint endpoint = endpoint(behind("all"), "tcp");
    byte[] local = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");
    try (Socket socket = connect(endpoint)) {
      socket.getOutputStream().write(local);
      socket.getOutputStream().write(Recorder.ok(""));
      assertEquals(server.message().flow().remote(), socket.getLocalSocketAddress());
    }
    Recorder.next(server.closed, "end");
    assertEquals(network.figures().open(), 0);
  }

  @Test
  public void connection_without_header_is_closed_and_counted() throws Exception {
    Endpoint endpoint = endpoint(behind("127.0.0.1"), "tcp");
    try (Socket socket = connect(endpoint)) {
      socket.getOutputStream().write(Recorder.ok(""));
      assertEquals(readOrReset(socket), -1);
    }
    Recorder.Closed closed = Recorder.next(server.closed, "end");
    assertTrue(closed.cause().getMessage().contains("Bad PROXY header: No PROXY header at byte 1"));
    assertEquals(reached(ConnectionLimit.PROXY_HEADER), 1);
    assertEquals(network.figures().open(), 0);
    assertTrue(server.messages.isEmpty());
  }

  /** What's not read when a socket is closed makes it a reset. */
  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  public void others_than_load_balancers_need_no_header_and_may_send_none() throws Exception {
    Endpoint endpoint = endpoint(behind("192.0.2.0/24"), "tcp");
    try (Socket socket = connect(endpoint)) {
      socket.getOutputStream().write(Recorder.ok(""));
      assertEquals(server.message().flow().remote(), socket.getLocalSocketAddress());
    }
    Recorder.next(server.closed, "end");
    try (Socket liar = connect(endpoint)) {
      liar.getOutputStream().write((V1 + "SIP/2.0 200 OK\r\n").getBytes(ISO_8859_1));
      liar.getOutputStream().write("Content-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      assertEquals(server.message().flow().remote(), liar.getLocalSocketAddress());
    }
  }

  @Test
  public void header_that_does_not_come_in_time_ends_the_connection() throws Exception {
    Endpoint endpoint = endpoint(behind("all").firstMessageMillis(100), "tcp");
    try (Socket socket = connect(endpoint)) {
      socket.getOutputStream().write("PROXY TC".getBytes(ISO_8859_1));
      assertEquals(socket.getInputStream().read(), -1);
    }
    String why = Recorder.next(server.closed, "end").cause().getMessage();
    assertTrue(why.contains("No PROXY header came within 100 ms"), why);
    assertEquals(reached(ConnectionLimit.FIRST_MESSAGE_TIME), 1);
  }

  @Test
  public void limit_per_source_counts_the_source_and_not_the_load_balancer() throws Exception {
    Endpoint endpoint = endpoint(behind("all").maxConnectionsPerSource(1), "tcp");
    String other = V1.replace("192.0.2.7", "192.0.2.8");
    byte[] request = Recorder.ok("");
    try (Socket one = connect(endpoint);
        Socket two = connect(endpoint);
        Socket three = connect(endpoint)) {
      one.getOutputStream().write(V1.getBytes(ISO_8859_1));
      one.getOutputStream().write(request);
      server.message();
      two.getOutputStream().write(V1.getBytes(ISO_8859_1));
      assertEquals(two.getInputStream().read(), -1);
      three.getOutputStream().write(other.getBytes(ISO_8859_1));
      three.getOutputStream().write(request);
      assertEquals(server.message().flow().remote().getHostString(), "192.0.2.8");
      assertEquals(reached(ConnectionLimit.CONNECTIONS_PER_SOURCE), 1);
      Recorder.next(server.closed, "end");
      assertEquals(network.figures().open(), 2);
    }
    Recorder.next(server.closed, "end");
    Recorder.next(server.closed, "end");
    try (Socket again = connect(endpoint)) {
      again.getOutputStream().write(V1.getBytes(ISO_8859_1));
      again.getOutputStream().write(request);
      server.message();
    }
    Recorder.next(server.closed, "end");
  }
}
