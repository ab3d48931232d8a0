/** The demo: a caller, a proxy and a callee in one process, and the ladder of what they say. */
@NullMarked
package io.sipwright.examples.demo;

import org.jspecify.annotations.NullMarked;
