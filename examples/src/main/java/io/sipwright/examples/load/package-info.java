/** The test programs: a user agent that answers calls and one that places them, at any rate. */
@NullMarked
package io.sipwright.examples.load;

import org.jspecify.annotations.NullMarked;
