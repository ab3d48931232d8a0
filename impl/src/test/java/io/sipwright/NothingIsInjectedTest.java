package io.sipwright;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.body.BodyPart;
import io.sipwright.body.SipFragment;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import io.sipwright.javax.sip.message.MessageFactoryImpl;
import io.sipwright.javax.sip.message.MessageParser;
import io.sipwright.javax.sip.message.SipMessage;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * No public setter or factory method of the model lets a line break or a NUL onto the wire: each of
 * them is found by reflection and tried, so that new classes are tried too.
 */
public class NothingIsInjectedTest {
  private static final List<String> EVIL =
      List.of("a\r\nEvil: yes", "a\rEvil", "a\nEvil: yes", "\0", "a\0b", "\r\n", "a\r\n\r\nEvil");

  private static final List<String> PACKAGES =
      List.of("javax/sip/address", "javax/sip/header", "javax/sip/message", "header", "body");

  /** These take text that is a whole message or body, in which line breaks belong. */
  private static final Set<String> WHOLE_TEXTS =
      Set.of(
          "MessageFactoryImpl.createRequest(String)",
          "MessageFactoryImpl.createResponse(String)",
          "BodyPartBuilder.content",
          "BodyPartBuilder.preamble",
          "BodyPartBuilder.epilogue");

  /** Something to try a method on, made anew for each try. */
  private interface Maker extends Supplier<Object> {}

  /** A method, what to try it on, and which of its arguments is the evil one. */
  private record Attempt(String on, Maker maker, Method method, int position) {
    @Override
    public String toString() {
      return on + '.' + method.getName() + Arrays.toString(method.getParameterTypes()) + position;
    }
  }

