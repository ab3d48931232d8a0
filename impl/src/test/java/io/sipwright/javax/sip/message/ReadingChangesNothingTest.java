package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.HeaderFactoryImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.regex.Matcher;
import javax.sip.address.SipURI;
import javax.sip.header.AllowHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.SubjectHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What was only read is written as it came, by whatever means it was read. */
public class ReadingChangesNothingTest {
  /** Lines that are written otherwise by us: all of them are read. */
  private static final String ODD =
      Texts.message(
              "INVITE SIP:b%6Fb@H.example;;lr;a=%41 SIP/2.0",
              "v:  SIP / 2.0 /UDP h:05060 ; branch = z9hG4bKa,SIP/2.0/TCP  i ;received=1.2.3.4 , ,",
              "VIA:SIP/2.0/UDP j",
              "max-forwards :\t070 ",
              "f: \"A\\lice\"   <SIP:alice@A.example;;x>;TAG=1;b=\"c\\d\"",
              "t: sip:bob@b.example;p",
              "i:c@d",
              "CSeq: 0001   INVITE",
              "m: , \"\\B\" <sip:x@y;;z> ; q=0.50, Carol  <sips:c@d:05061>;expires = 60"
                  + " ,tel:+1-23,",
              "k: a ,b,, c",
              "Allow:INVITE,\r\n ACK ,",
              "Record-Route: <sip:p1;lr> , <sip:p2;;lr>,",
              "s:  one\r\n\ttwo  ",
              "Server: x /1  (a\\b) y",
              "Date: Tue, 01 Jan 2026 00:00:00 GMT",
              "Retry-After: 007 (a\\b) ;duration=\t3",
              "Warning: 307  h \"a\\b\" , 308 i \"c\"",
              "Authorization: Digest  realm=\"a\\b\",nonce=\"\", , uri=\"sip:x\"",
              "Call-Info: <HTTP://h/x> ; purpose=icon , http://i/y",
              "Reason: SIP ; cause=200 ;text=\"\\a\" , Q.850;cause=16",
              "X-Odd :  a\r\n b ",
              "nonsense",
              "Date: yesterday",
              "Content-Type:  text/plain ; CHARSET = utf-8 ",
              "l:  00003 ")
          + "a\0b";

