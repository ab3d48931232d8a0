/** A back-to-back user agent. The one program here that uses more than {@code javax.sip}. */
@NullMarked
package io.sipwright.examples.b2bua;

import org.jspecify.annotations.NullMarked;
