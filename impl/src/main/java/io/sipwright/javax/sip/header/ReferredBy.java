package io.sipwright.javax.sip.header;

import io.sipwright.header.ReferredByHeader;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Referred-By = ("Referred-By" / "b") HCOLON referrer-uri *( SEMI (referredby-id-param /
 * generic-param) )} (RFC 3892 §3).
 *
 * <pre>
 * referrer-uri        = ( name-addr / addr-spec )
 * referredby-id-param = "cid" EQUAL sip-clean-msg-id
 * sip-clean-msg-id    = LDQUOT dot-atom "@" (dot-atom / host) RDQUOT
 * </pre>
 */
public class ReferredBy extends AddressHeader implements ReferredByHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without address yet. */
  public ReferredBy() {
    super(NAME);
  }

  @Override
  public @Nullable String getContentId() {
    return parameters.get("cid");
  }

  @Override
  public void setContentId(String contentId) throws ParseException {
    checkContentId(contentId);
    parameters.setQuoted("cid", contentId);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (Chars.sameIgnoringCase(name, "cid")) {
      checkContentId(value);
    }
  }

  private static void checkContentId(String contentId) throws SyntaxException {
    Checks.text(contentId, "Content-ID");
    int at = contentId.indexOf('@');
    if (at < 0 || !isDotAtom(contentId.substring(0, at)) || !isDotAtomOrHost(contentId, at + 1)) {
      throw new SyntaxException(
          "Content-ID '" + contentId + "' is not left@right", Math.max(at, 0));
    }
  }

  private static boolean isDotAtomOrHost(String contentId, int from) {
    String right = contentId.substring(from);
    if (isDotAtom(right)) {
      return true;
    }
    try {
      return right.startsWith("[") && Checks.host(right, "host").equals(right);
    } catch (SyntaxException noHost) {
      return false;
    }
  }

  /** {@code dot-atom = atom *( "." atom )}, token characters all of them. */
  private static boolean isDotAtom(String text) {
    return Chars.isToken(text)
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..");
  }

  @Override
  public void setParameter(String name, @Nullable String value) throws ParseException {
    if (Chars.sameIgnoringCase(name, "cid")) {
      setContentId(value == null ? "" : value);
    } else {
      super.setParameter(name, value);
    }
  }
}
