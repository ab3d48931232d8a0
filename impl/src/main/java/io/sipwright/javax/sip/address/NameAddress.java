package io.sipwright.javax.sip.address;

/** An address with or without display name (RFC 3261 §25.1, name-addr and addr-spec). */
public class NameAddress {}
