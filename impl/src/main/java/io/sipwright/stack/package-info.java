/**
 * Composition root: configuration, and the way of a message between transport, transactions and the
 * JSR 32 face.
 */
@NullMarked
package io.sipwright.stack;

import org.jspecify.annotations.NullMarked;
