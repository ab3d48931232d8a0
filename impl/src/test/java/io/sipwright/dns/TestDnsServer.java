package io.sipwright.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * A name server on the loopback interface, over UDP and TCP at one port that the system chose:
 * serves zone files, or whatever a script makes of a question.
 */
public final class TestDnsServer implements AutoCloseable {
  private static final int LONGEST_DATAGRAM = 1232;
  private static final int NEGATIVE_TTL = 60;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile BiFunction<Message, Message, List<byte[]>> script =
      (question, answer) -> List.of(answer.toWire());

  /** Runs at once. */
  public TestDnsServer() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket stream = null;
    DatagramSocket datagrams = null;
    for (int i = 0; datagrams == null; i++) {
      stream = new ServerSocket(0, 50, loopback);
      try {
        datagrams = new DatagramSocket(stream.getLocalPort(), loopback);
      } catch (IOException e) {
        stream.close();
        if (i == 50) {
          throw e;
        }
      }
    }
    udp = datagrams;
    tcp = stream;
    start(this::serveUdp);
    start(this::serveTcp);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-dns");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
  }

  /** Adds lines of a zone file, with absolute names. */
  public TestDnsServer add(String zoneFile) {
    try (Master master =
        new Master(new ByteArrayInputStream(zoneFile.getBytes(UTF_8)), Name.root, 3600)) {
      for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) {
        zone.computeIfAbsent(r.getName(), name -> new CopyOnWriteArrayList<>()).add(r);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Answers by a script from now on.
   *
   * @param script makes of the question, and of the right answer to it, the datagrams to send
   */
  public void answer(BiFunction<Message, Message, List<byte[]>> script) {
    this.script = script;
  }

  /** What was asked so far: {@code udp example.com. NAPTR}. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        for (byte[] reply : replies("udp", bytes)) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (udp.isClosed()) {
          return;
        }
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        for (byte[] reply : replies("tcp", bytes)) {
          byte[] framed = new byte[reply.length + 2];
          framed[0] = (byte) (reply.length >> 8);
          framed[1] = (byte) reply.length;
          System.arraycopy(reply, 0, framed, 2, reply.length);
          out.write(framed);
        }
      }
    } catch (IOException e) {
      return; // the client has what it wanted
    }
  }

  private List<byte[]> replies(String transport, byte[] bytes) throws IOException {
    Message query = new Message(bytes);
    Record question = query.getQuestion();
    questions.add(
        transport + " " + question.getName() + " " + org.xbill.DNS.Type.string(question.getType()));
    Message answer = answer(query);
    List<byte[]> replies = new ArrayList<>();
    for (byte[] reply : script.apply(query, answer)) {
      if (transport.equals("udp") && reply.length > LONGEST_DATAGRAM) {
        Message cut = header(query);
        cut.getHeader().setFlag(Flags.TC);
        replies.add(cut.toWire());
      } else {
        replies.add(reply);
      }
    }
    return replies;
  }

  /** A message that answers nothing yet. */
  public static Message header(Message query) {
    Message message = new Message(query.getHeader().getID());
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setFlag(Flags.RD);
    message.getHeader().setFlag(Flags.RA);
    message.addRecord(query.getQuestion(), Section.QUESTION);
    return message;
  }

  private Message answer(Message query) {
    Message message = header(query);
    Record question = query.getQuestion();
    @Nullable Name at = question.getName();
    boolean found = false;
    for (int link = 0; at != null && link < 12; link++) {
      List<Record> here = zone.getOrDefault(at, List.of());
      if (here.isEmpty()) {
        message.getHeader().setRcode(Rcode.NXDOMAIN);
        break;
      }
      Name next = null;
      for (Record record : here) {
        if (record.getType() == question.getType()) {
          message.addRecord(record, Section.ANSWER);
          found = true;
        } else if (record instanceof CNAMERecord alias) {
          message.addRecord(record, Section.ANSWER);
          next = alias.getTarget();
        }
      }
      at = next;
    }
    if (!found) {
      message.addRecord(
          new SOARecord(Name.root, DClass.IN, 3600, Name.root, Name.root, 1, 1, 1, 1, NEGATIVE_TTL),
          Section.AUTHORITY);
    }
    return message;
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
