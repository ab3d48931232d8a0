package io.sipwright.javax.sip.header;

import static io.sipwright.javax.sip.header.HeaderType.Shape.LIST;
import static io.sipwright.javax.sip.header.HeaderType.Shape.REPEATED;
import static io.sipwright.javax.sip.header.HeaderType.Shape.SINGLE;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The registered headers that have no class of their own: they are {@link Extension} headers under
 * the name that their document spells, and have the shape that it gives them.
 *
 * <p>Together with {@link HeaderType} these are the headers of the IANA registry of SIP parameters.
 * None of them has a compact form: each of those belongs to a row of {@link HeaderType}.
 */
public final class RecognizedHeaders {
  /** A header: its name as its document spells it, how often it may stand, and the document. */
  public record Row(String canonicalName, HeaderType.Shape shape, String source) {}

  private static final String TS_24_229 = "3GPP TS 24.229";

  private static final List<Row> ROWS =
      List.of(
          new Row("AlertMsg-Error", SINGLE, "RFC 8876 §5.2"),
          new Row("Content-ID", SINGLE, "RFC 8262 §3.2"),
          new Row("Max-Breadth", SINGLE, "RFC 5393 §5.8"),
          new Row("P-Answer-State", SINGLE, "RFC 4964"),
          new Row("P-Charge-Info", SINGLE, "RFC 8496"),
          new Row("P-DCS-Billing-Info", SINGLE, "RFC 5503 §7.1"),
          new Row("P-DCS-LAES", SINGLE, "RFC 5503 §8.1"),
          new Row("P-DCS-OSPS", SINGLE, "RFC 5503 §6.1"),
          new Row("P-DCS-Redirect", SINGLE, "RFC 5503 §8.1"),
          new Row("P-DCS-Trace-Party-ID", SINGLE, "RFC 5503 §5.1"),
          new Row("P-Private-Network-Indication", SINGLE, "RFC 7316"),
          new Row("P-Refused-URI-List", LIST, "RFC 5318"),
          // deprecated
          new Row("Encryption", REPEATED, "RFC 2543 §6.19"),
          new Row("Hide", REPEATED, "RFC 2543 §6.22"),
          new Row("Response-Key", REPEATED, "RFC 2543 §6.31"),
          // registered by 3GPP; commas in them are left alone
          new Row("Additional-Identity", REPEATED, TS_24_229),
          new Row("Attestation-Info", REPEATED, TS_24_229),
          new Row("Cellular-Network-Info", REPEATED, TS_24_229),
          new Row("DC-Info", REPEATED, TS_24_229),
          new Row("Origination-Id", REPEATED, TS_24_229),
          new Row("Priority-Share", REPEATED, TS_24_229),
          new Row("Priority-Verstat", REPEATED, TS_24_229),
          new Row("Relayed-Charge", REPEATED, TS_24_229),
          new Row("Resource-Share", REPEATED, TS_24_229),
          new Row("Response-Source", REPEATED, TS_24_229),
          new Row("Restoration-Info", REPEATED, TS_24_229),
          new Row("Service-Interact-Info", REPEATED, TS_24_229));

  private static final Map<String, Row> BY_NAME = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (Row row : ROWS) {
      BY_NAME.put(row.canonicalName, row);
    }
  }

  private RecognizedHeaders() {}

  /** All of them, in no order that means anything. */
  public static List<Row> all() {
    return ROWS;
  }

  /** The row for a name in any case, or null for one that's not in the table. */
  public static @Nullable Row of(String name) {
    return BY_NAME.get(name);
  }

  /** The name as its document spells it; one that's not in the table as it is. */
  public static String canonicalName(String name) {
    Row row = of(name);
    return row == null ? name : row.canonicalName;
  }

  /** Whether a name in any case is in the table with this shape. */
  public static boolean is(String name, HeaderType.Shape shape) {
    Row row = of(name);
    return row != null && row.shape == shape;
  }
}
