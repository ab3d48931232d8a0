package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class CapabilityHeadersTest {
  private static final String ALL = "AllContentTypes=";
  private static final String ALL_SUB = " | AllContentSubTypes=";

  @DataProvider
  public Object[][] readable() {
    return new Object[][] {
      {"Accept", "", "ContentType= | ContentSubType= | QValue=-1.0", null},
      {"Accept", "application/sdp", "ContentType=application | ContentSubType=sdp", null},
      {"Accept", "application/sdp;level=1", "ContentSubType=sdp | level=1 | QValue=-1.0", null},
      {"Accept", "*/*", ALL + "true" + ALL_SUB + "true", null},
      {"Accept", "text/*;q=0.8", ALL + "false" + ALL_SUB + "true | QValue=0.8", null},
      {
        "Accept",
        "text / html ; Q = 1.000 ",
        "ContentSubType=html | QValue=1.0",
        "text/html;Q=1.000"
      },
      {"Accept", "a/b;q=high", "QValue=-1.0 | q=high", null},
      {"Accept-Encoding", "", "Encoding=null | QValue=-1.0", null},
      {"Accept-Encoding", "gzip", "Encoding=gzip | QValue=-1.0", null},
      {"Accept-Encoding", "gzip;q=0.5", "Encoding=gzip | QValue=0.5", null},
      {"Accept-Encoding", "* ; q=0", "Encoding=* | QValue=0.0", "*;q=0"},
      {"Accept-Language", "", "AcceptLanguage= | QValue=-1.0", null},
      {"Accept-Language", "da", "AcceptLanguage=da | QValue=-1.0", null},
      {"Accept-Language", "en-gb;q=0.8", "AcceptLanguage=en_GB | QValue=0.8", null},
      {"Accept-Language", "*", "AcceptLanguage=*", null},
      {"Accept-Language", "zh-Hant-TW", "AcceptLanguage=zh_TW_#Hant", null},
      {"Accept-Language", "es-419", "AcceptLanguage=es_419", null},
      {"Accept-Language", "i-klingon", "AcceptLanguage=tlh", null},
      {"Allow", "", "Method=null", null},
      {"Allow", "INVITE", "Method=INVITE", null},
      {"Allow", "x-Method!", "Method=x-Method!", null},
      {"Require", "100rel", "OptionTag=100rel", null},
      {"Proxy-Require", "foo", "OptionTag=foo", null},
      {"Supported", "", "OptionTag=", null},
      {"k", "timer", "OptionTag=timer", null},
      {"Unsupported", "foo.example", "OptionTag=foo.example", null},
    };
  }

  @Test(dataProvider = "readable")
  public void reads_the_parts_and_writes_them_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written == null ? value : written);
  }

  @DataProvider
  public Object[][] broken() {
    return new Object[][] {
      {"Accept", "text", 4},
      {"Accept", "text/", 5},
      {"Accept", "/html", 0},
      {"Accept", "text/html;", 10},
      {"Accept", "text/html, a/b", 9},
      {"Accept-Encoding", ";q=1", 0},
      {"Accept-Encoding", "gzip x", 5},
      {"Accept-Language", "en-", 3},
      {"Accept-Language", "abcdefghi", 0},
      {"Accept-Language", "en_GB", 2},
      {"Accept-Language", "*-x", 1},
      {"Allow", "INVITE ACK", 7},
      {"Allow", ",", 0},
      {"Require", "", 0},
      {"Proxy-Require", "", 0},
      {"Unsupported", "", 0},
      {"Supported", "a;b", 1},
      {"Supported", "\"a\"", 0},
    };
  }

  @Test(dataProvider = "broken")
  public void rejects_what_breaks_the_grammar(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void empty_header_is_a_list_of_one_empty_header_where_the_grammar_allows_it()
      throws ParseException {
    for (String name :
        List.of("Supported", "Allow", "Accept", "Accept-Encoding", "Accept-Language")) {
      List<SipHeader> headers = HeaderParser.parseList(name, " ", HeaderModel.DEFAULT);
      assertEquals(headers.size(), 1, name);
      assertEquals(headers.get(0).toString(), name + ": \r\n");
    }
  }

  @Test
  public void list_is_cut_at_its_commas() throws ParseException {
    assertEquals(values("Allow", "INVITE,ACK , BYE"), List.of("INVITE", "ACK", "BYE"));
    assertEquals(
        values("Accept", "application/sdp;level=1, text/html;p=\"a,b\""),
        List.of("application/sdp;level=1", "text/html;p=\"a,b\""));
    assertEquals(
        values("Accept-Language", "da, en-gb;q=0.8,\r\n en;q=0.7"),
        List.of("da", "en-gb;q=0.8", "en;q=0.7"));
  }

  @Test
  public void list_with_an_empty_element_is_rejected_at_that_element() {
    rejectsList("Supported", "a,", 2);
    rejectsList("Supported", "a, ,b", 3);
    rejectsList("Supported", ",a", 0);
    rejectsList("Allow", "INVITE;ACK", 6);
  }

  @Test
  public void known_methods_and_tags_are_the_constants_of_jain_sip() throws ParseException {
    assertSame(HeaderTable.header(Allow.class, "Allow", "INVITE").getMethod(), Request.INVITE);
  }

  @Test
  public void setter_takes_tokens_with_commas_between() throws ParseException {
    Allow allow = new Allow();
    allow.setMethod("INVITE, ACK,BYE");
    assertEquals(allow.getMethod(), "INVITE, ACK,BYE");
    Supported supported = new Supported();
    supported.setOptionTag("timer, 100rel");
    assertTrue(supported.has("100REL"));
    assertTrue(supported.has("timer"));
    assertFalse(supported.has("rel"));
    expectThrows(ParseException.class, () -> supported.setOptionTag("timer,"));
    expectThrows(ParseException.class, () -> supported.setOptionTag(" timer"));
    expectThrows(ParseException.class, () -> supported.setOptionTag("timer 100rel"));
    expectThrows(ParseException.class, () -> new Require().setOptionTag(""));
    expectThrows(NullPointerException.class, () -> allow.setMethod(null));
    expectThrows(NullPointerException.class, () -> supported.setOptionTag(null));
    assertEquals(supported.getOptionTag(), "timer, 100rel");
  }

  @Test
  public void setter_makes_a_header_empty_where_the_grammar_allows_it() throws ParseException {
    Allow allow = new Allow();
    allow.setMethod("INVITE");
    allow.setMethod("");
    assertNull(allow.getMethod());
    Supported supported = new Supported();
    supported.setOptionTag("");
    assertEquals(supported.getValue(), "");
  }

  @Test
  public void preference_is_written_with_three_decimals_and_bounded()
      throws InvalidArgumentException {
    Accept accept = new Accept();
    accept.setQValue(0.123456f);
    assertEquals(accept.getParameter("q"), "0.123");
    accept.setQValue(1);
    assertEquals(accept.getParameter("q"), "1");
    accept.setQValue(-1);
    assertNull(accept.getParameter("q"));
    expectThrows(InvalidArgumentException.class, () -> accept.setQValue(1.01f));
    expectThrows(InvalidArgumentException.class, () -> accept.setQValue(-0.5f));
    expectThrows(InvalidArgumentException.class, () -> accept.setQValue(Float.NaN));
    expectThrows(InvalidArgumentException.class, () -> new AcceptEncoding().setQValue(2));
    expectThrows(InvalidArgumentException.class, () -> new AcceptLanguage().setQValue(2));
    expectThrows(ParseException.class, () -> accept.setParameter("q", "2"));
    expectThrows(ParseException.class, () -> new AcceptEncoding().setParameter("Q", "x"));
    expectThrows(ParseException.class, () -> new AcceptLanguage().setParameter("q", ""));
  }

  @DataProvider
  public Object[][] locales() {
    return new Object[][] {
      {Locale.UK, "en-GB"},
      {Locale.ENGLISH, "en"},
      {Locale.ROOT, ""},
      {new Locale("*"), "*"},
      {Locale.forLanguageTag("zh-Hant-TW"), "zh-Hant-TW"},
      {new Locale("es", "419"), "es-419"},
    };
  }

  @Test(dataProvider = "locales")
  public void locale_becomes_its_language_tag(Locale locale, String tag) {
    AcceptLanguage h = new AcceptLanguage();
    h.setAcceptLanguage(locale);
    assertEquals(h.getValue(), tag);
    assertEquals(h.getAcceptLanguage(), locale);
  }

  @Test
  public void locale_without_a_possible_tag_is_refused() {
    AcceptLanguage h = new AcceptLanguage();
    expectThrows(
        IllegalArgumentException.class, () -> h.setAcceptLanguage(new Locale("en\r\nEvil: x")));
    expectThrows(IllegalArgumentException.class, () -> h.setAcceptLanguage(new Locale("*\r\n")));
    expectThrows(NullPointerException.class, () -> h.setAcceptLanguage(null));
    assertEquals(h.getValue(), "");
  }

  @Test
  public void tokens_compare_in_any_case_but_methods_do_not() throws ParseException {
    assertEquals(parse("Supported", "TIMER"), parse("Supported", "timer"));
    assertEquals(parse("Supported", "TIMER").hashCode(), parse("Supported", "timer").hashCode());
    assertNotEquals(parse("Supported", "timer"), parse("Unsupported", "timer"));
    assertNotEquals(parse("Allow", "invite"), parse("Allow", "INVITE"));
    assertEquals(parse("Accept", "A/b;x=Y;z"), parse("Accept", "a/B;Z;X=y"));
    assertNotEquals(parse("Accept", "a/b"), parse("Content-Type", "a/b"));
    assertEquals(parse("Accept-Language", "EN-gb"), parse("Accept-Language", "en-GB"));
    assertNotEquals(parse("Accept-Encoding", "gzip"), parse("Accept-Encoding", "gzip;q=1"));
  }

  @Test
  public void changing_a_clone_leaves_the_original_as_it_was() throws Exception {
    Accept accept = (Accept) parse("Accept", "a/b;q=0.1");
    Accept copy = (Accept) accept.clone();
    copy.setQValue(1);
    copy.setContentType("c");
    assertEquals(accept.getValue(), "a/b;q=0.1");
    AcceptLanguage language = (AcceptLanguage) parse("Accept-Language", "en;q=0.1");
    ((AcceptLanguage) language.clone()).setQValue(1);
    assertEquals(language.getValue(), "en;q=0.1");
  }

  @Test(timeOut = 10_000)
  public void cost_is_linear_in_the_number_of_elements() throws ParseException {
    assertEquals(values("Supported", "a" + ",a".repeat(500_000)).size(), 500_001);
    rejectsList("Supported", "a" + " ".repeat(1_000_000) + "b", 1_000_001);
  }

  private static List<String> values(String name, String value) throws ParseException {
    return HeaderParser.parseList(name, value, HeaderModel.DEFAULT).stream()
        .map(SipHeader::getValue)
        .toList();
  }

  private static void rejectsList(String name, String value, int offset) {
    ParseException e = expectThrows(ParseException.class, () -> values(name, value));
    assertEquals(e.getErrorOffset(), offset, e.getMessage());
  }

  private static SipHeader parse(String name, String value) throws ParseException {
    return HeaderParser.parse(name, value, HeaderModel.DEFAULT);
  }

  @Test
  public void no_language_has_no_parameters() throws Exception {
    AcceptLanguage h = new AcceptLanguage();
    h.setAcceptLanguage(Locale.ENGLISH);
    h.setQValue(0.5f);
    h.setAcceptLanguage(Locale.ROOT);
    assertEquals(h.getValue(), "");
    assertEquals(HeaderParser.parse("Accept-Language", "", HeaderModel.DEFAULT), h);
  }
}
