package io.sipwright.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Messages as TLS records, made by the engine of an open connection. */
final class TlsForm implements WireForm {
  private final SSLEngine engine;

  /** An engine doesn't make a record with less room than this, however short it is. */
  private final int room;

  /** The form of an engine whose handshake is done. */
  TlsForm(SSLEngine engine) {
    this.engine = engine;
    room = engine.getSession().getPacketBufferSize();
  }

  @Override
  public @Nullable ByteBuf encode(byte[] message, ByteBufAllocator allocator) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(message);
    ByteBuf records = allocator.heapBuffer(room);
    boolean made = false;
    try {
      while (source.hasRemaining()) {
        if (!wrap(source, records)) {
          if (records.isReadable()) {
            throw new SSLException("TLS ends in the middle of a message");
          }
          return null;
        }
      }
      made = true;
      return records;
    } finally {
      if (!made) {
        records.release();
      }
    }
  }

  /** Makes one record; it may be another than that of the message. Returns whether it did. */
  private boolean wrap(ByteBuffer source, ByteBuf records) throws SSLException {
    records.ensureWritable(room);
    int at = records.writerIndex();
    SSLEngineResult result =
        engine.wrap(source, records.internalNioBuffer(at, records.writableBytes()));
    records.writerIndex(at + result.bytesProduced());
    return result.getStatus() == SSLEngineResult.Status.OK && result.bytesProduced() > 0;
  }

  /** Not while a key is to be changed (RFC 8446 §4.6.3). */
  @Override
  public boolean isAtRest() {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }
}
