package io.sipwright.syntax;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The parameters of a header. */
public class ParametersTest {
  private static Parameters parameters(String text) throws ParseException {
    Scanner in = new Scanner(text);
    Parameters p = Parameters.parse(in);
    in.expectEnd();
    return p;
  }

  @DataProvider
  static Object[][] read() {
    return new Object[][] {
      // text, names, values, written back
      {"", List.of(), List.of(), ""},
      {";tag=1928301774", List.of("tag"), List.of("1928301774"), ";tag=1928301774"},
      {" ; a = 1 ;\r\n b", List.of("a", "b"), List.of("1", ""), ";a=1;b"},
      {";a=\"x y\"", List.of("a"), List.of("x y"), ";a=\"x y\""},
      {";a=\"\"", List.of("a"), List.of(""), ";a=\"\""},
      {";a=\"\\\"\\\\\"", List.of("a"), List.of("\"\\"), ";a=\"\\\"\\\\\""},
      {";a=\"tok\"", List.of("a"), List.of("tok"), ";a=\"tok\""},
      {";received=[2001:db8::1]", List.of("received"), List.of("[2001:db8::1]"), null},
      {";received=2001:db8::1", List.of("received"), List.of("2001:db8::1"), null},
      {";maddr=h:5060", List.of("maddr"), List.of("h:5060"), null},
      {";tag=a@b/c$d&e", List.of("tag"), List.of("a@b/c$d&e"), null},
      {";A=1;a=2;b=3", List.of("A", "b"), List.of("1", "3"), ";A=1;b=3"},
      {";+sip.instance=\"<urn:uuid:1>\"", List.of("+sip.instance"), List.of("<urn:uuid:1>"), null},
      {";%41=1", List.of("%41"), List.of("1"), null},
      // in the usual form, in which they are kept as they came, and just beside it
      {";a=b;b=a;ab;ba", List.of("a", "b", "ab", "ba"), List.of("b", "a", "", ""), null},
      {";aXb=1;aYb=2;AXB=3", List.of("aXb", "aYb"), List.of("1", "2"), ";aXb=1;aYb=2"},
      {";a=\"x;b=2\";b=3", List.of("a", "b"), List.of("x;b=2", "3"), null},
      {";a=\"\u00e4\";b", List.of("a", "b"), List.of("\u00e4", ""), null},
      {";a=\"x\\y\"", List.of("a"), List.of("xy"), ";a=\"xy\""},
      {";a =1;b", List.of("a", "b"), List.of("1", ""), ";a=1;b"},
      {";a= 1", List.of("a"), List.of("1"), ";a=1"},
      {";a ;b", List.of("a", "b"), List.of("", ""), ";a;b"},
    };
  }

  @Test(dataProvider = "read")
  void parameters_are_read_in_order(
      String text, List<String> names, List<String> values, String written) throws ParseException {
    Parameters p = parameters(text);
    assertEquals(p.names(), names);
    assertEquals(p.size(), names.size());
    assertEquals(p.isEmpty(), names.isEmpty());
    for (int i = 0; i < names.size(); i++) {
      assertEquals(p.get(names.get(i)), values.get(i));
      assertTrue(p.has(names.get(i).toUpperCase(Locale.ROOT)));
    }
    assertEquals(p.toString(), written == null ? text : written);
    assertEquals(parameters(p.toString()), p);
  }

  @DataProvider
  static Object[][] rejected() {
    return new Object[][] {
      // text, offset
      {";", 1},
      {";;a", 1},
      {";a;", 3},
      {";=1", 1},
      {";a=", 3},
      {";a=;b", 3},
      {";a=\"x", 3},
      {";a=<x>", 3},
      {";a=x y", 5},
      {";\u00e9", 1},
      {";a=\u00e9", 3},
      {";a=x\0", 4},
      {"a=1", 0},
    };
  }

  @Test(dataProvider = "rejected")
  void what_breaks_the_grammar_is_rejected_with_its_offset(String text, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> parameters(text));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  @Test
  void what_follows_is_left() throws ParseException {
    Scanner in = new Scanner(";a=1 , b");
    Parameters.parse(in);
    assertEquals(in.position(), 4);
  }

  @Test
  void values_are_quoted_where_they_must() throws ParseException {
    Parameters p = new Parameters();
    p.set("a", "token");
    p.set("b", "two words");
    p.set("c", "[::1]");
    p.set("d", null);
    p.set("e", "");
    p.set("f", "x;y=\"z\"\\");
    p.setQuoted("g", "token");
    p.set("h", "\u6c34");
    p.set("i", "\u0007");
    p.set("j", "[::1]:5060");
    p.set("k", "a:b");
    p.set("l", "::1");
    p.setAddress("received", "::1");
    assertEquals(
        p.toString(),
        ";a=token;b=\"two words\";c=[::1];d;e;f=\"x;y=\\\"z\\\"\\\\\";g=\"token\";h=\"\u6c34\""
            + ";i=\"\\\u0007\";j=\"[::1]:5060\";k=\"a:b\";l=\"::1\";received=::1");
    assertEquals(parameters(p.toString()), p);
    assertEquals(p.get("d"), "");
    assertNull(p.get("z"));
  }

