/**
 * The four transaction machines of RFC 3261 §17 with RFC 6026 and RFC 4320, their drivers and
 * table.
 */
@NullMarked
package io.sipwright.transaction;

import org.jspecify.annotations.NullMarked;
