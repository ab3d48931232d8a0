package io.sipwright.transport;

import java.net.InetAddress;
import java.util.List;

/**
 * How UDP endpoints use the machine.
 *
 * @param receiveBuffer size to ask for, in bytes; the system may give less; 0 for its default
 * @param sendBuffer size to ask for, in bytes; the system may give less; 0 for its default
 * @param threads threads that receive, for each socket
 * @param sockets sockets for each endpoint, all bound to its address by {@code SO_REUSEPORT}: the
 *     system spreads the peers over them. Where it has no such option there's one
 * @param detectUnreachable whether what is sent with a failure listener goes through a socket
 *     connected to its peer, so that an ICMP "unreachable" is told as a failure
 * @param answerStun whether STUN Binding requests are answered (RFC 5626 §5.4)
 * @param multicastGroups groups to receive from as well, on the endpoint's port (RFC 3261 §18.1.2,
 *     §10.2.6)
 */
public record UdpSettings(
    int receiveBuffer,
    int sendBuffer,
    int threads,
    int sockets,
    boolean detectUnreachable,
    boolean answerStun,
    List<InetAddress> multicastGroups) {
  /** Buffers of 4 MiB, one socket with one thread, STUN answered, nothing else. */
  public static final UdpSettings DEFAULT =
      new UdpSettings(4 << 20, 4 << 20, 1, 1, false, true, List.of());

  /** Checks the ranges. */
  public UdpSettings {
    if (receiveBuffer < 0 || sendBuffer < 0) {
      throw new IllegalArgumentException(
          "Buffers must not be negative: " + receiveBuffer + ", " + sendBuffer);
    }
    if (threads <= 0 || sockets <= 0) {
      throw new IllegalArgumentException(
          "There must be a thread and a socket: " + threads + ", " + sockets);
    }
    for (InetAddress group : multicastGroups) {
      if (!group.isMulticastAddress()) {
        throw new IllegalArgumentException(group.getHostAddress() + " is no multicast address");
      }
    }
    multicastGroups = List.copyOf(multicastGroups);
  }

  /** The same with other buffers, in bytes. */
  public UdpSettings withBuffers(int receive, int send) {
    return new UdpSettings(
        receive, send, threads, sockets, detectUnreachable, answerStun, multicastGroups);
  }

  /** The same with so many sockets for each endpoint and threads for each socket. */
  public UdpSettings withReceivers(int socketCount, int threadCount) {
    return new UdpSettings(
        receiveBuffer,
        sendBuffer,
        threadCount,
        socketCount,
        detectUnreachable,
        answerStun,
        multicastGroups);
  }

  /** The same, telling of unreachable peers or not. */
  public UdpSettings withDetectUnreachable(boolean value) {
    return new UdpSettings(
        receiveBuffer, sendBuffer, threads, sockets, value, answerStun, multicastGroups);
  }

  /** The same, answering STUN or not. */
  public UdpSettings withAnswerStun(boolean value) {
    return new UdpSettings(
        receiveBuffer, sendBuffer, threads, sockets, detectUnreachable, value, multicastGroups);
  }

  /** The same with other groups. */
  public UdpSettings withMulticastGroups(List<InetAddress> groups) {
    return new UdpSettings(
        receiveBuffer, sendBuffer, threads, sockets, detectUnreachable, answerStun, groups);
  }
}
