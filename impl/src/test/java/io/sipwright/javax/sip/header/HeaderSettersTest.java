package io.sipwright.javax.sip.header;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertTrue;
import static org.testng.Assert.expectThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sip.header.ExtensionHeader;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** Whatever a setter takes can be written, and reads again as the same header. */
public class HeaderSettersTest {
  private static final String SAMPLES =
      """
      ACCEPT text/html;level=1
      ACCEPT_CONTACT *;audio;require;explicit
      ACCEPT_ENCODING gzip;q=0.5
      ACCEPT_LANGUAGE en-GB;q=0.5
      ACCEPT_RESOURCE_PRIORITY dsn.flash
      ALERT_INFO <http://a.example/b>;x=y
      ALLOW INVITE
      ALLOW_EVENTS presence
      ANSWER_MODE Auto;require
      AUTHENTICATION_INFO nextnonce="a", qop=auth
      AUTHORIZATION Digest username="a", realm="b"
      CALL_ID a@b
      CALL_INFO <http://a.example/b>;purpose=icon
      CONTACT <sip:a@b>;q=0.5
      CONTENT_DISPOSITION session;handling=optional
      CONTENT_ENCODING gzip
      CONTENT_LANGUAGE fr
      CONTENT_LENGTH 0
      CONTENT_TYPE text/plain;charset=utf-8
      CSEQ 1 INVITE
      DATE Sat, 13 Nov 2010 23:29:00 GMT
      DIVERSION <sip:a@b>;reason=user-busy;counter=1
      ERROR_INFO <sip:a@b>;message="a b"
      EVENT presence;id=a
      EXPIRES 1
      FEATURE_CAPS *;+sip.pns="a"
      FLOW_TIMER 120
      FROM <sip:a@b>;tag=t
      GEOLOCATION <cid:a@b>
      GEOLOCATION_ERROR 100;code="a b"
      GEOLOCATION_ROUTING yes
      HISTORY_INFO <sip:a@b?Reason=SIP%3Bcause%3D302>;index=1.1;rc=1
      IDENTITY a.b.c;info=<https://a.example/b>;alg=ES256
      IDENTITY_INFO <https://a.example/b>;alg=rsa-sha1
      INFO_PACKAGE foo;a=b
      IN_REPLY_TO a@b
      JOIN a@b;to-tag=1;from-tag=2
      MAX_FORWARDS 70
      MIME_VERSION 1.0
      MIN_EXPIRES 1
      MIN_SE 90
      ORGANIZATION Boxes by Bob
      PATH <sip:a;lr>
      PERMISSION_MISSING <sip:a@b>
      POLICY_CONTACT <sip:a@b>;non-cacheable
      POLICY_ID sip:a@b;token=c
      PRIORITY urgent
      PRIVACY user;critical
      PRIV_ANSWER_MODE Auto;require
      PROXY_AUTHENTICATE Digest realm="a", qop="auth,auth-int"
      PROXY_AUTHORIZATION Digest username="a"
      PROXY_REQUIRE foo
      P_ACCESS_NETWORK_INFO 3GPP-UTRAN-TDD;utran-cell-id-3gpp=234151D0FCE11
      P_ASSERTED_IDENTITY <sip:a@b>
      P_ASSERTED_SERVICE urn:urn-7:3gpp-service.ims
      P_ASSOCIATED_URI <sip:a@b>;x=y
      P_CALLED_PARTY_ID <sip:a@b>
      P_CHARGING_FUNCTION_ADDRESSES ccf=192.0.2.1;ecf=192.0.2.2
      P_CHARGING_VECTOR icid-value=a;orig-ioi=b
      P_EARLY_MEDIA sendrecv
      P_MEDIA_AUTHORIZATION 0a
      P_PREFERRED_IDENTITY <sip:a@b>
      P_PREFERRED_SERVICE urn:urn-7:3gpp-service.ims
      P_PROFILE_KEY <sip:a@b>
      P_SERVED_USER <sip:a@b>;sescase=orig;regstate=reg
      P_USER_DATABASE <aaa://a.example;transport=tcp>
      P_VISITED_NETWORK_ID "a b";x=y
      RACK 1 2 INVITE
      REASON SIP;cause=200;text="a b"
      RECORD_ROUTE <sip:a;lr>
      RECV_INFO foo;a=b
      REFERRED_BY <sip:a@b>;cid="a@b"
      REFER_EVENTS_AT <sip:a@b;gr>
      REFER_SUB false
      REFER_TO <sip:a@b>
      REJECT_CONTACT *;video
      REMOTE_PARTY_ID <sip:a@b>;party=calling;privacy=off
      REPLACES a@b;to-tag=1;from-tag=2;early-only
      REPLY_TO <sip:a@b>
      REQUEST_DISPOSITION no-fork
      REQUIRE foo
      RESOURCE_PRIORITY dsn.flash
      RETRY_AFTER 5 (a b);duration=3
      ROUTE <sip:a;lr>
      RSEQ 1
      SECURITY_CLIENT digest;q=0.5;d-alg=MD5
      SECURITY_SERVER tls
      SECURITY_VERIFY tls
      SERVER A/1 (b)
      SERVICE_ROUTE <sip:a;lr>
      SESSION_EXPIRES 1800;refresher=uac
      SESSION_ID ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2
      SIP_ETAG a
      SIP_IF_MATCH a
      SUBJECT Where?
      SUBSCRIPTION_STATE active;expires=5
      SUPPORTED timer
      SUPPRESS_IF_MATCH a
      TARGET_DIALOG a@b;remote-tag=1;local-tag=2
      TIMESTAMP 1.5 0.5
      TO <sip:a@b>;tag=t
      TRIGGER_CONSENT sip:a@b;target-uri="sip:c@d"
      UNSUPPORTED foo
      USER_AGENT A/1 (b)
      USER_TO_USER 56a390f3;encoding=hex
      VIA SIP/2.0/UDP a.example;branch=z9hG4bKx
      WARNING 399 a "b"
      WWW_AUTHENTICATE Digest realm="a"
      """;

