package io.sipwright.javax.sip.address;

/** A URI of any other scheme. */
public class GenericUri {}
