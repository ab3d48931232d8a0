package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertNotEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.text.ParseException;
import java.util.List;
import javax.sip.InvalidArgumentException;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The P- headers of networks, location, policy and features. */
public class NetworkHeadersTest {
  @DataProvider
  static Object[][] values() {
    return new Object[][] {
      // name, value, parts, written back
      // RFC 6050 §4.1
      {
        "P-Asserted-Service",
        "urn:urn-7:3gpp-service.exampletelephony.version1",
        "ServiceId=urn:urn-7:3gpp-service.exampletelephony.version1",
        "urn:urn-7:3gpp-service.exampletelephony.version1"
      },
      {
        "p-preferred-service",
        " URN:URN-7:3gpp-service.ims.icsi.mmtel ",
        "ServiceId=URN:URN-7:3gpp-service.ims.icsi.mmtel",
        "URN:URN-7:3gpp-service.ims.icsi.mmtel"
      },
      {
        "P-Asserted-Service",
        "urn:xxx:3gpp-service.a_b",
        "ServiceId=urn:xxx:3gpp-service.a_b",
        "urn:xxx:3gpp-service.a_b"
      },
      {
        "Geolocation",
        "<cid:target123@atlanta.example.com>",
        "LocationUri=cid:target123@atlanta.example.com",
        "<cid:target123@atlanta.example.com>"
      },
      {
        "geolocation",
        "<https://lis.example.com:8222/y,7;c> ; loc-src=edgeproxy.example.com",
        "LocationUri=https://lis.example.com:8222/y,7;c | loc-src=edgeproxy.example.com",
        "<https://lis.example.com:8222/y,7;c>;loc-src=edgeproxy.example.com"
      },
      {"Geolocation-Routing", "yes", "Routing=yes | Allowed=true", "yes"},
      {"Geolocation-Routing", "No", "Routing=No | Allowed=false", "No"},
      {"geolocation-routing", "x = \"a b\"", "Routing=x=\"a b\" | Allowed=false", "x=\"a b\""},
      {
        "Geolocation-Error",
        "200 ; code=\"Permission To Use Location Information\"",
        "ErrorCode=200 | Text=Permission To Use Location Information",
        "200;code=\"Permission To Use Location Information\""
      },
      {"Geolocation-Error", "007;x", "ErrorCode=7 | Text=null | x=", "7;x"},
      {
        "Policy-ID",
        "sip:policy@example.com ;token=abc;x=\"y\"",
        "PolicyUri=sip:policy@example.com | Token=abc | x=y",
        "sip:policy@example.com;token=abc;x=\"y\""
      },
      {
        "policy-id",
        "<sip:a@b;lr>;token=c",
        "PolicyUri=sip:a@b;lr | Token=c",
        "<sip:a@b;lr>;token=c"
      },
      {"Policy-ID", "<sip:a@b>", "PolicyUri=sip:a@b | Token=null", "sip:a@b"},
      {"Policy-ID", "<http://h/a,b>", "PolicyUri=http://h/a,b", "<http://h/a,b>"},
      {
        "Policy-Contact",
        "<sip:host1@example.com>;non-cacheable;alt-uri=h.example",
        "PolicyUri=sip:host1@example.com | NonCacheable=true | AlternativeUri=h.example",
        "<sip:host1@example.com>;non-cacheable;alt-uri=h.example"
      },
      {"Policy-Contact", "<sip:a@b>", "NonCacheable=false | AlternativeUri=null", "<sip:a@b>"},
      {
        "Feature-Caps",
        "*;+sip.pns=\"acme\";+sip.pnsreg=\"121\";+sip.vapid=\"BA1H\";+sip.pnspurr=\"x\"",
        "PushService=acme | PushRegisterSeconds=121 | VapidKey=BA1H | PushReference=x",
        "*;+sip.pns=\"acme\";+sip.pnsreg=\"121\";+sip.vapid=\"BA1H\";+sip.pnspurr=\"x\""
      },
      {
        "feature-caps",
        " * ; +g.3gpp.atcf=\"<tel:+01233456789>\";+g.3gpp.srvcc",
        "+g.3gpp.atcf=<tel:+01233456789> | +g.3gpp.srvcc= | PushService=null"
            + " | PushRegisterSeconds=-1",
        "*;+g.3gpp.atcf=\"<tel:+01233456789>\";+g.3gpp.srvcc"
      },
      {"Feature-Caps", "*", "PushService=null", "*"},
      // RFC 7315 §5.4
      {
        "P-Access-Network-Info",
        "3GPP-E-UTRAN;utran-cell-id-3gpp=1230123456789123;ue-ip=[2409::1];network-provided",
        "AccessType=3GPP-E-UTRAN | UtranCellId3gpp=1230123456789123 | ue-ip=[2409::1]"
            + " | NetworkProvided=true | Cgi3gpp=null",
        "3GPP-E-UTRAN;utran-cell-id-3gpp=1230123456789123;ue-ip=[2409::1];network-provided"
      },
      {
        "p-access-network-info",
        "ADSL2+; dsl-location=\"a, b\";cgi-3gpp=c;i-wlan-node-id=d",
        "AccessType=ADSL2+ | DslLocation=a, b | Cgi3gpp=c | WlanNodeId=d | NetworkProvided=false",
        "ADSL2+;dsl-location=\"a, b\";cgi-3gpp=c;i-wlan-node-id=d"
      },
      {
        "P-Access-Network-Info",
        "GPON;fiber-location=a;eth-location=b;ci-3gpp2=c;ci-3gpp2-femto=d;gstn-location=e"
            + ";dvb-rcs2-node-id=\"f\";local-time-zone=\"UTC+01:00\"",
        "FiberLocation=a | EthernetLocation=b | Ci3gpp2=c | Ci3gpp2Femto=d | GstnLocation=e"
            + " | DvbRcs2NodeId=f | LocalTimeZone=UTC+01:00",
        "GPON;fiber-location=a;eth-location=b;ci-3gpp2=c;ci-3gpp2-femto=d;gstn-location=e"
            + ";dvb-rcs2-node-id=\"f\";local-time-zone=\"UTC+01:00\""
      },
      {
        "P-Associated-URI",
        "<sip:+358504821437@example.net;user=phone>;x=y",
        "Address=<sip:+358504821437@example.net;user=phone> | x=y",
        "<sip:+358504821437@example.net;user=phone>;x=y"
      },
      {"P-Associated-URI", "", "Address=<>", ""},
      {
        "P-Called-Party-ID",
        "sip:user1-business@example.com",
        "Address=<sip:user1-business@example.com>",
        "<sip:user1-business@example.com>"
      },
      {"P-Called-Party-ID", "\"U\" <tel:+1>;a", "Address=\"U\" <tel:+1> | a=", "\"U\" <tel:+1>;a"},
      {
        "P-Charging-Function-Addresses",
        "ccf=192.0.8.1; ecf=192.0.8.3",
        "Ccf=192.0.8.1 | Ecf=192.0.8.3 | SecondCcf=null | SecondEcf=null",
        "ccf=192.0.8.1;ecf=192.0.8.3"
      },
      {
        "P-Charging-Function-Addresses",
        "ccf=192.1.1.1; ccf=192.1.1.2; ECF=192.1.1.3; ecf=\"[5555::b99]\"; ccf=x;y;y=2",
        "Ccf=192.1.1.1 | SecondCcf=192.1.1.2 | Ecf=192.1.1.3 | SecondEcf=[5555::b99] | y=",
        "ccf=192.1.1.1;ccf-2=192.1.1.2;ECF=192.1.1.3;ecf-2=\"[5555::b99]\";y"
      },
      {
        "P-Charging-Vector",
        "icid-value=1234bc9876e; icid-generated-at=192.0.6.8; orig-ioi=home1.net",
        "Icid=1234bc9876e | IcidGeneratedAt=192.0.6.8 | OriginatingIoi=home1.net"
            + " | TerminatingIoi=null | TransitIois=[]",
        "icid-value=1234bc9876e;icid-generated-at=192.0.6.8;orig-ioi=home1.net"
      },
      {
        "p-charging-vector",
        "term-ioi=b;icid-value=\"a b\";transit-ioi=\"op1.1, void ,op2.3\";related-icid=c;"
            + "related-icid-generated-at=[::1];icid-value",
        "Icid=a b | icid-value=a b | TransitIois=[op1.1, void, op2.3] | RelatedIcid=c"
            + " | RelatedIcidGeneratedAt=[::1] | TerminatingIoi=b",
        "icid-value=\"a b\";term-ioi=b;transit-ioi=\"op1.1, void ,op2.3\";related-icid=c;"
            + "related-icid-generated-at=[::1]"
      },
      {
        "P-Visited-Network-ID",
        "\"Visited network number 1\";x=y",
        "NetworkId=Visited network number 1 | x=y",
        "\"Visited network number 1\";x=y"
      },
      {"p-visited-network-id", "other.net", "NetworkId=other.net", "other.net"},
      {
        "P-Served-User",
        "<sip:user@example.com>; sescase=orig; regstate=reg;orig-cdiv",
        "SessionCase=orig | RegistrationState=reg | orig-cdiv=",
        "<sip:user@example.com>;sescase=orig;regstate=reg;orig-cdiv"
      },
      {
        "P-Served-User",
        "sip:a@b;sescase=term",
        "SessionCase=term | RegistrationState=null",
        "<sip:a@b>;sescase=term"
      },
      {
        "P-Profile-Key",
        "<sip:chatroom-!.*!@example.com>",
        "Address=<sip:chatroom-!.*!@example.com>",
        "<sip:chatroom-!.*!@example.com>"
      },
      {
        "P-User-Database",
        "<aaa://host.example.com;transport=tcp>;x",
        "Database=aaa://host.example.com;transport=tcp | x=",
        "<aaa://host.example.com;transport=tcp>;x"
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
      {"P-Asserted-Service", "", 0},
      {"P-Asserted-Service", "sip:a@b", 0},
      {"P-Asserted-Service", "urn:x", 0},
      {"P-Preferred-Service", "urn:urn-7:a b", 12},
      {"P-Preferred-Service", "<urn:urn-7:a>", 0},
      {"Geolocation", "", 0},
      {"Geolocation", "<cid:a@b", 8},
      {"Geolocation-Routing", "", 0},
      {"Geolocation-Routing", "yes;no", 3},
      {"Geolocation-Routing", "a=", 2},
      {"Geolocation-Error", "", 0},
      {"Geolocation-Error", "1000", 0},
      {"Geolocation-Error", "100 a", 4},
      {"Policy-ID", "", 0},
      {"Policy-ID", "sip:a@b;", 8},
      {"Policy-Contact", "<sip:a@b", 8},
      {"Feature-Caps", "", 0},
      {"Feature-Caps", "+sip.pns", 0},
      {"Feature-Caps", "*+sip.pns", 1},
      {"Feature-Caps", "*;", 2},
      {"P-Access-Network-Info", "", 0},
      {"P-Access-Network-Info", "a b", 2},
      {"P-Associated-URI", ";x", 0},
      {"P-Called-Party-ID", "", 0},
      {"P-Called-Party-ID", "<sip:a@b>,<sip:c@d>", 9},
      {"P-Charging-Function-Addresses", "", 0},
      {"P-Charging-Function-Addresses", "ccf=", 4},
      {"P-Charging-Function-Addresses", "ccf=a;", 6},
      {"P-Charging-Vector", "", 0},
      {"P-Charging-Vector", "orig-ioi=a", 0},
      {"P-Charging-Vector", "icid-value", 0},
      {"P-Charging-Vector", "icid-value=a,b", 12},
      {"P-Visited-Network-ID", "", 0},
      {"P-Visited-Network-ID", "\"a", 0},
      {"P-Served-User", "", 0},
      {"P-Served-User", "<sip:a@b>;sescase=", 18},
      {"P-Profile-Key", "x", 1},
      {"P-User-Database", "", 0},
      {"P-User-Database", "<aaa:>", 5},
    };
  }

  @Test(dataProvider = "broken")
  public void broken_value_is_refused_with_its_offset(String name, String value, int offset) {
    HeaderTable.rejects(name, value, offset);
  }

  @DataProvider
  static Object[][] lists() {
    return new Object[][] {
      // name, field, values
      {"P-Asserted-Service", "urn:urn-7:a,urn:urn-7:b", List.of("urn:urn-7:a", "urn:urn-7:b")},
      {
        "Geolocation",
        "<cid:a@b>, <https://h/c,d>; x=y",
        List.of("<cid:a@b>", "<https://h/c,d>;x=y")
      },
      {"Policy-ID", "sip:a@b;token=c, sip:d@e", List.of("sip:a@b;token=c", "sip:d@e")},
      {"Policy-Contact", "<sip:a@b>,<sip:c@d>", List.of("<sip:a@b>", "<sip:c@d>")},
      {"Feature-Caps", "*;+a=\"b,c\", *;+d", List.of("*;+a=\"b,c\"", "*;+d")},
      {"P-Access-Network-Info", "A;b=c , D", List.of("A;b=c", "D")},
      {"P-Associated-URI", "<sip:a@b>,<tel:+1>", List.of("<sip:a@b>", "<tel:+1>")},
      {"P-Associated-URI", "", List.of("")},
      {
        "P-Charging-Function-Addresses",
        "ccf=a; ecf=b, ccf-2=c; ecf-2=d",
        List.of("ccf=a;ecf=b", "ccf-2=c;ecf-2=d")
      },
      {"P-Visited-Network-ID", "other.net, \"a, b\"", List.of("other.net", "\"a, b\"")},
    };
  }

  @Test(dataProvider = "lists")
  public void several_stand_in_one_field(String name, String field, List<String> values)
      throws ParseException {
    assertEquals(
        HeaderParser.parseList(name, field, HeaderModel.DEFAULT).stream()
            .map(SipHeader::getValue)
            .toList(),
        values);
  }

  @Test
  public void a_service_that_is_none_is_not_set() throws ParseException {
    PAssertedService h = new PAssertedService();
    h.setServiceId("URN:urn-7:3gpp-service.ims.icsi.mmtel");
    String long27 = "a".repeat(27);
    h.setServiceId("urn:urn-7:" + long27 + ".-x");
    for (String bad :
        List.of(
            "",
            "urn:service:sos",
            "urn:urn-7:",
            "urn:urn-7:a.",
            "urn:urn-7:a..b",
            "urn:urn-7:a_b",
            "urn:urn-7:a b",
            "urn:urn-7:a,b",
            "urn:urn-7:" + long27 + "a")) {
      expectThrows(ParseException.class, () -> h.setServiceId(bad));
    }
    assertEquals(h.getValue(), "urn:urn-7:" + long27 + ".-x");
    PPreferredService other = new PPreferredService();
    other.setServiceId(h.getServiceId());
    assertNotEquals(other, h);
  }

  @Test
  public void location_routing_and_error_are_set() throws Exception {
    GeolocationRouting routing = new GeolocationRouting();
    routing.setRouting("YES");
    assertTrue(routing.isAllowed());
    for (String bad : List.of("", "a b", "a;b", "a=", "a,b")) {
      expectThrows(ParseException.class, () -> routing.setRouting(bad));
    }
    GeolocationError error = new GeolocationError();
    error.setErrorCode(999);
    error.setText("no");
    error.setParameter("Code", "gone");
    assertEquals(error.getValue(), "999;code=\"gone\"");
    for (int bad : new int[] {-1, 1000}) {
      expectThrows(InvalidArgumentException.class, () -> error.setErrorCode(bad));
    }
  }

  @Test
  public void a_policy_server_may_be_forgotten_and_has_a_host_besides() throws Exception {
    PolicyContact h = HeaderTable.header(PolicyContact.class, "Policy-Contact", "<sip:a@b>");
    h.setNonCacheable(true);
    h.setAlternativeUri("::1");
    assertEquals(h.getValue(), "<sip:a@b>;non-cacheable;alt-uri=[::1]");
    h.setNonCacheable(false);
    assertFalse(h.isNonCacheable());
    expectThrows(ParseException.class, () -> h.setAlternativeUri("a b"));
    expectThrows(ParseException.class, () -> h.setParameter("ALT-URI", ""));
    PolicyId id = HeaderTable.header(PolicyId.class, "Policy-ID", "sip:a@b");
    expectThrows(ParseException.class, () -> id.setToken("a b"));
  }

  @Test
  public void features_are_named_without_their_plus() throws Exception {
    FeatureCaps h = new FeatureCaps();
    h.setFeature("sip.pns", "apns");
    h.setFeature("g.3gpp.srvcc", null);
    h.setParameter("+SIP.PNS", "fcm");
    assertEquals(h.getValue(), "*;+SIP.PNS=\"fcm\";+g.3gpp.srvcc");
    assertEquals(h.getFeature("sip.pns"), "fcm");
    assertTrue(h.hasFeature("G.3GPP.SRVCC"));
    assertFalse(h.hasFeature("sip.vapid"));
    for (String bad : List.of("", "1a", "a b", "+a", "a;b")) {
      expectThrows(ParseException.class, () -> h.setFeature(bad, "x"));
    }
    expectThrows(ParseException.class, () -> h.setParameter("sip.pns", "x"));
    assertEquals(h.getValue(), "*;+SIP.PNS=\"fcm\";+g.3gpp.srvcc");
  }

  @Test
  public void charging_is_set() throws Exception {
    PChargingVector v = new PChargingVector();
    expectThrows(ParseException.class, () -> v.setIcid(""));
    v.setIcid("a;b");
    v.setIcidGeneratedAt("fe80::1%eth0");
    v.setOriginatingIoi("home1.net");
    v.setParameter("ICID-value", "c");
    assertEquals(v.getValue(), "icid-value=c;icid-generated-at=[fe80::1];orig-ioi=home1.net");
    expectThrows(ParseException.class, () -> v.setIcidGeneratedAt("a b"));
    expectThrows(ParseException.class, () -> v.setParameter("related-icid-generated-at", "a b"));
    expectThrows(ParseException.class, () -> v.setParameter("icid-value", ""));
    v.setParameter("Icid-generated-at", "::1");
    v.setTransitIois(List.of("op1.1", "void", "Op2.03"));
    String transit =
        "icid-value=c;icid-generated-at=[::1];orig-ioi=home1.net;transit-ioi=\"op1.1, void,"
            + " Op2.03\"";
    assertEquals(v.getValue(), transit);
    assertEquals(v.getTransitIois(), List.of("op1.1", "void", "Op2.03"));
    for (String bad :
        List.of("", "a", ".1", "a.", "1.1", "a-b.1", "a.b", "a.1,b.2", "a.1\r\nX: y")) {
      expectThrows(ParseException.class, () -> v.setTransitIois(List.of("op1.1", bad)));
    }
    assertEquals(v.getValue(), transit);
    v.setTransitIois(List.of("op1.1"));
    assertTrue(v.getValue().endsWith(";transit-ioi=\"op1.1\""), v.getValue());
    v.setTransitIois(List.of());
    assertEquals(v.getValue(), "icid-value=c;icid-generated-at=[::1];orig-ioi=home1.net");
    PChargingFunctionAddresses a = new PChargingFunctionAddresses();
    a.setCcf("192.0.2.1");
    a.setEcf("aaa://h;transport=tcp");
    assertEquals(a.getValue(), "ccf=192.0.2.1;ecf=\"aaa://h;transport=tcp\"");
  }

  @Test
  public void a_charging_identity_is_written_whatever_was_read_between_its_quotes()
      throws Exception {
    for (String value : new String[] {"\"a\\\0b\"", "\"a\\\u0001 \\\"c\\\\\""}) {
      SipHeader read =
          HeaderParser.parse("P-Charging-Vector", "icid-value=" + value, HeaderModel.DEFAULT);
      assertEquals(read.getValue(), "icid-value=" + value);
    }
  }

  @Test
  public void more_parameters_than_a_header_may_have_are_refused() {
    String most = ";a=b".repeat(HeaderModel.MAX_PARAMETERS - 1);
    for (String[] many :
        new String[][] {
          {"P-Charging-Function-Addresses", "ccf=x"},
          {"P-Charging-Vector", "icid-value=x"},
        }) {
      String value = many[1] + most;
      HeaderTable.rejects(many[0], value + ";c", value.length() + 1);
    }
    String identity = "a.b.c" + most + ";d";
    HeaderTable.rejects("Identity", identity + ";c", identity.length() + 1);
  }

  @Test
  public void flags_and_tokens_of_networks_are_set() throws Exception {
    PAccessNetworkInfo n =
        HeaderTable.header(PAccessNetworkInfo.class, "P-Access-Network-Info", "3GPP-GERAN");
    n.setNetworkProvided(true);
    n.setCgi3gpp("234 151");
    assertEquals(n.getValue(), "3GPP-GERAN;network-provided;cgi-3gpp=\"234 151\"");
    n.setNetworkProvided(false);
    n.setLocalTimeZone("UTC");
    n.setDvbRcs2NodeId("a");
    n.setEthernetLocation("b");
    assertEquals(
        n.getValue(),
        "3GPP-GERAN;cgi-3gpp=\"234 151\";local-time-zone=\"UTC\";dvb-rcs2-node-id=\"a\""
            + ";eth-location=b");
    for (String name : List.of("local-time-zone", "dvb-rcs2-node-id", "eth-location")) {
      n.removeParameter(name);
    }
    n.setAccessType("IEEE-802.11");
    assertEquals(n.getValue(), "IEEE-802.11;cgi-3gpp=\"234 151\"");
    PServedUser user = HeaderTable.header(PServedUser.class, "P-Served-User", "<sip:a@b>");
    expectThrows(ParseException.class, () -> user.setSessionCase("a b"));
    expectThrows(ParseException.class, () -> user.setParameter("regstate", ""));
    PAssociatedUri none = HeaderTable.header(PAssociatedUri.class, "P-Associated-URI", " ");
    assertFalse(none.hasAddress());
    PVisitedNetworkId visited = new PVisitedNetworkId();
    visited.setNetworkId("a");
    assertEquals(visited.getValue(), "a");
    visited.setNetworkId("");
    assertEquals(visited.getValue(), "\"\"");
  }
}
