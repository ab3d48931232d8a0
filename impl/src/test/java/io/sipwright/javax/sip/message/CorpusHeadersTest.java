package io.sipwright.javax.sip.message;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertFalse;
import static org.testng.Assert.assertTrue;

import io.sipwright.javax.sip.header.Extension;
import io.sipwright.javax.sip.header.HeaderModel;
import io.sipwright.javax.sip.header.HeaderParser;
import io.sipwright.javax.sip.header.HeaderType;
import io.sipwright.javax.sip.header.SipHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/**
 * Every value of every known header of the messages that stand in RFCs: it's typed, and reads equal
 * once written. Skipped where the messages aren't at hand.
 */
public class CorpusHeadersTest {
  private static final String FOLDER = "rfc-messages";

  /** What is refused and why: the RFCs' own slips, and what they left out to be short. */
  private static final String REFUSED =
      """
      rfc3261/m009.sip Content-Disposition   no semicolon before handling
      rfc3327/m001.sip Supported             ". . ." stands for headers left out
      rfc3327/m002.sip Path                  ". . ." stands for headers left out
      rfc3327/m003.sip Path                  ". . ." stands for headers left out
      rfc3327/m004.sip Path                  ". . ." stands for headers left out
      rfc3327/m005.sip Path                  ". . ." stands for headers left out
      rfc3327/m006.sip Path                  ". . ." stands for headers left out
      rfc3327/m007.sip Path                  ". . ." stands for headers left out
      rfc3327/m008.sip Path                  ". . ." stands for headers left out
      rfc3428/m003.sip Via                   parameter without name, ";;" (the top Via is another)
      rfc3515/m001.sip Refer-To              "(whatever URI)" stands for a URI
      rfc3515/m003.sip Subscription-State    "(depends on Refer-To URI)" stands for a number
      rfc3515/m007.sip Refer-To              "(some different URI)" stands for a URI
      rfc3515/m009.sip Subscription-State    "(depends on Refer-To URI)" stands for a number
      rfc3608/m001.sip Contact               ". . ." stands for headers left out
      rfc3608/m002.sip Contact               ". . ." stands for headers left out
      rfc3608/m003.sip Contact               ". . ." stands for headers left out
      rfc3608/m004.sip Service-Route         ". . ." stands for headers left out
      rfc3608/m005.sip Service-Route         ". . ." stands for headers left out
      rfc3608/m006.sip Service-Route         ". . ." stands for headers left out
      rfc3608/m007.sip Route                 ". . ." stands for headers left out
      rfc3608/m008.sip Route                 ". . ." stands for headers left out
      rfc3608/m009.sip Route                 ". . ." stands for headers left out
      rfc3608/m010.sip Record-Route          ". . ." stands for headers left out
      rfc3665/m003.sip Authorization         no comma before nonce
      rfc3666/m038.sip Route                 URI without scheme
      rfc3666/m040.sip Route                 URI without scheme
      rfc4244/m023.sip History-Info          angle bracket closed amid the URI's headers
      rfc4244/m024.sip History-Info          angle bracket closed amid the URI's headers
      rfc4458/m004.sip Contact               white space within a URI
      rfc4458/m005.sip Contact               line break within a URI
      rfc5049/m001.sip Contact               line break within a URI
      rfc5359/m071.sip Refer-To              white space within a URI
      rfc5359/m091.sip Referred-By           URI without scheme
      rfc5359/m097.sip Referred-By           URI without scheme
      rfc5359/m117.sip Refer-To              white space within a URI
      rfc5359/m263.sip Refer-To              white space within a URI
      rfc5589/m033.sip Replaces              line break within a parameter's name
      rfc5626/m001.sip Contact               parameter without name, "; ;"
      rfc5630/m051.sip Route                 the next header is indented, and so a part of this
      rfc5806/m005.sip Contact               URI without scheme
      rfc5806/m006.sip Contact               URI without scheme
      rfc5806/m007.sip Contact               URI without scheme
      rfc5806/m008.sip Contact               URI without scheme
      rfc5806/m012.sip Contact               URI without scheme
      rfc5806/m016.sip Contact               URI without scheme
      rfc5806/m017.sip Contact               URI without scheme
      rfc5806/m018.sip Contact               URI without scheme
      rfc5806/m023.sip Contact               URI without scheme
      rfc5806/m025.sip Contact               URI without scheme
      rfc5806/m027.sip Contact               URI without scheme
      rfc5806/m030.sip Contact               URI without scheme
      rfc6050/m003.sip Proxy-Authorization   no scheme
      rfc7118/m003.sip Contact               line break within a URI
      rfc7118/m005.sip Contact               line break within a URI
      rfc7852/m002.sip Call-Info             no comma before a value
      rfc8599/m001.sip Contact               line break within a URI
      rfc8599/m002.sip Contact               line break within a URI
      rfc8599/m003.sip Contact               line break within a URI
      """;

