package io.sipwright.bench;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import javax.sip.SipFactory;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.AllowHeader;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.HeaderFactory;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.Parameters;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What messages cost on Sipwright and on the old reference implementation, in the same run: a
 * 610-byte INVITE. Run it by {@code bench/messages}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBenchmark {
  /** The provider. */
  @Param({"io.sipwright", "gov.nist"})
  public String path = "io.sipwright";

  private byte[] invite = {};
  private Codec codec = Codec.sipwright();
  private Message parsed = codec.parse(ParserBenchmark.INVITE.getBytes(StandardCharsets.US_ASCII));
  private HeaderFactory headers = HeaderFactoryHolder.of("io.sipwright");
  private SipURI proxy = HeaderFactoryHolder.proxy("io.sipwright");
  private AddressFactory addresses = HeaderFactoryHolder.addresses("io.sipwright");

  /** Makes the provider's objects. */
  @Setup
  public void setUp() throws Exception {
    invite = ParserBenchmark.INVITE.getBytes(StandardCharsets.US_ASCII);
    codec = path.equals("io.sipwright") ? Codec.sipwright() : Codec.jainSipRi();
    headers = HeaderFactoryHolder.of(path);
    proxy = HeaderFactoryHolder.proxy(path);
    addresses = HeaderFactoryHolder.addresses(path);
    parsed = codec.parse(invite);
  }

  /** As far as a transaction table needs it. */
  @Benchmark
  public Message parseReadyForMatching(Blackhole hole) {
    Message m = codec.parse(invite);
    codec.match(m, hole);
    return m;
  }

  /** Every header made an object. */
  @Benchmark
  public Message parseAndReadAllHeaders(Blackhole hole) {
    Message m = codec.parse(invite);
    for (Iterator<?> names = m.getHeaderNames(); names.hasNext(); ) {
      for (Iterator<?> each = m.getHeaders((String) names.next()); each.hasNext(); ) {
        hole.consume(each.next());
      }
    }
    return m;
  }

  /** Every header made an object, and every part of each asked for. */
  @Benchmark
  public Message parseAndReadAllValues(Blackhole hole) {
    Message m = codec.parse(invite);
    for (Iterator<?> names = m.getHeaderNames(); names.hasNext(); ) {
      for (Iterator<?> each = m.getHeaders((String) names.next()); each.hasNext(); ) {
        readValues((Header) each.next(), hole);
      }
    }
    return m;
  }

  private static void readValues(Header header, Blackhole hole) {
    if (header instanceof HeaderAddress named) {
      hole.consume(named.getAddress().getDisplayName());
      SipURI uri = (SipURI) named.getAddress().getURI();
      hole.consume(uri.getUser());
      hole.consume(uri.getHost());
      hole.consume(uri.getPort());
      hole.consume(uri.getTransportParam());
    }
    if (header instanceof Parameters parameters) {
      for (Iterator<?> names = parameters.getParameterNames(); names.hasNext(); ) {
        hole.consume(parameters.getParameter((String) names.next()));
      }
    }
    if (header instanceof ViaHeader via) {
      hole.consume(via.getTransport());
      hole.consume(via.getHost());
      hole.consume(via.getPort());
    } else if (header instanceof CallIdHeader callId) {
      hole.consume(callId.getCallId());
    } else if (header instanceof CSeqHeader cseq) {
      hole.consume(cseq.getSeqNumber());
      hole.consume(cseq.getMethod());
    } else if (header instanceof AllowHeader allow) {
      hole.consume(allow.getMethod());
    } else if (header instanceof SupportedHeader supported) {
      hole.consume(supported.getOptionTag());
    } else if (header instanceof UserAgentHeader agent) {
      for (Iterator<?> products = agent.getProduct(); products.hasNext(); ) {
        hole.consume(products.next());
      }
    }
  }

  /** Nothing touched. */
  @Benchmark
  public byte[] encodeUntouched() {
    return codec.encode(parsed);
  }

  /** As a proxy does: reads five headers, adds a Via and a Record-Route, and sends. */
  @Benchmark
  public byte[] proxy(Blackhole hole) throws Exception {
    Message m = codec.parse(invite);
    hole.consume(((CallIdHeader) m.getHeader(CallIdHeader.NAME)).getCallId());
    hole.consume(((CSeqHeader) m.getHeader(CSeqHeader.NAME)).getSeqNumber());
    hole.consume(((FromHeader) m.getHeader(FromHeader.NAME)).getTag());
    hole.consume(((ToHeader) m.getHeader(ToHeader.NAME)).getTag());
    hole.consume(((MaxForwardsHeader) m.getHeader(MaxForwardsHeader.NAME)).getMaxForwards());
    m.addFirst(headers.createViaHeader("192.0.2.7", 5060, "udp", "z9hG4bK-74839-proxy-1"));
    RecordRouteHeader route = headers.createRecordRouteHeader(addresses.createAddress(proxy));
    m.addFirst(route);
    return codec.encode(m);
  }

  /** A program that looks at the caller. */
  @Benchmark
  public Message parseAndReadContact(Blackhole hole) {
    Message m = codec.parse(invite);
    hole.consume(((ContactHeader) m.getHeader(ContactHeader.NAME)).getAddress().getURI());
    hole.consume(((ViaHeader) m.getHeader(ViaHeader.NAME)).getBranch());
    return m;
  }

  /** Factories of a provider. */
  private static final class HeaderFactoryHolder {
    private HeaderFactoryHolder() {}

    private static SipFactory factory(String path) {
      SipFactory factory = SipFactory.getInstance();
      factory.resetFactory();
      factory.setPathName(path);
      return factory;
    }

    static HeaderFactory of(String path) {
      try {
        return factory(path).createHeaderFactory();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    static AddressFactory addresses(String path) {
      try {
        return factory(path).createAddressFactory();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    static SipURI proxy(String path) {
      try {
        SipURI uri = addresses(path).createSipURI(null, "192.0.2.7");
        uri.setLrParam();
        return uri;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
