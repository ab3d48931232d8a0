/** Dialogs of RFC 3261 §12 as records and functions. */
@NullMarked
package io.sipwright.dialog;

import org.jspecify.annotations.NullMarked;
