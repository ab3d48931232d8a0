package io.sipwright.javax.sip.header;

import io.sipwright.header.TriggerConsentHeader;
import io.sipwright.javax.sip.address.NameAddress;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * {@code Trigger-Consent = "Trigger-Consent" HCOLON trigger-cons-spec *( COMMA trigger-cons-spec )}
 * (RFC 5360 §5.11.2).
 *
 * <pre>
 * trigger-cons-spec = ( SIP-URI / SIPS-URI ) *( SEMI trigger-param )
 * trigger-param     = target-uri / generic-param
 * target-uri        = "target-uri" EQUAL LDQUOT *( qdtext / quoted-pair ) RDQUOT
 * </pre>
 *
 * <p>The grammar leaves open whose the parameters of a URI without angle brackets are; they are the
 * header's, as in RFC 3261 §20. Angle brackets are read too, and written where the URI has
 * parameters or headers.
 */
public class TriggerConsent extends AddressHeader implements TriggerConsentHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without URI yet. */
  public TriggerConsent() {
    super(NAME);
  }

  @Override
  protected void encodeValue(ByteSink out) {
    NameAddress address = getAddress();
    String uri = address.getURI() == null ? "" : address.getURI().toString();
    if (uri.isEmpty() || address.getDisplayName() != null || needsBrackets(uri)) {
      super.encodeValue(out);
    } else {
      out.put(uri);
      parameters.encode(out);
    }
  }

  @Override
  void checkStrictly() throws ParseException {
    super.checkStrictly();
    if (!getAddress().getURI().isSipURI()) {
      throw new SyntaxException("neither sip nor sips URI", 0);
    }
  }

  private static boolean needsBrackets(String uri) {
    return uri.indexOf(';') >= 0 || uri.indexOf('?') >= 0 || uri.indexOf(',') >= 0;
  }

  @Override
  public @Nullable URI getTargetUri() {
    return uriParameter("target-uri");
  }

  @Override
  public void setTargetUri(URI target) {
    setUriParameter("target-uri", target);
  }
}
