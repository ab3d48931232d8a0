package io.sipwright.header;

import java.text.ParseException;
import javax.sip.header.Header;

/** How the caller wants servers to treat a request, one directive (RFC 3841 §9.1). */
public interface RequestDispositionHeader extends Header {
  /** The name of the header. */
  String NAME = "Request-Disposition";

  /** Proxy it. */
  String PROXY = "proxy";

  /** Redirect it. */
  String REDIRECT = "redirect";

  /** Cancel other branches once one has answered with 2xx. */
  String CANCEL = "cancel";

  /** Leave cancelling to the caller. */
  String NO_CANCEL = "no-cancel";

  /** Fork it. */
  String FORK = "fork";

  /** Send it to one target only. */
  String NO_FORK = "no-fork";

  /** Follow redirections. */
  String RECURSE = "recurse";

  /** Hand redirections back. */
  String NO_RECURSE = "no-recurse";

  /** Try all targets at once. */
  String PARALLEL = "parallel";

  /** Try one target after the other. */
  String SEQUENTIAL = "sequential";

  /** Queue the call where the callee is busy. */
  String QUEUE = "queue";

  /** Don't queue it. */
  String NO_QUEUE = "no-queue";

  /** The directive as it stands; {@code ""} if there's none. */
  String getDirective();

  /**
   * Sets the directive, or several with commas between them.
   *
   * @throws ParseException if one is no token
   */
  void setDirective(String directive) throws ParseException;
}
