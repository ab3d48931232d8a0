package io.sipwright.javax.sip.address;

/** A SIP or SIPS URI (RFC 3261 §19.1). */
public class SipUri {}
