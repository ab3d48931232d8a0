package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** From, To, Contact, Reply-To and Refer-To. */
public class AddressHeadersTest {
  private static final HeaderModel MODEL = HeaderModel.DEFAULT;

  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "From",
        "\"A. G. Bell\" <sip:agb@bell-telephone.com> ;tag=a48s",
        "Address=\"A. G. Bell\" <sip:agb@bell-telephone.com> | Tag=a48s",
        "\"A. G. Bell\" <sip:agb@bell-telephone.com>;tag=a48s"
      },
      {
        "f",
        "sip:+12125551212@server.phone2net.com;tag=887s",
        "Address=<sip:+12125551212@server.phone2net.com> | Tag=887s",
        "<sip:+12125551212@server.phone2net.com>;tag=887s"
      },
      {
        "From",
        "Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8",
        "Tag=hyh8",
        "\"Anonymous\" <sip:c8oqz84zk7z@privacy.org>;tag=hyh8"
      },
      {"From", "<sip:a@b;tag=x>", "Tag=null", "<sip:a@b;tag=x>"},
      {"From", "<sip:a@b>;TAG=x;y=\"1 2\"", "Tag=x | y=1 2", "<sip:a@b>;TAG=x;y=\"1 2\""},
      {
        "TO",
        "\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
        "Tag=1918181833n",
        "<sip:vivekg@chair-dnrc.example.com>;tag=1918181833n"
      },
      {"t", "<tel:+358-555-1234567>;tag=1", "Tag=1", "<tel:+358-555-1234567>;tag=1"},
      {
        "Contact",
        "\"Mr. Watson\" <sip:watson@worcester.bell-telephone.com>;q=0.7; expires=3600",
        "QValue=0.7 | Expires=3600 | WildCard=false",
        "\"Mr. Watson\" <sip:watson@worcester.bell-telephone.com>;q=0.7;expires=3600"
      },
      {
        "m",
        "\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n newvalue ;\r\n"
            + "  secondparam ; q = 0.33",
        "newparam=newvalue | secondparam= | QValue=0.33 | Expires=-1",
        "\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com>;newparam=newvalue;secondparam;q=0.33"
      },
      {"Contact", "*", "WildCard=true | Expires=0 | QValue=-1.0", "*"},
      {"Contact", "* ", "WildCard=true", "*"},
      {
        "Contact",
        "sip:caller@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31",
        "%6C%72=",
        "<sip:caller@host5.example.net>;%6C%72;n%61me=v%61lue%25%34%31"
      },
      {
        "Contact",
        "<sip:a@b>;expires=4294967295",
        "Expires=2147483647",
        "<sip:a@b>;expires=4294967295"
      },
      {
        "Contact",
        "<sip:a@b>;expires=4294967296;q=2",
        "Expires=-1 | QValue=-1.0",
        "<sip:a@b>;expires=4294967296;q=2"
      },
      {
        "Contact",
        "<sip:a@b>;expires=soon;q=1.001",
        "Expires=-1 | QValue=-1.0",
        "<sip:a@b>;expires=soon;q=1.001"
      },
      {"Contact", "<sip:a@b>;q=1.000", "QValue=1.0", "<sip:a@b>;q=1.000"},
      {"Contact", "<sip:a@b>;q=0.", "QValue=0.0", "<sip:a@b>;q=0."},
      {
        "Reply-To",
        "Bob <sip:bob@biloxi.com>",
        "Address=\"Bob\" <sip:bob@biloxi.com>",
        "\"Bob\" <sip:bob@biloxi.com>"
      },
      {
        "r",
        "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345>;x=y",
        "x=y",
        "<sip:dave@denver.example.org?Replaces=12345%40192.168.118.3%3Bto-tag%3D12345>;x=y"
      },
      {
        "Refer-To",
        "sip:dave@denver.example.org;method=SUBSCRIBE",
        "method=SUBSCRIBE",
        "<sip:dave@denver.example.org>;method=SUBSCRIBE"
      },
    };
  }

  @Test(dataProvider = "values")
  public void value_is_read_and_written_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written);
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // name, value, offset of the error
      {"From", "", 0},
      {"From", "sip:a@b;tag=", 12},
      {"From", "<sip:a@b>;tag=a b", 16},
      {"From", "<sip:a@b>x", 9},
      {"From", "<sip:a@b", 8},
      {"From", "\"A <sip:a@b>", 0},
      {"From", "<sip:a@b>, <sip:c@d>", 9},
      {"To", "\"Bell, Alexander\" sip:a@b", 18},
      {"Contact", "<sip:a@b>;;;;", 10},
      {"Contact", "sip:user@example.com?Route=%3Csip:sip.example.com%3E", 20},
      {"Reply-To", "<>", 1},
      {"Refer-To", "nowhere", 7},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_rejected(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void tag_must_be_a_token_through_every_door() throws ParseException {
    From from = HeaderTable.header(From.class, "From", "<sip:a@b>;tag=1");
    for (String bad : new String[] {"", "a b", "a;b", "a@b", "a\"", "é"}) {
      expectThrows(ParseException.class, () -> from.setTag(bad));
      expectThrows(ParseException.class, () -> from.setParameter("Tag", bad));
    }
    expectThrows(NullPointerException.class, () -> from.setTag(null));
    assertEquals(from.getTag(), "1");
    from.removeParameter("TAG");
    assertNull(from.getTag());
    assertFalse(from.hasTag());
  }

  @Test
  public void from_and_to_compare_uri_tag_and_the_parameters_both_have() throws ParseException {
    From from = HeaderTable.header(From.class, "From", "\"Bob\" <sip:b@Example.com>;tag=1;x=y");
    for (String same :
        List.of(
            "sip:b@example.com;tag=1;x=y",
            "<sip:b@example.COM>;TAG=1",
            "Robert <sip:b@example.com>;tag=1;z")) {
      From other = HeaderTable.header(From.class, "From", same);
      assertEquals(other, from, same);
      assertEquals(from, other, same);
      assertEquals(other.hashCode(), from.hashCode(), same);
    }
    for (String different :
        List.of(
            "<sip:b@example.com>;tag=2;x=y",
            "<sip:b@example.com>;x=y",
            "<sip:B@example.com>;tag=1;x=y",
            "<sip:b@example.com>;tag=1;x=z")) {
      From other = HeaderTable.header(From.class, "From", different);
      assertNotEquals(other, from, different);
      assertNotEquals(from, other, different);
    }
    assertNotEquals(HeaderTable.header(To.class, "To", "<sip:b@example.com>;tag=1;x=y"), from);
  }

  @Test
  public void contacts_compare_uri_and_all_parameters() throws ParseException {
    Contact contact = HeaderTable.header(Contact.class, "Contact", "A <sip:a@b>;q=0.5;x");
    assertEquals(HeaderTable.header(Contact.class, "m", "<sip:a@b>;X;q=0.5"), contact);
    assertNotEquals(HeaderTable.header(Contact.class, "m", "<sip:a@b>;q=0.5"), contact);
    assertNotEquals(HeaderTable.header(Contact.class, "m", "<sip:a@c>;q=0.5;x"), contact);
    assertNotEquals(HeaderTable.header(Contact.class, "m", "*"), contact);
  }

  @Test
  public void wildcard_takes_the_place_of_address_and_parameters() throws ParseException {
    Contact contact = HeaderTable.header(Contact.class, "Contact", "<sip:a@b>;q=0.5;expires=0");
    contact.setWildCard();
    assertTrue(contact.isWildCard());
    assertTrue(contact.getWildCard());
    assertTrue(contact.getAddress().isWildcard());
    assertEquals(contact.toString(), "Contact: *\r\n");
    assertEquals(contact, HeaderTable.header(Contact.class, "Contact", "*"));
  }

  @Test
  public void preference_is_written_with_three_decimals_at_most() throws Exception {
    Contact contact = HeaderTable.header(Contact.class, "Contact", "<sip:a@b>");
    float[] set = {0f, 0.7f, 0.25f, 0.125f, 0.0014f, 0.9999f, 1f};
    String[] written = {"0", "0.7", "0.25", "0.125", "0.001", "1", "1"};
    for (int i = 0; i < set.length; i++) {
      contact.setQValue(set[i]);
      assertEquals(contact.getValue(), "<sip:a@b>;q=" + written[i]);
    }
    contact.setQValue(-1);
    assertEquals(contact.getValue(), "<sip:a@b>");
    for (float bad : new float[] {-0.5f, 1.001f, Float.NaN, Float.POSITIVE_INFINITY}) {
      expectThrows(InvalidArgumentException.class, () -> contact.setQValue(bad));
    }
  }

  @Test
  public void expires_of_a_contact_is_zero_or_more() throws Exception {
    Contact contact = HeaderTable.header(Contact.class, "Contact", "<sip:a@b>");
    contact.setExpires(0);
    assertEquals(contact.getValue(), "<sip:a@b>;expires=0");
    expectThrows(InvalidArgumentException.class, () -> contact.setExpires(-1));
    for (String bad : new String[] {"", "-1", "1 2", "4294967296", "x"}) {
      expectThrows(ParseException.class, () -> contact.setParameter("Expires", bad));
    }
    for (String bad : new String[] {"", "2", "0.5.5", ".5", "1.1", "-0", "0,5"}) {
      expectThrows(ParseException.class, () -> contact.setParameter("Q", bad));
    }
  }

  @Test
  public void set_address_is_the_object_that_is_got() throws ParseException {
    NameAddress address = NameAddress.parse(new Scanner("Bob <sip:bob@b>"), HeaderModel.DEFAULT);
    To to = new To();
    to.setAddress(address);
    assertSame(to.getAddress(), address);
    address.setDisplayName("Robert");
    assertEquals(to.getValue(), "\"Robert\" <sip:bob@b>");
    expectThrows(NullPointerException.class, () -> to.setAddress(null));
    assertSame(to.getAddress(), address);
  }

  @Test
  public void changing_a_clone_leaves_the_original() throws Exception {
    Contact contact = HeaderTable.header(Contact.class, "Contact", "\"A\" <sip:a@b>;q=0.1");
    Contact copy = (Contact) contact.clone();
    copy.setQValue(0.2f);
    copy.getAddress().setDisplayName("B");
    ((SipURI) copy.getAddress().getURI()).setUser("c");
    assertEquals(copy.getValue(), "\"B\" <sip:c@b>;q=0.2");
    assertEquals(contact.getValue(), "\"A\" <sip:a@b>;q=0.1");
    assertNotEquals(copy, contact);
  }

  @Test
  public void parameter_names_come_in_order_and_may_be_removed_meanwhile() throws ParseException {
    To to = HeaderTable.header(To.class, "To", "<sip:a@b>;c;a=1;b=\"2\"");
    List<String> names = new ArrayList<>();
    to.getParameterNames()
        .forEachRemaining(
            name -> {
              names.add(name);
              to.removeParameter(name);
            });
    assertEquals(names, List.of("c", "a", "b"));
    assertFalse(to.hasParameters());
    expectThrows(NullPointerException.class, () -> to.getParameter(null));
    expectThrows(NullPointerException.class, () -> to.setParameter(null, "x"));
    to.setParameter("flag", null);
    to.setParameter("words", "a \"b\"");
    assertEquals(to.getValue(), "<sip:a@b>;flag;words=\"a \\\"b\\\"\"");
    assertEquals(to.getParameter("FLAG"), "");
  }

  @Test
  public void line_break_in_a_quoted_string_is_a_fold_or_an_error() throws ParseException {
    From from = HeaderTable.header(From.class, "From", "\"A\r\n B\" <sip:a@b>;x=\"1\r\n 2\"");
    assertEquals(from.getValue(), "\"A B\" <sip:a@b>;x=\"1 2\"");
    HeaderTable.rejects("From", "\"A\r\nEvil: yes\" <sip:a@b>", 2);
  }

  @Test
  public void nul_is_read_only_behind_a_backslash_and_written_so() throws ParseException {
    To to = HeaderTable.header(To.class, "To", "\"BEL:\\\7 NUL:\\\0 DEL:\\\177\" <sip:a@b>");
    assertEquals(to.getAddress().getDisplayName(), "BEL:\7 NUL:\0 DEL:\177");
    assertEquals(to.getValue(), "\"BEL:\\\7 NUL:\\\0 DEL:\\\177\" <sip:a@b>");
    HeaderTable.rejects("To", "\"a\0\" <sip:a@b>", 2);
    HeaderTable.rejects("To", "\"a\\\r\n\" <sip:a@b>", 3);
  }

  @DataProvider
  static Object[][] addressed() {
    return new Object[][] {
      {"From"}, {"To"}, {"Route"}, {"Record-Route"}, {"Reply-To"}, {"Refer-To"}, {"Path"},
    };
  }

  @Test(dataProvider = "addressed")
  public void wildcard_is_for_contact_only(String name) throws Exception {
    HeaderTable.rejects(name, "*", 0);
    AddressHeader header = (AddressHeader) HeaderParser.parse(name, "<sip:a@b>", MODEL);
    String before = header.toString();
    NameAddress wildcard = NameAddress.parse(new Scanner("*"), MODEL);
    expectThrows(IllegalArgumentException.class, () -> header.setAddress(wildcard));
    assertEquals(header.toString(), before);
  }
}
