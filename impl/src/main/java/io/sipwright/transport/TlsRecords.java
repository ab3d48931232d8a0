package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Knows where TLS records end (RFC 8446 §5.1: type, version, length, fragment), so that one that
 * drips in is noticed. Passes everything on.
 */
final class TlsRecords extends ChannelInboundHandlerAdapter implements Wholeness {
  private static final int LENGTH_AT = 3;
  private static final int HEADER = 5;

  private int headerBytes;
  private int length;
  private int left;
  private long records;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    if (received instanceof ByteBuf bytes) {
      count(bytes);
    }
    ctx.fireChannelRead(received);
  }

  private void count(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (left > 0) {
        int part = Math.min(left, end - at);
        at += part;
        left -= part;
      } else {
        int b = bytes.getByte(at++) & 0xff;
        if (headerBytes >= LENGTH_AT) {
          length = (length << 8 | b) & 0xffff;
        }
        if (++headerBytes < HEADER) {
          continue;
        }
        left = length;
      }
      if (left == 0) {
        headerBytes = 0;
        records++;
      }
    }
  }

  @Override
  public boolean midMessage() {
    return headerBytes > 0;
  }

  @Override
  public long messages() {
    return records;
  }
}
