package io.sipwright.body;

import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;

/** What {@link BodyParser} makes of a body: its parts, or a value that says why it's none. */
public sealed interface ParsedBody permits BodyPart, MalformedBody {
  /**
   * The body, for callers that would rather have an exception.
   *
   * @throws ParseException if it's malformed, with the offset from the start of the body
   */
  default BodyPart orThrow() throws ParseException {
    if (this instanceof MalformedBody malformed) {
      throw new SyntaxException(malformed.reason(), malformed.offset());
    }
    return (BodyPart) this;
  }
}
