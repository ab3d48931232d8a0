/** Programs to run and to copy from, and the command line over them. */
package io.sipwright.examples;
