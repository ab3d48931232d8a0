/** Benchmarks: JMH for the parser, load figures for the stack. */
package io.sipwright.bench;
