package io.sipwright.javax.sip.header;

import io.sipwright.header.PolicyIdHeader;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Policy-ID = "Policy-ID" HCOLON policyURI *(COMMA policyURI)} (RFC 6794 §4.4.5.1).
 *
 * <pre>
 * policyURI   = ( SIP-URI / SIPS-URI / absoluteURI ) [ SEMI token-param ] *( SEMI generic-param )
 * token-param = "token=" token
 * </pre>
 *
 * <p>What is behind the first semicolon belongs to the header. A URI that holds a semicolon, comma
 * or question mark is read and written between angle brackets (RFC 3261 §20).
 */
public class PolicyId extends UriHeader implements PolicyIdHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public PolicyId() {
    super(NAME);
  }

  @Override
  boolean isBareByGrammar() {
    return true;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    String text = uri() == null ? "<" : uri().toString();
    if (text.indexOf(';') >= 0 || text.indexOf(',') >= 0 || text.indexOf('?') >= 0) {
      super.encodeValue(out);
    } else {
      out.put(uri() == null ? "" : text);
      parameters.encode(out);
    }
  }

  @Override
  public @Nullable URI getPolicyUri() {
    return uri();
  }

  @Override
  public void setPolicyUri(URI policyUri) {
    uri(policyUri);
  }

  @Override
  public @Nullable String getToken() {
    return parameters.get("token");
  }

  @Override
  public void setToken(String token) throws ParseException {
    setTokenParameter("token", token);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    switch (Chars.lower(name)) {
      case "token" -> Checks.token(value, name);
      default -> {}
    }
  }
}
