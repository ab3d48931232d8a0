package io.sipwright.stack;

import io.sipwright.transport.Endpoint;
import io.sipwright.transport.Flow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A flow that notes what's sent, and fails if it's told to. */
final class NotingFlow implements Flow, Endpoint {
  final InetSocketAddress remote;
  final List<byte[]> sent = new ArrayList<>();
  @Nullable IOException failure;
  private final String transport;

  NotingFlow(String host, int port, String transport) {
    remote = new InetSocketAddress(host, port);
    this.transport = transport;
  }

  @Override
  public Endpoint endpoint() {
    return this;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress("192.0.2.1", 5060);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(byte[] bytes, @Nullable FailureListener onFailure) {
    sent.add(bytes);
    if (failure != null && onFailure != null) {
      onFailure.onFailure(failure);
    }
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public boolean reliable() {
    return !transport.equals("udp");
  }

  @Override
  public Flow flowTo(InetSocketAddress address) {
    throw new AssertionError("a direct wire has its flow");
  }

  @Override
  public Flow existingFlow(InetSocketAddress address) {
    return this;
  }

  @Override
  public void close() {}
}
