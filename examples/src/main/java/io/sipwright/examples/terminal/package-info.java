/**
 * What the programs show a person: the terminal, call-flow ladders, durations, percentiles. No SIP
 * objects.
 */
@NullMarked
package io.sipwright.examples.terminal;

import org.jspecify.annotations.NullMarked;
