package io.sipwright.javax.sip.header;

import java.text.ParseException;
import javax.sip.header.AllowEventsHeader;
import org.jspecify.annotations.Nullable;

/**
 * {@code Allow-Events = ( "Allow-Events" / "u" ) HCOLON event-type *(COMMA event-type)} (RFC 6665
 * §8.2.2, §8.4); types compare byte by byte.
 */
public class AllowEvents extends TokenHeader implements AllowEventsHeader {
  private static final long serialVersionUID = 1L;

  /** Without type yet. */
  public AllowEvents() {
    super(NAME, false);
  }

  @Override
  void checkStrictly() throws ParseException {
    Event.checkPoints(token());
  }

  @Override
  public String getEventType() {
    return token();
  }

  @Override
  public void setEventType(String eventType) throws ParseException {
    token(eventType);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AllowEventsHeader that && token().equals(that.getEventType());
  }

  @Override
  public int hashCode() {
    return token().hashCode();
  }
}
