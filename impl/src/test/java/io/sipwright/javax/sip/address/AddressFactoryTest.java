package io.sipwright.javax.sip.address;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import javax.sip.SipFactory;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.URI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What programs make URIs and addresses with. */
public class AddressFactoryTest {
  private final AddressFactory factory = new AddressFactoryImpl();

  @Test
  void the_javax_sip_factory_finds_it_by_name() throws Exception {
    SipFactory sip = SipFactory.getInstance();
    sip.setPathName("io.sipwright");
    assertTrue(sip.createAddressFactory() instanceof AddressFactoryImpl);
  }

  @DataProvider
  static Object[][] uris() {
    return new Object[][] {
      {"sip:a@h", "sip:a@h"},
      {"sip:a@h\n", "sip:a@h"},
      {"sip:a@h\r\n", "sip:a@h"},
      {" sip:a@h ", "sip:a@h"},
      {"tel:+1", "tel:+1"},
      {"http://h/", "http://h/"},
    };
  }

  @Test(dataProvider = "uris")
  void a_uri_is_made_of_its_text(String text, String written) throws ParseException {
    assertEquals(factory.createURI(text).toString(), written);
  }

  @DataProvider
  static Object[][] sipUris() {
    return new Object[][] {
      // user, host, text
      {"alice", "h", "sip:alice@h"},
      {"alice", "h:5070", "sip:alice@h:5070"},
      {null, "h", "sip:h"},
      {"", "h", "sip:h"},
      {null, "h:5070;transport=tcp", "sip:h:5070;transport=tcp"},
      {"a b", "h", "sip:a%20b@h"},
      {"a@b", "h", "sip:a%40b@h"},
      {"a%40b", "h", "sip:a%40b@h"},
      {"a:b", "h", "sip:a:b@h"},
      {"a>b", "h", "sip:a%3Eb@h"},
      {"jos\u00e9", "h", "sip:jos%C3%A9@h"},
      {"alice", "::1", "sip:alice@[::1]"},
      {"alice", "[::1]", "sip:alice@[::1]"},
      {"alice", "[::1]:5", "sip:alice@[::1]:5"},
      {"alice", "fe80::1%eth0", "sip:alice@[fe80::1]"}, // as listening points have it
      {"alice", "h;lr", "sip:alice@h;lr"},
      {"alice", "h?x=y", "sip:alice@h?x=y"},
      {null, "bob@h", "sip:bob@h"},
      {"alice", "h\n", "sip:alice@h"},
    };
  }

  @Test(dataProvider = "sipUris")
  void a_sip_uri_is_made_of_user_and_host(String user, String host, String text)
      throws ParseException {
    assertEquals(factory.createSipURI(user, host).toString(), text);
  }

  @DataProvider
  static Object[][] badSipUris() {
    return new Object[][] {
      {"alice", ""},
      {"alice", "bob@h"},
      {"alice", "h:x"},
      {"alice", "fe80::x%eth0"},
      {"alice", "%eth0"},
      {"alice", "h:65536"},
      {"alice", " h"},
      {"alice", "h x"},
      {"alice", "h>"},
      {"al\r\nice", "h"},
      {"al\u0000ice", "h"},
      {"\ud83d", "h"},
      {":pw", "h"},
      {"a:p\nw", "h"},
      {"alice", "h\r\nVia: x"},
      {"alice", "h;x=\u0000"},
    };
  }

  @Test(dataProvider = "badSipUris")
  void a_sip_uri_is_not_made_of_bad_parts(String user, String host) {
    expectThrows(ParseException.class, () -> factory.createSipURI(user, host));
  }

  @DataProvider
  static Object[][] numbers() {
    return new Object[][] {
      // number, text (null: rejected)
      {"+1-201-555", "tel:+1-201-555"},
      {"1234;phone-context=x.y", "tel:1234;phone-context=x.y"},
      {"tel:+1", "tel:+1"},
      {"*31#", "tel:*31#"},
      {"+", null},
      {"", null},
      {"1 2", null},
      {"sip:1", null},
      {"1\r\nVia: x", null},
    };
  }

  @Test(dataProvider = "numbers")
  void a_tel_uri_is_made_of_a_number(String number, String text) throws ParseException {
    if (text == null) {
      expectThrows(ParseException.class, () -> factory.createTelURL(number));
    } else {
      assertEquals(factory.createTelURL(number).toString(), text);
    }
  }

