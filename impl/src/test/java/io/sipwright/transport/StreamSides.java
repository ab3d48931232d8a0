package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;

/** Endpoints for TCP on this machine, and plain sockets as their peers. */
abstract class StreamSides {
  SocketNetworkConfig config;
  SocketNetwork network;

  @BeforeMethod(alwaysRun = true)
  public void open() {
    use(Sockets.config().build());
  }

  /** Works with other settings from now on. */
  final void use(SocketNetworkConfig wanted) {
    config = wanted;
    network = new SocketNetwork(config);
  }

  @AfterMethod(alwaysRun = true)
  public void close() {
    network.close();
    Sockets.assertNoThreads(config);
  }

  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** A plain peer. */
  static Socket connect(Endpoint to) throws IOException {
    Socket socket = new Socket(to.local().getAddress(), to.local().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** A plain peer that can be connected to. */
  static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(Sockets.anyPort());
    server.setSoTimeout(20_000);
    return server;
  }

  /** What comes next, up to that length; less where it ends before. */
  static String read(Socket socket, int length) throws IOException {
    InputStream in = socket.getInputStream();
    return text(in.readNBytes(length));
  }

  /** Ends with a reset in place of an orderly close. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
