package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.AcceptContactHeader;
import io.sipwright.header.SipwrightContactHeader;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Accept-Contact, Reject-Contact, and what later RFCs put into Contact. */
public class PreferenceHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "Accept-Contact",
        "*;audio;require",
        "Required=true | Explicit=false | audio=",
        "*;audio;require"
      },
      {"a", "* ; video ; explicit", "Required=false | Explicit=true", "*;video;explicit"},
      {
        "A",
        "*;methods=\"BYE\";class=\"business\";q=1.0",
        "methods=BYE | q=1.0",
        "*;methods=\"BYE\";class=\"business\";q=1.0"
      },
      {"Accept-Contact", "*", "Required=false", "*"},
      {
        "Accept-Contact",
        "*;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\"",
        "Features=g.3gpp.icsi-ref[urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel]",
        "*;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel\""
      },
      {
        "Reject-Contact",
        "*;actor=\"msg-taker\";video",
        "Features=sip.actor[msg-taker] sip.video[TRUE]",
        "*;actor=\"msg-taker\";video"
      },
      {"j", "*;mobility=\"!fixed\"", "Features=sip.mobility[!fixed]", "*;mobility=\"!fixed\""},
      {
        "Contact",
        "<sip:user@pc.example.com>\r\n ;mobility=\"fixed\";events=\"!presence,message-summary\"\r\n ;language=\"en,de\";description=\"<PC>\"\r\n ;+sip.newparam;+rangeparam=\"#-4:+5.125\"",
        "Features=sip.mobility[fixed] sip.events[!presence, message-summary] language[en, de] sip.description[<PC>] sip.newparam[TRUE] rangeparam[#-4:+5.125]",
        "<sip:user@pc.example.com>;mobility=\"fixed\";events=\"!presence,message-summary\";language=\"en,de\";description=\"<PC>\";+sip.newparam;+rangeparam=\"#-4:+5.125\""
      },
      {
        "Contact",
        "<sip:a@b>;reg-id=1;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"",
        "RegId=1 | InstanceId=urn:uuid:00000000-0000-1000-8000-000A95A0E128",
        "<sip:a@b>;reg-id=1;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\""
      },
      {
        "Contact",
        "<sip:a@b>;reg-id=0;+sip.instance=\"urn:x\"",
        "RegId=-1 | InstanceId=null",
        "<sip:a@b>;reg-id=0;+sip.instance=\"urn:x\""
      },
      {
        "Contact",
        "<sip:a@b>;reg-id=2147483648",
        "RegId=-1 | InstanceId=null | PublicGruu=null",
        "<sip:a@b>;reg-id=2147483648"
      },
      {
        "Contact",
        "<sip:callee@192.0.2.2>;pub-gruu=\"sip:callee@example.com;gr=urn:uuid:f81d4fae\"\r\n ;temp-gruu=\"sip:tgruu.7hs@example.com;gr\"",
        "PublicGruu=sip:callee@example.com;gr=urn:uuid:f81d4fae | TemporaryGruu=sip:tgruu.7hs@example.com;gr",
        "<sip:callee@192.0.2.2>;pub-gruu=\"sip:callee@example.com;gr=urn:uuid:f81d4fae\";temp-gruu=\"sip:tgruu.7hs@example.com;gr\""
      },
      {"Contact", "<sip:a@b>;pub-gruu=none", "PublicGruu=null", "<sip:a@b>;pub-gruu=none"},
    };
  }

  @Test(dataProvider = "values")
  public void value_is_read_and_written_back(
      String name, String value, String parts, String written) throws Exception {
    HeaderTable.reads(name, value, parts, written);
  }

  @DataProvider
  static Object[][] broken() {
    return new Object[][] {
      // name, value, offset
      {"Accept-Contact", "", 0},
      {"Accept-Contact", "audio", 0},
      {"Accept-Contact", "*audio", 1},
      {"Accept-Contact", "*;", 2},
      {"Accept-Contact", "*, *", 1},
      {"Reject-Contact", "<sip:a@b>", 0},
      {"Reject-Contact", "*;video=", 8},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void predicates_between_commas_become_headers_of_their_own() throws Exception {
    assertEquals(
        HeaderParser.parseList("a", "*;audio;require, *;methods=\"A,B\"", HeaderModel.DEFAULT)
            .size(),
        2);
    assertEquals(HeaderParser.parseList("j", "*;a,*;b,*", HeaderModel.DEFAULT).size(), 3);
  }

  @Test
  public void features_are_set_by_tag_or_parameter_and_taken_away() throws Exception {
    AcceptContactHeader header = new AcceptContact();
    header.setFeature("sip.methods", "INVITE,BYE");
    header.setFeature("audio", "");
    header.setFeature("language", "en");
    header.setFeature("com.example/x:y", "<a \"b\">");
    header.setFeature("+sip.newparam", "#>=4");
    header.setRequired(true);
    header.setExplicit(true);
    String written =
        "*;methods=\"INVITE,BYE\";audio;language=\"en\";+com.example'x!y=\"<a \\\"b\\\">\""
            + ";+sip.newparam=\"#>=4\";require;explicit";
    assertEquals(header.toString(), "Accept-Contact: " + written + "\r\n");
    AcceptContactHeader again =
        HeaderTable.header(AcceptContactHeader.class, "Accept-Contact", written);
    assertEquals(again, header);
    assertEquals(
        again.getFeatures().tags().toString(),
        "[sip.methods, sip.audio, language, com.example/x:y, sip.newparam]");
    header.removeFeature("SIP.audio");
    header.removeFeature("no tag");
    header.setRequired(false);
    assertFalse(header.getFeatures().supports("sip.audio"));
    assertFalse(header.isRequired());
    assertTrue(header.isExplicit());
    assertNotEquals(header, again);
  }

  @Test
  public void features_that_break_the_grammar_are_refused() {
    SipwrightContactHeader header = new Contact();
    for (String bad : List.of("", "+", "1a", "a b", "a;b", "a_b", "\u00e9")) {
      expectThrows(ParseException.class, () -> header.setFeature(bad, ""));
    }
    for (String bad : List.of("a b", "!", "#", "#4", "#>4", "<a", "<a>b>", "a,", ",a", "#5:4")) {
      expectThrows(ParseException.class, () -> header.setFeature("sip.class", bad));
    }
    assertFalse(header.getParameterNames().hasNext());
  }

  @Test
  public void contact_of_an_outbound_registration_is_put_together() throws Exception {
    AddressFactoryImpl addresses = new AddressFactoryImpl();
    SipwrightContactHeader header = new Contact();
    header.setAddress(addresses.createAddress("<sip:bob@192.0.2.2;transport=tcp>"));
    header.setRegId(1);
    header.setInstanceId("urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF");
    header.setPublicGruu(addresses.createURI("sip:bob@example.com;gr=urn:x"));
    header.setTemporaryGruu(addresses.createURI("sip:tgruu.1@example.com;gr"));
    header.setFeature("sip.audio", "");
    assertEquals(
        header.toString(),
        "Contact: <sip:bob@192.0.2.2;transport=tcp>;reg-id=1;"
            + "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>\";"
            + "pub-gruu=\"sip:bob@example.com;gr=urn:x\";"
            + "temp-gruu=\"sip:tgruu.1@example.com;gr\";audio\r\n");
    expectThrows(InvalidArgumentException.class, () -> header.setRegId(0));
    expectThrows(ParseException.class, () -> header.setParameter("reg-id", "x"));
    for (String bad : List.of("", "urn:a b", "<urn:x>", "urn:\"")) {
      expectThrows(ParseException.class, () -> header.setInstanceId(bad));
    }
    assertEquals(header.getRegId(), 1);
  }
}
