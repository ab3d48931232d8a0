package io.sipwright.header;

import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a REFER without implicit subscription can be subscribed to (RFC 7614 §4.8).
 */
public interface ReferEventsAtHeader extends Parameters, Header {
  /** The name of the header. */
  String NAME = "Refer-Events-At";

  /** The option tag that asks for this header in the answer to a REFER (RFC 7614 §3.1). */
  String EXPLICIT_SUBSCRIPTION = "explicitsub";

  /** The option tag that asks for no subscription at all (RFC 7614 §3.2). */
  String NO_SUBSCRIPTION = "nosub";

  /** Where to subscribe: a SIP or SIPS URI, the object itself; null before it's set. */
  @Nullable URI getEventsUri();

  /**
   * Sets it; the object is kept, not copied.
   *
   * @throws IllegalArgumentException if another vendor's URI has a text that is no URI, or it is no
   *     SIP or SIPS URI
   */
  void setEventsUri(URI eventsUri);
}
