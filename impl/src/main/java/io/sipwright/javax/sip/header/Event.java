package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Checks;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.Objects;
import javax.sip.header.EventHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Event = ( "Event" / "o" ) HCOLON event-type *( SEMI event-param )} with {@code event-param
 * = generic-param / ( "id" EQUAL token )} (RFC 6665 §8.2.1, §8.4).
 */
public class Event extends TokenParametersHeader implements EventHeader {
  private static final long serialVersionUID = 1L;

  /** Without type yet. */
  public Event() {
    super(NAME);
  }

  /** The package with its templates, {@code "presence.winfo"}. */
  @Override
  public String getEventType() {
    return token();
  }

  @Override
  public void setEventType(String eventType) throws ParseException {
    token(eventType, "event type");
  }

  @Override
  void checkStrictly() throws ParseException {
    super.checkStrictly();
    checkPoints(token());
  }

  /**
   * {@code event-type = event-package *( "." event-template )}, each of them {@code token-nodot}.
   */
  static void checkPoints(String eventType) throws SyntaxException {
    if (eventType.startsWith(".") || eventType.endsWith(".") || eventType.contains("..")) {
      throw new SyntaxException("nothing beside a point of an event type", 0);
    }
  }

  /** The {@code id} parameter, or null where there's none. */
  @Override
  public @Nullable String getEventId() {
    return parameters.get("id");
  }

  /**
   * Sets the {@code id} parameter.
   *
   * @throws ParseException if it's no token; take it away with {@code removeParameter("id")}
   */
  @Override
  public void setEventId(String eventId) throws ParseException {
    setTokenParameter("id", eventId);
  }

  @Override
  protected void checkParameter(String name, String value) throws ParseException {
    if (name.equalsIgnoreCase("id")) {
      Checks.token(value, "event id");
    }
  }

  /**
   * Equal in type and id, each byte by byte; other parameters don't count (RFC 6665 §8.2.1): such
   * headers belong to the same subscription.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventHeader that
        && getEventType().equals(that.getEventType())
        && Objects.equals(getEventId(), that.getEventId());
  }

  @Override
  public int hashCode() {
    return getEventType().hashCode() * 31 + Objects.hashCode(getEventId());
  }
}
