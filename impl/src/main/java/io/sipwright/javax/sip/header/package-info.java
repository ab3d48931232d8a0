/**
 * Header fields: one class and one row of {@link io.sipwright.javax.sip.header.HeaderType} each.
 */
@NullMarked
package io.sipwright.javax.sip.header;

import org.jspecify.annotations.NullMarked;
