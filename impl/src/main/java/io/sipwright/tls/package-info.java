/**
 * Keys, certificates and whom to trust: RFC 5922 for SIP over TLS, RFC 2818 for secure WebSockets.
 * Opens no socket.
 */
@NullMarked
package io.sipwright.tls;

import org.jspecify.annotations.NullMarked;
