package io.sipwright.javax.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNull;

import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import io.sipwright.javax.sip.header.HeaderType;
import java.util.List;
import java.util.ListIterator;
import javax.sip.header.SupportedHeader;
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
