/** What must hold of whatever comes in, for a fuzzer that looks for what breaks it. */
package io.sipwright.fuzz;
