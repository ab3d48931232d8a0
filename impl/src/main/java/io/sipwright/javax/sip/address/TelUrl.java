package io.sipwright.javax.sip.address;

/** A tel URI (RFC 3966). */
public class TelUrl {}
