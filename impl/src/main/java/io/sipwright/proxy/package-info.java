/**
 * What proxies and registrars need besides routing: loop detection and Max-Breadth (RFC 5393), the
 * flows of Outbound (RFC 5626). Uses {@code javax.sip}, {@code io.sipwright.ext} and {@code
 * io.sipwright.header} alone, as a program would.
 */
@NullMarked
package io.sipwright.proxy;

import org.jspecify.annotations.NullMarked;