  private static Map<HeaderType, SipHeader> samples() throws ParseException {
    Map<HeaderType, SipHeader> samples = new EnumMap<>(HeaderType.class);
    for (String line : SAMPLES.lines().toList()) {
      int space = line.indexOf(' ');
      HeaderType type = HeaderType.valueOf(line.substring(0, space));
      samples.put(
          type,
          HeaderParser.parse(type.canonicalName(), line.substring(space + 1), HeaderModel.DEFAULT));
    }
    return samples;
  }

  @Test
  public void every_known_header_is_tried() throws ParseException {
    assertEquals(samples().keySet(), EnumSet.allOf(HeaderType.class));
  }

  @Test
  public void every_header_survives_serialization() throws Exception {
    for (SipHeader header : samples().values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(header);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        SipHeader again = (SipHeader) in.readObject();
        assertEquals(again, header);
        assertEquals(again.toString(), header.toString());
      }
    }
  }

  /** The samples that take another value as text. */
  @DataProvider
  static Iterator<Object[]> extensions() throws ParseException {
    return samples().entrySet().stream()
        .filter(sample -> sample.getValue() instanceof ExtensionHeader)
        .map(sample -> new Object[] {sample.getKey(), sample.getValue()})
        .iterator();
  }

  @Test(dataProvider = "extensions")
  public void value_set_as_a_whole_leaves_nothing_of_the_one_before(
      HeaderType type, SipHeader sample) throws ParseException {
    List<String> values = new ArrayList<>(Injections.ODD_TEXTS);
    SAMPLES.lines().forEach(line -> values.add(line.substring(line.indexOf(' ') + 1)));
    int read = 0;
    for (String value : values) {
      SipHeader header = sample.clone();
      SipHeader wanted;
      try {
        wanted = HeaderParser.parse(type.canonicalName(), value, HeaderModel.DEFAULT);
      } catch (ParseException refused) {
        expectThrows(ParseException.class, () -> ((ExtensionHeader) header).setValue(value));
        assertEquals(header.toString(), sample.toString(), "what was refused changed nothing");
        continue;
      }
      ((ExtensionHeader) header).setValue(value);
      assertEquals(header, wanted);
      assertEquals(header.toString(), wanted.toString());
      read++;
    }
    assertTrue(read > 0, "none was read");
  }

  @DataProvider
  static Iterator<Object[]> setters() throws ParseException {
    List<Object[]> rows = new ArrayList<>();
    for (SipHeader header : samples().values()) {
      for (Method method : header.getClass().getMethods()) {
        if (method.getName().startsWith("set")
            && !method.isBridge()
            && List.of(method.getParameterTypes()).contains(String.class)) {
          rows.add(new Object[] {header, new Setter(method)});
        }
      }
    }
    return rows.iterator();
  }

  /** A method, for TestNG not to take it for the test's own. */
  private static final class Setter {
    final Method method;

    Setter(Method method) {
      this.method = method;
    }

    @Override
    public String toString() {
      return method.getName();
    }
  }

  @Test(dataProvider = "setters")
  public void odd_text_is_refused_or_reads_back_as_an_equal_header(SipHeader sample, Setter setter)
      throws Exception {
    String before = sample.toString();
    for (String odd : Injections.ODD_TEXTS) {
      for (int position = 0; position < setter.method.getParameterCount(); position++) {
        SipHeader header = sample.clone();
        Object[] args = new Object[setter.method.getParameterCount()];
        for (int i = 0; i < args.length; i++) {
          args[i] = setter.method.getParameterTypes()[i] == String.class ? "a" : (Object) 1;
        }
        if (!(args[position] instanceof String)) {
          continue;
        }
        args[position] = odd;
        try {
          setter.method.invoke(header, args);
        } catch (InvocationTargetException e) {
          Throwable cause = e.getCause();
          assertTrue(
              cause instanceof ParseException || cause instanceof IllegalArgumentException,
              cause.toString());
          assertEquals(header, sample);
          continue;
        }
        Injections.assertOneReadableLine(header);
        assertEquals(sample.toString(), before, "changing a clone changes the original");
      }
    }
  }
}
