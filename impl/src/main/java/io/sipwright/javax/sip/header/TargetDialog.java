package io.sipwright.javax.sip.header;

import io.sipwright.header.TargetDialogHeader;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code Target-Dialog = "Target-Dialog" HCOLON callid *(SEMI td-param)} (RFC 4538 §7).
 *
 * <pre>
 * td-param     = remote-param / local-param / generic-param
 * remote-param = "remote-tag" EQUAL token
 * local-param  = "local-tag" EQUAL token
 * </pre>
 *
 * <p>One without both tags is refused: no dialog could be found by it.
 */
public class TargetDialog extends DialogReferenceHeader
    implements TargetDialogHeader, KnownExtension {
  private static final long serialVersionUID = 1L;

  /** Without Call-ID and tags yet. */
  public TargetDialog() {
    super(NAME, "remote-tag", "local-tag");
  }

  @Override
  public @Nullable String getRemoteTag() {
    return parameters.get("remote-tag");
  }

  @Override
  public void setRemoteTag(String tag) throws ParseException {
    setTokenParameter("remote-tag", tag);
  }

  @Override
  public @Nullable String getLocalTag() {
    return parameters.get("local-tag");
  }

  @Override
  public void setLocalTag(String tag) throws ParseException {
    setTokenParameter("local-tag", tag);
  }
}
