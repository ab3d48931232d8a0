package io.sipwright.javax.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.header.HeaderType;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sip.header.SupportedHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Messages with very many values in their headers, as somebody may send to keep a stack busy. */
public class ManyValuesTest {
  private static final MessageParser ROOMY =
      new MessageParser(MessageModel.DEFAULT, new Limits(1 << 20, 512, 63_000, 1_000_000), false);

  private static final int LINES = 60;
  private static final int VALUES = 8_000;

  private static SipMessage message() {
    StringBuilder text = new StringBuilder("OPTIONS sip:bob@test SIP/2.0\r\n");
    for (int i = 0; i < LINES; i++) {
      text.append("Supported: a").append(",b".repeat(VALUES - 1)).append("\r\n");
      text.append("X-").append(i).append(": ").append(i).append("\r\n");
    }
    for (String line :
        List.of(
            "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1",
            "From: <sip:a@test>;tag=1",
            "To: <sip:b@test>",
            "Call-ID: c",
            "CSeq: 1 OPTIONS",
            "Content-Length: 0",
            "")) {
      text.append(line).append("\r\n");
    }
    return (SipMessage) ROOMY.parse(text.toString().getBytes(UTF_8));
  }

  /** What stands in a message besides the headers that every one needs. */
  @DataProvider
  static Object[][] deployed() {
    String methods = "INVITE,ACK,CANCEL,BYE,OPTIONS,PRACK,UPDATE,INFO,REFER,NOTIFY,SUBSCRIBE,";
    return new Object[][] {
      {"100 bindings in a list", "Contact: " + list(100, "<sip:%d@10.0.0.1>")},
      {"150 short bindings", "m: <sip:a@10.0.0.1>\r\n".repeat(150)},
      {"300 usual bindings", "Contact: <sip:a@10.0.0.1:5060>;expires=3600\r\n".repeat(300)},
      {"70 proxies", "Record-Route: " + list(70, "<sip:10.0.0.%d;lr>")},
      {"70 routes", "Route: <sip:10.0.0.1;lr>\r\n".repeat(70)},
      {"200 hops", "v: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa\r\n".repeat(200)},
      {"150 numbers of a subscriber", "P-Associated-URI: " + list(150, "<tel:+1408555%04d>")},
      {"50 short diversions", "Diversion: " + list(50, "<sip:%d@a>;reason=no-answer")},
      {"80 moves", "History-Info: " + list(80, "<sip:%d@a.test>;index=1.1")},
      {
        "all that a phone can do",
        "Allow: "
            + methods
            + "MESSAGE,REGISTER,PUBLISH\r\nSupported: 100rel,timer,replaces,path,outbound,gruu,"
            + "join,norefersub,eventlist,from-change,histinfo,tdialog,answermode,sec-agree,pref\r\n"
            + "Allow-Events: talk,hold,conference,refer,check-sync,dialog,presence,reg\r\n"
            + "Accept-Language: en,de,fr,it,es,pt,nl,sv,da,fi,no\r\nAccept-Encoding: gzip,identity"
      },
    };
  }

  private static String list(int n, String value) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(i -> String.format(Locale.ROOT, value, i))
        .collect(Collectors.joining(","));
  }

  @Test(dataProvider = "deployed")
  public void long_lists_as_deployed_equipment_sends_them_are_taken(String what, String headers) {
    String more = headers.endsWith("\n") ? headers : headers + "\r\n";
    for (String start : List.of("OPTIONS sip:a@h SIP/2.0\r\n", "SIP/2.0 200 OK\r\n")) {
      String text =
          start
              + more
              + "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\n"
              + "Call-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
      Parsed parsed = new MessageParser().parse(text.getBytes(UTF_8));
      assertTrue(parsed instanceof SipMessage, what + ": " + parsed);
      assertFalse(((SipMessage) parsed).getUnrecognizedHeaders().hasNext(), what);
    }
  }

  @Test(timeOut = 60_000)
  public void all_values_of_a_header_are_removed_in_one_pass() {
    SipMessage message = message();
    assertEquals(message.peekAll(HeaderType.SUPPORTED).size(), LINES * VALUES);
    message.removeHeader(SupportedHeader.NAME);
    assertFalse(message.hasHeader(HeaderType.SUPPORTED));
    assertNull(message.getHeader(SupportedHeader.NAME));
    for (int i = 0; i < LINES; i++) {
      assertEquals(message.getHeader("X-" + i).toString(), "X-" + i + ": " + i + "\r\n");
    }
    assertFalse(message.toString().contains("Supported"));
  }

  @Test(timeOut = 60_000)
  public void all_values_of_a_header_are_replaced_in_one_pass() throws Exception {
    SipMessage message = message();
    message.setHeader(new HeaderFactoryImpl().createSupportedHeader("100rel"));
    ListIterator<?> left = message.getHeaders(SupportedHeader.NAME);
    assertEquals(((SupportedHeader) left.next()).getOptionTag(), "100rel");
    assertFalse(left.hasNext());
    assertEquals(message.getHeader("X-59").toString(), "X-59: 59\r\n");
    assertEquals(message.callId(), "c");
  }

  /** Lines of two lists by turns: each value in between must not move all that's behind it. */
  @Test(timeOut = 60_000)
  public void values_of_lists_that_stand_by_turns_are_read_in_time_linear_in_them() {
    StringBuilder text = new StringBuilder("OPTIONS sip:bob@test SIP/2.0\r\n");
    for (int i = 0; i < LINES; i++) {
      text.append("Supported: a").append(",b".repeat(VALUES - 1)).append("\r\n");
      text.append("Require: a").append(",b".repeat(VALUES - 1)).append("\r\n");
    }
    text.append("Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@test>;tag=1\r\n");
    text.append("To: <sip:b@test>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n");
    MessageParser parser =
        new MessageParser(MessageModel.DEFAULT, new Limits(1 << 22, 512, 63_000, 1_000_000), false);
    SipMessage message = (SipMessage) parser.parse(text.toString().getBytes(UTF_8));
    assertEquals(message.peekAll(HeaderType.SUPPORTED).size(), LINES * VALUES);
    assertEquals(message.peekAll(HeaderType.REQUIRE).size(), LINES * VALUES);
    assertFalse(message.getUnrecognizedHeaders().hasNext());
  }
}
