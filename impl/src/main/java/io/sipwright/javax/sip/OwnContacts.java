package io.sipwright.javax.sip;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.SpareSinks;
import java.util.Arrays;
import javax.sip.address.Address;
import org.jspecify.annotations.Nullable;

/**
 * The address of the Contact that a provider's dialogs give their peers: most programs have one and
 * the same for all, so dialogs share it. Safe for use by several threads.
 */
final class OwnContacts {
  private static final class Entry {
    final byte[] text;
    final Address address;

    Entry(byte[] text, Address address) {
      this.text = text;
      this.address = address;
    }
  }

  private volatile @Nullable Entry last;

  /** An address that's written like this one, and that nobody changes. */
  Address copyOf(NameAddress address) {
    ByteSink text = SpareSinks.take();
    address.encode(text);
    Entry known = last;
    int length = text.length();
    if (known == null
        || !Arrays.equals(known.text, 0, known.text.length, text.array(), 0, length)) {
      known = new Entry(text.toBytes(), address.clone());
      last = known;
    }
    SpareSinks.giveBack(text);
    return known.address;
  }
}
