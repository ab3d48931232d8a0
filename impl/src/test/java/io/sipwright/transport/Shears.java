package io.sipwright.transport;

import static org.testng.Assert.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between client and server, passes the first bytes of one direction of each connection on,
 * and then cuts it. The other direction passes whole, as long as it's there.
 */
public final class Shears implements AutoCloseable {
  /** How a connection is cut. */
  public enum Cut {
    RESET,
    FIN,
    /** The receiver of what was passed sees the end of it, and may go on sending. */
    HALF_CLOSE,
    /** It isn't: nothing more comes. */
    HOLD
  }

  private final ServerSocket listening;
  private final InetSocketAddress to;
  private final boolean cutsAnswers;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int limit = Integer.MAX_VALUE;
  private volatile Cut cut = Cut.RESET;

  private Shears(InetSocketAddress to, boolean cutsAnswers) throws IOException {
    this.to = to;
    this.cutsAnswers = cutsAnswers;
    listening = new ServerSocket();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::acceptAll);
  }

  /** Cuts what clients send to a server. Nothing is cut yet. */
  public static Shears ofRequests(InetSocketAddress server) throws IOException {
    return new Shears(server, false);
  }

  /** Cuts what a server sends to its clients. Nothing is cut yet. */
  public static Shears ofAnswers(InetSocketAddress server) throws IOException {
    return new Shears(server, true);
  }

  /** Cuts each connection made from now on behind so many bytes. */
  public void cutBehind(int bytes, Cut how) {
    cut = how;
    limit = bytes;
  }

  /** Cuts no connection that is made from now on. */
  public void rest() {
    limit = Integer.MAX_VALUE;
  }

  /** Ends all connections that are there. */
  public void cutNow() {
    sockets.removeIf(
        socket -> {
          closeBoth(socket, socket);
          return true;
        });
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** How many connections were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many bytes were passed of the direction that is cut, on all connections. */
  public int passed() {
    return passed.get();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "shears");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(to.getAddress(), to.getPort());
        sockets.add(client);
        sockets.add(server);
        accepted.incrementAndGet();
        start(() -> pass(cutsAnswers ? server : client, cutsAnswers ? client : server));
      }
    } catch (IOException e) {
      assertNotNull(e); // the end of the test
    }
  }

  private void pass(Socket from, Socket onwards) {
    start(() -> passBack(onwards, from));
    int left = limit;
    byte[] buffer = new byte[4096];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = onwards.getOutputStream();
      while (left > 0) {
        int n = in.read(buffer, 0, Math.min(left, buffer.length));
        if (n < 0) {
          break;
        }
        passed.addAndGet(n);
        out.write(buffer, 0, n);
        left -= n;
      }
      switch (cut) {
        case RESET -> {
          from.setSoLinger(true, 0);
          onwards.setSoLinger(true, 0);
          from.close();
          onwards.close();
        }
        case FIN -> {
          from.close();
          onwards.close();
        }
        case HALF_CLOSE -> onwards.shutdownOutput();
        case HOLD -> {}
      }
    } catch (IOException e) {
      closeBoth(from, onwards);
    }
  }

  private static void passBack(Socket onwards, Socket from) {
    try {
      onwards.getInputStream().transferTo(from.getOutputStream());
    } catch (IOException e) {
      assertNotNull(e); // cut
    }
    closeBoth(from, onwards);
  }

  private static void closeBoth(Socket a, Socket b) {
    try (a;
        b) {
      assertNotNull(a);
    } catch (IOException e) {
      assertNotNull(e);
    }
  }

  /** Takes no more connections; those that are there stay. */
  @Override
  public void close() throws IOException {
    listening.close();
  }
}
