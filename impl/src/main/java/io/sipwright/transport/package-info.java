/**
 * Sockets and flows: framing, connections, keep-alive (RFC 3261 §18). Knows bytes, not messages.
 */
@NullMarked
package io.sipwright.transport;

import org.jspecify.annotations.NullMarked;
