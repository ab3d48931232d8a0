/**
 * What proxies need besides routing: loop detection and Max-Breadth (RFC 5393). Uses {@code
 * javax.sip} alone, as a program would.
 */
@NullMarked
package io.sipwright.proxy;

import org.jspecify.annotations.NullMarked;
