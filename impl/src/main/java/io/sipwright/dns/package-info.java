/**
 * Questions to the DNS, asked without making anybody wait: over the network, from a cache, or from
 * zones in memory under virtual time (RFC 1035, RFC 2308). Knows nothing of SIP.
 */
@NullMarked
package io.sipwright.dns;

import org.jspecify.annotations.NullMarked;
