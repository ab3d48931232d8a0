/**
 * What user agents do again and again above dialogs: session timers (RFC 4028), ending the answers
 * to a forked INVITE that are too many (RFC 3261 §13.2.2.4), trying again after requests have met
 * (RFC 3261 §14.1), and relaying a call between two dialogs as a back-to-back user agent. Uses
 * {@code javax.sip} and {@code io.sipwright.ext} alone, as a program would.
 */
@NullMarked
package io.sipwright.call;

import org.jspecify.annotations.NullMarked;
