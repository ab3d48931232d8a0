package io.sipwright.body;

/**
 * A body that can't be read as what its Content-Type says.
 *
 * @param status what to answer a request that came with it: 400, or 513 where it's over a limit
 * @param reason what's wrong, in plain words; fit for a reason phrase
 * @param offset where, in bytes from the start of the message's body
 */
public record MalformedBody(int status, String reason, int offset) implements ParsedBody {
  @Override
  public String toString() {
    return "malformed body (" + status + "): " + reason + " at offset " + offset;
  }
}