  /** Messages of all kinds. */
  @DataProvider
  static Object[][] messages() {
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {"odd", Texts.bytes(ODD)});
    rows.add(new Object[] {"usual", Texts.bytes(Texts.INVITE)});
    rows.add(
        new Object[] {"without length", Texts.bytes(Texts.INVITE.replace("Content-L", "X-L"))});
    rows.add(new Object[] {"LF alone", Texts.bytes(ODD.replace("\r\n", "\n"))});
    for (String[] row : Corpus.own()) {
      rows.add(new Object[] {row[0], Corpus.own(row[0])});
    }
    return rows.toArray(new Object[0][]);
  }

  @Test(dataProvider = "messages")
  public void a_message_of_which_everything_was_read_is_sent_byte_for_byte(
      String name, byte[] bytes) throws Exception {
    if (!(new MessageParser().parse(bytes) instanceof SipMessage unread)) {
      return; // the refusals among them
    }
    SipMessage read = unread.clone();
    List<String> once = Readings.everything(read);
    assertEquals(Readings.everything(read), once, "reading says the same again");
    assertEquals(Texts.sent(read), Texts.sent(unread));
    assertEquals(read.toString(), unread.toString());
    assertEquals(Texts.sent(read.clone()), Texts.sent(unread));
    SipMessage packed = read.packedCopy();
    assertEquals(packed == null ? Texts.sent(unread) : Texts.sent(packed), Texts.sent(unread));
    add(read);
    add(unread);
    assertEquals(Texts.sent(read), Texts.sent(unread), "with one header more");
    if (read.isRequest()) {
      String response = Texts.sent(read.createResponse(183));
      assertEquals(response, Texts.sent(unread.createResponse(183)));
      assertTrue(Texts.parse(response) instanceof SipMessage, response);
    }
  }

  private static void add(SipMessage message) throws Exception {
    message.addFirst(new HeaderFactoryImpl().createViaHeader("192.0.2.1", 5060, "UDP", "z9hG4bKb"));
  }

  @Test
  public void all_lines_of_the_odd_message_would_be_written_otherwise() {
    SipMessage anew = Texts.taken(ODD);
    Readings.replaceAll(anew);
    String written = Texts.sent(anew);
    for (String line : ODD.split("\r\n\r\n")[0].split("\r\n(?![ \t])")) {
      boolean kept = List.of("nonsense", "Date: yesterday").contains(line);
      assertEquals(("\r\n" + written).contains("\r\n" + line + "\r\n"), kept, line);
    }
  }

  @Test
  public void what_was_changed_in_a_header_that_was_read_is_written_and_nothing_else()
      throws Exception {
    SipRequest m = Texts.request(ODD);
    Readings.everything(m);
    ((FromHeader) m.getHeader("From")).getAddress().setDisplayName("Al");
    String from = "From: \"Al\" <sip:alice@A.example;x>;TAG=1;b=\"c\\d\"";
    String expected = ODD.replaceFirst("f: .*", Matcher.quoteReplacement(from));
    assertEquals(Texts.sent(m).replaceFirst("From: .*", ""), expected.replaceFirst("From: .*", ""));
    assertTrue(Texts.sent(m).contains("\r\nFrom: \"Al\" <sip:alice@A.example;x>;TAG=1"));
    ((SipURI) ((ToHeader) m.getHeader("To")).getAddress().getURI()).setUser("carol");
    assertTrue(Texts.sent(m).contains("\r\nTo: <sip:carol@b.example>;p\r\n"), Texts.sent(m));
    ((SipURI) m.getRequestURI()).setPort(5070);
    assertTrue(Texts.sent(m).startsWith("INVITE sip:b%6Fb@H.example:5070;lr;a=%41 SIP/2.0\r\n"));
    ((ViaHeader) m.getHeader("Via")).setPort(5061);
    assertLines(
        m,
        "Via: SIP/2.0/UDP h:5061;branch=z9hG4bKa",
        "v:  SIP/2.0/TCP  i ;received=1.2.3.4 , ,",
        "VIA:SIP/2.0/UDP j");
    ((byte[]) m.getContent())[0] = 'X';
    assertTrue(Texts.sent(m).endsWith("X\0b"));
  }

  @Test
  public void a_uri_within_a_value_of_a_line_that_was_changed_is_written_and_its_line_parts()
      throws Exception {
    SipRequest m = Texts.request(ODD);
    ListIterator<?> contacts = m.getHeaders("Contact");
    contacts.next();
    ((SipURI) ((ContactHeader) contacts.next()).getAddress().getURI()).setHost("e");
    assertLines(
        m,
        "m: , \"\\B\" <sip:x@y;;z> ; q=0.50",
        "Contact: \"Carol\" <sips:c@e:5061>;expires=60",
        "m: tel:+1-23,");
    ((RecordRouteHeader) m.getHeader("Record-Route")).setParameter("x", "y");
    assertLines(m, "Record-Route: <sip:p1;lr>;x=y", "Record-Route: <sip:p2;;lr>,");
    ((AllowHeader) m.getHeader("Allow")).setMethod("BYE");
    assertLines(m, "Allow: BYE", "Allow:ACK ,");
  }

  private static void assertLines(SipMessage message, String... lines) {
    String text = Texts.sent(message);
    assertTrue(text.contains("\r\n" + String.join("\r\n", lines) + "\r\n"), text);
  }

  @Test
  public void what_was_changed_and_put_back_is_written_as_it_came() throws Exception {
    SipRequest m = Texts.request(ODD);
    SubjectHeader subject = (SubjectHeader) m.getHeader("Subject");
    String before = subject.getSubject();
    subject.setSubject("other");
    assertTrue(Texts.sent(m).contains("\r\nSubject: other\r\n"));
    subject.setSubject(before);
    assertEquals(Texts.sent(m), ODD);
  }

  @Test
  public void another_object_in_the_place_of_one_is_written_anew_though_it_is_equal()
      throws Exception {
    SipRequest m = Texts.request(Texts.INVITE);
    m.setHeader((ToHeader) m.getHeader("To").clone());
    assertEquals(Texts.sent(m), Texts.INVITE.replace("\r\nt: ", "\r\nTo: "));
    m.setMethod(Request.INVITE);
    m.setRequestURI((SipURI) m.getRequestURI().clone());
    assertEquals(Texts.sent(m), Texts.INVITE.replace("\r\nt: ", "\r\nTo: "));
    SipRequest odd = Texts.request(ODD);
    odd.setRequestURI((SipURI) odd.getRequestURI().clone());
    assertNotEquals(Texts.sent(odd), ODD);
    odd = Texts.request(ODD);
    odd.setMethod(Request.OPTIONS);
    assertTrue(Texts.sent(odd).startsWith("OPTIONS SIP:b%6Fb@H.example;;lr;a=%41 SIP/2.0\r\n"));
    assertTrue(Texts.sent(odd).contains("\r\nCSeq: 1 OPTIONS\r\n"));
  }

  @Test
  public void a_content_length_that_is_not_there_is_told_and_stays_away() throws Exception {
    String text = Texts.INVITE.replace("Content-Length: 0\r\n", "") + "body";
    SipRequest m = Texts.request(text);
    assertEquals(m.getContentLength().getContentLength(), 4);
    assertEquals(((ContentLengthHeader) m.getHeader("l")).getContentLength(), 4);
    assertEquals(Texts.sent(m), text);
    m.removeHeader("Expires");
    assertTrue(Texts.sent(m).endsWith("\r\nContent-Length: 4\r\n\r\nbody"), Texts.sent(m));
  }
}
