package io.sipwright.javax.sip.message;

/**
 * What {@link MessageParser} makes of bytes off the wire: a message, or a value that says why it's
 * none.
 */
public sealed interface Parsed permits SipMessage, Malformed {}
