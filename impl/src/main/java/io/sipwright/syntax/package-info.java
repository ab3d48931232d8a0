/**
 * Lexical rules of RFC 3261 §25 over bytes: scanner, character classes, escaping, parameters; and
 * random ids. No SIP objects.
 */
@NullMarked
package io.sipwright.syntax;

import org.jspecify.annotations.NullMarked;
