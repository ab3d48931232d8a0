package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertSame;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.header.TooManyHopsException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Via, Route, Record-Route, Max-Forwards, Call-ID and CSeq. */
public class RoutingHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      {
        "Via",
        "SIP/2.0/UDP erlang.bell-telephone.com:5060;branch=z9hG4bK87asdks7",
        "Protocol=SIP/2.0 | ProtocolName=SIP | ProtocolVersion=2.0 | Transport=UDP |"
            + " Host=erlang.bell-telephone.com | Port=5060 | SentBy=erlang.bell-telephone.com:5060"
            + " | Branch=z9hG4bK87asdks7 | TTL=-1 | MAddr=null | Received=null | RPort=-1 |"
            + " Rport=false",
        "SIP/2.0/UDP erlang.bell-telephone.com:5060;branch=z9hG4bK87asdks7"
      },
      {
        "v",
        "SIP / 2.0 / UDP first.example.com: 4000;ttl=16\r\n"
            + " ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1",
        "Host=first.example.com | Port=4000 | TTL=16 | MAddr=224.2.0.1",
        "SIP/2.0/UDP first.example.com:4000;ttl=16;maddr=224.2.0.1;branch=z9hG4bKa7c6a8dlze.1"
      },
      {
        "Via",
        "SIP  / 2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw",
        "Host=192.0.2.2 | Port=-1 | SentBy=192.0.2.2",
        "SIP/2.0/UDP 192.0.2.2;branch=390skdjuw"
      },
      {
        "Via",
        "SIP  /    2.0   / tls  h  :  5061  ; branch=\r\n z9hG4bK30239  ; rport",
        "Transport=tls | Port=5061 | Branch=z9hG4bK30239 | Rport=true | RPort=-1",
        "SIP/2.0/TLS h:5061;branch=z9hG4bK30239;rport"
      },
      {
        "Via",
        "SIP/2.0/UDP 10.1.1.1:4540;received=192.0.2.1;rport=9988",
        "Received=192.0.2.1 | RPort=9988 | Rport=true",
        "SIP/2.0/UDP 10.1.1.1:4540;received=192.0.2.1;rport=9988"
      },
      {
        "Via",
        "SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3-111",
        "Host=[2001:db8::9:1] | Port=-1 | Received=2001:db8::9:255",
        "SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3-111"
      },
      {
        "Via",
        "SIP/2.0/UDP [2001:db8::9:1]:5062;received=[2001:db8::9:255];branch=z9hG4bKas3",
        "Host=[2001:db8::9:1] | Port=5062 | Received=[2001:db8::9:255]",
        "SIP/2.0/UDP [2001:db8::9:1]:5062;received=[2001:db8::9:255];branch=z9hG4bKas3"
      },
      {
        "Via",
        "SIP/2.0/UDP h;ttl=256;rport=65536;x=\"a b\"",
        "TTL=-1 | RPort=-1 | Rport=true | x=a b",
        "SIP/2.0/UDP h;ttl=256;rport=65536;x=\"a b\""
      },
      {"Via", "SIP/7.0/X-1 h", "Protocol=SIP/7.0 | Transport=X-1 | Branch=null", "SIP/7.0/X-1 h"},
      {
        "Route",
        "<sip:bigbox3.site3.atlanta.com;lr>",
        "Address=<sip:bigbox3.site3.atlanta.com;lr> | lr=null",
        "<sip:bigbox3.site3.atlanta.com;lr>"
      },
      {
        "Record-Route",
        "\"P 1\" <sip:p1.example.com;lr> ;x=y",
        "Address=\"P 1\" <sip:p1.example.com;lr> | x=y",
        "\"P 1\" <sip:p1.example.com;lr>;x=y"
      },
      {"Route", "sip:p1.example.com;lr", "lr=", "<sip:p1.example.com>;lr"},
      {"Max-Forwards", "0068", "MaxForwards=68", "68"},
      {"Max-Forwards", "255", "MaxForwards=255", "255"},
      {
        "Call-ID",
        "f81d4fae-7dec-11d0@foo.bar.com",
        "CallId=f81d4fae-7dec-11d0@foo.bar.com",
        "f81d4fae-7dec-11d0@foo.bar.com"
      },
      {"i", "-.!%*_+`'~()<>:\\\"/[]?{}", "", "-.!%*_+`'~()<>:\\\"/[]?{}"},
      {"i", "a@b@c", "CallId=a@b@c", "a@b@c"},
      {
        "CSeq", "4711 INVITE", "SeqNumber=4711 | SequenceNumber=4711 | Method=INVITE", "4711 INVITE"
      },
      {"CSeq", "0009\r\n INVITE", "SeqNumber=9 | Method=INVITE", "9 INVITE"},
      {"CSeq", "2147483647 invite", "SeqNumber=2147483647 | Method=invite", "2147483647 invite"},
      {
        "CSeq",
        "139122385 !interesting-Method0123456789_*+`.%indeed'~",
        "Method=!interesting-Method0123456789_*+`.%indeed'~",
        "139122385 !interesting-Method0123456789_*+`.%indeed'~"
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
      // name, value, offset of the error
      {"Via", "", 0},
      {"Via", "SIP/2.0 h", 7},
      {"Via", "SIP/2.0/UDP", 11},
      {"Via", "SIP/2.0/UDP[::1]", 11},
      {"Via", "SIP/2.0/UDP ;branch=x", 12},
      {"Via", "SIP/2.0/UDP [::1;branch=x", 16},
      {"Via", "SIP/2.0/UDP h:65536", 14},
      {"Via", "SIP/2.0/UDP h:x", 14},
      {"Via", "SIP/2.0/UDP h;;branch=x", 14},
      {"Via", "SIP/2.0/UDP h;branch=", 21},
      {"Via", "SIP/2.0/UDP h;x=\"a", 16},
      {"Via", "SIP/2.0/UDP a, SIP/2.0/UDP b", 13},
      {"Route", "", 0},
      {"Route", "<sip:a@b", 8},
      {"Route", "<sip:a@b>;;", 10},
      {"Max-Forwards", "256", 0},
      {"Max-Forwards", "-1", 0},
      {"Max-Forwards", "7 0", 2},
      {"Max-Forwards", "99999999999999999999999", 0},
      {"Call-ID", "", 0},
      {"Call-ID", "a b", 2},
      {"Call-ID", "a,b", 1},
      {"CSeq", "INVITE", 0},
      {"CSeq", "1INVITE", 1},
      {"CSeq", "1", 1},
      {"CSeq", "2147483648 INVITE", 0},
      {"CSeq", "36893488147419103232 REGISTER", 0},
      {"CSeq", "1 IN VITE", 5},
      {"CSeq", "-1 INVITE", 0},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_rejected(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @Test
  public void list_of_vias_is_split_at_its_commas() throws ParseException {
    List<SipHeader> vias =
        HeaderParser.parseList(
            "v",
            "SIP / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n"
                + " SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239",
            HeaderModel.DEFAULT);
    assertEquals(vias.get(0).getValue(), "SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8");
    assertEquals(vias.get(1).getValue(), "SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239");
  }

  @Test
  public void via_made_by_setters_is_written_as_set() throws Exception {
    Via via = new Via();
    via.setProtocol("SIP/2.0");
    via.setTransport("tcp");
    via.setHost("::1");
    via.setPort(5060);
    via.setRPort();
    via.setBranch("z9hG4bKx");
    via.setTTL(3);
    via.setMAddr("2001:db8::1");
    via.setReceived("::1");
    assertEquals(
        via.getValue(),
        "SIP/2.0/TCP [::1]:5060;rport;branch=z9hG4bKx;ttl=3;maddr=[2001:db8::1];received=::1");
    via.setRPort(4000);
    via.setTTL(-1);
    via.setPort(-1);
    assertEquals(
        via.getValue(),
        "SIP/2.0/TCP [::1];rport=4000;branch=z9hG4bKx;maddr=[2001:db8::1];received=::1");
    assertEquals(via.getTransport(), "tcp");
    via.setParameter("MAddr", "::2");
    via.setParameter("received", "::3");
    via.setParameter("x", "::4");
    assertEquals(
        via.getValue(),
        "SIP/2.0/TCP [::1];rport=4000;branch=z9hG4bKx;maddr=[::2];received=::3;x=\"::4\"");
  }

  @Test
  public void via_refuses_numbers_out_of_range() {
    Via via = new Via();
    for (int port : new int[] {-2, 0, 65536}) {
      expectThrows(InvalidArgumentException.class, () -> via.setPort(port));
    }
    for (int ttl : new int[] {-2, 256}) {
      expectThrows(InvalidArgumentException.class, () -> via.setTTL(ttl));
    }
    for (int port : new int[] {-1, 0, 65536}) {
      expectThrows(InvalidArgumentException.class, () -> via.setRPort(port));
    }
  }

  @DataProvider
  static Object[][] brokenViaParameters() {
    return new Object[][] {
      {"branch", ""},
      {"branch", "a b"},
      {"branch", "a;b"},
      {"Branch", "a\"b"},
      {"received", ""},
      {"received", "a b"},
      {"received", "[::1"},
      {"maddr", "a,b"},
      {"ttl", "256"},
      {"ttl", "x"},
      {"TTL", ""},
      {"rport", "65536"},
      {"rport", "5060x"},
      {"a b", "c"},
      {"x", "a\r\nEvil: yes"},
    };
  }

  @Test(dataProvider = "brokenViaParameters")
  public void via_parameter_that_its_grammar_forbids_is_refused_by_name_too(
      String name, String value) throws ParseException {
    Via via = HeaderTable.header(Via.class, "Via", "SIP/2.0/UDP h;branch=1");
    expectThrows(ParseException.class, () -> via.setParameter(name, value));
    assertEquals(via.getValue(), "SIP/2.0/UDP h;branch=1");
  }

  @Test
  public void vias_are_equal_in_protocol_sent_by_and_parameters_whatever_case_and_order()
      throws ParseException {
    Via via = HeaderTable.header(Via.class, "Via", "SIP/2.0/UDP h:5060;branch=a;rport");
    for (String same :
        List.of("sip/2.0/udp H:5060;RPORT;BRANCH=A", "SIP / 2.0/UDP h :5060;branch=\"a\";rport")) {
      Via other = HeaderTable.header(Via.class, "Via", same);
      assertEquals(other, via, same);
      assertEquals(other.hashCode(), via.hashCode(), same);
    }
    for (String different :
        List.of(
            "SIP/2.0/TCP h:5060;branch=a;rport",
            "SIP/2.1/UDP h:5060;branch=a;rport",
            "SIP/2.0/UDP i:5060;branch=a;rport",
            "SIP/2.0/UDP h;branch=a;rport",
            "SIP/2.0/UDP h:5060;branch=b;rport",
            "SIP/2.0/UDP h:5060;branch=a",
            "SIP/2.0/UDP h:5060;branch=a;rport;x")) {
      assertNotEquals(HeaderTable.header(Via.class, "Via", different), via, different);
    }
  }

  @Test
  public void changing_a_clone_leaves_the_original() throws Exception {
    Via via = HeaderTable.header(Via.class, "Via", "SIP/2.0/UDP h;branch=1");
    Via viaCopy = (Via) via.clone();
    viaCopy.setBranch("2");
    viaCopy.setRPort();
    assertEquals(via.getValue(), "SIP/2.0/UDP h;branch=1");
    Route route = HeaderTable.header(Route.class, "Route", "<sip:p;lr>");
    Route routeCopy = (Route) route.clone();
    ((javax.sip.address.SipURI) routeCopy.getAddress().getURI()).setHost("q");
    routeCopy.getAddress().setDisplayName("Q");
    routeCopy.setParameter("x", "y");
    assertEquals(route.getValue(), "<sip:p;lr>");
  }

  @Test
  public void address_of_a_route_is_live() throws Exception {
    Route route = HeaderTable.header(Route.class, "Route", "<sip:p;lr>");
    ((javax.sip.address.SipURI) route.getAddress().getURI()).setPort(5070);
    assertEquals(route.getValue(), "<sip:p:5070;lr>");
    assertSame(route.getAddress(), route.getAddress());
  }

  @Test
  public void max_forwards_counts_down_to_zero_and_no_further() throws Exception {
    MaxForwards hops = new MaxForwards();
    hops.setMaxForwards(1);
    hops.decrementMaxForwards();
    assertEquals(hops.getMaxForwards(), 0);
    expectThrows(TooManyHopsException.class, hops::decrementMaxForwards);
    assertEquals(hops.getMaxForwards(), 0);
    expectThrows(InvalidArgumentException.class, () -> hops.setMaxForwards(256));
    expectThrows(InvalidArgumentException.class, () -> hops.setMaxForwards(-1));
  }

  @Test
  public void call_ids_compare_byte_by_byte() throws ParseException {
    CallId callId = HeaderTable.header(CallId.class, "Call-ID", "aB@c");
    assertEquals(HeaderTable.header(CallId.class, "i", "aB@c"), callId);
    assertNotEquals(HeaderTable.header(CallId.class, "i", "ab@c"), callId);
  }

  @Test
  public void cseq_compares_number_and_method_with_its_case() throws ParseException {
    CSeq cseq = HeaderTable.header(CSeq.class, "CSeq", "1 INVITE");
    assertEquals(HeaderTable.header(CSeq.class, "CSeq", "01  INVITE"), cseq);
    assertNotEquals(HeaderTable.header(CSeq.class, "CSeq", "1 invite"), cseq);
    assertNotEquals(HeaderTable.header(CSeq.class, "CSeq", "2 INVITE"), cseq);
  }

  @Test
  public void method_of_a_cseq_off_the_wire_is_the_interned_string() throws ParseException {
    assertSame(HeaderTable.header(CSeq.class, "CSeq", "1 PRACK").getMethod(), "PRACK");
  }

  @Test
  public void cseq_number_stays_below_two_to_the_thirty_first() throws Exception {
    CSeq cseq = new CSeq();
    cseq.setSeqNumber(Integer.MAX_VALUE);
    assertEquals(cseq.getSeqNumber(), Integer.MAX_VALUE);
    expectThrows(InvalidArgumentException.class, () -> cseq.setSeqNumber(1L << 31));
    expectThrows(InvalidArgumentException.class, () -> cseq.setSeqNumber(-1));
    assertFalse(cseq.equals(null));
    assertTrue(cseq.equals(cseq.clone()));
  }
}
