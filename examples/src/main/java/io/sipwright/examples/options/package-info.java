/** What several programs take from the command line: addresses, and properties of the stack. */
@NullMarked
package io.sipwright.examples.options;

import org.jspecify.annotations.NullMarked;
