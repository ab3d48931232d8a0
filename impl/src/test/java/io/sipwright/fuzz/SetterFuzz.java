package io.sipwright.fuzz;

import static io.sipwright.fuzz.Property.holds;
import static io.sipwright.fuzz.Property.same;

import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a setter of a header, a URI or an address is given: it's refused, and nothing is
 * changed; or it's taken, and what's written reads as the same.
 */
final class SetterFuzz {
  private static final AddressFactory ADDRESSES = new AddressFactoryImpl();

  /** What changes the class's own idea of itself, and is for those who extend it. */
  private static final Set<String> NOT_TRIED = Set.of("setParameters");

  /** Something to be changed, as it is before. */
  private interface Subject {
    Object make() throws ParseException;
  }

  /** A subject and one of its setters. */
  private record Row(Subject subject, Method setter) {}

  private static final List<Row> ROWS = rows();

  private SetterFuzz() {}

  static int size() {
    return ROWS.size();
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (HeaderType type : HeaderType.values()) {
      List<String> values = values(type);
      for (int i : new TreeSet<>(List.of(0, values.size() / 2, values.size() - 1))) {
        addRows(() -> read(type, values.get(i)), rows);
      }
    }
    addRows(() -> HeaderParser.parse("X-Any", "a", HeaderModel.DEFAULT), rows);
    addRows(() -> ADDRESSES.createURI("sip:a@b.example:5060;lr"), rows);
    addRows(() -> ADDRESSES.createURI("tel:+1-201-555-0123;ext=1"), rows);
    addRows(() -> ADDRESSES.createURI("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), rows);
    addRows(() -> ADDRESSES.createURI("im:a@b.example"), rows);
    addRows(() -> ADDRESSES.createAddress("\"A\" <sip:a@b.example>"), rows);
    return rows;
  }

  private static SipHeader read(HeaderType type, String value) throws ParseException {
    return HeaderParser.parseList(type.canonicalName(), value, HeaderModel.DEFAULT).get(0);
  }

  /** The values among the seeds that the header takes. */
  private static List<String> values(HeaderType type) {
    List<String> values = new ArrayList<>();
    for (String value : Seeds.VALUES) {
      try {
        read(type, value);
        values.add(value);
      } catch (ParseException e) { // another header's
      }
    }
    holds(!values.isEmpty(), "no value among the seeds is one of", type);
    return values;
  }

  private static void addRows(Subject subject, List<Row> rows) {
    Object made;
    try {
      made = subject.make();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
    Method[] methods = made.getClass().getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::toString));
    for (Method method : methods) {
      boolean sets = method.getName().startsWith("set") || method.getName().startsWith("add");
      boolean tried = method.getParameterCount() > 0 && !NOT_TRIED.contains(method.getName());
      if (sets && tried && !Modifier.isStatic(method.getModifiers()) && !method.isBridge()) {
        if (Arrays.stream(method.getParameterTypes()).allMatch(SetterFuzz::canBeMade)) {
          rows.add(new Row(subject, method));
        }
      }
    }
  }

  private static boolean canBeMade(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || type == URI.class
        || type == Address.class
        || type == Locale.class;
  }

  /** Two bytes for the setter, the rest is text: arguments with {@code |} between them. */
  static void check(byte[] input) {
    if (input.length < 2) {
      return;
    }
    Row row = ROWS.get(((input[0] & 0xff) << 8 | (input[1] & 0xff)) % ROWS.size());
    String text = new String(input, 2, input.length - 2, StandardCharsets.UTF_8);
    try {
      Object subject = row.subject.make();
      String before = subject.toString();
      Object @Nullable [] arguments = arguments(row.setter, text);
      if (arguments == null) {
        return;
      }
      try {
        row.setter.invoke(subject, arguments);
      } catch (InvocationTargetException e) {
        checkRefusal(e.getCause(), row.setter);
        holds(
            subject.toString().equals(before), "refused but changed", row.setter, before, subject);
        return;
      }
      checkTaken(subject, row.setter);
    } catch (ParseException | IllegalAccessException e) {
      throw new AssertionError(row.setter + ": " + text, e);
    }
  }

  private static void checkRefusal(Throwable refusal, Method setter) {
    boolean clean =
        refusal instanceof ParseException
            || refusal instanceof InvalidArgumentException
            || refusal instanceof IllegalArgumentException;
    if (!clean) {
      throw new AssertionError(setter + " threw " + refusal, refusal);
    }
  }

  private static Object @Nullable [] arguments(Method setter, String text) {
    String[] pieces = text.split("[|]", -1);
    Class<?>[] types = setter.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Object made = argument(types[i], pieces[i % pieces.length]);
      if (made == null) {
        return null;
      }
      arguments[i] = made;
    }
    return arguments;
  }

  private static @Nullable Object argument(Class<?> type, String text) {
    try {
      if (type == String.class) {
        return text;
      } else if (type == boolean.class) {
        return text.hashCode() % 2 == 0;
      } else if (type == int.class) {
        return (int) Double.parseDouble(text);
      } else if (type == long.class) {
        return (long) Double.parseDouble(text);
      } else if (type == float.class) {
        return Float.parseFloat(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == Locale.class) {
        return text.indexOf('_') < 0
            ? Locale.forLanguageTag(text)
            : new Locale(text.split("_", 2)[0], text.split("_", 2)[1]);
      } else if (type == URI.class) {
        return ADDRESSES.createURI(text);
      } else if (type == Address.class) {
        return ADDRESSES.createAddress(text);
      }
      Object[] constants = type.getEnumConstants();
      return constants == null ? null : constants[(text.hashCode() & 0xff) % constants.length];
    } catch (ParseException | NumberFormatException e) {
      return null;
    }
  }

  private static void checkTaken(Object subject, Method setter) throws ParseException {
    if (subject instanceof SipHeader header) {
      List<SipHeader> again =
          HeaderParser.parseList(header.getName(), header.getValue(), HeaderModel.DEFAULT);
      if (again.size() == 1) {
        HeaderFuzz.check(header, header.getName());
      } else {
        // Several tokens set at once, which JAIN SIP allows.
        holds(header.getValue().split(",", -1).length == again.size(), "several", setter, header);
      }
    } else if (subject instanceof URI uri) {
      same(ADDRESSES.createURI(uri.toString()), uri, "other URI");
    } else {
      Address again = ADDRESSES.createAddress(subject.toString());
      same(again, subject, "other address");
    }
  }
}
