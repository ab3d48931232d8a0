package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;

/**
 * Knows where TLS records end (RFC 8446 §5.1: type, version, length, fragment), so that one that
 * drips in is noticed; and, in TLS 1.2, whether the peer begins another handshake. Passes
 * everything else on.
 */
final class TlsRecords extends ChannelInboundHandlerAdapter implements Wholeness {
  private static final int LENGTH_AT = 3;
  private static final int HEADER = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private int headerBytes;
  private int length;
  private int left;
  private long records;

  /** Whether the peer has said that it encrypts from now on. */
  private boolean ciphers;

  private int encryptedHandshakes;
  private boolean oneHandshake;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object received) {
    if (received instanceof ByteBuf bytes) {
      count(bytes);
    }
    if (oneHandshake && beganAnother()) {
      ReferenceCountUtil.release(received);
      ctx.fireExceptionCaught(new SSLException("TLS renegotiation is not allowed"));
    } else {
      ctx.fireChannelRead(received);
    }
  }

  /**
   * Whether the peer has begun a second handshake, in TLS 1.2: of the first one only Finished is
   * encrypted (RFC 5246 §7.3). Later versions have no second one.
   */
  boolean beganAnother() {
    return encryptedHandshakes > 1;
  }

  /** Lets no second handshake through: it would cost us more than the peer. */
  void allowNoOther() {
    oneHandshake = true;
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
        if (headerBytes == 0) {
          begin(b);
        } else if (headerBytes >= LENGTH_AT) {
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

  private void begin(int type) {
    if (type == CHANGE_CIPHER_SPEC) {
      ciphers = true;
    } else if (type == HANDSHAKE && ciphers) {
      encryptedHandshakes++;
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
