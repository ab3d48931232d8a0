package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class HeaderTypeTest {
  @DataProvider
  static Object[][] types() {
    return Arrays.stream(HeaderType.values())
        .map(type -> new Object[] {type})
        .toArray(Object[][]::new);
  }

  private static HeaderType ofBytes(String name) {
    byte[] bytes = (" " + name + ":").getBytes(StandardCharsets.UTF_8);
    return HeaderType.of(bytes, 1, bytes.length - 1);
  }

  private static void found(HeaderType type, String name) {
    for (String spelling :
        new String[] {name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)}) {
      assertSame(HeaderType.of(spelling), type, spelling);
      assertSame(ofBytes(spelling), type, spelling);
    }
  }

  @Test(dataProvider = "types")
  public void name_is_found_in_any_case_and_in_its_compact_form(HeaderType type) {
    found(type, type.canonicalName());
    if (type.compactName() != null) {
      found(type, type.compactName());
    }
  }

  @Test(dataProvider = "types")
  public void header_of_a_type_has_its_canonical_name(HeaderType type) {
    SipHeader header = HeaderModel.DEFAULT.header(type);
    assertEquals(header.getName(), type.canonicalName());
    assertEquals(header.getClass(), HeaderModel.DEFAULT.header(type).getClass());
  }

  @Test(dataProvider = "types")
  public void canonical_name_is_the_one_of_the_interface(HeaderType type) throws Exception {
    for (Class<?> face : HeaderModel.DEFAULT.header(type).getClass().getInterfaces()) {
      if (Header.class.isAssignableFrom(face) && isPublicApi(face)) {
        if (Arrays.stream(face.getFields()).anyMatch(field -> field.getName().equals("NAME"))) {
          assertEquals(face.getField("NAME").get(null), type.canonicalName());
        }
      }
    }
  }

  /**
   * As programs that know JAIN SIP only expect it (the class implements {@link KnownExtension}).
   */
  @Test(dataProvider = "types")
  public void header_without_an_interface_in_jain_sip_is_an_extension_header(HeaderType type) {
    SipHeader header = HeaderModel.DEFAULT.header(type);
    boolean known = false;
    for (Class<?> c = header.getClass(); c != null; c = c.getSuperclass()) {
      for (Class<?> face : c.getInterfaces()) {
        String name = face.getName();
        known |= name.equals("javax.sip.header." + face.getSimpleName()) && hasName(face, type);
      }
    }
    known |= header instanceof ContactHeader;
    assertEquals(header instanceof ExtensionHeader, !known);
  }

  private static boolean hasName(Class<?> face, HeaderType type) {
    try {
      return type.canonicalName().equals(face.getField("NAME").get(null));
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static boolean isPublicApi(Class<?> face) {
    return List.of("javax.sip.header", "io.sipwright.header").contains(face.getPackageName());
  }

  @Test
  public void no_two_names_fall_into_the_same_slot() {
    assertEquals(HeaderType.collisions(), 0);
  }

  @Test
  public void unknown_names_are_found_nowhere() {
    for (String name :
        new String[] {
          "", "X-Any", "Viaa", "Vi", "w", "z", "From ", "Call_ID", "Content-Lengthh", "Vía", "\0"
        }) {
      assertNull(HeaderType.of(name), name);
      assertNull(ofBytes(name), name);
    }
  }

  @Test
  public void no_two_rows_share_a_name() {
    Set<String> names = new HashSet<>();
    for (HeaderType type : HeaderType.values()) {
      assertTrue(names.add(type.canonicalName().toLowerCase(Locale.ROOT)), type.canonicalName());
      if (type.compactName() != null) {
        assertTrue(names.add(type.compactName()), type.compactName());
      }
    }
  }
}