  private static List<Class<?>> classes() throws Exception {
    List<Class<?>> found = new ArrayList<>();
    Path root = root();
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.list(root.resolve("io/sipwright").resolve(name))) {
        for (Path file : files.sorted().toList()) {
          String simple = file.getFileName().toString();
          if (simple.endsWith(".class") && !simple.contains("package-info")) {
            String binary = root.relativize(file).toString().replace('/', '.');
            found.add(Class.forName(binary.substring(0, binary.length() - ".class".length())));
          }
        }
      }
    }
    return found;
  }

  private static Path root() throws URISyntaxException {
    URL url = MessageParser.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(url.toURI());
  }

  private static Map<String, Maker> makers() throws Exception {
    Map<String, Maker> makers = new LinkedHashMap<>();
    for (HeaderType type : HeaderType.values()) {
      makers.put(type.canonicalName(), () -> HeaderModel.DEFAULT.header(type));
    }
    makers.put("X-Any", () -> HeaderModel.DEFAULT.extension("X-Any"));
    for (Class<?> each : classes()) {
      Constructor<?> constructor = constructor(each);
      if (constructor != null) {
        makers.put(each.getSimpleName(), () -> make(constructor));
      }
    }
    makers.put("SipRequest", () -> message("OPTIONS sip:b@h SIP/2.0"));
    makers.put("SipResponse", () -> message("SIP/2.0 200 OK"));
    makers.put("BodyPartBuilder", () -> builder("text/plain"));
    makers.put("multipart", () -> builder("multipart/mixed"));
    return makers;
  }

  private static Constructor<?> constructor(Class<?> each) {
    if (Modifier.isPublic(each.getModifiers()) && !Modifier.isAbstract(each.getModifiers())) {
      for (Constructor<?> constructor : each.getConstructors()) {
        if (constructor.getParameterCount() == 0) {
          return constructor;
        }
      }
    }
    return null;
  }

  private static Object make(Constructor<?> constructor) {
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object message(String start) {
    String text =
        start
            + "\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>"
            + "\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    return new MessageParser().parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object builder(String type) {
    try {
      return BodyPart.builder(type);
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }

  @DataProvider
  static Iterator<Object[]> attempts() throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (Map.Entry<String, Maker> each : makers().entrySet()) {
      Object sample = each.getValue().get();
      addAttempts(each.getKey(), each.getValue(), sample.getClass().getMethods(), rows);
    }
    for (Class<?> each : classes()) {
      if (Modifier.isPublic(each.getModifiers())) {
        Method[] statics =
            Arrays.stream(each.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .toArray(Method[]::new);
        addAttempts(each.getSimpleName(), null, statics, rows);
      }
    }
    return rows.iterator();
  }

  private static void addAttempts(String on, Maker maker, Method[] methods, List<Object[]> rows) {
    for (Method method : methods) {
      boolean ours = method.getDeclaringClass().getName().startsWith("io.sipwright");
      boolean isStatic = Modifier.isStatic(method.getModifiers());
      if (!ours || method.isBridge() || isStatic != (maker == null) || isWhole(method)) {
        continue;
      }
      Class<?>[] types = method.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        if (types[i] == String.class || types[i] == String[].class || types[i] == List.class) {
          rows.add(new Object[] {new Attempt(on, maker, method, i)});
        }
      }
    }
  }

  private static boolean isWhole(Method method) {
    String name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    boolean alone = method.getParameterCount() == 1;
    return WHOLE_TEXTS.contains(name) || (alone && WHOLE_TEXTS.contains(name + "(String)"));
  }

  @Test(dataProvider = "attempts")
  public void no_line_break_and_no_nul_gets_in(Attempt attempt) throws Exception {
    for (String evil : EVIL) {
      Object target = attempt.maker() == null ? null : attempt.maker().get();
      Object result;
      try {
        attempt.method().setAccessible(true); // of a class that is not public, by one that is
        result = attempt.method().invoke(target, arguments(attempt, evil));
      } catch (InvocationTargetException e) {
        assertTrue(e.getCause() instanceof Exception, attempt + " threw " + e.getCause());
        result = null;
      }
      assertClean(target, attempt + " itself");
      if (result != null && result != target) {
        assertClean(result, attempt + " gave");
      }
    }
  }

  private static Object[] arguments(Attempt attempt, String evil) throws Exception {
    Class<?>[] types = attempt.method().getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = harmless(types[i]);
    }
    Class<?> type = types[attempt.position()];
    arguments[attempt.position()] =
        type == String[].class ? new String[] {evil} : type == List.class ? List.of(evil) : evil;
    return arguments;
  }

  /** A good value of a type; null for those that nothing is known of. */
  private static Object harmless(Class<?> type) throws Exception {
    if (type == int.class) {
      return 200;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == float.class) {
      return 0.5f;
    }
    if (type == String.class) {
      return "a";
    }
    AddressFactoryImpl addresses = new AddressFactoryImpl();
    HeaderFactoryImpl headers = new HeaderFactoryImpl();
    List<Object> known =
        List.of(
            addresses.createAddress("<sip:a@h>"),
            addresses.createURI("sip:a@h"),
            headers.createCallIdHeader("c"),
            headers.createCSeqHeader(1L, "a"),
            headers.createFromHeader(addresses.createAddress("<sip:a@h>"), "1"),
            headers.createToHeader(addresses.createAddress("<sip:a@h>"), "1"),
            headers.createMaxForwardsHeader(70),
            headers.createContentTypeHeader("a", "b"),
            List.of(headers.createViaHeader("h", 5060, "udp", "z9hG4bK1")),
            HeaderModel.DEFAULT,
            new byte[0]);
    return known.stream().filter(type::isInstance).findFirst().orElse(null);
  }

  /** Nothing that's written has a line break but where one belongs. */
  private static void assertClean(Object object, String where) {
    if (object instanceof SipHeader header) {
      String text = header.toString();
      assertEquals(text.indexOf('\r'), text.length() - 2, where + ": " + text);
      assertEquals(text.indexOf('\n'), text.length() - 1, where + ": " + text);
      assertTrue(text.indexOf('\0') < 0, where);
    } else if (object instanceof SipMessage message) {
      String text = new String(message.encoded(), StandardCharsets.UTF_8);
      assertTrue(!text.contains("\nEvil") && !text.contains("\rEvil"), where + ": " + text);
      assertTrue(text.indexOf('\0') < 0, where);
    } else if (object instanceof javax.sip.address.URI
        || object instanceof javax.sip.address.Address
        || object instanceof String) {
      String text = object.toString();
      boolean broken =
          text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
      boolean unescapedOnPurpose = object instanceof String;
      assertTrue(!broken || unescapedOnPurpose, where + ": " + text);
    } else if (object instanceof SipFragment fragment) {
      assertTrue(!fragment.toString().contains("\nEvil"), where + ": " + fragment);
    } else if (object instanceof BodyPart part) {
      for (String name : part.headerNames()) {
        String value = String.valueOf(part.header(name));
        assertTrue(value.indexOf('\r') < 0 && value.indexOf('\n') < 0, where + ": " + value);
      }
    } else if (object instanceof Iterable<?> several) {
      several.forEach(each -> assertClean(each, where));
    } else if (object instanceof io.sipwright.body.BodyPartBuilder builder) {
      assertCleanBuilder(builder, where);
    }
  }

  private static void assertCleanBuilder(io.sipwright.body.BodyPartBuilder builder, String where) {
    try {
      assertClean(builder.build(), where);
    } catch (IllegalStateException noParts) {
      assertTrue(noParts.getMessage().contains("one part at least"), where + ": " + noParts);
    }
  }

  @Test
  public void what_takes_text_is_among_what_is_tried() throws Exception {
    Set<String> tried = new TreeSet<>();
    attempts().forEachRemaining(row -> tried.add(((Attempt) row[0]).on()));
    assertTrue(
        tried.containsAll(
            List.of(
                "Via",
                "From",
                "X-Any",
                "SipUri",
                "TelUrl",
                "NameAddress",
                "AddressFactoryImpl",
                "HeaderFactoryImpl",
                "MessageFactoryImpl",
                "SipRequest",
                "SipResponse",
                "BodyPartBuilder",
                "multipart",
                "SipFragment",
                "BodyPart")),
        tried.toString());
    for (HeaderType type : HeaderType.values()) {
      boolean takesText =
          Arrays.stream(HeaderModel.DEFAULT.header(type).getClass().getMethods())
              .filter(method -> !method.isBridge())
              .anyMatch(method -> Arrays.asList(method.getParameterTypes()).contains(String.class));
      assertTrue(!takesText || tried.contains(type.canonicalName()), type.toString());
    }
  }

  @Test
  public void whole_texts_are_the_only_exceptions_and_still_hold_no_second_message()
      throws Exception {
    MessageFactoryImpl factory = new MessageFactoryImpl();
    String text = message("OPTIONS sip:b@h SIP/2.0").toString();
    SipMessage made =
        (SipMessage) factory.createRequest(text.replace("Call-ID: c", "Call-ID: c\r\nX-Y: y"));
    assertEquals(
        made.getHeader("X-Y").toString(), "X-Y: y\r\n"); // a header line in a text of lines
  }
}