  /** File and header of each row above. */
  private static Set<String> expectedRefusals() {
    Set<String> rows = new TreeSet<>();
    for (String line : REFUSED.lines().toList()) {
      String[] columns = line.split(" +", 3);
      assertFalse(columns[2].isEmpty(), "each has a reason");
      rows.add(columns[0] + ' ' + columns[1]);
    }
    return rows;
  }

  /** The RFCs write dots for a length that they didn't count; null if the message is refused. */
  private static @Nullable SipMessage parsed(Path file) {
    String text = new String(Corpus.read(file), StandardCharsets.ISO_8859_1);
    String counted = text.replaceFirst("(?m)^(Content-Length:) *\\.\\.\\.", "$1 0");
    byte[] bytes = counted.getBytes(StandardCharsets.ISO_8859_1);
    return new MessageParser().parse(bytes) instanceof SipMessage m ? m : null;
  }

  @Test
  public void every_value_of_a_known_header_is_typed_and_reads_equal_once_written()
      throws ParseException {
    Path root = Corpus.sharedFolder(FOLDER);
    Set<String> refused = new TreeSet<>();
    Map<HeaderType, Integer> read = new EnumMap<>(HeaderType.class);
    for (Path file : Corpus.shared(FOLDER)) {
      SipMessage message = parsed(file);
      if (message == null) {
        continue; // MessageCorpusTest says how many are taken
      }
      String name = root.relativize(file).toString();
      for (HeaderType type : HeaderType.values()) {
        for (Iterator<?> all = message.getHeaders(type.canonicalName()); all.hasNext(); ) {
          checkRoundTrip((SipHeader) all.next(), name);
          read.merge(type, 1, Integer::sum);
        }
      }
      for (Iterator<?> texts = message.getUnrecognizedHeaders(); texts.hasNext(); ) {
        String field = (String) texts.next();
        int colon = Math.max(field.indexOf(':'), 0);
        HeaderType type = HeaderType.of(field.substring(0, colon).strip());
        if (type != null) {
          refused.add(name + ' ' + type.canonicalName());
        }
      }
    }
    assertEquals(refused, expectedRefusals());
    assertTrue(read.size() >= 48, read.keySet() + " were read");
  }

  private static void checkRoundTrip(SipHeader header, String file) throws ParseException {
    String shown = file + ": " + header;
    assertFalse(header.getClass() == Extension.class, shown);
    SipHeader again = HeaderParser.parse(header.getName(), header.getValue(), HeaderModel.DEFAULT);
    assertEquals(again, header, shown);
    assertEquals(again.hashCode(), header.hashCode(), shown);
    assertEquals(again.getValue(), header.getValue(), shown);
  }

  /** A header beyond JAIN SIP, and how many values of it the messages have. */
  @DataProvider
  static Object[][] extensions() {
    return new Object[][] {
      {HeaderType.ACCEPT_CONTACT, 1},
      {HeaderType.ACCEPT_RESOURCE_PRIORITY, 5},
      {HeaderType.ANSWER_MODE, 2},
      {HeaderType.JOIN, 1},
      {HeaderType.MIN_SE, 1},
      {HeaderType.P_ASSERTED_IDENTITY, 5},
      {HeaderType.P_PREFERRED_IDENTITY, 2},
      {HeaderType.PATH, 14},
      {HeaderType.PRIVACY, 9},
      {HeaderType.REFER_SUB, 3},
      {HeaderType.REFERRED_BY, 9},
      {HeaderType.REPLACES, 10},
      {HeaderType.RESOURCE_PRIORITY, 3},
      {HeaderType.SERVICE_ROUTE, 3},
      {HeaderType.SESSION_EXPIRES, 5},
      {HeaderType.TARGET_DIALOG, 7},
      {HeaderType.DIVERSION, 1},
      {HeaderType.FEATURE_CAPS, 1},
      {HeaderType.GEOLOCATION, 1},
      {HeaderType.HISTORY_INFO, 1},
      {HeaderType.IDENTITY, 1},
      {HeaderType.IDENTITY_INFO, 1},
      {HeaderType.INFO_PACKAGE, 1},
      {HeaderType.P_ASSERTED_SERVICE, 1},
      {HeaderType.RECV_INFO, 1},
      {HeaderType.SESSION_ID, 1},
    };
  }

  @Test(dataProvider = "extensions")
  public void header_beyond_jain_sip_is_read_wherever_rfcs_show_it(HeaderType type, int atLeast) {
    int read = 0;
    for (Path file : Corpus.shared(FOLDER)) {
      SipMessage message = parsed(file);
      if (message != null) {
        for (Iterator<?> all = message.getHeaders(type.canonicalName()); all.hasNext(); ) {
          all.next();
          read++;
        }
      }
    }
    assertTrue(read >= atLeast, type + ": " + read);
  }
}
