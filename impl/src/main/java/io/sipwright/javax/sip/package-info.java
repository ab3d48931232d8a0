/**
 * The JSR 32 face: stack, provider, listening point, transaction and dialog objects; checks the
 * caller's errors, delivers events.
 */
@NullMarked
package io.sipwright.javax.sip;

import org.jspecify.annotations.NullMarked;
