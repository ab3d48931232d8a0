/** Programs to run and to copy from, and the command line over them. They see javax.sip only. */
@NullMarked
package io.sipwright.examples;

import org.jspecify.annotations.NullMarked;
