package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.SipwrightHeaderFactory;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class HeaderFactoryTest {
  private static final int JAIN_CREATE_METHODS = 57;
  private static final SipwrightHeaderFactory FACTORY = new HeaderFactoryImpl();

  /** Arguments that may be null: {@code createXHeader/index}. */
  private static final Set<String> NULLABLE =
      Set.of("createFromHeader/1", "createToHeader/1", "createReasonHeader/2", "createViaHeader/3");

  static Address address() throws ParseException {
    return new AddressFactoryImpl().createAddress("\"Bob\" <sip:bob@example.com>");
  }

  private static URI uri(String text) throws ParseException {
    return new AddressFactoryImpl().createURI(text);
  }

  private static Calendar noon() {
    Calendar c = new GregorianCalendar(TimeZone.getTimeZone("GMT"), Locale.ROOT);
    c.clear();
    c.set(2010, Calendar.NOVEMBER, 13, 23, 29, 0);
    return c;
  }

  @DataProvider
  public static Object[][] calls() throws ParseException {
    return Stream.of(ofJain(), CallFactoryRows.rows(), NetworkFactoryRows.rows())
        .flatMap(Stream::of)
        .toArray(Object[][]::new);
  }

  /** Every create method of JAIN SIP: name, arguments, what is written. */
  private static Object[][] ofJain() throws ParseException {
    return new Object[][] {
      row("createAcceptEncodingHeader", "Accept-Encoding: gzip", "gzip"),
      row("createAcceptHeader", "Accept: application/sdp", "application", "sdp"),
      row("createAcceptLanguageHeader", "Accept-Language: en-GB", Locale.UK),
      row("createAlertInfoHeader", "Alert-Info: <http://a.example/b>", uri("http://a.example/b")),
      row("createAllowEventsHeader", "Allow-Events: presence.winfo", "presence.winfo"),
      row("createAllowHeader", "Allow: INVITE", "INVITE"),
      row("createAuthenticationInfoHeader", "Authentication-Info: rspauth=\"abc\"", "abc"),
      row("createAuthorizationHeader", "Authorization: Digest", "Digest"),
      row("createCSeqHeader", "CSeq: 7 INVITE", 7, "INVITE"),
      row("createCSeqHeader", "CSeq: 2147483647 ACK", 2147483647L, "ACK"),
      row("createCallIdHeader", "Call-ID: a@b", "a@b"),
      row("createCallInfoHeader", "Call-Info: <sip:a@b>", uri("sip:a@b")),
      row("createContactHeader", "Contact: \"Bob\" <sip:bob@example.com>", address()),
      row("createContactHeader", "Contact: *"),
      row("createContentDispositionHeader", "Content-Disposition: session", "session"),
      row("createContentEncodingHeader", "Content-Encoding: gzip", "gzip"),
      row("createContentLanguageHeader", "Content-Language: fr", Locale.FRENCH),
      row("createContentLengthHeader", "Content-Length: 0", 0),
      row("createContentTypeHeader", "Content-Type: text/plain", "text", "plain"),
      row("createDateHeader", "Date: Sat, 13 Nov 2010 23:29:00 GMT", noon()),
      row("createErrorInfoHeader", "Error-Info: <sip:a@b>", uri("sip:a@b")),
      row("createEventHeader", "Event: presence", "presence"),
      row("createExpiresHeader", "Expires: 3600", 3600),
      row("createFromHeader", "From: \"Bob\" <sip:bob@example.com>;tag=t", address(), "t"),
      row("createHeader", "Subject: any text, even so", "Subject", "any text, even so"),
      row("createHeaders", "Supported: timer", "k : timer\r\n"),
      row("createInReplyToHeader", "In-Reply-To: a@b", "a@b"),
      row("createMaxForwardsHeader", "Max-Forwards: 70", 70),
      row("createMimeVersionHeader", "MIME-Version: 1.0", 1, 0),
      row("createMinExpiresHeader", "Min-Expires: 60", 60),
      row("createOrganizationHeader", "Organization: Boxes by Bob", "Boxes by Bob"),
      row("createPriorityHeader", "Priority: urgent", "urgent"),
      row("createProxyAuthenticateHeader", "Proxy-Authenticate: Digest", "Digest"),
      row("createProxyAuthorizationHeader", "Proxy-Authorization: Digest", "Digest"),
      row("createProxyRequireHeader", "Proxy-Require: foo", "foo"),
      row("createRAckHeader", "RAck: 1 2 INVITE", 1, 2, "INVITE"),
      row("createRSeqHeader", "RSeq: 1", 1),
      row("createReasonHeader", "Reason: SIP;cause=200;text=\"a b\"", "SIP", 200, "a b"),
      row("createRecordRouteHeader", "Record-Route: \"Bob\" <sip:bob@example.com>", address()),
      row("createReferToHeader", "Refer-To: \"Bob\" <sip:bob@example.com>", address()),
      row("createReplyToHeader", "Reply-To: \"Bob\" <sip:bob@example.com>", address()),
      row("createRequireHeader", "Require: 100rel", "100rel"),
      row("createRetryAfterHeader", "Retry-After: 5", 5),
      row("createRouteHeader", "Route: \"Bob\" <sip:bob@example.com>", address()),
      row("createSIPETagHeader", "SIP-ETag: x", "x"),
      row("createSIPIfMatchHeader", "SIP-If-Match: x", "x"),
      row("createServerHeader", "Server: A/1 (b)", List.of("A/1", "(b)")),
      row("createSubjectHeader", "Subject: Where?", "Where?"),
      row("createSubscriptionStateHeader", "Subscription-State: active", "active"),
      row("createSupportedHeader", "Supported: timer", "timer"),
      row("createTimeStampHeader", "Timestamp: 1.5", 1.5f),
      row("createToHeader", "To: \"Bob\" <sip:bob@example.com>;tag=t", address(), "t"),
      row("createUnsupportedHeader", "Unsupported: foo", "foo"),
      row("createUserAgentHeader", "User-Agent: A", List.of("A")),
      row(
          "createViaHeader",
          "Via: SIP/2.0/UDP a.example:5060;branch=z9hG4bKx",
          "a.example",
          5060,
          "UDP",
          "z9hG4bKx"),
      row("createWWWAuthenticateHeader", "WWW-Authenticate: Digest", "Digest"),
      row("createWarningHeader", "Warning: 399 a.example \"b\"", "a.example", 399, "b"),
    };
  }

  /** A create method and what it's called with. */
  private static final class Call {
    final Method method;
    final Object[] args;

    Call(Method method, Object... args) {
      this.method = method;
      this.args = args;
    }

    /** The same with another argument. */
    Call with(int index, Object argument) {
      Object[] changed = args.clone();
      changed[index] = argument;
      return new Call(method, changed);
    }

    /** What it makes, or the first of what it makes. */
    SipHeader make() throws Exception {
      try {
        Object made = method.invoke(FACTORY, args);
        return (SipHeader) (made instanceof List<?> list ? list.get(0) : made);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }

    @Override
    public String toString() {
      return method.getName() + Arrays.toString(args);
    }
  }

  /** A create method called with these arguments, and what is written. */
  static Object[] row(String method, String written, Object... args) {
    return new Object[] {new Call(find(method, args), args), written};
  }

  private static Method find(String name, Object... args) {
    for (Method m : SipwrightHeaderFactory.class.getMethods()) {
      if (m.getName().equals(name) && takes(m.getParameterTypes(), args)) {
        return m;
      }
    }
    throw new AssertionError("no method " + name + Arrays.toString(args));
  }

  private static boolean takes(Class<?>[] types, Object... args) {
    if (types.length != args.length) {
      return false;
    }
    for (int i = 0; i < args.length; i++) {
      Class<?> type = types[i];
      boolean fits =
          type == int.class
              ? args[i] instanceof Integer
              : type == boolean.class
                  ? args[i] instanceof Boolean
                  : type == long.class
                      ? args[i] instanceof Long
                      : type == float.class ? args[i] instanceof Float : type.isInstance(args[i]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  @Test
  public void table_below_calls_every_create_method() throws ParseException {
    Set<String> all =
        createMethods(SipwrightHeaderFactory.class)
            .map(Method::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> called =
        Arrays.stream(calls())
            .map(row -> ((Call) row[0]).method.toString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(called, all);
    assertEquals(createMethods(HeaderFactory.class).count(), JAIN_CREATE_METHODS);
  }

  private static Stream<Method> createMethods(Class<?> factory) {
    return Arrays.stream(factory.getMethods()).filter(m -> m.getName().startsWith("create"));
  }

  @Test(dataProvider = "calls")
  public void result_is_written_and_reads_back_equal(Call call, String written) throws Exception {
    SipHeader header = call.make();
    assertEquals(header.toString(), written + "\r\n");
    assertTrue(
        List.class == call.method.getReturnType() || call.method.getReturnType().isInstance(header),
        header.getClass().getName());
    boolean isOfJain = call.method.getDeclaringClass() == HeaderFactory.class;
    assertEquals(header instanceof ExtensionHeader, !isOfJain);
    SipHeader again = HeaderParser.parse(header.getName(), header.getValue(), HeaderModel.DEFAULT);
    assertEquals(again, header);
    assertEquals(again.hashCode(), header.hashCode());
    SipHeader clone = header.clone();
    assertNotSame(clone, header);
    assertEquals(clone, header);
    assertEquals(clone.toString(), header.toString());
  }

  @Test(dataProvider = "calls")
  public void null_is_refused_where_something_is_needed(Call call, String written)
      throws Exception {
    for (int i = 0; i < call.args.length; i++) {
      Call changed = call.with(i, null);
      if (call.method.getParameterTypes()[i].isPrimitive()) {
        continue;
      }
      if (NULLABLE.contains(call.method.getName() + '/' + i)) {
        assertTrue(changed.make().toString().startsWith(written.substring(0, 4)));
      } else {
        expectThrows(NullPointerException.class, changed::make);
      }
    }
  }

  @Test(dataProvider = "calls")
  public void line_breaks_and_nul_are_refused_in_every_text(Call call, String written) {
    for (String bad : Injections.LINE_BREAKS_AND_NUL) {
      for (int i = 0; i < call.args.length; i++) {
        Call changed;
        if (call.args[i] instanceof String good) {
          changed = call.with(i, bad.replace("$", good.strip()));
        } else if (call.args[i] instanceof List) {
          changed = call.with(i, List.of(bad.replace("$", "A")));
        } else {
          continue;
        }
        boolean endOfField = call.method.getName().equals("createHeaders") && bad.equals("$\r\n");
        if (!endOfField) {
          expectThrows(ParseException.class, changed::make);
        }
      }
    }
  }

  @Test(dataProvider = "calls")
  public void odd_text_is_refused_or_reads_back_as_one_equal_header(Call call, String written)
      throws Exception {
    for (String odd : Injections.ODD_TEXTS) {
      for (int i = 0; i < call.args.length; i++) {
        boolean list = call.args[i] instanceof List;
        if (!list && !(call.args[i] instanceof String)) {
          continue;
        }
        SipHeader made;
        try {
          made = call.with(i, list ? List.of(odd) : odd).make();
        } catch (ParseException refused) {
          continue;
        }
        Injections.assertOneReadableLine(made);
      }
    }
  }

  private static Object[][] outOfRangeOfJain() {
    return new Object[][] {
      row("createCSeqHeader", "", -1, "INVITE"),
      row("createCSeqHeader", "", -1L, "INVITE"),
      row("createCSeqHeader", "", 4294967296L, "INVITE"),
      row("createContentLengthHeader", "", -1),
      row("createExpiresHeader", "", -1),
      row("createMaxForwardsHeader", "", -1),
      row("createMaxForwardsHeader", "", 256),
      row("createMimeVersionHeader", "", -1, 0),
      row("createMimeVersionHeader", "", 1, -1),
      row("createMinExpiresHeader", "", -1),
      row("createRAckHeader", "", -1, 2, "INVITE"),
      row("createRAckHeader", "", 1, -1, "INVITE"),
      row("createRSeqHeader", "", -1),
      row("createReasonHeader", "", "SIP", -1, "a"),
      row("createRetryAfterHeader", "", -1),
      row("createTimeStampHeader", "", -1f),
      row("createTimeStampHeader", "", Float.NaN),
      row("createViaHeader", "", "a", 0, "UDP", "x"),
      row("createViaHeader", "", "a", -2, "UDP", "x"),
      row("createViaHeader", "", "a", 65536, "UDP", "x"),
      row("createWarningHeader", "", "a", 99, "x"),
      row("createWarningHeader", "", "a", 1000, "x"),
    };
  }

  @DataProvider
  public Object[][] outOfRange() {
    return Stream.of(outOfRangeOfJain(), CallFactoryRows.outOfRange())
        .flatMap(Stream::of)
        .toArray(Object[][]::new);
  }

  @Test(dataProvider = "outOfRange")
  public void numbers_out_of_range_are_refused(Call call, String none) {
    assertEquals(none, "");
    expectThrows(InvalidArgumentException.class, call::make);
  }

  @Test
  public void broken_texts_are_refused() throws Exception {
    for (String[] nameAndValue :
        new String[][] {
          {"Sub ject", "x"},
          {"", "x"},
          {"Subject:", "x"},
          {"Max-Forwards", "many"},
          {"Allow", "INVITE, ACK"},
          {"Contact", "<sip:a@b>, <sip:c@d>"},
          {"Via", "SIP/2.0/UDP a, SIP/2.0/UDP b"},
          {"WWW-Authenticate", "Digest realm=\"a\", Digest realm=\"b\""},
        }) {
      expectThrows(
          ParseException.class, () -> FACTORY.createHeader(nameAndValue[0], nameAndValue[1]));
    }
    for (String field :
        List.of(
            "",
            "Allow",
            ": a",
            "Al low: a",
            "Allow: INVITE,,ACK",
            "Subject: a",
            "X-Any: a, b",
            "WWW-Authenticate: Digest realm=\"a\"")) {
      expectThrows(ParseException.class, () -> FACTORY.createHeaders(field));
    }
  }

  @Test
  public void create_headers_gives_a_list_of_one_header_per_value() throws Exception {
    List<Header> headers = headers("Call-Info: <http://a/b,c>;purpose=icon, <http://d>");
    assertEquals(headers.size(), 2);
    assertEquals(headers.get(1).toString(), "Call-Info: <http://d>\r\n");
    headers.clear(); // it belongs to the program
    assertEquals(headers("Supported:").toString(), "[Supported: \r\n]");
    assertEquals(headers("m:*").size(), 1);
    assertEquals(headers(FACTORY.createAllowHeader("ACK, BYE").toString()).size(), 2);
  }

  @Test
  public void wildcard_contact_is_as_the_javadoc_has_it() {
    ContactHeader contact = FACTORY.createContactHeader();
    assertTrue(contact.isWildCard());
    assertTrue(contact.getAddress().isWildcard());
    assertEquals(contact.getExpires(), 0);
  }

  @Test
  public void compact_and_unusual_spellings_of_a_name_give_the_typed_header() throws Exception {
    assertEquals(FACTORY.createHeader("m", "*").getName(), "Contact");
    assertEquals(FACTORY.createHeader("M", "*").getName(), "Contact");
    assertTrue(FACTORY.createHeader("CONTACT", "sip:a@b;x=y") instanceof ContactHeader);
  }

  @Test
  public void unknown_name_gives_an_extension_header_that_keeps_its_spelling() throws Exception {
    Header header = FACTORY.createHeader("p-Any", " <sip:a@b>, <tel:+1> ");
    assertTrue(header instanceof ExtensionHeader);
    assertEquals(header.toString(), "p-Any: <sip:a@b>, <tel:+1>\r\n");
    assertEquals(header, FACTORY.createHeader("P-Any", "<sip:a@b>, <tel:+1>"));
  }

  @Test
  public void headers_come_from_the_model_that_was_handed_in() throws Exception {
    HeaderModel model =
        new HeaderModel() {
          @Override
          public SipHeader header(HeaderType type) {
            return type == HeaderType.SUBJECT ? new OwnSubject() : super.header(type);
          }
        };
    HeaderFactory factory = new HeaderFactoryImpl(model);
    assertTrue(factory.createSubjectHeader("a") instanceof OwnSubject);
    assertTrue(factory.createHeader("s", "a") instanceof OwnSubject);
    assertEquals(factory.createSubjectHeader("a"), FACTORY.createSubjectHeader("a"));
    expectThrows(NullPointerException.class, () -> new HeaderFactoryImpl(null));
  }

  /** What a compatibility layer puts in place of one of ours. */
  private static final class OwnSubject extends Subject {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("unchecked") // a raw type of JAIN SIP
  private static List<Header> headers(String field) throws ParseException {
    return FACTORY.createHeaders(field);
  }
}
