/** Home of the compatibility kit, which runs against any provider: empty so far. */
package io.sipwright.tck;
