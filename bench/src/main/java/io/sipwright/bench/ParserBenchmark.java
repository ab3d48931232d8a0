package io.sipwright.bench;

import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import javax.sip.header.MaxForwardsHeader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What reading and writing a 610-byte INVITE costs. The goal: 1.5 µs and 600 bytes besides the copy
 * of the input until it's ready for transaction matching.
 *
 * <pre>
 * mvn -q -Dquick -pl bench -am package
 * java -jar bench/target/sipwright-bench-0.1.0-SNAPSHOT.jar ParserBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ParserBenchmark {
  static final String INVITE =
      String.join(
          "\r\n",
          "INVITE sip:bob@biloxi.example.com;user=phone SIP/2.0",
          "Via: SIP/2.0/UDP pc33.atlanta.example.com:5060;branch=z9hG4bK776asdhds83jd7;rport",
          "Max-Forwards: 70",
          "To: \"Bob Burroughs\" <sip:bob@biloxi.example.com>",
          "From: \"Alice Adams\" <sip:alice@atlanta.example.com>;tag=1928301774",
          "Call-ID: a84b4c76e66710-9a3f@pc33.atlanta.example.com",
          "CSeq: 314159 INVITE",
          "Contact: <sip:alice@pc33.atlanta.example.com:5060;transport=udp>",
          "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO",
          "Supported: 100rel, timer, replaces",
          "User-Agent: ExamplePhone/4.2.1 (build 9817)",
          "Session-Expires: 1800;refresher=uac",
          "Content-Length: 0",
          "",
          "");

  private final MessageParser parser = new MessageParser();
  private byte[] invite = {};
  private SipMessage parsed = message(INVITE.getBytes(StandardCharsets.US_ASCII));

  /** Reads the message once. */
  @Setup
  public void setUp() {
    invite = INVITE.getBytes(StandardCharsets.US_ASCII);
    parsed = message(invite);
  }

  private SipMessage message(byte[] bytes) {
    return (SipMessage) parser.parse(bytes, 0, bytes.length, false);
  }

  /** Framing, and all that is checked. */
  @Benchmark
  public SipMessage parse() {
    return message(invite);
  }

  /** As far as a transaction table needs it, with every string it may ask for. */
  @Benchmark
  public SipMessage parseReadyForMatching(Blackhole hole) {
    SipMessage m = message(invite);
    hole.consume(m.method());
    hole.consume(m.viaBranch());
    hole.consume(m.viaHost());
    hole.consume(m.viaPort());
    hole.consume(m.fromTag());
    hole.consume(m.toTag());
    hole.consume(m.callId());
    hole.consume(m.cseq());
    hole.consume(m.maxForwards());
    return m;
  }

  /** Every header made an object. */
  @Benchmark
  public SipMessage parseAndReadAllHeaders(Blackhole hole) {
    SipMessage m = message(invite);
    for (Iterator<?> names = m.getHeaderNames(); names.hasNext(); ) {
      for (Iterator<?> headers = m.getHeaders((String) names.next()); headers.hasNext(); ) {
        hole.consume(headers.next());
      }
    }
    return m;
  }

  /** What a server does with received and rport. */
  @Benchmark
  public SipMessage parseAndStampVia() {
    SipMessage m = message(invite);
    m.stampVia("192.0.2.1", 5060);
    return m;
  }

  /** Nothing touched: the received bytes. */
  @Benchmark
  public byte[] encodeUntouched() {
    return parsed.encoded();
  }

  /** One header changed, as a proxy does: the others are copied as they are. */
  @Benchmark
  public byte[] parseTouchOneAndEncode() throws Exception {
    SipMessage m = message(invite);
    ((MaxForwardsHeader) m.getHeader(MaxForwardsHeader.NAME)).decrementMaxForwards();
    return m.encoded();
  }

  /** A 200 without To tag, as bytes to send. */
  @Benchmark
  public byte[] createResponseAndEncode() {
    return parsed.createResponse(200).encoded();
  }

  /** The lower limit: a copy of the input. */
  @Benchmark
  public byte[] copyInput() {
    return invite.clone();
  }
}
