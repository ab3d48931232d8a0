/**
 * Where a message goes: next hop of a request, way back of a response (RFC 3261 §18.2.2, RFC 3581,
 * RFC 3263).
 */
@NullMarked
package io.sipwright.locator;

import org.jspecify.annotations.NullMarked;
