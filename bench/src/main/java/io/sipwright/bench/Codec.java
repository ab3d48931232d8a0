package io.sipwright.bench;

import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.openjdk.jmh.infra.Blackhole;

/** Bytes to message and back, as a stack does it inside. */
interface Codec {
  /** Reads a request. */
  Message parse(byte[] bytes);

  /** Writes a message. */
  byte[] encode(Message message);

  /** Reads what a transaction is found by. */
  void match(Message message, Blackhole hole);

  /** Ours. */
  static Codec sipwright() {
    MessageParser parser = new MessageParser();
    return new Codec() {
      @Override
      public Message parse(byte[] bytes) {
        return (SipMessage) parser.parse(bytes, 0, bytes.length, false);
      }

      @Override
      public byte[] encode(Message message) {
        return ((SipMessage) message).encoded();
      }

      @Override
      public void match(Message message, Blackhole hole) {
        SipMessage m = (SipMessage) message;
        hole.consume(m.method());
        hole.consume(m.viaBranch());
        hole.consume(m.viaHost());
        hole.consume(m.viaPort());
        hole.consume(m.fromTag());
        hole.consume(m.toTag());
        hole.consume(m.callId());
        hole.consume(m.cseq());
        hole.consume(m.maxForwards());
      }
    };
  }

  /** The old reference implementation's, which is found at run time only. */
  static Codec jainSipRi() throws ReflectiveOperationException {
    Class<?> messageClass = Class.forName("gov.nist.javax.sip.message.SIPMessage");
    MethodHandle parse = parserOf(messageClass);
    MethodHandle encode = encoderOf(messageClass);
    return new Codec() {
      @Override
      public Message parse(byte[] bytes) {
        try {
          return (Message) parse.invokeExact(bytes);
        } catch (Throwable e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public byte[] encode(Message message) {
        try {
          return (byte[]) encode.invokeExact(message);
        } catch (Throwable e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void match(Message message, Blackhole hole) {
        ViaHeader via = (ViaHeader) message.getHeader(ViaHeader.NAME);
        hole.consume(((Request) message).getMethod());
        hole.consume(via.getBranch());
        hole.consume(via.getHost());
        hole.consume(via.getPort());
        hole.consume(((FromHeader) message.getHeader(FromHeader.NAME)).getTag());
        hole.consume(((ToHeader) message.getHeader(ToHeader.NAME)).getTag());
        hole.consume(((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId());
        hole.consume(((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber());
        hole.consume(
            ((MaxForwardsHeader) message.getHeader(MaxForwardsHeader.NAME)).getMaxForwards());
      }
    };
  }

  /** Bytes to {@link Message}, with headers and body, and complaining to nobody. */
  private static MethodHandle parserOf(Class<?> messageClass) throws ReflectiveOperationException {
    Class<?> parserClass = Class.forName("gov.nist.javax.sip.parser.StringMsgParser");
    Class<?> listener = Class.forName("gov.nist.javax.sip.parser.ParseExceptionListener");
    Object parser = parserClass.getConstructor().newInstance();
    MethodType type =
        MethodType.methodType(messageClass, byte[].class, boolean.class, boolean.class, listener);
    MethodHandle parse =
        MethodHandles.publicLookup()
            .findVirtual(parserClass, "parseSIPMessage", type)
            .bindTo(parser);
    return MethodHandles.insertArguments(parse, 1, true, false, null)
        .asType(MethodType.methodType(Message.class, byte[].class));
  }

  /** {@link Message} to bytes, as they go over UDP. */
  private static MethodHandle encoderOf(Class<?> messageClass) throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(byte[].class, String.class);
    MethodHandle encode =
        MethodHandles.publicLookup().findVirtual(messageClass, "encodeAsBytes", type);
    return MethodHandles.insertArguments(encode, 1, "udp")
        .asType(MethodType.methodType(byte[].class, Message.class));
  }
}
