package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import javax.sip.address.Address;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Clones share nothing that can change; serialised objects come back as they were. */
public class CopyTest {
  @DataProvider
  static Object[][] texts() {
    return new Object[][] {
      {"\"A \\\"b\\\"\" <sip:a%00%3Bb:p%25@[::1]:5070;lr;x=%41?a=b&c=>"},
      {"<sips:h>"},
      {"<tel:+1-201;ext=5>"},
      {"<urn:service:sos>"},
      {"*"},
    };
  }

  @Test(dataProvider = "texts")
  void a_serialised_address_comes_back_as_it_was(String text) throws Exception {
    Address a = new AddressFactoryImpl().createAddress(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(a);
    }
    Address back;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      back = (Address) in.readObject();
    }
    assertEquals(back.toString(), text);
    assertEquals(back, a);
    assertEquals(back.getDisplayName(), a.getDisplayName());
    assertEquals(back.isWildcard(), a.isWildcard());
    assertSame(back.getURI().getClass(), a.getURI().getClass());
  }

  @Test(dataProvider = "texts")
  void a_clone_is_equal_and_no_part_of_it_is_shared(String text) throws Exception {
    Address a = new AddressFactoryImpl().createAddress(text);
    Address b = (Address) a.clone();
    assertEquals(b, a);
    assertEquals(b.toString(), text);
    assertNotSame(b.getURI(), a.getURI());
    assertSame(b.getURI().getClass(), a.getURI().getClass());
  }

  @Test
  void changing_a_clone_leaves_the_original_alone() throws Exception {
    NameAddress a =
        (NameAddress) new AddressFactoryImpl().createAddress("\"A\" <sip:a:p@h:1;x?y=z>");
    NameAddress b = a.clone();
    SipUri u = (SipUri) b.getURI();
    u.setUser("b");
    u.setUserPassword("q");
    u.setHost("i");
    u.setPort(2);
    u.setSecure(true);
    u.setParameter("x", "1");
    u.removeHeaders();
    b.setDisplayName("B");
    assertEquals(a.toString(), "\"A\" <sip:a:p@h:1;x?y=z>");
    assertEquals(b.toString(), "\"B\" <sips:b:q@i:2;x=1>");

    TelUrl t = (TelUrl) SipUriTest.parse("tel:+1;x");
    TelUrl v = t.clone();
    v.setGlobal(false);
    v.setPhoneNumber("2");
    v.removeParameter("x");
    assertEquals(t.toString(), "tel:+1;x");
    assertEquals(v.toString(), "tel:2");
  }
}
