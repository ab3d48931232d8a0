package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import javax.sip.header.ContentTypeHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Content-Type = ( "Content-Type" / "c" ) HCOLON media-type} with {@code media-type = m-type
 * SLASH m-subtype *(SEMI m-parameter)} (RFC 3261 §20.15).
 */
public class ContentType extends MediaTypeHeader implements ContentTypeHeader {
  private static final long serialVersionUID = 1L;

  /** Without type yet. */
  public ContentType() {
    super(NAME);
  }

  @Override
  void checkStrictly() throws ParseException {
    super.checkStrictly();
    parameters.forEach(
        (name, value, quoted) -> {
          if (!quoted && !Chars.isToken(value)) {
            throw new SyntaxException("parameter " + name + " needs a token or a quoted string", 0);
          }
        });
  }

  /** The {@code charset} parameter without quotes, or null where there's none. */
  public @Nullable String getCharset() {
    return parameters.get("charset");
  }
}
