package io.sipwright.javax.sip.header;

import io.sipwright.header.HistoryInfoHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import javax.sip.address.SipURI;
import javax.sip.header.ReasonHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code History-Info = "History-Info" HCOLON hi-entry *(COMMA hi-entry)} (RFC 7044 §5).
 *
 * <pre>
 * hi-entry           = hi-targeted-to-uri *(SEMI hi-param)
 * hi-targeted-to-uri = name-addr
 * hi-param           = hi-index / hi-target-param / hi-extension
 * hi-index           = "index" EQUAL index-val
 * index-val          = number *("." number)
 * number             = [ %x31-39 *DIGIT ] DIGIT
 * hi-target-param    = ( "rc" / "mp" / "np" ) EQUAL index-val
 * </pre>
 *
 * <p>Reason and Privacy of an entry are headers in its URI, escaped (RFC 7044 §5).
 */
public class HistoryInfo extends AddressHeader implements HistoryInfoHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  private static final List<String> TARGETS = List.of("rc", "mp", "np");

  /** Without address yet. */
  public HistoryInfo() {
    super(NAME);
  }

  @Override
  boolean isNameAddr() {
    return true;
  }

  @Override
  public @Nullable String getIndex() {
    return index("index");
  }

  @Override
  public void setIndex(String index) throws ParseException {
    parameters.set("index", checkIndex(index, "index"));
  }

  @Override
  public @Nullable String getRegisteredContact() {
    return index("rc");
  }

  @Override
  public void setRegisteredContact(String index) throws ParseException {
    setTarget("rc", index);
  }

  @Override
  public @Nullable String getMappedFrom() {
    return index("mp");
  }

  @Override
  public void setMappedFrom(String index) throws ParseException {
    setTarget("mp", index);
  }

  @Override
  public @Nullable String getUnchangedFrom() {
    return index("np");
  }

  @Override
  public void setUnchangedFrom(String index) throws ParseException {
    setTarget("np", index);
  }

  private @Nullable String index(String parameter) {
    String value = parameters.get(parameter);
    return value != null && isIndex(value) ? value : null;
  }

  private void setTarget(String parameter, String index) throws ParseException {
    checkIndex(index, parameter);
    TARGETS.forEach(parameters::remove);
    parameters.set(parameter, index);
  }

  private static String checkIndex(String index, String what) throws SyntaxException {
    if (!isIndex(Objects.requireNonNull(index, what))) {
      throw new SyntaxException(
          what + " '" + Checks.visible(index) + "' is not numbers with dots between them", 0);
    }
    return index;
  }

  private static boolean isIndex(String text) {
    for (String number : text.split("\\.", -1)) {
      if (!Chars.all(number, Chars.DIGIT) || (number.length() > 1 && number.startsWith("0"))) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String uriHeader(String name) {
    return getAddress().getURI() instanceof SipURI sip ? sip.getHeader(name) : null;
  }

  private void setUriHeader(String name, String value) throws ParseException {
    if (!(getAddress().getURI() instanceof SipURI sip)) {
      throw new SyntaxException(name + " of History-Info needs a SIP URI to stand in", 0);
    }
    sip.setHeader(name, value);
  }

  @Override
  public @Nullable ReasonHeader getReason() {
    String reason = uriHeader("Reason");
    try {
      return reason == null
          ? null
          : (ReasonHeader) HeaderParser.parse("Reason", reason, HeaderModel.DEFAULT);
    } catch (ParseException e) {
      return null; // what a peer put there doesn't make the entry unreadable
    }
  }

  @Override
  public void setReason(ReasonHeader reason) throws ParseException {
    setUriHeader("Reason", SipHeader.of(reason, HeaderModel.DEFAULT).getValue());
  }

  @Override
  public @Nullable String getPrivacy() {
    return uriHeader("Privacy");
  }

  @Override
  public void setPrivacy(String privacy) throws ParseException {
    setUriHeader("Privacy", Checks.token(privacy, "privacy"));
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "index", "rc", "mp", "np" -> checkIndex(value, name);
      default -> {}
    }
  }
}
