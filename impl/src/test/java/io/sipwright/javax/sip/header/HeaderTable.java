package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.expectThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.text.ParseException;
import java.util.List;
import javax.sip.header.Header;

/** How the tables of header tests are walked. */
final class HeaderTable {
  private HeaderTable() {}

  /**
   * Reads a value, compares its parts and what is written back, and reads that again.
   *
   * @param parts accessors and what they give, as {@code Host=a.example | Port=-1}
   */
  static void reads(String name, String value, String parts, String written) throws Exception {
    SipHeader header = HeaderParser.parse(name, value, HeaderModel.DEFAULT);
    assertEquals(header.getValue(), written, "written back");
    assertEquals(header.toString(), header.getName() + ": " + written + "\r\n");
    for (String part : parts.isEmpty() ? new String[0] : parts.split(" \\| ", -1)) {
      int equals = part.indexOf('=');
      String accessor = part.substring(0, equals);
      assertEquals(
          String.valueOf(read(header, accessor)),
          part.substring(equals + 1),
          name + '.' + accessor);
    }
    SipHeader again = HeaderParser.parse(name, written, HeaderModel.DEFAULT);
    assertEquals(again, header, "read again");
    assertEquals(again.hashCode(), header.hashCode(), "hash of what was read again");
    SipHeader copy = header.clone();
    assertNotSame(copy, header);
    assertEquals(copy, header, "clone");
    assertEquals(copy.getValue(), written, "clone");
    assertEquals(serialized(header).getValue(), written, "serialized");
  }

  private static SipHeader serialized(SipHeader header) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(header);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (SipHeader) in.readObject();
    }
  }

  /** The value must be refused, with the offset from its start. */
  static void rejects(String name, String value, int offset) {
    ParseException e =
        expectThrows(
            ParseException.class, () -> HeaderParser.parse(name, value, HeaderModel.DEFAULT));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  /** One value, of a class. */
  static <T extends Header> T header(Class<T> type, String name, String value)
      throws ParseException {
    return type.cast(HeaderParser.parse(name, value, HeaderModel.DEFAULT));
  }

  private static Object read(Object header, String accessor) throws Exception {
    for (String prefix : List.of("get", "is", "has", "allows")) {
      for (Method m : header.getClass().getMethods()) {
        if (m.getName().equals(prefix + accessor) && m.getParameterCount() == 0) {
          return m.invoke(header);
        }
      }
    }
    if (header instanceof ParametersHeader p) {
      return p.getParameter(accessor);
    }
    throw new AssertionError("no accessor " + accessor);
  }
}