  @DataProvider
  static Object[][] addresses() {
    return new Object[][] {
      // text, display name, written (null: rejected)
      {"sip:a@h", null, "<sip:a@h>"},
      {"Alice <sip:a@h>\n", "Alice", "\"Alice\" <sip:a@h>"},
      {"Bell, Alexander <sip:a@h>", "Bell, Alexander", "\"Bell, Alexander\" <sip:a@h>"},
      {" <sip:a@h> ", null, "<sip:a@h>"},
      {"sip:a@h\r\n", null, "<sip:a@h>"},
      {"*", null, "*"},
      {"*\n", null, "*"},
      // no header here that the parameters could belong to
      {"sip:a@h;transport=tcp?x=y", null, "<sip:a@h;transport=tcp?x=y>"},
      {"tel:+1;ext=2", null, "<tel:+1;ext=2>"},
      {"\"A\" <sip:a@h;lr>;tag=1", "A", "\"A\" <sip:a@h;lr>"},
      {"", null, null},
      {"a@h", null, null},
      {"sip:a@h, sip:b@h", null, null},
      {"<sip:a@h>, <sip:b@h>", null, null},
      {"<sip:a@h>;", null, null},
      {"<sip:a@h> x", null, null},
      {"\"A\r\nVia: x\" <sip:a@h>", null, null},
      {"\"A\r\n x\" <sip:a@h>", null, null},
      {"\"A\u0000\" <sip:a@h>", null, null},
      {"\"A\\\u0000\" <sip:a@h>", null, null},
      {"\"\udc00\" <sip:a@h>", null, null},
    };
  }

  @Test(dataProvider = "addresses")
  void an_address_is_made_of_its_text(String text, String name, String written)
      throws ParseException {
    if (written == null) {
      expectThrows(ParseException.class, () -> factory.createAddress(text));
      return;
    }
    Address a = factory.createAddress(text);
    assertEquals(a.getDisplayName(), name);
    assertEquals(a.toString(), written);
    assertEquals(a.isWildcard(), written.equals("*"));
  }

  @Test
  void an_address_is_made_of_a_uri() throws ParseException {
    URI u = factory.createURI("sip:a@h");
    assertSame(factory.createAddress(u).getURI(), u);
    assertEquals(factory.createAddress("B \"b\"", u).toString(), "\"B \\\"b\\\"\" <sip:a@h>");
    assertEquals(factory.createAddress(null, u).toString(), "<sip:a@h>");
    expectThrows(ParseException.class, () -> factory.createAddress("a\r\nb", u));
  }

  @Test
  void null_is_rejected_where_something_is_needed() throws ParseException {
    URI u = factory.createURI("sip:a@h");
    assertSame(u.getClass(), SipUri.class);
    expectThrows(NullPointerException.class, () -> factory.createURI(null));
    expectThrows(NullPointerException.class, () -> factory.createSipURI("a", null));
    expectThrows(NullPointerException.class, () -> factory.createTelURL(null));
    expectThrows(NullPointerException.class, () -> factory.createAddress((String) null));
    expectThrows(NullPointerException.class, () -> factory.createAddress((URI) null));
    expectThrows(NullPointerException.class, () -> factory.createAddress("x", null));
  }

  @Test
  void the_model_makes_the_objects() throws ParseException {
    class MyUri extends SipUri {
      private static final long serialVersionUID = 1L;
    }
    class MyAddress extends NameAddress {
      private static final long serialVersionUID = 1L;
    }
    AddressFactory mine =
        new AddressFactoryImpl(
            new AddressModel() {
              @Override
              public SipUri sipUri() {
                return new MyUri();
              }

              @Override
              public NameAddress address() {
                return new MyAddress();
              }
            });
    assertTrue(mine.createURI("sip:h") instanceof MyUri);
    assertTrue(mine.createSipURI("a", "h") instanceof MyUri);
    assertTrue(mine.createAddress("*").getURI() instanceof MyUri);
    Address a = mine.createAddress("A <sip:a@h>");
    assertTrue(a instanceof MyAddress && a.getURI() instanceof MyUri);
    assertTrue(((Address) a.clone()).getURI() instanceof MyUri);
  }
}
