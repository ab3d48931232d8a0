package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;
import static io.sipwright.fuzz.Property.same;
import static io.sipwright.fuzz.Property.within;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.address.Uris;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/** URIs and addresses are refused with their offset, or read as what's the same once written. */
final class UriFuzz {
  private static final AddressFactory FACTORY = new AddressFactoryImpl();
  private static final int LEAST = 8 << 10;
  private static final int FACTOR = 64;

  private UriFuzz() {}

  private interface Reader<T> {
    T read() throws ParseException;
  }

  static void check(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    URI uri = read(() -> FACTORY.createURI(text), input);
    if (uri != null) {
      check(uri);
    }
    Address address = read(() -> FACTORY.createAddress(text), input);
    if (address != null) {
      check(address);
    }
    holds(uri == null || address != null || text.indexOf('<') >= 0, "URI but no address", text);
  }

  private static <T> @Nullable T read(Reader<T> reader, byte[] input) {
    return within(
        LEAST + (long) FACTOR * input.length,
        () -> {
          try {
            return reader.read();
          } catch (ParseException e) {
            int offset = e.getErrorOffset();
            holds(offset >= 0 && offset <= 3 * input.length, "offset", offset, e);
            return null;
          }
        });
  }

  private static void check(URI uri) {
    String written = uri.toString();
    checkText(written);
    try {
      URI again = FACTORY.createURI(written);
      same(again, uri, "other URI");
      holds(again.toString().equals(written), "not stable", again);
    } catch (ParseException e) {
      throw new AssertionError("can't be read again: " + written, e);
    }
    URI clone = (URI) uri.clone();
    same(clone, uri, "other clone");
    holds(clone.toString().equals(written), "clone", clone);
    checkText(Uris.forRequestLine(uri).toString());
  }

  private static void check(Address address) {
    String written = address.toString();
    checkText(written);
    try {
      Address again = FACTORY.createAddress(written);
      same(again, address, "other address");
      holds(again.toString().equals(written), "not stable", again);
    } catch (ParseException e) {
      throw new AssertionError("can't be read again: " + written, e);
    }
    same(address.clone(), address, "other clone");
  }

  private static void checkText(String written) {
    boolean broken = written.indexOf('\r') >= 0 || written.indexOf('\n') >= 0;
    holds(!broken, "line break", written);
  }
}
