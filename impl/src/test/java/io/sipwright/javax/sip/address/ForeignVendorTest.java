package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.syntax.ByteSink;
import java.lang.reflect.Proxy;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import org.testng.annotations.Test;

/** URIs and addresses of another vendor, known by nothing but the javax.sip interfaces. */
public class ForeignVendorTest {
  /** A foreign URI that only says its text. */
  private static class ForeignUri implements URI {
    private static final long serialVersionUID = 1L;
    private String text;

    ForeignUri(String text) {
      this.text = text;
    }

    @Override
    public String getScheme() {
      return text.substring(0, text.indexOf(':'));
    }

    @Override
    public boolean isSipURI() {
      return false;
    }

    @Override
    public Object clone() {
      return new ForeignUri(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static <T> T foreign(Class<T> type, String text) {
    return type.cast(
        Proxy.newProxyInstance(
            ForeignVendorTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "toString" -> text;
                  case "clone" -> foreign(type, text);
                  case "equals" -> proxy == args[0];
                  case "hashCode" -> 1;
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }

  private static final class ForeignAddress implements Address {
    private static final long serialVersionUID = 1L;
    private String name;
    private URI uri;
    private final boolean wildcard;

    ForeignAddress(String name, URI uri, boolean wildcard) {
      this.name = name;
      this.uri = uri;
      this.wildcard = wildcard;
    }

    @Override
    public void setDisplayName(String displayName) {
      name = displayName;
    }

    @Override
    public String getDisplayName() {
      return name;
    }

    @Override
    public void setURI(URI uri) {
      this.uri = uri;
    }

    @Override
    public URI getURI() {
      return uri;
    }

    @Override
    public boolean isWildcard() {
      return wildcard;
    }

    @Override
    public Object clone() {
      return new ForeignAddress(name, uri, wildcard);
    }

    @Override
    public String toString() {
      return "foreign";
    }

    @Override
    public boolean equals(Object o) {
      return this == o;
    }

    @Override
    public int hashCode() {
      return 7;
    }
  }

  @Test
  void a_foreign_uri_is_written_by_its_text() throws Exception {
    NameAddress a = new NameAddress();
    ForeignUri u = new ForeignUri("sip:a@h;lr");
    a.setURI(u);
    assertSame(a.getURI(), u);
    assertEquals(a.toString(), "<sip:a@h;lr>");
    u.text = "sip:b@h";
    assertEquals(a.toString(), "<sip:b@h>");
    assertFalse(a.isWildcard());
    NameAddress copy = a.clone();
    u.text = "sip:c@h";
    assertEquals(copy.toString(), "<sip:b@h>");
  }

  @Test
  void a_foreign_uri_cannot_break_the_line() {
    ByteSink out = new ByteSink();
    Uris.encode(new ForeignUri("sip:a@h\r\nVia: evil\0"), out);
    assertEquals(out.toString(), "sip:a@h%0D%0AVia: evil%00");
  }

  @Test
  void a_foreign_uri_is_converted_by_its_text() {
    assertTrue(Uris.of(foreign(SipURI.class, "sip:a@h;lr")) instanceof SipUri);
    assertTrue(Uris.of(new ForeignUri("tel:+1")) instanceof TelUrl);
    assertTrue(Uris.of(new ForeignUri("urn:x")) instanceof GenericUri);
    SipUri ours = new SipUri();
    assertSame(Uris.of(ours), ours);
    expectThrows(IllegalArgumentException.class, () -> Uris.of(new ForeignUri("no uri")));
    expectThrows(IllegalArgumentException.class, () -> Uris.of(new ForeignUri("sip:a@h\r\nx")));
  }

  @Test
  void ours_are_compared_with_foreign_ones_by_text() throws Exception {
    SipUri sip = SipUriTest.uri("sip:a@h;x");
    assertTrue(sip.equals(foreign(SipURI.class, "sip:%61@H")));
    assertFalse(sip.equals(foreign(SipURI.class, "sip:b@h")));
    assertFalse(sip.equals(foreign(SipURI.class, "not a uri")));
    assertFalse(sip.equals(foreign(TelURL.class, "tel:+1")));
    AbstractUri tel = SipUriTest.parse("tel:+12");
    assertTrue(tel.equals(foreign(TelURL.class, "tel:+1-2")));
    assertFalse(tel.equals(foreign(SipURI.class, "sip:a@h")));
    AbstractUri urn = SipUriTest.parse("urn:x");
    assertTrue(urn.equals((Object) new ForeignUri("URN:x")));
    assertFalse(urn.equals((Object) new ForeignUri("urn:y")));
  }

  @Test
  void a_foreign_address_is_taken_by_its_parts() throws Exception {
    ForeignUri u = new ForeignUri("sip:a@h");
    NameAddress a = NameAddress.of(new ForeignAddress("A \"b\"", u, false));
    assertSame(a.getURI(), u);
    assertEquals(a.toString(), "\"A \\\"b\\\"\" <sip:a@h>");
    assertEquals(
        NameAddress.of(new ForeignAddress("A\r\nVia: x\0", u, false)).toString(),
        "\"A  Via: x \" <sip:a@h>");
    NameAddress wildcard = NameAddress.of(new ForeignAddress("any", null, true));
    assertTrue(wildcard.isWildcard());
    assertEquals(wildcard.toString(), "*");
    assertNull(wildcard.getDisplayName());
    assertSame(NameAddress.of(a), a);
  }

  @Test
  void addresses_are_compared_whoever_made_them() throws Exception {
    NameAddress ours = (NameAddress) new AddressFactoryImpl().createAddress("<sip:a@h>");
    SipURI foreign = foreign(SipURI.class, "sip:a@H");
    assertTrue(ours.equals(new ForeignAddress("A", foreign, false)));
    assertFalse(ours.equals(new ForeignAddress("A", foreign(SipURI.class, "sip:b@h"), false)));
    NameAddress mixed = new NameAddress();
    mixed.setURI(foreign);
    assertEquals(ours, mixed);
    assertEquals(mixed, ours);
    assertEquals(mixed.hashCode(), ours.hashCode());
    NameAddress other = new NameAddress();
    other.setURI(foreign);
    assertEquals(mixed, other);
    NameAddress odd = new NameAddress();
    odd.setURI(new ForeignUri("no uri"));
    assertEquals(odd.hashCode(), odd.hashCode());
    assertNotEquals(odd, ours);
  }
}
