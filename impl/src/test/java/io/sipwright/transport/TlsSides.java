package io.sipwright.transport;

import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;

/** Networks that speak TLS too, and what the two sides of a connection hear. */
abstract class TlsSides {
  TlsNetworks networks;
  Recorder client;
  Recorder server;

  @BeforeMethod(alwaysRun = true)
  public void open() throws Exception {
    networks = new TlsNetworks();
    client = new Recorder();
    server = new Recorder();
  }

  @AfterMethod(alwaysRun = true)
  public void close() throws Exception {
    networks.close();
  }

  /** An endpoint for WebSockets that the server side hears. */
  Endpoint webSockets(SocketNetworkConfig.Builder config) throws Exception {
    return networks.network(config).open("ws", Sockets.anyPort(), server);
  }
}
