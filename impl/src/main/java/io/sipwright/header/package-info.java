/**
 * Headers that {@code javax.sip.header} has no interface for, as interfaces in its style, and the
 * factory that makes them. A program gets them from {@code Message.getHeader} by their {@code
 * NAME}, as those of JAIN SIP; the header factory of the stack is a {@link
 * io.sipwright.header.SipwrightHeaderFactory}.
 *
 * <p>Uses {@code javax.sip} only: what implements it is elsewhere.
 */
@NullMarked
package io.sipwright.header;

import org.jspecify.annotations.NullMarked;
