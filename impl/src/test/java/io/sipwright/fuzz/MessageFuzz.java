package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;
import static io.sipwright.fuzz.Property.within;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.Readings;
import io.sipwright.javax.sip.message.RequestGlance;
import io.sipwright.javax.sip.message.SipMessage;
import io.sipwright.transaction.TransactionKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Bytes are refused with a reason, or are a message: written as it came while nobody touched it,
 * the same message once it's written anew, and one that can be answered.
 */
final class MessageFuzz {
  private static final MessageParser LENIENT = new MessageParser();
  private static final MessageParser STRICT =
      new MessageParser(MessageModel.DEFAULT, Limits.DEFAULT, true);

  private static final int FACTOR = 20;

  /** Of a message that was only read, and of one with every header an object. */
  private static final int LEAST = 4 << 10;

  private static final int LEAST_WITH_HEADERS = 48 << 10;
  private static final int[] STATUSES = {100, 183, 200, 302, 400, 420, 481, 503, 603, 699};

  private MessageFuzz() {}

  static void check(byte[] input) {
    long most = LEAST + (long) FACTOR * input.length;
    Parsed parsed = within(most, () -> LENIENT.parse(input));
    Parsed strict = within(most, () -> STRICT.parse(input));
    if (parsed instanceof Malformed malformed) {
      holds(strict instanceof Malformed, "only strict takes it", strict);
      check(malformed, input);
      return;
    }
    SipMessage message = (SipMessage) parsed;
    within(LEAST_WITH_HEADERS + (long) FACTOR * input.length, () -> readAll(input));
    checkBytes(message, input);
    checkAnswers(message);
    checkAnew(message);
    checkRead(message);
    checkProxied(message);
    checkGlance(message, input);
    if (strict instanceof SipMessage taken) {
      holds(taken.equals(message), "strict reads it otherwise", taken);
    }
  }

  private static SipMessage readAll(byte[] input) {
    SipMessage message = (SipMessage) LENIENT.parse(input);
    askForAll(message);
    return message;
  }

  private static void check(Malformed malformed, byte[] input) {
    holds(!malformed.reason().isEmpty(), "no reason", malformed);
    int offset = malformed.offset();
    holds(offset >= 0 && offset <= input.length, "offset", offset, malformed);
    SipMessage response = malformed.createResponse(MessageModel.DEFAULT);
    if (response == null) {
      return;
    }
    holds(response.status() == malformed.status(), "status", response);
    SipMessage read = read(response);
    holds(read.equals(response), "other response", response, read);
  }

  /** As it came: line ends before it and bytes behind it left out. */
  private static void checkBytes(SipMessage message, byte[] input) {
    int from = 0;
    while (input[from] == '\r' || input[from] == '\n') {
      from++;
    }
    byte[] out = message.encoded();
    int to = from + out.length;
    boolean same = to <= input.length && Arrays.equals(out, 0, out.length, input, from, to);
    holds(same, "other bytes", message);
    message.forget();
    holds(Arrays.equals(message.encoded(), out), "other bytes once forgotten", message);
  }

  private static void checkAnswers(SipMessage message) {
    if (message.isRequest()) {
      int status = STATUSES[message.encoded().length % STATUSES.length];
      SipMessage response = message.createResponse(status);
      SipMessage read = read(response);
      holds(read.equals(response), "other response", response, read);
      holds(read.viaCount() == message.viaCount(), "Vias", read);
    }
  }

  /** Everything read: written as it came. */
  private static void checkRead(SipMessage message) {
    SipMessage copy = message.clone();
    askForAll(copy);
    copy.requestUri();
    boolean same = Arrays.equals(copy.encoded(), message.encoded());
    holds(same, "reading has changed it", copy, message);
  }

  /** Every header an object: still a message, the same, and written the same again. */
  private static void checkAnew(SipMessage message) {
    SipMessage touched = touched(message);
    SipMessage again = read(touched);
    holds(again.equals(message), "other message", message, again);
    holds(again.hashCode() == message.hashCode(), "other hash code", again);
    SipMessage twice = touched(again);
    holds(Arrays.equals(twice.encoded(), touched.encoded()), "not stable", touched, twice);
  }

  private static SipMessage touched(SipMessage message) {
    SipMessage copy = message.clone();
    Readings.replaceAll(copy);
    return copy;
  }

  private static void askForAll(SipMessage message) {
    for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
      for (Iterator<?> it = message.getHeaders((String) names.next()); it.hasNext(); ) {
        it.next();
      }
    }
    message.getUnrecognizedHeaders();
  }

  /** A header more before all others, and everything else as it was, whatever was read. */
  private static void checkProxied(SipMessage message) {
    SipMessage copy = message.clone();
    addVia(copy);
    SipMessage read = read(copy);
    holds(read.viaCount() == message.viaCount() + 1, "Vias", read);
    holds("192.0.2.1".equals(read.viaHost()), "top Via", read);
    SipMessage looked = message.clone();
    askForAll(looked);
    looked.requestUri();
    addVia(looked);
    boolean same = Arrays.equals(looked.encoded(), copy.encoded());
    holds(same, "reading has changed it before it was changed", looked, copy);
  }

  private static void addVia(SipMessage message) {
    try {
      SipHeader via = message.model().header(HeaderType.VIA);
      ((javax.sip.header.ViaHeader) via).setHost("192.0.2.1");
      ((javax.sip.header.ViaHeader) via).setTransport("UDP");
      message.addFirst(via);
    } catch (ParseException | javax.sip.SipException e) {
      throw new AssertionError(e);
    }
  }

  /** Whoever only glances at it sees the same, and refuses it so that the response can be read. */
  private static void checkGlance(SipMessage message, byte[] input) {
    String transport = message.viaTransport();
    RequestGlance glance =
        transport == null ? null : RequestGlance.at(input, 0, input.length, transport);
    if (glance == null) {
      return;
    }
    holds(message.isRequest() && message.toTag() == null, "no new request", message);
    holds(glance.method().equals(message.method()), "other method", message);
    TransactionKey key = TransactionKey.ofServer(glance);
    holds(key == null || key.equals(TransactionKey.ofServer(message)), "other key", message);
    SipMessage busy = read(glance.busy("t", "192.0.2.1", 5060, false, 1));
    holds(busy.status() == 503 && "t".equals(busy.toTag()), "response", busy);
    holds(busy.viaCount() == message.viaCount(), "Vias of the response", busy);
    holds("192.0.2.1".equals(busy.viaReceived()), "received", busy);
  }

  private static SipMessage read(SipMessage message) {
    return read(message.encoded());
  }

  private static SipMessage read(byte[] encoded) {
    Parsed read = LENIENT.parse(encoded);
    if (read instanceof SipMessage again) {
      return again;
    }
    throw new AssertionError(read + "\n" + new String(encoded, ISO_8859_1));
  }
}
