package io.sipwright.javax.sip.header;

import io.sipwright.syntax.Chars;
import io.sipwright.syntax.Scanner;
import io.sipwright.syntax.SyntaxException;
import java.text.ParseException;
import java.util.List;

/**
 * {@code name-addr / addr-spec} of a sip, sips or tel URI, of which a message may have one, or two
 * of which one is a tel URI (RFC 3325 §9.1, §9.2). Other URIs, and more of them, are read: RFC 5876
 * §4.5 has them ignored by whom they don't suit.
 */
public abstract class IdentityValueHeader extends AddressHeader {
  private static final long serialVersionUID = 1L;

  /** A header of a name, without address yet. */
  protected IdentityValueHeader(String name) {
    super(name);
  }

  @Override
  protected void parseValue(Scanner in, HeaderModel model) throws ParseException {
    int from = in.position();
    super.parseValue(in, model);
    String scheme = getAddress().getURI().getScheme();
    if (in.isStrict() && !isTel() && !Chars.lower(scheme).startsWith("sip")) {
      in.beyondGrammar("neither sip, sips nor tel URI", from);
    }
  }

  @Override
  void checkStrictly() throws ParseException {
    if (hasParameters()) {
      throw new SyntaxException("parameter behind an identity", 0);
    }
  }

  private boolean isTel() {
    return Chars.sameIgnoringCase(getAddress().getURI().getScheme(), "tel");
  }

  /** Whether a message may have these and no others beside them. */
  public static boolean mayStandTogether(List<? extends SipHeader> all) {
    return all.size() < 2
        || (all.size() == 2
            && all.get(0) instanceof IdentityValueHeader one
            && all.get(1) instanceof IdentityValueHeader two
            && one.isTel() != two.isTel());
  }
}
