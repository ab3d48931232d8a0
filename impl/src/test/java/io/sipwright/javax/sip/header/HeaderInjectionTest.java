package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** No setter of any header lets text through that would make a second header. */
public class HeaderInjectionTest {
  private static final String[] EVIL = {
    "a\r\nEvil: yes", "a\rb", "a\nb", "a\0b", "\r\n", "\n", "\0", "a\r\n b", "a\r\n\r\nbody"
  };

  /** A method of a header and the place of the String that is tried. */
  private record Setter(String header, Method method, int position) {
    @Override
    public String toString() {
      return header + '.' + method.getName() + " argument " + position;
    }
  }

  /** Every public method with a String among its arguments that sets something. */
  @DataProvider
  static Iterator<Object[]> setters() {
    List<Object[]> rows = new ArrayList<>();
    Stream<SipHeader> headers =
        Stream.concat(
            Arrays.stream(HeaderType.values()).map(HeaderModel.DEFAULT::header),
            Stream.of(HeaderModel.DEFAULT.extension("X-Any")));
    headers.forEach(
        header -> {
          for (Method method : header.getClass().getMethods()) {
            boolean sets = method.getName().startsWith("set") || method.getName().startsWith("add");
            if (sets && !Modifier.isStatic(method.getModifiers()) && !method.isBridge()) {
              Class<?>[] types = method.getParameterTypes();
              for (int i = 0; i < types.length; i++) {
                if (types[i] == String.class) {
                  rows.add(new Object[] {new Setter(header.getName(), method, i)});
                }
              }
            }
          }
        });
    return rows.iterator();
  }

  @Test(dataProvider = "setters")
  public void line_break_or_nul_is_refused(Setter setter) throws Exception {
    HeaderType type = HeaderType.of(setter.header());
    for (String evil : EVIL) {
      SipHeader header =
          type == null
              ? HeaderModel.DEFAULT.extension(setter.header())
              : HeaderModel.DEFAULT.header(type);
      String before = header.toString();
      try {
        setter.method().invoke(header, arguments(setter, evil));
        throw new AssertionError(setter + " was taken: " + header);
      } catch (InvocationTargetException e) {
        boolean declared =
            List.of(setter.method().getExceptionTypes()).contains(ParseException.class);
        Class<?> right = declared ? ParseException.class : IllegalArgumentException.class;
        assertTrue(right.isInstance(e.getCause()), setter + " threw " + e.getCause());
      }
      assertEquals(header.toString(), before, "what was refused changed nothing");
    }
  }

  private static Object[] arguments(Setter setter, String evil) {
    Object[] arguments = new Object[setter.method().getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> type = setter.method().getParameterTypes()[i];
      arguments[i] = type == int.class ? 1 : type == boolean.class ? (Object) true : "a";
    }
    arguments[setter.position()] = evil;
    return arguments;
  }

  @Test
  public void every_known_header_is_among_those_tried() {
    List<String> names = new ArrayList<>();
    setters().forEachRemaining(row -> names.add(((Setter) row[0]).header()));
    assertTrue(names.containsAll(List.of("Via", "From", "Call-ID", "CSeq", "Contact", "X-Any")));
  }
}
