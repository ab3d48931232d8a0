package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertThrows;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;
import static org.testng.Assert.fail;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class UdpEndpointTest {
  private SocketNetworkConfig config;
  private SocketNetwork network;

  @BeforeMethod
  public void open() {
    config = Sockets.config().udp(UdpSettings.DEFAULT.withReceivers(1, 2)).build();
    network = new SocketNetwork(config);
  }

  @AfterMethod
  public void close() {
    network.close();
    Sockets.assertNoThreads(config);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static void exchange(SocketNetwork network, InetSocketAddress any) throws Exception {
    Recorder a = new Recorder();
    Recorder b = new Recorder();
    Endpoint left = network.open("udp", any, a);
    Endpoint right = network.open("udp", any, b);
    assertNotEquals(left.local().getPort(), 0);
    assertEquals(left.local().getAddress(), any.getAddress());

    left.flowTo(right.local()).send(bytes("ping from left"), null);
    Recorder.Received received = b.message();
    assertEquals(received.text(), "ping from left");
    assertEquals(received.flow().remote(), left.local());
    assertEquals(received.flow().local(), right.local());
    assertSame(received.flow().endpoint(), right);

    received.flow().send(bytes("pong from right"), null);
    assertEquals(a.message().text(), "pong from right");
    assertFalse(left.reliable());
    assertEquals(left.transport(), "udp");
    assertNull(left.existingFlow(right.local()));
    left.close();
    assertFalse(left.flowTo(right.local()).isOpen());
  }

  @Test
  public void datagrams_go_there_and_back() throws Exception {
    exchange(network, Sockets.anyPort());
  }

  @Test
  public void datagrams_go_there_and_back_over_ipv6() throws Exception {
    exchange(network, Sockets.anyPortV6());
  }

  @Test
  public void a_wildcard_endpoint_keeps_its_address_and_receives() throws Exception {
    Recorder a = new Recorder();
    InetSocketAddress wildcard = new InetSocketAddress("0.0.0.0", 0);
    Endpoint all = network.open("udp", wildcard, a);
    Endpoint one = network.open("udp", Sockets.anyPort(), new Recorder());
    assertEquals(all.local().getAddress(), wildcard.getAddress());
    one.flowTo(new InetSocketAddress(Sockets.V4, all.local().getPort())).send(bytes("hello"), null);
    assertEquals(a.message().flow().remote(), one.local());
  }

  @Test
  public void an_address_in_use_is_named_with_its_transport() throws Exception {
    Endpoint first = network.open("udp", Sockets.anyPort(), new Recorder());
    IOException e =
        expectThrows(IOException.class, () -> network.open("udp", first.local(), new Recorder()));
    assertTrue(
        e.getMessage().startsWith("Can't bind udp 127.0.0.1:" + first.local().getPort() + ": "),
        e.getMessage());
    try (SocketNetwork other = new SocketNetwork(config)) {
      assertThrows(IOException.class, () -> other.open("udp", first.local(), new Recorder()));
    }
  }

  @Test
  public void closing_frees_the_port_at_once_and_ends_the_threads() throws Exception {
    InetSocketAddress local = Sockets.anyPort();
    for (int i = 0; i < 50; i++) {
      Endpoint endpoint = network.open("udp", local, new Recorder());
      local = endpoint.local();
      assertEquals(Sockets.threads(config).size(), 2);
      endpoint.close();
      endpoint.close();
      Sockets.assertNoThreads(config);
    }
  }

  @Test
  public void closing_from_its_own_thread_does_not_hang() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Endpoint[] endpoint = new Endpoint[1];
    endpoint[0] =
        network.open(
            "udp",
            Sockets.anyPort(),
            new Recorder() {
              @Override
              public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
                endpoint[0].close();
                done.countDown();
              }
            });
    endpoint[0].flowTo(endpoint[0].local()).send(bytes("to myself"), null);
    assertTrue(done.await(20, TimeUnit.SECONDS));
    Sockets.joinThreads(config);
  }

  @Test
  public void many_endpoints_live_side_by_side() throws Exception {
    Recorder all = new Recorder();
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      endpoints.add(network.open("udp", Sockets.anyPort(), all));
    }
    for (int i = 0; i < 60; i++) {
      endpoints
          .get(i)
          .flowTo(endpoints.get((i + 1) % 60).local())
          .send(bytes("message " + i), null);
    }
    for (int i = 0; i < 60; i++) {
      Recorder.Received received = all.message();
      int from = Integer.parseInt(received.text().substring("message ".length()));
      assertSame(received.flow().endpoint(), endpoints.get((from + 1) % 60));
      assertEquals(received.flow().remote(), endpoints.get(from).local());
    }
  }

  @Test
  public void ten_thousand_messages_are_echoed_without_loss() throws Exception {
    Endpoint echo =
        network.open(
            "udp",
            Sockets.anyPort(),
            new Recorder() {
              @Override
              public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
                byte[] copy = new byte[length];
                System.arraycopy(buffer, offset, copy, 0, length);
                flow.send(copy, null);
              }
            });
    int count = 10_000;
    // No more on their way than the smallest of default buffers holds.
    Semaphore window = new Semaphore(50);
    AtomicInteger back = new AtomicInteger();
    boolean[] seen = new boolean[count];
    CountDownLatch all = new CountDownLatch(count);
    Endpoint client =
        network.open(
            "udp",
            Sockets.anyPort(),
            new Recorder() {
              @Override
              public synchronized void onMessage(Flow flow, byte[] buffer, int offset, int length) {
                String text = new String(buffer, offset, length, ISO_8859_1);
                int number = Integer.parseInt(text.substring("number ".length()));
                assertFalse(seen[number]);
                seen[number] = true;
                back.incrementAndGet();
                window.release();
                all.countDown();
              }
            });
    Flow flow = client.flowTo(echo.local());
    for (int i = 0; i < count; i++) {
      assertTrue(window.tryAcquire(20, TimeUnit.SECONDS), "lost after " + back + " came back");
      flow.send(bytes("number " + i), e -> assertNull(e));
    }
    assertTrue(all.await(20, TimeUnit.SECONDS));
  }

  @Test
  public void the_longest_datagram_arrives_whole_and_a_longer_one_fails() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), a);
    Flow toMyself = endpoint.flowTo(endpoint.local());
    toMyself.send(new byte[65_508], a);
    IOException failure = Recorder.next(a.failures, "failure");
    String self = "127.0.0.1:" + endpoint.local().getPort();
    assertTrue(failure.getMessage().startsWith("udp " + self + " to " + self), failure + "");
    byte[] longest = new byte[65_507];
    Arrays.fill(longest, (byte) 'x');
    toMyself.send(longest, a);
    assertEquals(a.message().text().length(), longest.length);
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void impossible_destinations_are_told_to_the_failure_listener() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), a);
    endpoint.flowTo(new InetSocketAddress(Sockets.V4, 0)).send(bytes("to port 0"), a);
    assertTrue(Recorder.next(a.failures, "failure").getMessage().contains("127.0.0.1:0: "));
    endpoint.flowTo(new InetSocketAddress(Sockets.V4, 0)).send(bytes("nobody listens"), null);
    assertThrows(
        IllegalArgumentException.class,
        () -> endpoint.flowTo(InetSocketAddress.createUnresolved("example.invalid", 5060)));
    endpoint.close();
    endpoint.flowTo(endpoint.local()).send(bytes("too late"), a);
    assertNotNull(Recorder.next(a.failures, "failure"));
  }

  @DataProvider
  public Object[][] keepAlives() {
    byte[] stun = new byte[20];
    stun[1] = 1;
    stun[4] = 0x21;
    stun[5] = 0x12;
    stun[6] = (byte) 0xA4;
    stun[7] = 0x42;
    return new Object[][] {
      {new byte[0], true},
      {bytes("\r\n"), true},
      {bytes("\r\n\r\n"), true},
      {bytes("\r\n\r\n\r\n\r\n"), true},
      {new byte[4], true},
      {new byte[100], true},
      {bytes("x"), true},
      {bytes("xyz"), true},
      {stun, true},
      {bytes("wxyz"), false},
      {bytes("\r\n\r\nOPTIONS"), false},
      {new byte[] {0, 1, 2, 3, 4, 5}, false},
      {new byte[] {(byte) 0xff, 0, 0, 0}, false},
    };
  }

  @Test(dataProvider = "keepAlives")
  public void keep_alives_are_absorbed(byte[] datagram, boolean absorbed) throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), a);
    Flow toMyself = endpoint.flowTo(endpoint.local());
    toMyself.send(datagram, null);
    String text = new String(datagram, ISO_8859_1);
    assertEquals(Datagrams.isKeepAlive(datagram, 0, datagram.length), absorbed);
    if (!absorbed) {
      assertEquals(a.message().text(), text);
    }
    toMyself.send(bytes("the end"), null);
    assertEquals(a.message().text(), "the end");
  }

  @Test
  public void a_listener_that_throws_harms_nothing() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint =
        network.open(
            "udp",
            Sockets.anyPort(),
            new Recorder() {
              @Override
              public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
                a.onMessage(flow, buffer, offset, length);
                if (a.messages.size() < 10) {
                  throw new StackOverflowError("on purpose");
                }
                throw new IllegalStateException("on purpose");
              }
            });
    for (int i = 0; i < 20; i++) {
      endpoint.flowTo(endpoint.local()).send(bytes("message " + i), null);
    }
    for (int i = 0; i < 20; i++) {
      a.message();
    }
  }

  @Test
  public void a_port_nobody_listens_on_and_an_interrupted_sender_harm_nothing() throws Exception {
    Recorder a = new Recorder();
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), a);
    InetSocketAddress nobody;
    try (DatagramChannel channel = DatagramChannel.open().bind(Sockets.anyPort())) {
      nobody = (InetSocketAddress) channel.getLocalAddress();
    }
    for (int i = 0; i < 100; i++) {
      endpoint.flowTo(nobody).send(bytes("is there anybody"), null);
    }
    Thread.currentThread().interrupt();
    endpoint.flowTo(endpoint.local()).send(bytes("interrupted"), a);
    assertTrue(Thread.interrupted());
    assertEquals(a.message().text(), "interrupted");
    assertTrue(a.failures.isEmpty());
  }

  @Test
  public void a_socket_that_something_closed_is_opened_again() throws Exception {
    Recorder a =
        new Recorder() {
          @Override
          public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
            flow.send(bytes("here I am"), null);
          }
        };
    Recorder b = new Recorder();
    UdpEndpoint endpoint = (UdpEndpoint) network.open("udp", Sockets.anyPort(), a);
    Endpoint other = network.open("udp", Sockets.anyPort(), b);
    endpoint.socket().close();
    // What is sent while there is no socket gets lost.
    Recorder.Received answer = null;
    for (int i = 0; answer == null && i < 1000; i++) {
      other.flowTo(endpoint.local()).send(bytes("are you there"), null);
      answer = b.messages.poll(20, TimeUnit.MILLISECONDS);
    }
    assertNotNull(answer);
    assertEquals(answer.flow().remote(), endpoint.local());

    endpoint.socket().close();
    Recorder failed = new Recorder();
    for (int i = 0; i < 1000; i++) {
      endpoint.flowTo(other.local()).send(bytes("sent after the loss"), failed);
      if (b.messages.poll(20, TimeUnit.MILLISECONDS) != null) {
        return;
      }
    }
    fail("Nothing could be sent any more: " + failed.failures);
  }

  @Test
  public void flows_to_one_address_are_equal() throws Exception {
    Endpoint endpoint = network.open("udp", Sockets.anyPort(), new Recorder());
    InetSocketAddress remote = new InetSocketAddress(Sockets.V4, 5060);
    Flow flow = endpoint.flowTo(remote);
    for (int port = 1; port < 5_000; port++) {
      assertEquals(
          endpoint.flowTo(new InetSocketAddress(Sockets.V4, port)).remote().getPort(), port);
    }
    assertEquals(endpoint.flowTo(remote), flow);
    assertEquals(endpoint.flowTo(remote).hashCode(), flow.hashCode());
  }

  @Test
  public void other_transports_and_closed_networks_open_nothing() throws Exception {
    assertTrue(network.supports("udp"));
    assertTrue(network.supports("tcp"));
    assertTrue(network.supports("tls") && network.supports("ws") && network.supports("wss"));
    assertFalse(network.supports("sctp"));
    assertFalse(network.supports("UDP"));
    IOException e =
        expectThrows(
            IOException.class, () -> network.open("sctp", Sockets.anyPort(), new Recorder()));
    assertTrue(e.getMessage().contains("\"sctp\""), e.getMessage());
    network.close();
    network.close();
    assertThrows(IOException.class, () -> network.open("udp", Sockets.anyPort(), new Recorder()));
  }

  /** As of two routers, each at an interface of its own; Java says that the addresses are equal. */
  @Test
  public void link_local_address_at_another_interface_is_another_peer() throws Exception {
    Endpoint endpoint = network.open("udp", Sockets.anyPortV6(), new Recorder());
    for (int zone : new int[] {1, 2, 1}) {
      Flow flow = endpoint.flowTo(linkLocal(zone));
      assertEquals(((Inet6Address) flow.remote().getAddress()).getScopeId(), zone);
    }
    // In a Via or Contact it has none: it's the one that was seen.
    Flow flow = endpoint.flowTo(linkLocal(0));
    assertEquals(((Inet6Address) flow.remote().getAddress()).getScopeId(), 1);
  }

  private static InetSocketAddress linkLocal(int zone) throws IOException {
    byte[] address = new byte[16];
    address[0] = (byte) 0xfe;
    address[1] = (byte) 0x80;
    address[15] = 1;
    return new InetSocketAddress(Inet6Address.getByAddress(null, address, zone), 5060);
  }
}
