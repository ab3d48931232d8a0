/**
 * Bodies: multipart and single parts, fragments of SIP messages, charsets. Bytes to parts and back;
 * malformed as a value. See docs/bodies.md.
 */
@NullMarked
package io.sipwright.body;

import org.jspecify.annotations.NullMarked;
