package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertNull;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import io.sipwright.header.HistoryInfoHeader;
import io.sipwright.javax.sip.address.AddressFactoryImpl;
import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.header.ReasonHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Diversion, Remote-Party-ID and History-Info: where a request was before. */
public class RetargetingHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "Diversion",
        "<sip:Bob@uas1.isp.com> ;reason=do-not-disturb",
        "Address=<sip:Bob@uas1.isp.com> | Reason=do-not-disturb | Counter=-1 | Limit=-1"
            + " | Privacy=null | Screen=null",
        "<sip:Bob@uas1.isp.com>;reason=do-not-disturb"
      },
      {
        "DIVERSION",
        "\"Bob\" <tel:+1>;reason=\"out of office\";counter=07;limit=99;privacy=full;screen=yes;x=y",
        "Reason=out of office | Counter=7 | Limit=99 | Privacy=full | Screen=yes | x=y",
        "\"Bob\" <tel:+1>;reason=\"out of office\";counter=07;limit=99;privacy=full;screen=yes;x=y"
      },
      {
        "Diversion",
        "sip:Bob@P2.isp.com;reason=unconditional",
        "Reason=unconditional",
        "<sip:Bob@P2.isp.com>;reason=unconditional"
      },
      {
        "Diversion",
        "<sip:a@b>;counter=100;limit=x",
        "Counter=-1 | Limit=-1",
        "<sip:a@b>;counter=100;limit=x"
      },
      {
        "Remote-Party-ID",
        "\"1002\" <sip:1002@192.168.1.215>;party=calling;privacy=off;screen=no",
        "Address=\"1002\" <sip:1002@192.168.1.215> | Party=calling | Privacy=off | Screen=no"
            + " | IdType=null",
        "\"1002\" <sip:1002@192.168.1.215>;party=calling;privacy=off;screen=no"
      },
      {
        "remote-party-id",
        "John <sip:a@b>;id-type=subscriber;privacy=full-network",
        "IdType=subscriber | Privacy=full-network | Party=null",
        "\"John\" <sip:a@b>;id-type=subscriber;privacy=full-network"
      },
      {
        "Remote-Party-ID",
        "<sip:a@b>;privacy=\"name,uri-network\"",
        "Privacy=name,uri-network",
        "<sip:a@b>;privacy=\"name,uri-network\""
      },
      // RFC 7044 §5.1
      {
        "History-Info",
        "<sip:UserA@ims.example.com>;index=1;foo=bar",
        "Index=1 | RegisteredContact=null | MappedFrom=null | UnchangedFrom=null | Reason=null"
            + " | Privacy=null | foo=bar",
        "<sip:UserA@ims.example.com>;index=1;foo=bar"
      },
      {
        "History-Info",
        "<sip:UserB@example.com?Privacy=history&Reason=SIP%3Bcause%3D486>;index=1.2;mp=1.1",
        "Index=1.2 | MappedFrom=1.1 | Privacy=history | Reason=Reason: SIP;cause=486\r\n",
        "<sip:UserB@example.com?Privacy=history&Reason=SIP%3Bcause%3D486>;index=1.2;mp=1.1"
      },
      {
        "History-Info",
        "<sip:a@b?Reason=SIP;cause=302>;index=1", // without escapes, as RFC 4244 printed it
        "Reason=Reason: SIP;cause=302\r\n",
        "<sip:a@b?Reason=SIP;cause=302>;index=1"
      },
      {
        "HISTORY-INFO",
        "<sip:a@b>;np=1;index=1.10.0",
        "Index=1.10.0 | UnchangedFrom=1",
        "<sip:a@b>;np=1;index=1.10.0"
      },
      {
        "History-Info",
        "<tel:+1;x=y>;index=1.1;rc=1.2.3",
        "RegisteredContact=1.2.3 | Reason=null | Privacy=null",
        "<tel:+1;x=y>;index=1.1;rc=1.2.3"
      },
      {
        "History-Info",
        "<sip:a@b?Reason=%22>;index=01;rc=1.;mp=a;np",
        "Index=null | RegisteredContact=null | MappedFrom=null | UnchangedFrom=null | Reason=null",
        "<sip:a@b?Reason=%22>;index=01;rc=1.;mp=a;np"
      },
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
      {"Diversion", "", 0},
      {"Diversion", "<sip:a@b", 8},
      {"Diversion", "<sip:a@b>;", 10},
      {"Diversion", "<sip:a@b>, <sip:c@d>", 9},
      {"Remote-Party-ID", "\"A\"", 3},
      {"Remote-Party-ID", "<sip:a@b>;party=", 16},
      {"Remote-Party-ID", "<sip:a@b>;privacy=name,uri", 22},
      {"History-Info", "", 0},
      {"History-Info", "<sip:a@b>;index=1 1", 18},
      {"History-Info", "<sip:a@b?Reason=SIP; cause=302>;index=1", 21},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void several_stand_in_one_field() throws ParseException {
    List<SipHeader> entries =
        HeaderParser.parseList(
            "History-Info",
            "<sip:a@b?Reason=SIP%3Bcause%3D302>;index=1.1,\r\n"
                + " <sip:c@d?Privacy=history>;index=1.2;mp=1.1, <sip:e@f>;index=1.3;rc=1.2",
            HeaderModel.DEFAULT);
    assertEquals(
        entries.stream().map(h -> ((HistoryInfo) h).getIndex()).toList(),
        List.of("1.1", "1.2", "1.3"));
    assertEquals(
        HeaderParser.parseList(
                "Diversion", "<sip:a@b>;reason=away, \"C, D\" <sip:c@d>", HeaderModel.DEFAULT)
            .size(),
        2);
  }

  @Test
  public void parts_of_a_diversion_are_set() throws Exception {
    Diversion d = HeaderTable.header(Diversion.class, "Diversion", "<sip:a@b>");
    d.setReason(Diversion.USER_BUSY);
    d.setCounter(0);
    d.setLimit(99);
    d.setPrivacy("full");
    d.setScreen("no such");
    assertEquals(
        d.getValue(),
        "<sip:a@b>;reason=user-busy;counter=0;limit=99;privacy=full;screen=\"no such\"");
    for (int bad : new int[] {-1, 100}) {
      expectThrows(InvalidArgumentException.class, () -> d.setCounter(bad));
      expectThrows(InvalidArgumentException.class, () -> d.setLimit(bad));
      expectThrows(ParseException.class, () -> d.setParameter("Counter", Integer.toString(bad)));
    }
    assertEquals(d.getCounter(), 0);
  }

  @Test
  public void parts_of_a_remote_party_are_tokens() throws Exception {
    RemotePartyId r = HeaderTable.header(RemotePartyId.class, "Remote-Party-ID", "<sip:a@b>");
    r.setParty("called");
    r.setScreen("yes");
    r.setIdType("user");
    r.setPrivacy("uri-network");
    assertEquals(
        r.getValue(), "<sip:a@b>;party=called;screen=yes;id-type=user;privacy=uri-network");
    expectThrows(ParseException.class, () -> r.setParty("a b"));
    expectThrows(ParseException.class, () -> r.setParameter("PRIVACY", ""));
  }

  @Test
  public void an_entry_came_from_one_other_in_one_way() throws Exception {
    HistoryInfoHeader h = HeaderTable.header(HistoryInfoHeader.class, "History-Info", "<sip:a@b>");
    h.setIndex("1.2.1");
    h.setRegisteredContact("1.1");
    h.setMappedFrom("1.2");
    assertNull(h.getRegisteredContact());
    assertEquals(((HistoryInfo) h).getValue(), "<sip:a@b>;index=1.2.1;mp=1.2");
    h.setUnchangedFrom("1.3");
    assertEquals(((HistoryInfo) h).getValue(), "<sip:a@b>;index=1.2.1;np=1.3");
    for (String bad : List.of("", "1.", ".1", "01", "1..2", "a", "1.2 ", "-1")) {
      expectThrows(ParseException.class, () -> h.setIndex(bad));
      expectThrows(ParseException.class, () -> h.setMappedFrom(bad));
      expectThrows(ParseException.class, () -> h.setParameter("rc", bad));
    }
    assertEquals(((HistoryInfo) h).getValue(), "<sip:a@b>;index=1.2.1;np=1.3");
  }

  @Test
  public void reason_and_privacy_of_an_entry_stand_escaped_in_its_uri() throws Exception {
    HistoryInfo h = HeaderTable.header(HistoryInfo.class, "History-Info", "<sip:a@b>;index=1");
    ReasonHeader reason = new HeaderFactoryImpl().createReasonHeader("SIP", 302, "Moved & gone");
    h.setReason(reason);
    h.setPrivacy("history");
    HistoryInfo again = HeaderTable.header(HistoryInfo.class, "History-Info", h.getValue());
    assertEquals(again.getReason(), reason);
    assertEquals(again.getPrivacy(), "history");
    assertEquals(
        h.getValue(),
        "<sip:a@b?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%20%26%20gone%22&Privacy=history>"
            + ";index=1");
    SipURI uri = (SipURI) h.getAddress().getURI();
    assertEquals(uri.getHeader("privacy"), "history");
    assertNotEquals(HeaderTable.header(HistoryInfo.class, "History-Info", "<sip:a@b>;index=1"), h);
    expectThrows(ParseException.class, () -> h.setPrivacy("a;b"));
    h.setAddress(new AddressFactoryImpl().createAddress("<tel:+1>"));
    expectThrows(ParseException.class, () -> h.setReason(reason));
    expectThrows(ParseException.class, () -> h.setPrivacy("history"));
    assertTrue(h.hasParameters());
    assertFalse(h.getValue().contains("Reason"));
  }
}
