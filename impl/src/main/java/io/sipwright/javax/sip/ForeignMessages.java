package io.sipwright.javax.sip;

import io.sipwright.javax.sip.message.Limits;
import io.sipwright.javax.sip.message.Malformed;
import io.sipwright.javax.sip.message.MessageModel;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.Parsed;
import io.sipwright.javax.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Takes messages of any vendor: ours as they are, others through their text. */
final class ForeignMessages {
  private ForeignMessages() {}

  static SipMessage request(Request request, MessageModel model) throws SipException {
    return request instanceof SipMessage ours ? ours : convert(request, model, true);
  }

  static SipMessage response(Response response, MessageModel model) throws SipException {
    return response instanceof SipMessage ours ? ours : convert(response, model, false);
  }

  private static SipMessage convert(Message message, MessageModel model, boolean request)
      throws SipException {
    byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
    Parsed parsed =
        new MessageParser(model, Limits.DEFAULT, false).parse(bytes, 0, bytes.length, false);
    if (parsed instanceof Malformed malformed) {
      throw new SipException("The message can't be sent: " + malformed.reason());
    }
    SipMessage ours = (SipMessage) parsed;
    if (ours.isRequest() != request) {
      throw new SipException("The message's text does not begin as it should: " + message);
    }
    return ours;
  }
}