  @Test
  void a_parameter_that_is_set_again_keeps_its_place() throws ParseException {
    Parameters p = parameters(";a=1;b=2;c=3");
    p.set("B", "4");
    assertEquals(p.toString(), ";a=1;B=4;c=3");
    p.remove("A");
    p.remove("z");
    assertEquals(p.toString(), ";B=4;c=3");
    p.clear();
    assertEquals(p.toString(), "");
  }

  @DataProvider
  static Object[][] injections() {
    return new Object[][] {
      {"a\r\nVia: x", "v"},
      {"", "v"},
      {"a b", "v"},
      {"a;b", "v"},
      {"a=b", "v"},
      {"\u00e9", "v"},
      {"a\0", "v"},
      {"a", "v\r\nVia: x"},
      {"a", "v\r\n x"},
      {"a", "\n"},
      {"a", "\r"},
      {"a", "v\0"},
      {"a", "\ud800"},
    };
  }

  @Test(dataProvider = "injections")
  void what_cannot_be_sent_is_not_set(String name, String value) throws ParseException {
    Parameters p = parameters(";a=1");
    expectThrows(ParseException.class, () -> p.set(name, value));
    expectThrows(ParseException.class, () -> p.setQuoted(name, value));
    assertEquals(p.toString(), ";a=1");
  }

  @Test
  void null_is_no_name() {
    Parameters p = new Parameters();
    expectThrows(NullPointerException.class, () -> p.set(null, "x"));
  }

  @Test
  void separated_parameters_have_no_separator_at_the_start() throws ParseException {
    Parameters p = parameters(";realm=\"x\";algorithm=MD5");
    ByteSink out = new ByteSink();
    p.encodeSeparated(out, ", ");
    assertEquals(out.toString(), "realm=\"x\", algorithm=MD5");
  }

  @DataProvider
  static Object[][] equal() {
    return new Object[][] {
      {";a=1;b=2", ";B=2;A=1", true},
      {";a=x", ";a=X", true},
      {";a=\"x\"", ";a=x", true},
      {";a=\"x\"", ";a=\"X\"", false},
      {";a", ";a=\"\"", true},
      {";a", ";b", false},
      {";a=1", ";a=1;b", false},
      {";a=1", ";a=2", false},
      {"", "", true},
    };
  }

  @Test(dataProvider = "equal")
  void case_and_order_do_not_count(String a, String b, boolean same) throws ParseException {
    Parameters p = parameters(a);
    Parameters q = parameters(b);
    if (same) {
      assertEquals(p, q);
      assertEquals(q, p);
      assertEquals(p.hashCode(), q.hashCode());
    } else {
      assertNotEquals(p, q);
      assertNotEquals(q, p);
    }
    assertFalse(p.equals((Object) a));
  }

  @Test
  void equality_and_hash_agree_on_letters_outside_ascii() throws ParseException {
    Parameters p = new Parameters();
    p.set("a", "k");
    Parameters q = new Parameters();
    q.set("a", "\u212a"); // the Kelvin sign, which is a k to String.equalsIgnoreCase
    assertNotEquals(p, q);
  }

  @Test
  void a_clone_is_independent_and_names_are_a_copy() throws ParseException {
    Parameters p = parameters(";a=1");
    Parameters q = p.clone();
    q.set("a", "2");
    q.set("b", "3");
    assertEquals(p.toString(), ";a=1");
    List<String> names = q.names();
    q.clear();
    assertEquals(names, List.of("a", "b"));
  }

  @Test
  void serialised_parameters_come_back_as_they_were() throws Exception {
    Parameters p = parameters(";a=1;b=\"x\";c");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(p);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Object back = in.readObject();
      assertEquals(back, p);
      assertEquals(back.toString(), ";a=1;b=\"x\";c");
    }
  }

  @Test(timeOut = 60_000)
  void cost_grows_with_the_number_and_no_faster() throws ParseException {
    int n = 200_000;
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < n; i++) {
      sb.append(";p").append(i);
    }
    Parameters p = parameters(sb.toString());
    assertEquals(p.size(), n);
    assertEquals(p, parameters(sb.toString()));
    assertEquals(p.hashCode(), p.clone().hashCode());
    assertEquals(parameters(";a".repeat(n)).size(), 1);
  }
}
