package io.sipwright.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.testng.Assert.fail;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@link Inbound} and failure listener that keeps what comes, for a test to wait for. */
class Recorder implements Inbound, Flow.FailureListener {
  record Received(Flow flow, String text) {}

  record Broken(Flow flow, String text, String reason) {}

  record Closed(Flow flow, IOException cause) {}

  private static final int PATIENCE_SECONDS = 20;

  final BlockingQueue<Received> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<Broken> brokenStreams = new LinkedBlockingQueue<>();
  final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
  final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();

  @Override
  public void onMessage(Flow flow, byte[] buffer, int offset, int length) {
    messages.add(new Received(flow, new String(buffer, offset, length, ISO_8859_1)));
  }

  @Override
  public void onBrokenStream(Flow flow, byte[] buffer, int offset, int length, String reason) {
    brokenStreams.add(new Broken(flow, new String(buffer, offset, length, ISO_8859_1), reason));
  }

  @Override
  public void onClosed(Flow flow, IOException cause) {
    closed.add(new Closed(flow, cause));
  }

  @Override
  public void onFailure(IOException cause) {
    failures.add(cause);
  }

  Received message() throws InterruptedException {
    return next(messages, "message");
  }

  static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
    T value = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (value == null) {
      fail("No " + what + " within " + PATIENCE_SECONDS + " seconds");
    }
    return value;
  }

  /** A request with a body, as it goes over a stream. */
  static byte[] request(String method, String body) {
    String text = method + " sip:a@b SIP/2.0\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return (text + body).getBytes(ISO_8859_1);
  }

  static byte[] ok(String body) {
    String text = "SIP/2.0 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return (text + body).getBytes(ISO_8859_1);
  }
}
