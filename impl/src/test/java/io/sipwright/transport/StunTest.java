package io.sipwright.transport;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;
import static org.testng.Assert.assertNull;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** STUN as RFC 5626 uses it. */
public class StunTest {
  private static final byte[] ID = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");

  /** RFC 5769 §2.2 without its authentication: XOR-MAPPED-ADDRESS behind SOFTWARE. */
  private static final String RFC_5769_IPV4 =
      "0101001c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220"
          + "00200008 0001a147 e112a643";

  /** RFC 5769 §2.3 likewise. */
  private static final String RFC_5769_IPV6 =
      "01010028 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220"
          + "00200014 0002a147 0113a9faa5d3f179bc25f4b5bed2b9d9";

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @DataProvider
  public Object[][] addresses() {
    return new Object[][] {
      {RFC_5769_IPV4, "192.0.2.1", 32853},
      {RFC_5769_IPV6, "2001:db8:1234:5678:11:2233:4455:6677", 32853},
      {"0101000c 2112a442 b7e7a701bc34d686fa87dfae 00010008 00011388 c0000201", "192.0.2.1", 5000},
    };
  }

  @Test(dataProvider = "addresses")
  public void mapped_addresses_of_the_examples_are_read(String message, String host, int port)
      throws Exception {
    byte[] bytes = hex(message);
    InetSocketAddress expected = new InetSocketAddress(InetAddress.getByName(host), port);
    assertEquals(Stun.mappedAddress(bytes, 0, bytes.length, ID), expected);
    byte[] moved = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, moved, 7, bytes.length);
    assertEquals(Stun.mappedAddress(moved, 7, bytes.length, ID), expected);
    assertNull(Stun.mappedAddress(bytes, 0, bytes.length, new byte[12]), "not the one awaited");
  }

  @DataProvider
  public Object[][] sources() {
    return new Object[][] {{"192.0.2.7", 5060}, {"2001:db8::7", 65535}, {"127.0.0.1", 1}};
  }

  @Test(dataProvider = "sources")
  public void a_binding_request_is_answered_with_its_source(String host, int port)
      throws Exception {
    InetSocketAddress source = new InetSocketAddress(InetAddress.getByName(host), port);
    byte[] request = Stun.request(ID);
    byte[] answer = Stun.answer(request, 0, request.length, source);
    assertNotNull(answer);
    assertEquals(Stun.mappedAddress(answer, 0, answer.length, ID), source);
    assertNull(Stun.answer(answer, 0, answer.length, source), "an answer is never answered");
  }

  @DataProvider
  public Object[][] notRequests() {
    return new Object[][] {
      {"", "nothing"},
      {"00010000 2112a442 b7e7a701bc34d686fa87df", "cut short"},
      {"00010004 2112a442 b7e7a701bc34d686fa87dfae", "longer than the datagram"},
      {"00010000 2112a442 b7e7a701bc34d686fa87dfae 00000000", "shorter than the datagram"},
      {"00010000 2112a443 b7e7a701bc34d686fa87dfae", "another cookie"},
      {"00110000 2112a442 b7e7a701bc34d686fa87dfae", "an indication"},
      {"00030000 2112a442 b7e7a701bc34d686fa87dfae", "another method"},
    };
  }

  @Test(dataProvider = "notRequests")
  public void anything_else_is_not_answered(String message, String why) {
    byte[] bytes = hex(message);
    assertNull(Stun.answer(bytes, 0, bytes.length, Sockets.anyPort()), why);
  }

  @Test
  public void broken_answers_have_no_address() {
    byte[] good = hex(RFC_5769_IPV4);
    for (int i = 0; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      assertNull(Stun.mappedAddress(cut, 0, cut.length, ID), "cut at " + i);
    }
    byte[] family = good.clone();
    family[good.length - 7] = 2; // IPv6 in eight bytes
    assertNull(Stun.mappedAddress(family, 0, family.length, ID));
  }

  private static void exchange(boolean answers) throws Exception {
    SocketNetworkConfig config =
        Sockets.config().udp(UdpSettings.DEFAULT.withAnswerStun(answers)).build();
    try (SocketNetwork network = new SocketNetwork(config);
        DatagramSocket peer = new DatagramSocket(Sockets.anyPort())) {
      Recorder recorder = new Recorder();
      Endpoint endpoint = network.open("udp", Sockets.anyPort(), recorder);
      byte[] request = Stun.request(ID);
      peer.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
      peer.send(new DatagramPacket(request, request.length, endpoint.local()));
      byte[] end = Recorder.request("OPTIONS", "");
      peer.send(new DatagramPacket(end, end.length, endpoint.local()));
      Flow flow = recorder.message().flow();
      assertEquals(recorder.messages.size(), 0, "STUN is no message");
      flow.send(Recorder.ok(""), null);
      DatagramPacket first = new DatagramPacket(new byte[1000], 1000);
      peer.receive(first);
      InetSocketAddress mapped = Stun.mappedAddress(first.getData(), 0, first.getLength(), ID);
      assertEquals(mapped, answers ? peer.getLocalSocketAddress() : null);
    }
  }

  @Test
  public void an_endpoint_answers_on_its_own_port() throws Exception {
    exchange(true);
  }

  @Test
  public void an_endpoint_that_should_not_answer_keeps_silent() throws Exception {
    exchange(false);
  }
}
