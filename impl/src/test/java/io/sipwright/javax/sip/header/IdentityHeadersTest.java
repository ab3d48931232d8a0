package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.PrivacyHeader;
import java.text.ParseException;
import java.util.List;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Privacy. */
public class IdentityHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {"Privacy", "id", "Privacy=id | PrivacyValues=[id]", "id"},
      {
        "privacy",
        " user ;\r\n id;critical",
        "PrivacyValues=[user, id, critical]",
        "user;id;critical"
      },
      {"Privacy", "user, id", "Privacy=user;id", "user;id"},
      {"Privacy", "id;ID;history", "Privacy=id;history", "id;history"},
      {"Privacy", "none;id", "Privacy=none;id", "none;id"},
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
      // name, value, offset
      {"Privacy", "", 0},
      {"Privacy", "id;", 3},
      {"Privacy", "id user", 3},
      {"Privacy", "\"id\"", 0},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void privacy_is_asked_for_by_value_and_compared_as_a_set() throws Exception {
    PrivacyHeader privacy = HeaderTable.header(PrivacyHeader.class, "Privacy", "user;ID");
    assertTrue(privacy.hasPrivacy("id"));
    assertFalse(privacy.hasPrivacy("none"));
    assertEquals(privacy, HeaderTable.header(PrivacyHeader.class, "Privacy", "id;user"));
    privacy.setPrivacy("header; session");
    assertEquals(privacy.getPrivacyValues(), List.of("header", "session"));
  }

  @Test
  public void privacy_that_rfc_3323_forbids_to_write_is_refused() {
    for (String bad : List.of("none;id", "id;ID", "id,user", "id;", "")) {
      expectThrows(ParseException.class, () -> new Privacy().setPrivacy(bad));
    }
  }
}
