/**
 * Programs to run and to copy from, and the command line over them. All but {@code b2bua} see
 * {@code javax.sip} only.
 */
@NullMarked
package io.sipwright.examples;

import org.jspecify.annotations.NullMarked;
