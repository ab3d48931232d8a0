/** Home of the old stack's names, laid over Sipwright: empty so far. */
package io.sipwright.compat;
