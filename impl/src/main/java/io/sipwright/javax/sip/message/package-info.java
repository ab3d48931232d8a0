/** Messages and bodies: bytes to message and back; malformed as a value. */
@NullMarked
package io.sipwright.javax.sip.message;

import org.jspecify.annotations.NullMarked;
