package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNotSame;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.expectThrows;

import io.sipwright.javax.sip.address.SipUri;
import io.sipwright.javax.sip.address.Uris;
import io.sipwright.syntax.Scanner;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class DescriptionHeadersTest {
  /** As another vendor's URI looks from outside. */
  private record ForeignUri(String text) implements URI {
    private static final long serialVersionUID = 1L;

    @Override
    public String getScheme() {
      return "http";
    }

    @Override
    public boolean isSipURI() {
      return false;
    }

    @Override
    public Object clone() {
      return this;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @DataProvider
  public Object[][] readable() {
    return new Object[][] {
      {
        "Alert-Info",
        "<http://www.example.com/sounds/moo.wav>",
        "AlertInfo=http://www.example.com/sounds/moo.wav",
        null
      },
      {
        "Alert-Info",
        "<urn:alert:service:call-waiting>;x=y",
        "AlertInfo=urn:alert:service:call-waiting | x=y",
        null
      },
      {"Alert-Info", "http://a/b;x=y", "AlertInfo=http://a/b | x=y", "<http://a/b>;x=y"},
      {"Alert-Info", "Bellcore-dr2", "AlertInfo=null", null},
      {"Alert-Info", "<Bellcore-dr2> ; x", "AlertInfo=null | x=", "<Bellcore-dr2>;x"},
      {"Alert-Info", "info=alert-autoanswer;delay=0", "AlertInfo=null | delay=0", null},
      {"Alert-Info", ";info=alert-autoanswer", "AlertInfo=null | info=alert-autoanswer", null},
      {"Alert-Info", "\"a;b,c\" <x>", "AlertInfo=null", null},
      {
        "Call-Info",
        "<http://wwww.example.com/alice/photo.jpg> ;purpose=icon",
        "Info=http://wwww.example.com/alice/photo.jpg | Purpose=icon",
        "<http://wwww.example.com/alice/photo.jpg>;purpose=icon"
      },
      {"Call-Info", "<sip:a@b;x=y?z=1>", "Info=sip:a@b;x=y?z=1 | Purpose=null", null},
      {
        "Call-Info",
        "http://a/b?q=1;purpose=card",
        "Info=http://a/b?q=1 | Purpose=card",
        "<http://a/b?q=1>;purpose=card"
      },
      {
        "Error-Info",
        "<sip:not-in-service-recording@atlanta.com>",
        "ErrorInfo=sip:not-in-service-recording@atlanta.com | ErrorMessage=null",
        null
      },
      {"Error-Info", "<sip:a@b>;message=\"not in service\"", "ErrorMessage=not in service", null},
      {"In-Reply-To", "70710@saturn.bell-tel.com", "CallId=70710@saturn.bell-tel.com", null},
      {"MIME-Version", "1.0", "MajorVersion=1 | MinorVersion=0", null},
      {"MIME-Version", "02.10", "MajorVersion=2 | MinorVersion=10", "2.10"},
      {"Organization", "Boxes by Bob", "Organization=Boxes by Bob", null},
      {"Organization", "", "Organization=", null},
      {
        "Subject",
        "Need more boxes, \"now\"; (bob)",
        "Subject=Need more boxes, \"now\"; (bob)",
        null
      },
      {
        "s",
        "  Gr\u00fc\u00dfe\r\n\t \u4f60\u597d  ",
        "Subject=Gr\u00fc\u00dfe \u4f60\u597d",
        "Gr\u00fc\u00dfe \u4f60\u597d"
      },
      {"Subject", "", "Subject=", null},
      {"Priority", "emergency", "Priority=emergency", null},
      {"Priority", "other.priority-1", "Priority=other.priority-1", null},
      {
        "Reason",
        "SIP ;cause=200 ;text=\"Call completed elsewhere\"",
        "Protocol=SIP | Cause=200 | Text=Call completed elsewhere",
        "SIP;cause=200;text=\"Call completed elsewhere\""
      },
      {"Reason", "Q.850;cause=16", "Protocol=Q.850 | Cause=16 | Text=null", null},
      {"Reason", "preemption", "Protocol=preemption | Cause=-1 | Text=null", null},
      {"Reason", "SIP;cause=x;text=\"\"", "Cause=-1 | Text=", null},
      {"Reason", "SIP;cause=2147483648;text=bare", "Cause=-1 | Text=bare", null},
      {"Server", "HomeServer v2", "", null},
      {"SIP-ETag", "dx200xyz", "ETag=dx200xyz", null},
      {"SIP-If-Match", "dx200xyz", "ETag=dx200xyz", null},
      {"User-Agent", "Softphone Beta1.5", "", null},
      {
        "User-Agent",
        "A / 1.0 (b (c \\) \r\n d)) E/ 2  F@[g]\th//i",
        "",
        "A/1.0 (b (c \\) d)) E/2 F@[g] h//i"
      },
      {"User-Agent", "A(b)C", "", "A (b) C"},
      {"Server", "\u00fc)", "", null},
      {
        "Warning",
        "307 isi.edu \"Session parameter 'foo' not understood\"",
        "Code=307 | Agent=isi.edu | Text=Session parameter 'foo' not understood",
        null
      },
      {
        "Warning",
        "301 isi.edu:5060  \"a \\\"b\\\", c\"",
        "Code=301 | Agent=isi.edu:5060 | Text=a \"b\", c",
        "301 isi.edu:5060 \"a \\\"b\\\", c\""
      },
      {
        "Warning",
        "399 [2001:db8::1]:5061 \"\"",
        "Code=399 | Agent=[2001:db8::1]:5061 | Text=",
        null
      },
      {"Warning", "399 - \"x\"", "Agent=-", null},
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
      {"Alert-Info", "", 0},
      {"Alert-Info", "\"open", 0},
      {"Alert-Info", "a\0b", 1},
      {"Alert-Info", "<http://a/b>;=x", 13},
      {"Call-Info", "", 0},
      {"Call-Info", "<http://a/b", 11},
      {"Call-Info", "<>", 1},
      {"Call-Info", "Ring1", 5},
      {"Call-Info", "\"n\" <http://a/b>", 0},
      {"Error-Info", "<http://a/b> x", 13},
      {"In-Reply-To", "", 0},
      {"In-Reply-To", "a b", 2},
      {"MIME-Version", "1", 1},
      {"MIME-Version", "1.", 2},
      {"MIME-Version", ".0", 0},
      {"MIME-Version", "99999999999.0", 0},
      {"MIME-Version", "1.0 x", 4},
      {"Organization", "a\0", 1},
      {"Subject", "\0", 0},
      {"Priority", "", 0},
      {"Priority", "very urgent", 5},
      {"Reason", "", 0},
      {"Reason", "SIP;cause=", 10},
      {"Reason", "SIP;text=two words", 13},
      {"SIP-ETag", "", 0},
      {"SIP-If-Match", "a,b", 1},
      {"Server", "", 0},
      {"User-Agent", " ", 1},
      {"User-Agent", "a (open", 2},
      {"User-Agent", "a\1", 1},
      {"User-Agent", "(a\0)", 2},
      {"Warning", "", 0},
      {"Warning", "99 a \"b\"", 0},
      {"Warning", "0300 a \"b\"", 0},
      {"Warning", "1000 a \"b\"", 0},
      {"Warning", "300a \"b\"", 3},
      {"Warning", "300 a@b \"c\"", 5},
      {"Warning", "300 a:99999 \"c\"", 6},
      {"Warning", "300 a b", 6},
      {"Warning", "300 a \"b", 6},
    };
  }

  @Test(dataProvider = "broken")
  public void rejects_what_breaks_the_grammar(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void list_is_cut_at_its_commas() throws ParseException {
    assertEquals(
        values("Warning", "307 a \"b, c\", 308 d \"e\""), List.of("307 a \"b, c\"", "308 d \"e\""));
    assertEquals(
        values("Call-Info", "<http://a/b,c>;purpose=icon,http://d,<http://e>"),
        List.of("<http://a/b,c>;purpose=icon", "<http://d>", "<http://e>"));
    assertEquals(values("Alert-Info", "ring, <http://a>"), List.of("ring", "<http://a>"));
    assertEquals(values("In-Reply-To", "a@b,\r\n c@d"), List.of("a@b", "c@d"));
    assertEquals(
        values("Reason", "SIP;cause=600, Q.850;cause=16;text=\"x,y\""),
        List.of("SIP;cause=600", "Q.850;cause=16;text=\"x,y\""));
  }

  @Test
  public void products_and_comments_come_one_by_one() throws ParseException {
    assertEquals(
        products((UserAgent) parse("User-Agent", "A / 1.0 (b (c) d) E")),
        List.of("A/1.0", "(b (c) d)", "E"));
  }

  @Test
  public void products_are_written_with_a_space_between() throws ParseException {
    Server server = new Server();
    server.setProduct(List.of("My  App v1.0", "(x y)", "B / 2"));
    assertEquals(server.getValue(), "My App v1.0 (x y) B/2");
    assertEquals(products(server), List.of("My App v1.0", "(x y)", "B/2"));
    expectThrows(UnsupportedOperationException.class, () -> server.getProduct().add("evil"));
  }

  @Test
  public void products_that_can_not_be_read_back_are_refused() throws ParseException {
    UserAgent h = new UserAgent();
    h.setProduct(List.of("a"));
    expectThrows(ParseException.class, () -> h.setProduct(List.of()));
    expectThrows(ParseException.class, () -> h.setProduct(List.of("")));
    expectThrows(ParseException.class, () -> h.setProduct(List.of("(open")));
    expectThrows(ParseException.class, () -> h.setProduct(List.of("a\r\n b")));
    expectThrows(ParseException.class, () -> h.setProduct(List.of(7)));
    expectThrows(NullPointerException.class, () -> h.setProduct(null));
    assertEquals(h.getValue(), "a");
  }

  @Test
  public void list_given_for_products_may_change_afterwards() throws ParseException {
    List<String> given = new ArrayList<>(List.of("a"));
    UserAgent h = new UserAgent();
    h.setProduct(given);
    given.add("b\r\nEvil: x");
    assertEquals(h.getValue(), "a");
  }

  @Test
  public void numbers_out_of_range_are_refused() {
    Warning warning = new Warning();
    for (int code : new int[] {-1, 0, 99, 1000, Integer.MAX_VALUE}) {
      expectThrows(InvalidArgumentException.class, () -> warning.setCode(code));
    }
    expectThrows(InvalidArgumentException.class, () -> new MimeVersion().setMajorVersion(-1));
    expectThrows(InvalidArgumentException.class, () -> new MimeVersion().setMinorVersion(-1));
    expectThrows(InvalidArgumentException.class, () -> new Reason().setCause(-1));
  }

  @Test
  public void warning_agent_is_host_and_port_or_a_token() throws ParseException {
    Warning h = new Warning();
    for (String good : List.of("a", "a.example:5060", "[::1]", "[::1]:5060", "10.0.0.1:1")) {
      h.setAgent(good);
      assertEquals(h.getAgent(), good);
    }
    for (String bad : List.of("", "a b", "a:", "a:x", "a:65536", "[::1", "a@b", "[]:1")) {
      expectThrows(ParseException.class, () -> h.setAgent(bad));
    }
  }

  @Test
  public void texts_are_always_written_between_quotes() throws Exception {
    Reason reason = new Reason();
    reason.setProtocol("SIP");
    reason.setCause(200);
    reason.setText("a \"b\" \\");
    assertEquals(reason.getValue(), "SIP;cause=200;text=\"a \\\"b\\\" \\\\\"");
    reason.setParameter("TEXT", "plain");
    assertEquals(reason.getValue(), "SIP;cause=200;text=\"plain\"");
    expectThrows(ParseException.class, () -> reason.setParameter("cause", "x"));
    ErrorInfo error = new ErrorInfo();
    error.setErrorInfo(uri("sip:a@b"));
    error.setErrorMessage("gone");
    assertEquals(error.getValue(), "<sip:a@b>;message=\"gone\"");
  }

  @Test
  public void uri_given_is_the_uri_in_the_header() throws ParseException {
    URI uri = uri("sip:a@b");
    CallInfo call = new CallInfo();
    call.setInfo(uri);
    call.setPurpose("icon");
    assertSame(call.getInfo(), uri);
    AlertInfo alert = (AlertInfo) parse("Alert-Info", "ring;x=y");
    alert.setAlertInfo(uri);
    assertSame(alert.getAlertInfo(), uri);
    assertEquals(alert.getValue(), "<sip:a@b>;x=y");
    expectThrows(NullPointerException.class, () -> alert.setAlertInfo(null));
    expectThrows(ParseException.class, () -> call.setPurpose("a b"));
    expectThrows(NullPointerException.class, () -> call.setPurpose(null));
    assertNull(new CallInfo().getInfo());
  }

  @Test
  public void uri_of_another_vendor_is_read_from_its_text() {
    CallInfo call = new CallInfo();
    call.setInfo(new ForeignUri("http://a/b"));
    assertEquals(call.getValue(), "<http://a/b>");
    for (String bad : List.of("http://a>\r\nEvil: x", "http://a b", "nothing", "")) {
      expectThrows(IllegalArgumentException.class, () -> call.setInfo(new ForeignUri(bad)));
    }
    assertEquals(call.getValue(), "<http://a/b>");
  }

  @Test
  public void changing_a_clone_leaves_the_original_as_it_was() throws Exception {
    CallInfo call = (CallInfo) parse("Call-Info", "<sip:a@b>;purpose=icon");
    CallInfo copy = (CallInfo) call.clone();
    assertNotSame(copy.getInfo(), call.getInfo());
    ((SipUri) copy.getInfo()).setUser("other");
    copy.setPurpose("card");
    assertEquals(call.getValue(), "<sip:a@b>;purpose=icon");
    UserAgent agent = (UserAgent) parse("User-Agent", "a");
    ((UserAgent) agent.clone()).setProduct(List.of("b"));
    assertEquals(agent.getValue(), "a");
    Reason reason = (Reason) parse("Reason", "SIP;cause=1");
    ((Reason) reason.clone()).setCause(2);
    assertEquals(reason.getValue(), "SIP;cause=1");
  }

  @Test
  public void equality_knows_what_has_a_case() throws ParseException {
    assertEquals(parse("Warning", "300 A \"b\""), parse("Warning", "300 a \"b\""));
    assertNotEquals(parse("Warning", "300 a \"B\""), parse("Warning", "300 a \"b\""));
    assertEquals(parse("Priority", "URGENT"), parse("Priority", "urgent"));
    assertNotEquals(parse("In-Reply-To", "A@b"), parse("In-Reply-To", "a@b"));
    assertEquals(parse("User-Agent", "A / 1 (B)"), parse("User-Agent", "a/1 (b)"));
    assertNotEquals(parse("User-Agent", "a"), parse("Server", "a"));
    assertNotEquals(parse("Alert-Info", "ring"), parse("Alert-Info", "rung"));
    assertNotEquals(parse("Alert-Info", "<http://a>"), parse("Error-Info", "<http://a>"));
    assertEquals(parse("Reason", "sip;CAUSE=1"), parse("Reason", "SIP;cause=1"));
    assertNotEquals(parse("MIME-Version", "1.0"), parse("MIME-Version", "1.1"));
  }

  @Test(timeOut = 10_000)
  public void cost_is_linear_in_the_depth_of_comments_and_the_number_of_products()
      throws ParseException {
    String deep = "(".repeat(500_000) + ")".repeat(500_000);
    assertEquals(parse("User-Agent", deep).getValue(), deep);
    expectThrows(ParseException.class, () -> parse("User-Agent", "(".repeat(1_000_000)));
    parse("Server", "a (b) ".repeat(200_000));
    parse("Server", "a/".repeat(500_000));
    parse("Alert-Info", "x;" + "a;".repeat(5) + "y".repeat(1_000_000));
    assertEquals(values("Alert-Info", "x" + ",x".repeat(200_000)).size(), 200_001);
  }

  private static List<String> products(ProductsHeader header) {
    List<String> products = new ArrayList<>();
    for (ListIterator<String> i = header.getProduct(); i.hasNext(); ) {
      products.add(i.next());
    }
    return products;
  }

  private static URI uri(String text) throws ParseException {
    return Uris.parse(new Scanner(text), HeaderModel.DEFAULT);
  }

  private static List<String> values(String name, String value) throws ParseException {
    return HeaderParser.parseList(name, value, HeaderModel.DEFAULT).stream()
        .map(SipHeader::getValue)
        .toList();
  }

  private static SipHeader parse(String name, String value) throws ParseException {
    return HeaderParser.parse(name, value, HeaderModel.DEFAULT);
  }
}
