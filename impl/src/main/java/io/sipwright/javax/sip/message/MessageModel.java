package io.sipwright.javax.sip.message;

import io.sipwright.javax.sip.header.HeaderModel;

/** The whole replaceable table of constructors: messages, headers, addresses and URIs. */
public class MessageModel extends HeaderModel {
  /** The model that is used where nobody put another in its place. */
  public static final MessageModel DEFAULT = new MessageModel();

  /** With the usual limit. */
  public MessageModel() {}

  /** With a limit of its own, as {@link HeaderModel#HeaderModel(int)}. */
  public MessageModel(int maxParameters) {
    super(maxParameters);
  }

  /** An empty request, to be filled in. */
  public SipRequest request() {
    return new SipRequest();
  }

  /** An empty response, to be filled in. */
  public SipResponse response() {
    return new SipResponse();
  }
}
