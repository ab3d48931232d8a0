package io.sipwright.header;

import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Where a relay that a REFER or a recipient list names asks for a missing permission (RFC 5360
 * §5.11.2).
 */
public interface TriggerConsentHeader extends Header, HeaderAddress, Parameters {
  /** The name of the header. */
  String NAME = "Trigger-Consent";

  /** The URI whose translation needs the permission; null where it's absent or no URI. */
  @Nullable URI getTargetUri();

  /** Sets the URI whose translation needs the permission; it's written between quotes. */
  void setTargetUri(URI target);
}
