package io.sipwright.javax.sip.header;

import io.sipwright.header.ResourcePriorityValue;
import io.sipwright.syntax.ByteSink;
import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Checks;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code r-value = namespace "." r-priority}, each of them {@code token-nodot} (RFC 4412 §3.1);
 * both compare without regard to case.
 */
public abstract class ResourceValueHeader extends SipHeader implements ResourcePriorityValue {
  private static final long serialVersionUID = 1L;

  private final boolean mayBeEmpty;
  private String value = "";

  /**
   * A header of a name, without value yet.
   *
   * @param mayBeEmpty whether the grammar allows the header with nothing behind the colon
   */
  protected ResourceValueHeader(String name, boolean mayBeEmpty) {
    super(name);
    this.mayBeEmpty = mayBeEmpty;
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    if (mayBeEmpty && in.atEnd()) {
      value = "";
      return;
    }
    int from = in.position();
    String token = in.token();
    int dot = token.indexOf('.');
    int second = dot < 0 ? -1 : token.indexOf('.', dot + 1);
    if (dot <= 0 || dot == token.length() - 1 || second >= 0) {
      in.position(from + Math.max(second, 0));
      throw in.error("expected namespace.priority");
    }
    value = token;
  }

  @Override
  protected void encodeValue(ByteSink out) {
    out.put(value);
  }

  @Override
  public @Nullable String getNamespace() {
    return value.isEmpty() ? null : value.substring(0, value.indexOf('.'));
  }

  @Override
  public @Nullable String getPriority() {
    return value.isEmpty() ? null : value.substring(value.indexOf('.') + 1);
  }

  @Override
  public void setResourcePriority(String namespace, String priority) throws ParseException {
    value = noDot(namespace, "namespace") + '.' + noDot(priority, "priority");
  }

  private static String noDot(String text, String what) throws SyntaxException {
    int dot = Checks.token(text, what).indexOf('.');
    if (dot >= 0) {
      throw new SyntaxException(what + " '" + text + "' has a point in it", dot);
    }
    return text;
  }

  /** Equal in name, namespace and priority, without regard to case. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourceValueHeader that
        && getName().equals(that.getName())
        && Chars.sameIgnoringCase(value, that.value);
  }

  @Override
  public int hashCode() {
    return Chars.lower(value).hashCode();
  }
}
