package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.ReferredByHeader;
import io.sipwright.header.ReplacesHeader;
import io.sipwright.header.ResourcePriorityHeader;
import io.sipwright.header.SessionExpiresHeader;
import io.sipwright.header.TriggerConsentHeader;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ExtensionHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** What extensions say about a dialog, its session and how a call is to be treated. */
public class CallHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "Replaces",
        "425928@bobster.example.org;to-tag=7743;from-tag=6472",
        "CallId=425928@bobster.example.org | ToTag=7743 | FromTag=6472 | EarlyOnly=false",
        "425928@bobster.example.org;to-tag=7743;from-tag=6472"
      },
      {
        "replaces",
        "98732@sip.example.com\r\n ;from-tag=r33th4x0r\r\n ;to-tag=ff87ff",
        "ToTag=ff87ff | FromTag=r33th4x0r",
        "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff"
      },
      {
        "Replaces",
        "12adf2f34456gs5;TO-TAG=12345;from-tag=54321;early-only;x=y",
        "ToTag=12345 | EarlyOnly=true | x=y",
        "12adf2f34456gs5;TO-TAG=12345;from-tag=54321;early-only;x=y"
      },
      {
        "Replaces",
        "87134@171.161.34.23;to-tag=24796;from-tag=0",
        "FromTag=0",
        "87134@171.161.34.23;to-tag=24796;from-tag=0"
      },
      {
        "Join",
        "87134@171.161.34.23;to-tag=24796;from-tag=0",
        "CallId=87134@171.161.34.23 | ToTag=24796 | FromTag=0",
        "87134@171.161.34.23;to-tag=24796;from-tag=0"
      },
      {
        "Target-Dialog",
        "fa77as7dad8-sd98ajzz@host.example.com;local-tag=kkaz-;remote-tag=6544",
        "LocalTag=kkaz- | RemoteTag=6544",
        "fa77as7dad8-sd98ajzz@host.example.com;local-tag=kkaz-;remote-tag=6544"
      },
      {
        "Referred-By",
        "sip:r@ref.example;cid=\"2UWQFN309shb3@ref.example\"",
        "Address=<sip:r@ref.example> | ContentId=2UWQFN309shb3@ref.example",
        "<sip:r@ref.example>;cid=\"2UWQFN309shb3@ref.example\""
      },
      {"b", "\"R\" <sips:r@ref.example>;x", "ContentId=null | x=", "\"R\" <sips:r@ref.example>;x"},
      {
        "Session-Expires",
        "4000;refresher=uac",
        "Expires=4000 | Refresher=uac",
        "4000;refresher=uac"
      },
      {"x", "1800 ; Refresher=UAS", "Expires=1800 | Refresher=uas", "1800;Refresher=UAS"},
      {
        "X",
        "4294967295;refresher=me;y",
        "Expires=2147483647 | Refresher=null | y=",
        "4294967295;refresher=me;y"
      },
      {"Min-SE", "0090;lr", "Expires=90 | lr=", "90;lr"},
      {"Resource-Priority", "dsn.flash", "Namespace=dsn | Priority=flash", "dsn.flash"},
      {"Accept-Resource-Priority", "q735.3", "Namespace=q735 | Priority=3", "q735.3"},
      {"Accept-Resource-Priority", "", "Namespace=null | Priority=null", ""},
      {"Refer-Sub", "false", "Subscription=false", "false"},
      {"Refer-Sub", " TRUE ;x=y", "Subscription=true | x=y", "true;x=y"},
      {
        "Permission-Missing",
        "sip:C@example.com",
        "Address=<sip:C@example.com>",
        "<sip:C@example.com>"
      },
      {
        "Trigger-Consent",
        "sip:123@relay.example.com\r\n ;target-uri=\"sip:friends@relay.example.com\"",
        "Address=<sip:123@relay.example.com> | TargetUri=sip:friends@relay.example.com",
        "sip:123@relay.example.com;target-uri=\"sip:friends@relay.example.com\""
      },
      {
        "Trigger-Consent",
        "<sip:123@relay.example.com;transport=tcp>;target-uri=nonsense",
        "TargetUri=null",
        "<sip:123@relay.example.com;transport=tcp>;target-uri=nonsense"
      },
      {"Trigger-Consent", "<sips:a@b>", "TargetUri=null", "sips:a@b"},
      {"Answer-Mode", "Auto;require", "Mode=Auto | Required=true", "Auto;require"},
      {"Answer-Mode", "Manual", "Mode=Manual | Required=false", "Manual"},
      {"Priv-Answer-Mode", "auto;x=y", "Mode=auto | Required=false | x=y", "auto;x=y"},
      {"Flow-Timer", "120", "FlowTimer=120", "120"},
      {"Flow-Timer", "4294967295", "FlowTimer=2147483647", "4294967295"},
      {"Request-Disposition", "proxy", "Directive=proxy", "proxy"},
      {"d", "no-fork", "Directive=no-fork", "no-fork"},
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
      {"Replaces", "", 0},
      {"Replaces", "a@b", 3},
      {"Replaces", "a@b;to-tag=1", 12},
      {"Replaces", "a@b;to-tag=1;from-tag", 21},
      {"Replaces", "a@b;to-tag=\"1 2\";from-tag=2", 27},
      {"Replaces", "a b;to-tag=1;from-tag=2", 1},
      {"Replaces", "a;to-tag=1;from-tag=2;To-Tag=3", 30},
      {"Join", "a;from-tag=1;to-tag=2;from-tag=1", 32},
      {"Target-Dialog", "a;local-tag=1;remote-tag=2;local-tag=1", 38},
      {"Join", "a@b;from-tag=1", 14},
      {"Target-Dialog", "a@b;remote-tag=1", 16},
      {"Referred-By", "", 0},
      {"Referred-By", "*", 0},
      {"Session-Expires", "", 0},
      {"Session-Expires", "soon", 0},
      {"Session-Expires", "4294967296", 0},
      {"Session-Expires", "-1", 0},
      {"Session-Expires", "90 refresher=uac", 3},
      {"Min-SE", "9.5", 1},
      {"Resource-Priority", "", 0},
      {"Resource-Priority", "dsn", 0},
      {"Resource-Priority", ".flash", 0},
      {"Resource-Priority", "dsn.", 0},
      {"Resource-Priority", "dsn.flash.x", 9},
      {"Accept-Resource-Priority", "dsn", 0},
      {"Refer-Sub", "maybe", 0},
      {"Refer-Sub", "", 0},
      {"Refer-Sub", "false x", 6},
      {"Permission-Missing", "", 0},
      {"Trigger-Consent", "friends", 7},
      {"Answer-Mode", "", 0},
      {"Answer-Mode", ";require", 0},
      {"Priv-Answer-Mode", "Auto;;", 5},
      {"Flow-Timer", "", 0},
      {"Flow-Timer", "1s", 1},
      {"Flow-Timer", "99999999999", 0},
      {"Request-Disposition", "", 0},
      {"Request-Disposition", "no fork", 3},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @DataProvider
  static Object[][] lists() {
    return new Object[][] {
      {"Resource-Priority", "wps.3, dsn.flash", 2},
      {"Accept-Resource-Priority", "dsn.flash-override,\r\n dsn.flash, dsn.immediate", 3},
      {"Accept-Resource-Priority", "", 1},
      {"Request-Disposition", "proxy, recurse, parallel", 3},
      {"d", "redirect,no-fork", 2},
      {"Permission-Missing", "sip:a@b, <sip:c@d>;x=y", 2},
      {"Trigger-Consent", "sip:a@b;target-uri=\"sip:c,d@e\",sip:f@g", 2},
    };
  }

  @Test(dataProvider = "lists")
  public void values_between_commas_become_headers_of_their_own(
      String name, String field, int headers) throws Exception {
    assertEquals(HeaderParser.parseList(name, field, HeaderModel.DEFAULT).size(), headers);
  }

  @Test
  public void two_values_of_a_header_that_has_one_are_refused() {
    for (String name : List.of("Session-Expires", "Min-SE", "Flow-Timer")) {
      expectThrows(
          ParseException.class, () -> HeaderParser.parseList(name, "90, 90", HeaderModel.DEFAULT));
    }
  }

  @Test
  public void replaces_is_put_together_and_compared_by_call_id_and_tags() throws Exception {
    ReplacesHeader header = new Replaces();
    header.setCallId("a@b");
    header.setToTag("1");
    header.setFromTag("2");
    header.setEarlyOnly(true);
    assertEquals(header.toString(), "Replaces: a@b;to-tag=1;from-tag=2;early-only\r\n");
    assertEquals(
        header,
        HeaderParser.parse("Replaces", "a@b;early-only;from-tag=2;to-tag=1", HeaderModel.DEFAULT));
    header.setEarlyOnly(false);
    assertFalse(header.isEarlyOnly());
    for (String other : List.of("A@b;to-tag=1;from-tag=2", "a@b;to-tag=1;from-tag=3")) {
      assertNotEquals(header, HeaderParser.parse("Replaces", other, HeaderModel.DEFAULT));
    }
    assertNotEquals(
        header, HeaderParser.parse("Join", "a@b;to-tag=1;from-tag=2", HeaderModel.DEFAULT));
    expectThrows(ParseException.class, () -> header.setParameter("to-tag", ""));
    expectThrows(ParseException.class, () -> header.setParameter("From-Tag", "a b"));
    expectThrows(ParseException.class, () -> header.setCallId("a b"));
  }

  @Test
  public void refresher_is_uac_or_uas() throws Exception {
    SessionExpiresHeader header = new SessionExpires();
    header.setExpires(1800);
    header.setRefresher("UAC");
    assertEquals(header.toString(), "Session-Expires: 1800;refresher=uac\r\n");
    expectThrows(ParseException.class, () -> header.setRefresher("me"));
    expectThrows(ParseException.class, () -> header.setParameter("refresher", "me"));
    expectThrows(InvalidArgumentException.class, () -> header.setExpires(-1));
    assertEquals(header.getRefresher(), SessionExpiresHeader.UAC);
  }

  @Test
  public void content_id_of_a_referral_is_left_at_right() throws Exception {
    ReferredByHeader header = new ReferredBy();
    header.setAddress(new AddressFactoryImpl().createAddress("sip:r@ref.example"));
    for (String good : List.of("a@b", "20398823.2UWQFN309shb3@ref.example", "a@[::1]")) {
      header.setContentId(good);
      assertEquals(header.toString(), "Referred-By: <sip:r@ref.example>;cid=\"" + good + "\"\r\n");
    }
    for (String bad : List.of("", "a", "@b", "a@", "<a@b>", ".a@b", "a@b c", "a@[b]", "a..b@c")) {
      expectThrows(ParseException.class, () -> header.setContentId(bad));
      expectThrows(ParseException.class, () -> header.setParameter("CID", bad));
    }
  }

  @Test
  public void namespace_and_priority_have_no_point_and_no_case() throws Exception {
    ResourcePriorityHeader header = new ResourcePriority();
    header.setResourcePriority("DSN", "Flash");
    assertEquals(header, HeaderParser.parse("Resource-Priority", "dsn.flash", HeaderModel.DEFAULT));
    expectThrows(ParseException.class, () -> header.setResourcePriority("a.b", "c"));
    expectThrows(ParseException.class, () -> header.setResourcePriority("a", "b.c"));
    expectThrows(ParseException.class, () -> header.setResourcePriority("a", ""));
    assertEquals(header.getPriority(), "Flash");
  }

  @Test
  public void consent_is_triggered_at_a_uri_without_brackets_where_it_can_be() throws Exception {
    TriggerConsentHeader header = new TriggerConsent();
    AddressFactoryImpl addresses = new AddressFactoryImpl();
    header.setAddress(addresses.createAddress("<sip:123@relay.example.com>"));
    header.setTargetUri(addresses.createURI("sip:friends@relay.example.com"));
    assertEquals(
        header.toString(),
        "Trigger-Consent: sip:123@relay.example.com;"
            + "target-uri=\"sip:friends@relay.example.com\"\r\n");
    header.setAddress(addresses.createAddress("<sip:123@relay.example.com?a=b>"));
    assertEquals(header.getTargetUri(), addresses.createURI("sip:friends@relay.example.com"));
    assertEquals(
        header.toString(),
        "Trigger-Consent: <sip:123@relay.example.com?a=b>;"
            + "target-uri=\"sip:friends@relay.example.com\"\r\n");
  }

  @Test
  public void program_that_knows_jain_sip_only_handles_them_as_extension_headers()
      throws Exception {
    ExtensionHeader header =
        (ExtensionHeader) new HeaderFactoryImpl().createHeader("x", "1800;refresher=uac");
    assertEquals(header.getName(), "Session-Expires");
    assertEquals(header.getValue(), "1800;refresher=uac");
    header.setValue(" 90 ;x=y ");
    assertEquals(header.toString(), "Session-Expires: 90;x=y\r\n");
    assertNull(((SessionExpiresHeader) header).getRefresher());
    for (String bad : List.of("", "soon", "90;refresher=", "90, 90", "90\r\nEvil: yes")) {
      expectThrows(ParseException.class, () -> header.setValue(bad));
      assertEquals(header.getValue(), "90;x=y", "what was refused changed nothing");
    }
    ExtensionHeader priority =
        (ExtensionHeader) new HeaderFactoryImpl().createHeader("Accept-Resource-Priority", "a.b");
    priority.setValue("");
    assertEquals(priority.getValue(), "");
  }
}
