package io.sipwright.javax.sip.address;

/**
 * The lowest part of the replaceable table of constructors: what the parsers and factories call to
 * make URIs and addresses. A compatibility layer overrides these to put its own subclasses in
 * place.
 */
public class AddressModel {
  /** An empty SIP URI. */
  public SipUri sipUri() {
    return new SipUri();
  }

  /** An empty tel URI. */
  public TelUrl telUrl() {
    return new TelUrl();
  }

  /** An empty URI of any other scheme. */
  public GenericUri genericUri() {
    return new GenericUri();
  }

  /** An empty URN. */
  public Urn urn() {
    return new Urn();
  }

  /** An empty {@code im} or {@code pres} URI. */
  public MailboxUri mailboxUri() {
    return new MailboxUri();
  }

  /** An empty address. */
  public NameAddress address() {
    return new NameAddress();
  }
}
