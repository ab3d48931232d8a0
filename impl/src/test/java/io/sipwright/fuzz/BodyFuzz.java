package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;
import static io.sipwright.fuzz.Property.same;
import static io.sipwright.fuzz.Property.within;

import io.sipwright.body.BodyLimits;
import io.sipwright.body.BodyParser;
import io.sipwright.body.BodyPart;
import io.sipwright.body.MalformedBody;
import io.sipwright.body.ParsedBody;
import io.sipwright.body.SipFragment;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import javax.sip.message.Request;

/** Bodies and fragments are refused with a reason, or have parts that say the same once written. */
final class BodyFuzz {
  private static final BodyParser LENIENT = new BodyParser();
  private static final BodyParser STRICT =
      new BodyParser(BodyLimits.DEFAULT, StandardCharsets.UTF_8, true);

  private static final int LEAST = 4 << 10;
  private static final int FACTOR = 20;
  private static final String REQUEST =
      String.join(
          "\r\n",
          "NOTIFY sip:a@192.0.2.1 SIP/2.0",
          "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKa",
          "From: <sip:b@192.0.2.2>;tag=b",
          "To: <sip:a@192.0.2.1>;tag=a",
          "Call-ID: c",
          "CSeq: 1 NOTIFY",
          "Content-Length: 0",
          "",
          "");

  private BodyFuzz() {}

  static void check(byte[] input) {
    int line = 0;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    String type = new String(input, 0, line, StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
    long most = LEAST + (long) FACTOR * input.length;
    ParsedBody parsed = within(most, () -> LENIENT.parse(type, body)); // its parts are objects then
    ParsedBody strict = within(most, () -> STRICT.parse(type, body));
    if (parsed instanceof MalformedBody malformed) {
      holds(strict instanceof MalformedBody, "only strict takes it", strict);
      holds(malformed.offset() >= 0 && malformed.offset() <= body.length, "offset", malformed);
    } else {
      check((BodyPart) parsed, body);
    }
    checkFragment(body);
  }

  private static void check(BodyPart part, byte[] body) {
    holds(Arrays.equals(part.bytes(), body), "other bytes", part);
    checkParts(part);
    try {
      Request request = new MessageFactoryImpl().createRequest(REQUEST);
      part.putInto(request);
      ParsedBody again = LENIENT.parse(request);
      holds(again instanceof BodyPart, "not read from a message", again, request);
      holds(shape((BodyPart) again).equals(shape(part)), "other parts", again, part);
      if (part.isMultipart() && !part.parts().isEmpty()) {
        checkBuilt(part);
      }
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** All that can be asked of a part. */
  private static void checkParts(BodyPart part) {
    holds(part.content().length <= part.length() + 1, "content grew", part);
    part.text();
    part.disposition();
    part.contentEncodings();
    part.isRequired();
    for (String name : part.headerNames()) {
      String value = part.header(name);
      holds(value == null || value.indexOf('\n') < 0, "line break", value);
    }
    part.process(leaf -> leaf.length() % 2 == 0);
    holds(part.parts().isEmpty() || part.root() != part, "root", part);
    if (part.contentId() != null) {
      holds(part.byContentId(part.contentId()) != null, "Content-ID", part.contentId());
    }
    int total = part.preamble().length + part.epilogue().length;
    for (BodyPart each : part.parts()) {
      checkParts(each);
      total += each.length();
    }
    holds(total <= part.length() || part.parts().isEmpty(), "parts longer than the whole", part);
  }

  /** The same parts in a body of our making are the same parts. */
  private static void checkBuilt(BodyPart part) throws ParseException {
    var builder = BodyPart.builder("multipart/mixed");
    for (BodyPart each : part.parts()) {
      builder.part(each);
    }
    BodyPart built = builder.build();
    ParsedBody read = LENIENT.parse("multipart/mixed;boundary=" + quoted(built), built.bytes());
    holds(read instanceof BodyPart, "what was built can't be read", read, built);
    List<BodyPart> parts = ((BodyPart) read).parts();
    holds(parts.size() == part.parts().size(), "other number of parts", read);
    for (int i = 0; i < parts.size(); i++) {
      boolean equal = Arrays.equals(parts.get(i).bytes(), part.parts().get(i).bytes());
      holds(equal, "other bytes of a part", read);
    }
  }

  private static String quoted(BodyPart built) {
    return '"' + built.parameter("boundary") + '"';
  }

  private static String shape(BodyPart part) {
    StringBuilder shape = new StringBuilder(part.mediaType()).append(part.length());
    for (BodyPart each : part.parts()) {
      shape.append('(').append(shape(each)).append(')');
    }
    return shape.toString();
  }

  private static void checkFragment(byte[] body) {
    try {
      SipFragment fragment = SipFragment.parse(body);
      holds(Arrays.equals(fragment.bytes(), body), "other bytes", fragment);
      same(SipFragment.parse(fragment.bytes()), fragment, "other fragment");
      fragment.requestUri();
      fragment.reasonPhrase();
      holds(!fragment.message().toString().isEmpty(), "no text", fragment);
      holds(fragment.toBodyPart().length() == body.length, "other length", fragment);
    } catch (ParseException e) {
      holds(e.getErrorOffset() >= 0 && e.getErrorOffset() <= body.length + 2, "offset", e);
    }
  }
}
