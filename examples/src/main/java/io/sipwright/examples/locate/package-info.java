/** {@code sipwright locate}: shows how the servers of a URI are found. */
@NullMarked
package io.sipwright.examples.locate;

import org.jspecify.annotations.NullMarked;
