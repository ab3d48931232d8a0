/**
 * A registrar and proxy: where users register (RFC 3261 §10), and what leads calls to them (§16).
 */
@NullMarked
package io.sipwright.examples.proxy;

import org.jspecify.annotations.NullMarked;
