package io.sipwright.locator;

import javax.sip.address.Hop;

/**
 * A hook of programs: has the last word on where a request goes, after the router and before
 * anything is looked up. For networks whose names aren't in the DNS, or that want another port.
 *
 * <p>Set by the property {@code io.sipwright.ADDRESS_RESOLVER}, the name of a class with a public
 * constructor without arguments, or by {@code SipStackImpl.setAddressResolver}.
 */
public interface AddressResolver {
  /**
   * Where to go in place of a hop.
   *
   * @param hop what the router or the request says; its port is not above 0 where nobody named one,
   *     and its transport is null where that's to be found by RFC 3263 §4.1
   * @return the same hop, or another one, to which the same holds. Called on the thread that sends,
   *     and so should not block.
   */
  Hop resolveAddress(Hop hop);
}
