package io.sipwright.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import java.util.List;

/**
 * A transport over TCP: its name, and what lies between socket and messages.
 *
 * @param name in lower case
 * @param layers from the socket upwards
 * @param wholeMessages whether the topmost layer delivers message by message
 */
record StreamTransport(String name, List<StreamLayer> layers, boolean wholeMessages) {
  static final StreamTransport TCP = new StreamTransport("tcp", List.of(), false);

  StreamTransport {
    layers = List.copyOf(layers);
  }

  /** Whether a connection belongs to the domain it was opened for, and not just to an address. */
  boolean perDomain() {
    return !layers.isEmpty();
  }

  void addLayers(ChannelPipeline pipeline, StreamConnection connection) {
    for (StreamLayer layer : layers) {
      layer.addTo(pipeline, connection);
    }
  }

  /** What all layers together make of messages. */
  WireForm wireForm(ChannelPipeline pipeline, StreamConnection connection) {
    WireForm form = WireForm.PLAIN;
    for (StreamLayer layer : layers) {
      form = layer.wireForm(form, pipeline, connection);
    }
    return form;
  }

  /** Tells the peer that nothing more comes; done when what was written before is out too. */
  ChannelFuture farewell(Channel channel) {
    ChannelFuture last = layers.isEmpty() ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : null;
    for (int i = layers.size() - 1; i >= 0; i--) {
      last = layers.get(i).farewell(channel);
    }
    return last == null ? channel.newSucceededFuture() : last;
  }
}
