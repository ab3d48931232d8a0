/** The only source of time and timers: a real one (hashed wheel) and a virtual one. */
@NullMarked
package io.sipwright.time;

import org.jspecify.annotations.NullMarked;
