/** URIs and addresses: parse, encode, compare (RFC 3261 §19, §20.10; RFC 3966). */
@NullMarked
package io.sipwright.javax.sip.address;

import org.jspecify.annotations.NullMarked;
